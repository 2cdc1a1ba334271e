//! The words and signs of Rust source: enough to find paths in it, also inside of macros.

/// A word or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a keyword.
    Word(String),
    /// `::`
    Colons,
    /// Any other sign, a literal not being one.
    Sign(char),
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }
}

/// Reads source that compiles. Comments and literals are left out.
pub(super) fn read(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("//") {
            rest = after.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = after_comment(rest);
        } else if let Some(after) = after_raw_text(rest) {
            rest = after;
        } else if first == '"' {
            rest = after_quoted(rest, '"');
        } else if first == '\'' {
            rest = after_character_or_lifetime(rest);
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            tokens.push(Token::Word(word.to_owned()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("::") {
            tokens.push(Token::Colons);
            rest = after;
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            rest = skip(rest, first.len_utf8());
        }
    }
    tokens
}

fn skip(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

/// Comments of this kind may hold others.
fn after_comment(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("/*") {
            depth += 1;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("*/") {
            depth = depth.saturating_sub(1);
            rest = after;
            if depth == 0 {
                break;
            }
        } else {
            rest = skip(rest, rest.chars().next().map_or(1, char::len_utf8));
        }
    }
    rest
}

/// Behind `r"..."`, `r#"..."#`, `br"..."`; none when none of these begins here.
fn after_raw_text(text: &str) -> Option<&str> {
    let hashes = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let quoted = hashes.trim_start_matches('#');
    let end = format!("\"{}", "#".repeat(hashes.len() - quoted.len()));
    Some(quoted.strip_prefix('"')?.split_once(&end).map_or("", |(_, after)| after))
}

fn after_quoted(text: &str, quote: char) -> &str {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, character)| {
        let ends = *character == quote && !escaped;
        escaped = *character == '\\' && !escaped;
        ends
    });
    end.map_or("", |(at, _)| skip(text, at + 1))
}

fn after_character_or_lifetime(text: &str) -> &str {
    let mut characters = text.chars().skip(1);
    match (characters.next(), characters.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => after_quoted(text, '\''),
        _ => skip(text, 1),
    }
}

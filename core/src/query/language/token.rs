//! Splits the text of a query into terms.
//!
//! Terms are separated by white space. Double quotes keep white space, commas and colons together, and two double
//! quotes within quotes stand for one (`"5"" disc"`). An unclosed quote extends to the end.

use crate::query::case_folding::fold;
use std::ops::Range;

/// A term as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Its place in the text.
    pub(super) at: Range<usize>,
    /// Whether it starts with `-`.
    pub(super) exclude: bool,
    /// The text before the first colon, in lower case; `None` without a colon.
    pub(super) key: Option<String>,
    /// The values after the key, separated by commas; empty ones are dropped.
    pub(super) values: Vec<String>,
    /// The whole term as typed, without `-` and quotes.
    pub(super) word: String,
}

/// The keys that a term can have.
pub(super) const KEYS: [&str; 5] = ["job", "status", "phase", "name", "id"];

/// Splits the text into terms; also returns whether the last one has an unclosed quote.
pub(super) fn cut(text: &str) -> (Vec<Token>, bool) {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut open = false;
    loop {
        while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let Some(&(start, first)) = chars.peek() else { break };
        let mut token =
            Token { at: start..text.len(), exclude: first == '-', key: None, values: Vec::new(), word: String::new() };
        if token.exclude {
            chars.next();
        }
        let mut value = String::new();
        let (mut quoted, mut curly) = (false, false);
        open = false;
        while let Some(&(at, c)) = chars.peek() {
            if !open && c.is_whitespace() {
                token.at.end = at;
                break;
            }
            chars.next();
            match c {
                '"' if !open => {
                    open = true;
                    quoted = true;
                    curly = false;
                }
                // What a phone's keyboard writes for a straight quote.
                '\u{201c}'..='\u{201f}' if !open && value.is_empty() => {
                    open = true;
                    quoted = true;
                    curly = true;
                }
                '\u{201c}'..='\u{201f}' if open && curly => open = false,
                '"' if chars.next_if(|(_, next)| *next == '"').is_none() => open = false,
                ':' | '：' if !open && token.key.is_none() && !quoted => {
                    token.key = Some(fold(&std::mem::take(&mut value)));
                    token.word.push(c);
                }
                ',' if !open => {
                    push(&mut token.values, &mut value);
                    token.word.push(c);
                }
                _ => {
                    value.push(c);
                    token.word.push(c);
                }
            }
        }
        push(&mut token.values, &mut value);
        tokens.push(token);
    }
    (tokens, open)
}

fn push(values: &mut Vec<String>, value: &mut String) {
    if !value.is_empty() {
        values.push(std::mem::take(value));
    }
}

/// Quotes a value if necessary.
pub(super) fn quote(value: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | ',' | '\u{201c}'..='\u{201f}');
    if !value.is_empty() && value.chars().all(plain) {
        return String::from(value);
    }
    ["\"", &value.replace('"', "\"\""), "\""].concat()
}

//! Formatting JSON for display without parsing it: only white space between tokens changes, so the order of fields, the
//! spelling of numbers and unknown fields stay exactly as the API sent them.

/// The text with a line for each field and entry, indented by two spaces. Text that is not JSON is returned unchanged.
pub fn pretty(text: &str) -> String {
    let looks_like_json = matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'['));
    if !looks_like_json {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while characters.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                if let Some(close) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth = depth.saturating_add(1);
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// The deepest indentation: hostile nesting must not grow the text without bound.
const DEEPEST: usize = 32;

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth.min(DEEPEST) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::pretty;
    use proptest::prelude::*;

    #[test]
    fn only_white_space_between_tokens_changes() {
        let text = r#"{"b":1.50,"a":["x, {y}",{}],"c":"q\" \\","d":[ ]}"#;
        let expected =
            "{\n  \"b\": 1.50,\n  \"a\": [\n    \"x, {y}\",\n    {}\n  ],\n  \"c\": \"q\\\" \\\\\",\n  \"d\": []\n}";
        assert_eq!(pretty(text), expected);
    }

    #[test]
    fn text_that_is_not_json_is_unchanged() {
        assert_eq!(pretty("<html>, :"), "<html>, :");
    }

    proptest! {
        #[test]
        fn value_is_preserved_and_formatting_is_idempotent(text in any::<String>(), numbers in proptest::collection::vec(any::<i64>(), 0..4)) {
            let json = serde_json::json!({ "t": text, "n": numbers, "o": { "x": null } });
            let once = pretty(&json.to_string());
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&once).unwrap(), json);
            prop_assert_eq!(pretty(&once), once);
        }
    }
}

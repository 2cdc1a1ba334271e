//! Reading JSON as tolerantly as the contract asks: one broken text or number must not lose the whole document.

use serde_json::Value;
use std::borrow::Cow;

/// Containers nested deeper than this become `null` (the parser's own limit is 128, and it would refuse the document).
const DEEPEST: usize = 100;

/// Reads a document. What the parser refuses for the sake of one text or number (half a surrogate pair, a raw control
/// character, an unknown escape, a number out of range, absurd nesting) is replaced, and the rest is kept.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let text = strip_bom(text);
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&repair(text)).ok())
}

/// The text without a leading byte order mark.
pub(crate) fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The text under the first of these keys that holds one.
pub(crate) fn text<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| value.get(key)?.as_str())
}

/// An id: text that is not empty, or a whole number. A number that was rounded in reading is none: it would name another thing.
pub(crate) fn id(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) if !text.is_empty() => Some(Cow::Borrowed(text)),
        Value::Number(number) if !number.is_f64() => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// A count: a whole number that is not negative, or digits in a text.
pub(crate) fn count(value: &Value) -> Option<u64> {
    /// Up to here a floating-point number holds every whole number exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            ((0.0..=EXACT).contains(&float) && float.fract() == 0.0).then_some(float as u64)
        }),
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
        }
        _ => None,
    }
}

/// The document with what the parser would refuse replaced: texts keep everything but the broken escape (U+FFFD in its place).
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => {
                let mut string = String::from('"');
                rest = repair_string(tail, &mut string);
                if depth <= DEEPEST {
                    out.push_str(&string);
                }
                continue;
            }
            '[' | '{' => {
                depth += 1;
                if depth == DEEPEST + 1 {
                    out.push_str("null");
                }
                if depth <= DEEPEST {
                    out.push(c);
                }
            }
            ']' | '}' => {
                if depth <= DEEPEST {
                    out.push(c);
                }
                depth = depth.saturating_sub(1);
            }
            '-' | '0'..='9' => {
                let end = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
                let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
                if depth <= DEEPEST {
                    out.push_str(if out_of_range(number) { "null" } else { number });
                }
                rest = after;
                continue;
            }
            _ if depth <= DEEPEST => out.push(c),
            _ => {}
        }
        rest = tail;
    }
    out
}

/// Copies a string from behind its opening quote up to and including the closing one; returns what follows.
fn repair_string<'a>(mut rest: &'a str, out: &mut String) -> &'a str {
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => {
                out.push(c);
                return tail;
            }
            '\\' => {
                let length = escape_length(rest);
                match rest.get(..length) {
                    Some(escape) if length > 0 => {
                        out.push_str(escape);
                        rest = rest.get(length..).unwrap_or_default();
                    }
                    _ => {
                        out.push('\u{fffd}');
                        // Of half a surrogate pair the whole escape goes, of any other broken escape the backslash.
                        rest = if unit(rest).is_some() { rest.get(6..).unwrap_or_default() } else { tail };
                    }
                }
                continue;
            }
            '\0'..='\u{1f}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
        rest = tail;
    }
    rest
}

/// How many bytes the valid escape (or surrogate pair) at the beginning takes; 0 when it is broken.
fn escape_length(rest: &str) -> usize {
    match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
        Some(b'u') => match unit(rest) {
            Some(0xd800..=0xdbff) => match rest.get(6..).and_then(unit) {
                Some(0xdc00..=0xdfff) => 12,
                _ => 0,
            },
            Some(0xdc00..=0xdfff) | None => 0,
            Some(_) => 6,
        },
        _ => 0,
    }
}

/// The UTF-16 code unit of a `\uXXXX` at the beginning.
fn unit(rest: &str) -> Option<u16> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

/// Whether a number is (nearly) too large for a floating-point number.
fn out_of_range(number: &str) -> bool {
    let exponent = number.split_once(['e', 'E']).map(|(_, exponent)| exponent);
    number.len() > 290
        || exponent.is_some_and(|text| !text.starts_with('-') && text.parse::<i32>().is_ok_and(|value| value > 290))
        || exponent.is_some_and(|text| text.len() > 9 && !text.starts_with('-'))
}

#[cfg(test)]
mod tests;

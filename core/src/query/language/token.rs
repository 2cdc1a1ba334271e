//! Splits the text of a query into tokens.
//!
//! They are separated by white space. Double quotes keep white space, commas and operators together, and two double
//! quotes within quotes stand for one (`"5"" disc"`). An unclosed quote extends to the end. White space around the
//! operator of a field does not separate (`starts < 2h`).

use super::field::{Field, looks_like_a_field};
use crate::address::Address;
use crate::clean::{is_invisible, narrow};
use crate::query::case_folding::{alike, folded};
use crate::run::RunId;
use std::ops::Range;

/// A term as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Its place in the text.
    pub(super) at: Range<usize>,
    /// Whether it starts with a dash.
    pub(super) exclude: bool,
    /// The text before the operator, in lower case; `None` without an operator.
    pub(super) key: Option<String>,
    /// `:`, `=`, `<`, `<=`, `>` or `>=`, and where the values begin
    pub(super) operator: (&'static str, usize),
    /// The values after the key, separated by commas, without empty ones; without a key, the whole term.
    pub(super) values: Vec<Value>,
    /// Whether a quote is not closed.
    pub(super) open: bool,
    /// The run whose address this is.
    pub(super) run: Option<RunId>,
}

/// A value as typed, without quotes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Value {
    pub(super) text: String,
    /// Whether any of it was in quotes.
    pub(super) quoted: bool,
    /// How many stars were outside quotes.
    stars: usize,
    /// Whether the last character is one of them.
    ends_in_star: bool,
}

impl Value {
    /// The text before a star at its end, if that is its only one and there is such text; without a star, all of it.
    pub(super) fn before_star(&self) -> Option<(&str, bool)> {
        match (self.stars, self.ends_in_star) {
            (0, _) => Some((&self.text, false)),
            (1, true) => self.text.strip_suffix(['*', '＊']).filter(|text| !text.is_empty()).map(|text| (text, true)),
            _ => None,
        }
    }
}

impl Token {
    /// The field, if its key is known.
    pub(super) fn field(&self) -> Option<Field> {
        self.key.as_deref().and_then(Field::from_word)
    }

    /// The word, if it is a single one without key, quotes and dash.
    pub(super) fn bare(&self) -> Option<&str> {
        match self.values.as_slice() {
            [value] if self.key.is_none() && !self.exclude && !value.quoted && self.run.is_none() => Some(&value.text),
            _ => None,
        }
    }
}

/// Words that connect terms, in upper case.
pub(super) const CONNECTIVES: [&str; 3] = ["OR", "AND", "NOT"];

/// Splits the text into tokens. Invisible characters between them are as good as white space.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        let token = Token::read(text, start);
        at = token.at.end;
        tokens.push(token);
    }
    tokens
}

/// Where the next word begins, at `from` or after it.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.find(|c: char| !c.is_whitespace() && !is_invisible(c)).map(|at| from + at)
}

/// The text from `from` to the next white space.
fn word(text: &str, from: usize) -> &str {
    text.get(from..).and_then(|rest| rest.split(char::is_whitespace).next()).unwrap_or_default()
}

/// The operator at the start of a text, and its length in bytes.
fn operator(text: &str) -> Option<(&'static str, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let or_equal = chars.next().filter(|c| narrow(*c) == '=');
    let length = first.len_utf8() + or_equal.map_or(0, char::len_utf8);
    Some(match (narrow(first), or_equal) {
        ('<', Some(_)) => ("<=", length),
        ('>', Some(_)) => (">=", length),
        ('<', None) => ("<", length),
        ('>', None) => (">", length),
        (':', _) => (":", first.len_utf8()),
        ('=', _) => ("=", first.len_utf8()),
        _ => return None,
    })
}

/// Whether a value can begin here: not where another term does.
fn begins_value(text: &str, from: usize) -> bool {
    let word = word(text, from);
    let key = word.find(|c: char| operator(c.encode_utf8(&mut [0; 4])).is_some()).and_then(|end| word.get(..end));
    !word.starts_with(|c| alike(c) == '-')
        && !CONNECTIVES.contains(&word)
        && key.is_none_or(|key| Field::from_word(&folded(key).collect::<String>()).is_none())
}

impl Token {
    fn read(text: &str, start: usize) -> Self {
        let mut token = Self {
            at: start..text.len(),
            exclude: false,
            key: None,
            operator: ("", start),
            values: Vec::new(),
            open: false,
            run: None,
        };
        let mut at = start;
        let first = word(text, start);
        // A dash of its own is text, as in a name that is pasted.
        if let Some(rest) = first.strip_prefix(|c| alike(c) == '-').filter(|rest| !rest.is_empty()) {
            token.exclude = true;
            at = start + (first.len() - rest.len());
        }
        token.operator.1 = at;
        token.run = pasted_run(word(text, at));
        if token.run.is_some() {
            token.at.end = start + first.len();
            return token;
        }
        let mut value = Value::default();
        let (mut quoted, mut may_have_key) = (false, true);
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            let mut length = c.len_utf8();
            if !token.open && c.is_whitespace() {
                let next = next_word(text, at).filter(|next| token.goes_on(text, &value, *next));
                let Some(next) = next else {
                    token.at.end = at;
                    break;
                };
                at = next;
                continue;
            }
            let key = || folded(&value.text).collect::<String>();
            match (c, narrow(c)) {
                // What a phone's keyboard writes for a straight quote opens one only where a value begins.
                ('"', _) | ('\u{201c}'..='\u{201f}', _) if !token.open && (c == '"' || value.text.is_empty()) => {
                    (token.open, quoted, value.quoted) = (true, c == '"', true);
                }
                ('\u{201c}'..='\u{201f}', _) if token.open && !quoted => token.open = false,
                ('"', _) if token.open && rest.starts_with("\"\"") => {
                    value.text.push('"');
                    length = 2;
                }
                ('"', _) if token.open => token.open = false,
                (_, ':' | '=' | '<' | '>') if !token.open && may_have_key && !value.quoted => {
                    may_have_key = false;
                    let (sign, signs) = operator(rest).unwrap_or((":", length));
                    let key = key();
                    let known = Field::from_word(&key).is_some();
                    if known || sign != "=" && looks_like_a_field(&key) && !rest.starts_with("://") {
                        (token.key, token.operator) = (Some(key), (sign, at + signs));
                        value = Value::default();
                        length = signs;
                    } else {
                        value.push(c);
                    }
                }
                // In `starts<1,5h` it is part of the number.
                (_, ',') if !token.open && matches!(token.operator.0, ":" | "=") => {
                    token.push(std::mem::take(&mut value))
                }
                (_, '*') if !token.open => {
                    value.push(c);
                    value.stars += 1;
                    value.ends_in_star = true;
                }
                _ => value.push(c),
            }
            at += length;
        }
        token.push(value);
        token
    }

    /// Whether the token goes on with the next word.
    fn goes_on(&self, text: &str, value: &Value, next: usize) -> bool {
        if self.key.is_some() {
            let begins = self.values.is_empty() && value.text.is_empty() && !value.quoted;
            return begins && self.field().is_some() && begins_value(text, next);
        }
        let key: String = folded(&value.text).collect();
        let is_field = !value.quoted && Field::from_word(&key).is_some();
        is_field && text.get(next..).is_some_and(|rest| operator(rest).is_some())
    }

    fn push(&mut self, value: Value) {
        if !value.text.is_empty() {
            self.values.push(value);
        }
    }
}

impl Value {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.ends_in_star = false;
    }
}

/// The run that a pasted address of this console shows.
pub fn pasted_run(text: &str) -> Option<RunId> {
    let (_, query) = text.trim().split_once('?')?;
    // An address has what cannot be seen in an id as an escape; as itself, it came along with the pasted text.
    let query: String = query.chars().take_while(|c| *c != '#').filter(|c| !is_invisible(*c)).collect();
    match Address::parse(&query) {
        Address::Run { id } => Some(id),
        _ => None,
    }
}

/// A value in quotes.
pub(super) fn quoted(value: &str) -> String {
    ["\"", &value.replace('"', "\"\""), "\""].concat()
}

/// Quotes a value if necessary.
pub(super) fn quote(value: &str) -> String {
    let plain = |c: char| {
        !c.is_whitespace()
            && !is_invisible(c)
            && !matches!(narrow(c), '"' | ',' | '*' | '(' | ')' | '\u{201c}'..='\u{201f}' | ':' | '=' | '<' | '>')
    };
    let starts_term = value.starts_with(|c| alike(c) == '-') || CONNECTIVES.contains(&value);
    if !value.is_empty() && !starts_term && value.chars().all(plain) { String::from(value) } else { quoted(value) }
}

//! JSON read one level at a time: serde_json checks the syntax and cuts out the values, and a value stays text until a field
//! reads it. So a value that no parser accepts (a lone surrogate, a number out of range) costs its own field and nothing
//! else.
//!
//! It also keeps the program small. The types of this module derived from serde_json's own deserializer, which formats a
//! message for every error and reads structs from arrays too, took 38 kB more (brotli) than derived from [`Raw`].

mod deserializer;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The text of a JSON value. Its syntax was checked when it was cut out of the value around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Raw<'a>(pub(crate) &'a str);

/// The keys of an object and their values, in their order.
pub(crate) type Members<'a> = Vec<(Raw<'a>, Raw<'a>)>;

/// The value is not what is expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unreadable;

/// One level of a value.
enum Level<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    List(Vec<Raw<'a>>),
    Object(Members<'a>),
    /// `null`, `true` or `false`
    Word,
}

/// Reads a body as this type.
pub(crate) fn read<'a, T: Deserialize<'a>>(body: &'a str) -> Option<T> {
    Raw::of_body(body)?.read()
}

impl<'a> Raw<'a> {
    /// The value of a body, without byte order mark and leading white space. The syntax of a list or an object is checked
    /// when it is taken apart.
    pub(crate) fn of_body(body: &'a str) -> Option<Self> {
        let start = body.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if start.starts_with(['{', '[']) {
            return Some(Self(start));
        }
        serde_json::from_str::<&RawValue>(start).ok().map(|value| Self(value.get()))
    }

    /// Reads it as this type.
    pub(crate) fn read<T: Deserialize<'a>>(self) -> Option<T> {
        T::deserialize(self).ok()
    }

    #[inline(never)]
    fn level(self) -> Option<Level<'a>> {
        serde_json::from_str(self.0).ok()
    }

    fn level_of(self, begins: char) -> Option<Level<'a>> {
        if self.0.starts_with(begins) { self.level() } else { None }
    }

    /// The part of a text between its quotes, with escapes unresolved.
    pub(crate) fn inside(self) -> Option<&'a str> {
        self.0.strip_prefix('"')?.strip_suffix('"')
    }

    /// The value, if it is a text.
    #[inline(never)]
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        let inside = self.inside()?;
        if !inside.contains('\\') {
            return Some(Cow::Borrowed(inside));
        }
        if let Some(Level::Text(text)) = self.level() {
            return Some(text);
        }
        match Raw(&without_lone_surrogates(self.0)).level() {
            Some(Level::Text(text)) => Some(Cow::Owned(text.into_owned())),
            _ => None,
        }
    }

    /// The value, if it is a number; rounded beyond 2^53.
    pub(crate) fn number(self) -> Option<f64> {
        match self.level() {
            Some(Level::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The entries, if it is a list.
    #[inline(never)]
    pub(crate) fn list(self) -> Option<Vec<Self>> {
        match self.level_of('[') {
            Some(Level::List(entries)) => Some(entries),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[inline(never)]
    pub(crate) fn members(self) -> Option<Members<'a>> {
        match self.level_of('{') {
            Some(Level::Object(members)) => Some(members),
            _ => None,
        }
    }

    /// The only member of an object whose value begins with this character: `{` for objects, `[` for lists.
    pub(crate) fn only_member(self, begins: char) -> Option<Self> {
        let members = self.members()?;
        let mut fitting = members.into_iter().map(|(_, value)| value).filter(|value| value.0.starts_with(begins));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Level<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyLevel;
        impl<'de> Visitor<'de> for AnyLevel {
            type Value = Level<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("any value")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Level<'de>, E> {
                Ok(Level::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Level<'de>, E> {
                Ok(Level::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Level<'de>, E> {
                Ok(Level::Number(number as f64))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Level<'de>, E> {
                Ok(Level::Number(number as f64))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Level<'de>, E> {
                Ok(Level::Number(number))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Level<'de>, E> {
                Ok(Level::Word)
            }

            fn visit_unit<E>(self) -> Result<Level<'de>, E> {
                Ok(Level::Word)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Level<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = list.next_element::<&RawValue>()? {
                    entries.push(Raw(entry.get()));
                }
                Ok(Level::List(entries))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Level<'de>, A::Error> {
                let mut members = Members::with_capacity(12);
                while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push((Raw(key.get()), Raw(value.get())));
                }
                Ok(Level::Object(members))
            }
        }
        deserializer.deserialize_any(AnyLevel)
    }
}

/// Replaces the escapes of lone surrogates with U+FFFD, like JavaScript's `toWellFormed`. A JavaScript server sends a lone
/// surrogate for a name that was cut in the middle of an emoji (ECMA-262, `JSON.stringify`), and serde_json refuses it.
fn without_lone_surrogates(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match (code_unit(escape), escape.get(6..).and_then(code_unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            _ => 2,
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push_str(escape);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The UTF-16 code unit of a `\uXXXX` at the start.
fn code_unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests;

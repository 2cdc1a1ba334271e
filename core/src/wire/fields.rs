//! The lenient field readers: a wrong value costs its field, never the document.
//!
//! A field names its reader in `#[serde(deserialize_with = "…")]`; the struct is `#[serde(default)]`, so that a missing and an
//! unreadable field are the same. Fields without a reader are read strictly.

use super::json::Raw;
use crate::time::Timestamp;
use crate::time::given::{Given, shortened};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// A text.
pub(crate) fn text<'de, D: Deserializer<'de>, T: From<Cow<'de, str>>>(field: D) -> Result<Option<T>, D::Error> {
    Ok(Raw::deserialize(field)?.text().map(T::from))
}

/// An id: a text that is not empty, or a whole number.
pub(crate) fn id<'de, D: Deserializer<'de>, T: From<Cow<'de, str>>>(field: D) -> Result<Option<T>, D::Error> {
    Ok(to_id(Raw::deserialize(field)?).map(T::from))
}

/// A count: a whole number that is not negative, or its digits in a text.
pub(crate) fn count<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    Raw::deserialize(field).map(to_count)
}

/// A count, or the text of whatever stands in its place; `null` and an empty text are nothing.
pub(crate) fn given_count<'de, D: Deserializer<'de>>(field: D) -> Result<Option<GivenCount>, D::Error> {
    Raw::deserialize(field).map(to_given_count)
}

/// What a field that should be a count gives.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum GivenCount {
    /// A count.
    Number(u64),
    /// Anything else.
    Text(Arc<str>),
}

impl GivenCount {
    /// The count, if it is one.
    pub(crate) const fn number(&self) -> Option<u64> {
        match self {
            Self::Number(count) => Some(*count),
            Self::Text(_) => None,
        }
    }

    /// What was given in place of a count.
    pub(crate) fn text(&self) -> Option<Arc<str>> {
        match self {
            Self::Number(_) => None,
            Self::Text(text) => Some(Arc::clone(text)),
        }
    }
}

/// A time in ISO 8601.
pub(crate) fn time<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Timestamp>, D::Error> {
    Raw::deserialize(field).map(to_time)
}

/// A time in ISO 8601, or the text of whatever stands in its place; `null` and an empty text are nothing.
pub(crate) fn given<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Given>, D::Error> {
    Raw::deserialize(field).map(to_given)
}

/// A NumericDate (RFC 7519, section 2): seconds since the epoch, possibly with a fraction, possibly as digits in a text.
pub(crate) fn numeric_date<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Timestamp>, D::Error> {
    Raw::deserialize(field).map(to_numeric_date)
}

/// A value of the field's type.
pub(crate) fn valid<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<T>, D::Error> {
    Ok(Raw::deserialize(field)?.read())
}

/// A list, without its unreadable entries.
pub(crate) fn each<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Vec<T>, D::Error> {
    Raw::deserialize(field).map(to_each)
}

/// The readable entries of a list.
pub(crate) fn to_each<'de, T: Deserialize<'de>>(list: Raw<'de>) -> Vec<T> {
    list.list().unwrap_or_default().into_iter().filter_map(Raw::read).collect()
}

/// The JSON itself, even if it is `null`.
pub(crate) fn raw<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Raw<'de>>, D::Error> {
    Raw::deserialize(field).map(Some)
}

/// A number beyond 64 bits, or with a fraction, may have been rounded by its sender and would then identify something else.
#[inline(never)]
fn to_id(json: Raw<'_>) -> Option<Cow<'_, str>> {
    let whole = json.0.parse::<u64>().is_ok() || json.0.parse::<i64>().is_ok();
    if whole { Some(Cow::Borrowed(json.0)) } else { json.text().filter(|text| !text.is_empty()) }
}

#[inline(never)]
fn to_count(json: Raw<'_>) -> Option<u64> {
    /// Up to here the parser's floats are exact; a float beyond may stand for another number than the one that was written.
    const EXACT: f64 = 1e15;
    if let Some(text) = json.text() {
        let digits = text.trim();
        return if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None };
    }
    let (whole, fraction) = json.0.split_once('.').unwrap_or((json.0, ""));
    let is_whole = fraction.bytes().all(|byte| byte == b'0');
    whole.parse().ok().filter(|_| is_whole).or_else(|| {
        let float = json.number()?;
        ((0.0..=EXACT).contains(&float) && float.fract() == 0.0).then_some(float as u64)
    })
}

#[inline(never)]
fn to_given_count(json: Raw<'_>) -> Option<GivenCount> {
    if let Some(count) = to_count(json) {
        return Some(GivenCount::Number(count));
    }
    if json.is_null() {
        return None;
    }
    let text = shortened(json.text().as_deref().unwrap_or(json.0).trim());
    (!text.is_empty()).then(|| GivenCount::Text(text.into()))
}

#[inline(never)]
fn to_time(json: Raw<'_>) -> Option<Timestamp> {
    // No character of a time needs an escape.
    Timestamp::parse(json.inside()?.trim())
}

#[inline(never)]
fn to_given(json: Raw<'_>) -> Option<Given> {
    if json.is_null() {
        return None;
    }
    Given::of(json.text().as_deref().unwrap_or(json.0))
}

#[inline(never)]
fn to_numeric_date(json: Raw<'_>) -> Option<Timestamp> {
    let whole = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1000)).printable();
    if json.0.starts_with('"') {
        return Some(whole(i64::try_from(to_count(json)?).unwrap_or(i64::MAX)));
    }
    match json.0.parse() {
        Ok(seconds) => Some(whole(seconds)),
        // The conversion to an integer saturates.
        Err(_) => Some(Timestamp::from_millis((json.number()? * 1000.0).floor() as i64).printable()),
    }
}

/// The API's form: ISO 8601 in UTC, with milliseconds.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_iso())
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(at) => at.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        time(deserializer)?.ok_or_else(|| D::Error::custom("not a time"))
    }
}

#[cfg(test)]
mod tests;

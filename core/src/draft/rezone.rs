//! Times that were typed in one zone, written for another.

use crate::clean;
use crate::time::Timestamp;
use crate::time::input::{TimeInput, exact_text, is_relative, read};
use crate::time::zone::Offset;

/// The text of a time in another zone; what names no single instant, or names its own offset, stays as typed.
pub fn rezone(text: &str, now: Timestamp, from: Offset<'_>, to: Offset<'_>) -> String {
    let meant = clean::id(text);
    let independent = Timestamp::parse(&meant).is_some() || is_relative(&meant);
    match read(text, now, from) {
        TimeInput::At(at) if !independent => exact_text(at, now, to),
        _ => text.to_owned(),
    }
}

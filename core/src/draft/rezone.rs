//! Times that were typed in one zone, written for another.

use super::Draft;
use crate::clean;
use crate::time::Timestamp;
use crate::time::input::{TimeInput, end_reference, exact_text, is_relative, read};
use crate::time::zone::Offset;

impl Draft {
    /// Rewrites the times that have been entered, so that they stay the same instants in another zone.
    pub fn rezone(&mut self, now: Timestamp, from: Offset<'_>, to: Offset<'_>) {
        let end_from = end_reference(&self.end_text, self.start_at(now, from), now);
        self.start_text = rezone(&self.start_text, now, from, to);
        self.end_text = rezone(&self.end_text, end_from, from, to);
    }
}

/// The text of a time in another zone; what names no single instant, or names its own offset, stays as typed.
pub(super) fn rezone(text: &str, now: Timestamp, from: Offset<'_>, to: Offset<'_>) -> String {
    let meant = clean::id(text);
    let independent = Timestamp::parse(&meant).is_some() || is_relative(&meant);
    match read(text, now, from) {
        TimeInput::At(at) if !independent => exact_text(at, now, to),
        _ => text.to_owned(),
    }
}

//! The text and the caret of a text field. Browsers count in UTF-16 code units, Rust strings in UTF-8 bytes.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// The caret position, in bytes of the field's text; `None` while text is selected.
pub(crate) fn caret(field: &HtmlInputElement) -> Option<usize> {
    let (start, end) = field.selection_start().ok()?.zip(field.selection_end().ok()?)?;
    if start != end {
        return None;
    }
    let mut units = 0;
    let text = field.value();
    let before = text.chars().take_while(|c| {
        units += c.len_utf16() as u32;
        units <= start
    });
    Some(before.map(char::len_utf8).sum())
}

/// Replaces the field's text and puts the caret at `caret`, in bytes of the new text.
pub(crate) fn set_text(field: &HtmlInputElement, text: &str, caret: usize) {
    let units = text.get(..caret).unwrap_or(text).encode_utf16().count() as u32;
    field.set_value(text);
    let _ = field.set_selection_range(units, units);
}

/// Focuses the field and selects its text.
pub(crate) fn select(field: &HtmlTextAreaElement) {
    let _ = field.focus();
    field.select();
}

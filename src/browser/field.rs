//! Where the caret of a text field stands. Browsers count in UTF-16, texts here are UTF-8.

use web_sys::HtmlInputElement;

/// The caret, in bytes of the field's text; `None` while a piece of it is marked.
pub fn caret(field: &HtmlInputElement) -> Option<usize> {
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

/// Puts a text into the field, with the caret behind so many bytes of it.
pub fn put(field: &HtmlInputElement, text: &str, caret: usize) {
    let units = text.get(..caret).unwrap_or(text).encode_utf16().count() as u32;
    field.set_value(text);
    let _ = field.set_selection_range(units, units);
}

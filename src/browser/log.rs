//! The browser's console, read by integrators. Nothing secret may be written to it.

pub(crate) fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}

pub(crate) fn error(text: &str) {
    web_sys::console::error_1(&text.into());
}

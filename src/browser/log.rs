//! The browser's console, for integrators. Nothing secret ever reaches it.

/// A warning.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}

/// An error.
pub fn error(text: &str) {
    web_sys::console::error_1(&text.into());
}

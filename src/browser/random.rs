//! Random values that distinguish tabs, requests and frames. They come from `Math.random`: nothing secret may depend on them.

/// A string of that many hexadecimal digits.
pub(crate) fn hex(digits: usize) -> String {
    (0..digits).filter_map(|_| char::from_digit((js_sys::Math::random() * 16.0) as u32, 16)).collect()
}

/// A number in `[0, 1)`.
pub(crate) fn fraction() -> f64 {
    js_sys::Math::random()
}

//! Randomness. It tells tabs, requests and frames apart; nothing secret depends on it.

/// Hexadecimal digits.
pub fn hex(digits: usize) -> String {
    (0..digits).filter_map(|_| char::from_digit((js_sys::Math::random() * 16.0) as u32, 16)).collect()
}

/// A number from 0 up to 1.
pub fn fraction() -> f64 {
    js_sys::Math::random()
}

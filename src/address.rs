//! Every address of the console. They are parsed and written in `runboard_core`, where that is tested without a browser.

pub use runboard_core::address::{Address, encode_segment};

//! Every address of the console. It is parsed and written in `runboard_core`, where it is tested without a browser.

pub use runboard_core::address::{Address, encode_segment};

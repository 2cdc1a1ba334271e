//! What must be on the machine besides Rust: found where it is, set up where it can be, named in one line where it cannot.

pub(crate) mod apt;
pub(crate) mod bindgen;
pub(crate) mod browser;
pub(crate) mod firefox;
pub(crate) mod hosts;
pub(crate) mod node;
pub(crate) mod rust;
pub(crate) mod trunk;
pub(crate) mod version;

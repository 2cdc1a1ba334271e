//! An index by id and a sort, each compiled once for the whole console instead of once per element type: that keeps the
//! WebAssembly file small.

pub mod id_index;
pub mod sort;

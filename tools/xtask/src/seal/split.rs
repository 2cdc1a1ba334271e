//! Two programs out of one: what the list needs, and the rest, which is fetched when somebody turns to it.
//!
//! The linker says of every function and every piece of data what it refers to (`--emit-relocs`). Whatever can only be
//! reached through a gate (a function of `runboard::gates`) goes into the rest; a gate calls it through the table of
//! functions, which the rest fills when it is instantiated. Both share one memory and one table.
//!
//! Nothing is guessed: a call from the main half into the rest that does not go through a gate fails the build.

mod cut;
mod graph;

use std::collections::BTreeSet;

use crate::failure::{Failure, Outcome};

pub(super) use cut::rename_imports;
use graph::Graph;

/// What the linker has to be told, so that it says what refers to what, under names that differ.
pub(crate) const LINKER_FLAGS: &str = "-Clink-arg=--emit-relocs -Clink-arg=--no-demangle";

/// The module that the rest imports from: the exports of the main half.
pub(super) const MODULE: &str = "main";

/// What a library exports for streams of its own making (wasm-streams, by way of Leptos). The console makes none.
pub(super) const NEVER_CALLED: &str = "intounderlying";

/// The two programs.
pub(super) struct Halves {
    /// What is there from the start.
    pub(super) main: Vec<u8>,
    /// What is fetched later.
    pub(super) rest: Vec<u8>,
}

/// What goes into the rest.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rest {
    /// Functions, by their names.
    functions: BTreeSet<String>,
    /// Those of them through which it is entered.
    gates: BTreeSet<String>,
    /// Addresses and lengths of data that nothing else refers to, in order.
    data: Vec<(u32, u32)>,
}

/// Splits `program`, which wasm-bindgen made of what was `linked`.
///
/// # Errors
/// When what was linked does not say what refers to what, has no gates, or the main half would call the rest past them.
pub(super) fn split(linked: &[u8], program: &[u8]) -> Outcome<Halves> {
    let rest = Graph::read(linked)?.behind(is_gate)?;
    if rest.gates.is_empty() {
        return Err(Failure::new("the program has no gates to its rest (functions of runboard::gates)"));
    }
    cut::cut(program, &rest)
}

/// Whether a function is one of `runboard::gates`, and not a closure in one. Understands both of Rust's ways to write
/// names.
fn is_gate(name: &str) -> bool {
    let Some((_, path)) = name.split_once("8runboard5gates") else { return false };
    // `12some_functionE`, with a hash before the end in the older way.
    let digits = path.chars().take_while(char::is_ascii_digit).count();
    let (length, path) = path.split_at(digits);
    let Some(after) = length.parse().ok().and_then(|length: usize| path.get(length..)) else { return false };
    name.starts_with("_RNv") || after.starts_with("17h")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_the_functions_themselves_and_not_what_is_in_them() {
        for name in ["_ZN8runboard5gates4page17h0123456789abcdefE", "_RNvNtCs1_8runboard5gates4page"] {
            assert!(is_gate(name), "{name}");
        }
        for name in [
            "_ZN8runboard5gates4page28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
            "_RNCNvNtCs1_8runboard5gates4page0B5_",
            "_ZN8runboard5pages4page17h0123456789abcdefE",
            "main",
        ] {
            assert!(!is_gate(name), "{name}");
        }
    }
}

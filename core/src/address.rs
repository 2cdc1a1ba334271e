//! Every address of the console: the index document plus a query, so that the same files work under any path with no rewrite
//! rule. Parse and print are each other's inverse.

use crate::query::Sort;
use crate::run::RunId;

/// What an address shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// `./`, `?q=…&sort=…`
    Runs {
        /// The query field's text.
        q: String,
        /// The order.
        sort: Sort,
    },
    /// `?new`, with what to fill in.
    New {
        /// `job`
        job: Option<String>,
        /// `name`
        name: Option<String>,
        /// `from`: the run to repeat
        from: Option<RunId>,
    },
    /// `?run=<id>`
    Run {
        /// The run.
        id: RunId,
    },
    /// `?diagnostics`
    Diagnostics,
}

impl Address {
    /// The list, unfiltered, in its usual order.
    pub fn runs() -> Self {
        Self::Runs { q: String::new(), sort: Sort::default() }
    }

    /// Reads the query of a location (with or without `?`). `new` wins over `run`, `run` over `diagnostics`; an empty
    /// `run=` is the list; unknown keys are ignored; a bad sort is the usual one; values are decoded once (`+` and
    /// `%20` are spaces; a broken escape stands for itself; bytes that are not UTF-8 become U+FFFD).
    pub fn parse(search: &str) -> Self {
        todo!()
    }

    /// The relative reference to it: `./` or `./?…`. What needs no encoding for reading is left as it is; a space is `%20`, a plus `%2B`.
    pub fn href(&self) -> String {
        todo!()
    }
}

/// Encodes text as one path segment (RFC 3986): everything but unreserved characters as UTF-8 `%XX`; never `+` for a
/// space. `.` and `..` are encoded too, because a browser would resolve them away.
pub fn encode_segment(text: &str) -> String {
    todo!()
}

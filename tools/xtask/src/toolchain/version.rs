//! Reading version numbers from what programs say.

use std::fmt::{self, Display};

/// A version of numbers; what follows them (`-beta`, `+build`) is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) patch: u64,
}

impl Version {
    /// The first version in a text such as `trunk 0.21.14`, `v20.11.1`, `Chromium 130.0.6723.58 built on …`
    /// or `wasm-opt version 132 (version_132)`. Missing numbers are 0.
    pub(crate) fn first_in(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(|word| {
            let word = word.trim_start_matches(['v', '=', '^', '~']);
            let digits = word.split(|c: char| c != '.' && !c.is_ascii_digit()).next()?;
            let mut numbers = digits.split('.');
            let major = numbers.next()?.parse().ok()?;
            let mut next = || numbers.next().and_then(|number| number.parse().ok()).unwrap_or(0);
            Some(Self { major, minor: next(), patch: next() })
        })
    }
}

impl Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(major: u64, minor: u64, patch: u64) -> Option<Version> {
        Some(Version { major, minor, patch })
    }

    #[test]
    fn versions_are_read_from_what_programs_print() {
        for (text, read) in [
            ("trunk 0.21.14", version(0, 21, 14)),
            ("wasm-bindgen 0.2.129 (27c7a4d06)", version(0, 2, 129)),
            ("v20.20.2\n", version(20, 20, 2)),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", version(156, 0, 8078)),
            ("ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})", version(156, 0, 8078)),
            ("wasm-opt version 132 (version_132)", version(132, 0, 0)),
            ("^1.2.3-beta.1", version(1, 2, 3)),
            ("", None),
            ("not a version", None),
        ] {
            assert_eq!(Version::first_in(text), read, "{text}");
        }
    }
}

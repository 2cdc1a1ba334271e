//! What stops a command, in one line a person can act on.

use std::fmt::{self, Display};

/// The result of everything here that can be stopped by the machine it runs on.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// A lack or an error: what is wrong, and what to do about it. It prints as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    what: String,
    remedy: Option<String>,
}

impl Failure {
    /// Something is wrong, and the words say all there is to say.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: None }
    }

    /// Adds what the person can do about it: a sentence without its full stop.
    #[must_use]
    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Messages of other programs can carry line breaks; a failure stays one line.
        let mut words = self.what.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(remedy) = &self.remedy {
            words = format!("{}. {}", words.trim_end_matches('.'), remedy);
        }
        f.write_str(&words)
    }
}

/// Turns any error into a [`Failure`] that says what was being done.
pub(crate) trait OrFail<T> {
    /// `what` is a whole clause, such as "cannot read Cargo.lock"; the cause follows it.
    fn or_fail(self, what: impl Display) -> Outcome<T>;
}

impl<T, E: Display> OrFail<T> for Result<T, E> {
    fn or_fail(self, what: impl Display) -> Outcome<T> {
        self.map_err(|cause| Failure::new(format!("{what}: {cause}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line_with_its_remedy() {
        let failure = Failure::new("port 8080 is in use:\n  address taken.").remedy("Choose another with --port");
        assert_eq!(failure.to_string(), "port 8080 is in use: address taken. Choose another with --port");
    }

    #[test]
    fn a_cause_follows_what_was_being_done() {
        let failed: Result<(), _> = Err("no such file");
        assert_eq!(failed.or_fail("cannot read x").unwrap_err().to_string(), "cannot read x: no such file");
    }
}

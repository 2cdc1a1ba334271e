//! Everything that can go wrong with a request, as a closed set, read from any answer the API or a gateway may give.

mod intercepted;
mod read;

use crate::draft::Field;
use crate::time::Span;

/// Why a request failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// What went wrong.
    pub kind: ProblemKind,
    /// What the server said about it, if readable: title, detail, or its list of messages.
    pub said: Option<String>,
    /// `instance` of the problem details: an id to quote to the API's operators.
    pub trace: Option<String>,
    /// The status code, if there was an answer.
    pub status: Option<u16>,
}

/// The kinds of problems.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The console itself cancelled the request (the page was left). Not an error; never shown.
    Aborted,
    /// No answer reached the page: offline, refused, DNS, CORS, a blocked redirect. A browser does not say which.
    Unreachable {
        /// Whether the browser reports that it is offline.
        offline: bool,
    },
    /// No complete answer within the time limit.
    TimedOut {
        /// The limit.
        after: Span,
    },
    /// 401.
    Unauthorised {
        /// Whether the type says that the token has expired (`#jwt-expired`).
        expired: bool,
    },
    /// 403.
    Forbidden,
    /// 404 or 410, which also hide what you may not see.
    NotFound,
    /// 409, or 412.
    Conflict,
    /// 400 or 422 (and 413, 414, 415): the request was not accepted.
    Invalid {
        /// Messages about a field of the form; all others are in `said`.
        fields: Vec<(Field, String)>,
    },
    /// 429, or 503 with a readable `Retry-After`.
    Limited {
        /// The minimum wait, if the server gave one and the browser could read it.
        wait: Option<Span>,
    },
    /// 5xx.
    Server {
        /// The status code.
        status: u16,
    },
    /// Any other status than 2xx (redirects that were not followed, other 4xx).
    Refused {
        /// The status code.
        status: u16,
    },
    /// A 2xx answer that is not what the contract says.
    Undecodable,
    /// Something in front of the API answered in its place, such as a gateway or a sign-in page: nothing is known of what the
    /// API did.
    Intercepted {
        /// The minimum wait, if it gave one and the browser could read it.
        wait: Option<Span>,
    },
    /// There is no usable token, so nothing was sent.
    NoToken,
}

/// An answer, as far as it could be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// Status code.
    pub status: u16,
    /// `Content-Type`, if readable.
    pub content_type: Option<&'a str>,
    /// `WWW-Authenticate`, if readable.
    pub challenge: Option<&'a str>,
    /// `Retry-After`, if readable: seconds or an HTTP date.
    pub retry_after: Option<&'a str>,
    /// The server's `Date`, if readable (for a `Retry-After` that is a date).
    pub date: Option<&'a str>,
    /// The body; possibly empty, truncated, HTML.
    pub body: &'a str,
}

impl Problem {
    /// A problem without a message from a server.
    pub const fn bare(kind: ProblemKind) -> Self {
        Self { kind, said: None, trace: None, status: None }
    }

    /// Reads an answer that is not 2xx: problem details (RFC 9457) under any media type, `errors` as an array of strings or
    /// objects, `invalid_parameters: [{name, reason}]`. HTML, binary bodies and any text with markup are not shown; texts
    /// are truncated at 500 characters; control characters are dropped, including those that change the direction of text.
    pub fn read(answer: Answer<'_>) -> Self {
        read::read(answer)
    }

    /// Whether a write that failed this way may still have taken effect: no answer, a server error, an unreadable success, an answer that is not the API's.
    /// That includes a 408 and a 503 with `Retry-After`: a gateway may send them after it has forwarded the request.
    pub const fn outcome_unknown(&self) -> bool {
        matches!(self.status, Some(408 | 500..=599))
            || matches!(
                self.kind,
                ProblemKind::Aborted
                    | ProblemKind::Unreachable { .. }
                    | ProblemKind::TimedOut { .. }
                    | ProblemKind::Server { .. }
                    | ProblemKind::Undecodable
                    | ProblemKind::Intercepted { .. }
            )
    }

    /// How long the server asked to wait, if it did.
    pub const fn wait(&self) -> Option<Span> {
        match self.kind {
            ProblemKind::Limited { wait } | ProblemKind::Intercepted { wait } => wait,
            _ => None,
        }
    }

    /// Whether no request can succeed until somebody signs in.
    pub const fn is_hopeless(&self) -> bool {
        matches!(self.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken | ProblemKind::Aborted)
    }

    /// Whether a read that failed this way is worth repeating without the person doing anything.
    pub const fn may_pass(&self) -> bool {
        matches!(
            self.kind,
            ProblemKind::Unreachable { .. }
                | ProblemKind::TimedOut { .. }
                | ProblemKind::Server { .. }
                | ProblemKind::Limited { .. }
                | ProblemKind::Undecodable
                | ProblemKind::Intercepted { .. }
        )
    }
}

#[cfg(test)]
mod tests;

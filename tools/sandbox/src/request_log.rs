//! A log of the requests for API operations and tokens, for tests to look at.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;

use crate::operation::Operation;
use crate::timestamp::Timestamp;

/// How many requests are kept; the oldest ones are dropped.
const CAPACITY: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    requests: VecDeque<LoggedRequest>,
    last_sequence: u64,
}

/// One received request with everything in it. Tokens are included, because this is a stand-in for tests.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LoggedRequest {
    /// Counts the requests since the start or since the log was cleared, from 1. [`RequestLog::add`] sets it.
    pub(crate) sequence: u64,
    /// When it was received, by the sandbox's clock.
    pub(crate) time: Timestamp,
    pub(crate) operation: Operation,
    pub(crate) method: String,
    /// The path as sent, without the query.
    pub(crate) path: String,
    /// The query as sent, without the question mark.
    pub(crate) query: Option<String>,
    /// Names are in lower case. Several values of one name are joined with a comma and a space.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body, with replacement characters where it is not UTF-8.
    pub(crate) body: String,
    /// The kind of the fault that was applied.
    pub(crate) fault: Option<&'static str>,
    /// The status of the response; `null` until there is one, and for good when the connection was aborted.
    pub(crate) status: Option<u16>,
}

impl RequestLog {
    /// Adds a request and returns its sequence number, for [`RequestLog::set_status`].
    pub(crate) fn add(&self, mut request: LoggedRequest) -> u64 {
        let mut inner = self.lock();
        inner.last_sequence += 1;
        request.sequence = inner.last_sequence;
        if inner.requests.len() == CAPACITY {
            inner.requests.pop_front();
        }
        inner.requests.push_back(request);
        inner.last_sequence
    }

    /// Records the response to an earlier request. Does nothing when the log no longer has it.
    pub(crate) fn set_status(&self, sequence: u64, time: Timestamp, status: Option<StatusCode>) {
        let mut inner = self.lock();
        // After the log was cleared, sequence numbers begin again; the time tells such requests apart.
        let logged =
            inner.requests.iter_mut().rev().find(|request| request.sequence == sequence && request.time == time);
        if let Some(request) = logged {
            request.status = status.map(|status| status.as_u16());
        }
    }

    /// All requests, oldest first.
    pub(crate) fn requests(&self) -> Vec<LoggedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Inner::default();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Headers as the log shows them.
pub(crate) fn logged_headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .keys()
        .map(|name| {
            let values: Vec<_> =
                headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            (name.as_str().to_owned(), values.join(", "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_the_oldest_requests_beyond_its_capacity() {
        let log = RequestLog::default();
        for _ in 0..CAPACITY + 5 {
            log.add(LoggedRequest {
                sequence: 0,
                time: Timestamp::from_millis(0),
                operation: Operation::List,
                method: "GET".into(),
                path: "/beta/runs/".into(),
                query: None,
                headers: BTreeMap::new(),
                body: String::new(),
                fault: None,
                status: None,
            });
        }
        let requests = log.requests();
        assert_eq!((requests.len(), requests[0].sequence), (CAPACITY, 6));
    }
}

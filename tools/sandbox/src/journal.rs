//! What was received on the API and token operations, in order, for tests to look at.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::operation::Operation;
use crate::time::Millis;

/// How many requests are kept; older ones are forgotten.
pub const CAPACITY: usize = 10_000;

/// The log of received requests.
#[derive(Debug, Default)]
pub struct Journal {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<Entry>,
    next: u64,
}

/// One received request. Nothing is left out, the token included: this is a stand-in for tests.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts all requests since the start or the last clearing, from 1.
    pub sequence: u64,
    /// When it had been received, by the sandbox's clock.
    pub time: Millis,
    /// What it asked for.
    pub operation: Operation,
    /// The method as sent.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: Option<String>,
    /// Names in lower case; several values of one name are joined with a comma and a space.
    pub headers: Map<String, Value>,
    /// The body; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The kind of the fault that was applied.
    pub fault: Option<&'static str>,
    /// What was answered; `null` while there is no answer, and for ever after a reset.
    pub status: Option<u16>,
}

impl Journal {
    /// Enters a request and answers its place, for [`Journal::answered`].
    pub fn received(&self, mut entry: Entry) -> u64 {
        let mut inner = self.lock();
        inner.next += 1;
        entry.sequence = inner.next;
        if inner.entries.len() == CAPACITY {
            inner.entries.pop_front();
        }
        inner.entries.push_back(entry);
        inner.next
    }

    /// Notes the answer to an earlier request; nothing happens when that has been cleared or forgotten.
    pub fn answered(&self, sequence: u64, time: Millis, status: Option<StatusCode>) {
        let mut inner = self.lock();
        // A clearing starts the count anew, so the time tells a new first request from an old one.
        let known = inner.entries.iter_mut().rev().find(|entry| entry.sequence == sequence && entry.time == time);
        if let Some(entry) = known {
            entry.status = status.map(|status| status.as_u16());
        }
    }

    /// All requests, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().entries.iter().cloned().collect()
    }

    /// Forgets all requests.
    pub fn clear(&self) {
        *self.lock() = Inner::default();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Headers as the log shows them.
#[must_use]
pub fn headers_as_sent(headers: &HeaderMap) -> Map<String, Value> {
    headers
        .keys()
        .map(|name| {
            let values: Vec<_> =
                headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            (name.as_str().to_owned(), Value::String(values.join(", ")))
        })
        .collect()
}

//! Telling the API's own answers from those of whatever stands in front of it: a gateway, a proxy, a sign-in page, a captive
//! portal. Only what the API says itself may be told as its word.

use super::{Answer, Problem, ProblemKind, read};

impl Answer<'_> {
    /// Whether the API itself can have answered this. It speaks JSON, whatever media type a server gives that. An error has
    /// details; without any, a gateway may have sent it. The exception is a 401 that asks for a bearer token: a body is optional
    /// there (RFC 6750, section 3). A success may be empty or a word, because the answer to a stop is not documented.
    pub fn is_from_api(&self) -> bool {
        let body = trimmed(self.body);
        let media_type = self.content_type.unwrap_or_default().to_ascii_lowercase();
        let is_success = (200..300).contains(&self.status);
        if is_json(body) || (self.status == 401 && self.asks_for_bearer()) {
            return true;
        }
        if body.is_empty() {
            return is_success || media_type.contains("json");
        }
        let is_text = media_type.is_empty() || media_type.starts_with("text/plain");
        !body.starts_with('<') && (media_type.contains("json") || (is_success && is_text))
    }

    fn asks_for_bearer(&self) -> bool {
        let scheme = self.challenge.and_then(|challenge| challenge.trim_start().get(..6));
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"))
    }
}

impl Problem {
    /// What status and headers alone say of an answer that is no success, or is not [from the API](Answer::is_from_api).
    pub fn from_headers(answer: Answer<'_>, from_api: bool) -> Self {
        let intercepted = || ProblemKind::Intercepted { wait: read::wait(&answer) };
        let kind = if from_api { read::kind(&answer, false) } else { intercepted() };
        Self { status: Some(answer.status), ..Self::bare(kind) }
    }

    /// For an answer that is not [from the API](Answer::is_from_api).
    pub fn intercepted(answer: Answer<'_>) -> Self {
        let said = read::plain(answer.content_type, answer.body);
        Self { said, status: Some(answer.status), ..Self::bare(ProblemKind::Intercepted { wait: read::wait(&answer) }) }
    }

    /// For the body of a 2xx answer that is not what the operation documents.
    pub fn unreadable_success(body: &str) -> Self {
        let body = trimmed(body);
        let from_api = body.is_empty() || is_json(body);
        Self::bare(if from_api { ProblemKind::Undecodable } else { ProblemKind::Intercepted { wait: None } })
    }
}

fn trimmed(body: &str) -> &str {
    body.trim_start_matches('\u{feff}').trim_start()
}

/// Whether it begins like a JSON object or list; it may be truncated.
fn is_json(body: &str) -> bool {
    body.starts_with(['{', '['])
}

#[cfg(test)]
mod tests;

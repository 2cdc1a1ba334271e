use super::*;
use crate::time::Span;
use proptest::prelude::*;

const HTML: Option<&str> = Some("text/html; charset=utf-8");
const JSON: Option<&str> = Some("application/problem+json");
const PLAIN: Option<&str> = Some("text/plain");

fn answer<'a>(status: u16, content_type: Option<&'a str>, body: &'a str) -> Answer<'a> {
    Answer { status, content_type, body, ..Answer::default() }
}

#[test]
fn html_is_never_the_apis_answer() {
    for status in [200, 201, 204, 301, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503] {
        for content_type in [HTML, Some("application/xhtml+xml"), PLAIN, JSON, None] {
            for body in ["<!doctype html><title>Sign in</title>", "\u{feff}\n <html>", "<h1>403 Forbidden</h1>"] {
                assert!(!answer(status, content_type, body).is_from_api(), "{status} {content_type:?} {body}");
            }
        }
        assert!(!answer(status, HTML, "Forbidden").is_from_api(), "{status}");
    }
}

#[test]
fn foreign_media_types_are_not_the_apis_answer() {
    for content_type in ["image/png", "application/xml", "text/css", "application/octet-stream", "multipart/mixed"] {
        for status in [200, 403, 502] {
            assert!(!answer(status, Some(content_type), "x").is_from_api(), "{status} {content_type}");
        }
    }
    for status in [400, 401, 403, 404, 409, 429, 503] {
        assert!(!answer(status, PLAIN, "RBAC: access denied").is_from_api(), "{status}");
        assert!(!answer(status, None, "no healthy upstream").is_from_api(), "{status}");
    }
}

#[test]
fn error_without_a_body_may_be_a_gateways() {
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
        for content_type in [None, PLAIN, HTML] {
            assert!(!answer(status, content_type, " ").is_from_api(), "{status} {content_type:?}");
        }
        assert!(answer(status, JSON, "").is_from_api(), "{status}");
    }
}

#[test]
fn json_is_the_apis_answer_under_any_media_type() {
    for content_type in [JSON, Some("application/json"), PLAIN, HTML, Some("application/octet-stream"), None] {
        for body in ["{}", "[]", "\u{feff} {\"title\": \"Forbidden\"}", "{\"title\": \"trunc"] {
            for status in [200, 400, 401, 403, 404, 500] {
                assert!(answer(status, content_type, body).is_from_api(), "{status} {content_type:?} {body}");
            }
        }
    }
    assert!(answer(403, JSON, "Forbidden").is_from_api());
}

#[test]
fn success_may_be_empty_or_a_word() {
    for content_type in [None, PLAIN, HTML] {
        assert!(answer(204, content_type, "").is_from_api(), "{content_type:?}");
    }
    assert!(answer(200, PLAIN, "stopped").is_from_api() && answer(202, None, "OK").is_from_api());
}

#[test]
fn challenge_for_a_bearer_token_is_about_the_token() {
    for body in ["", "<html>"] {
        let ours = Answer { challenge: Some("bearer error=\"invalid_token\""), ..answer(401, HTML, body) };
        assert!(ours.is_from_api());
        for challenge in [None, Some("Basic realm=\"x\""), Some("Negotiate"), Some("")] {
            assert!(!Answer { challenge, ..ours }.is_from_api(), "{challenge:?}");
        }
        assert!(!Answer { status: 403, ..ours }.is_from_api());
    }
}

#[test]
fn intercepted_write_has_an_unknown_outcome_and_may_be_tried_again() {
    for status in [200, 401, 403, 404, 409, 429, 502] {
        let problem = Problem::intercepted(Answer { retry_after: Some("7"), ..answer(status, HTML, "<p>") });
        assert!(problem.outcome_unknown() && problem.may_pass() && !problem.is_hopeless());
        assert_eq!(problem.wait(), Some(Span::from_seconds(7)));
        assert_eq!((problem.said.as_deref(), problem.status), (None, Some(status)));
    }
    let plain = Problem::intercepted(answer(503, PLAIN, "no healthy upstream"));
    assert_eq!(plain.said.as_deref(), Some("no healthy upstream"));
}

#[test]
fn success_with_a_body_that_is_no_json_is_not_the_apis() {
    for (body, kind) in [
        ("", ProblemKind::Undecodable),
        ("{}", ProblemKind::Undecodable),
        ("{\"id\": ", ProblemKind::Undecodable),
        ("welcome", ProblemKind::Intercepted { wait: None }),
    ] {
        assert_eq!(Problem::unreadable_success(body).kind, kind, "{body}");
    }
}

proptest! {
    #[test]
    fn tags_are_never_shown(before in "[a-z ]{0,9}", tag in "<[a-z/!]{1,6}>", content_type in prop::sample::select(vec![HTML, PLAIN, None])) {
        let body = [before, tag].concat();
        prop_assert_eq!(Problem::intercepted(answer(403, content_type, &body)).said, None);
    }
}

#[test]
fn headers_alone_tell_what_an_answer_without_a_message_tells() {
    for status in 300..600 {
        for retry_after in [None, Some("7")] {
            let answer = Answer { status, retry_after, ..Answer::default() };
            assert_eq!(Problem::from_headers(answer, true), Problem::read(answer), "{status}");
            assert_eq!(Problem::from_headers(answer, false), Problem::intercepted(answer), "{status}");
        }
    }
}

use super::*;
use proptest::prelude::*;
use serde_json::json;

const JSON: Option<&str> = Some("application/problem+json");

fn answer(status: u16, body: &str) -> Answer<'_> {
    Answer { status, content_type: JSON, body, ..Answer::default() }
}

fn said(status: u16, body: &str) -> Option<String> {
    Problem::read(answer(status, body)).said
}

fn fields(problem: &Problem) -> Vec<(Field, &str)> {
    match &problem.kind {
        ProblemKind::Invalid { fields } => fields.iter().map(|(field, text)| (*field, text.as_str())).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn each_status_code_has_its_kind() {
    let invalid = || ProblemKind::Invalid { fields: Vec::new() };
    let expired = false;
    for (status, kind) in [
        (401, ProblemKind::Unauthorised { expired }),
        (403, ProblemKind::Forbidden),
        (404, ProblemKind::NotFound),
        (410, ProblemKind::NotFound),
        (409, ProblemKind::Conflict),
        (412, ProblemKind::Conflict),
        (400, invalid()),
        (413, invalid()),
        (414, invalid()),
        (415, invalid()),
        (422, invalid()),
        (429, ProblemKind::Limited { wait: None }),
        (500, ProblemKind::Server { status: 500 }),
        (503, ProblemKind::Server { status: 503 }),
        (599, ProblemKind::Server { status: 599 }),
        (302, ProblemKind::Refused { status: 302 }),
        (402, ProblemKind::Refused { status: 402 }),
        (405, ProblemKind::Refused { status: 405 }),
        (0, ProblemKind::Refused { status: 0 }),
        (600, ProblemKind::Refused { status: 600 }),
        (u16::MAX, ProblemKind::Refused { status: u16::MAX }),
    ] {
        assert_eq!(
            Problem::read(answer(status, "")),
            Problem { status: Some(status), ..Problem::bare(kind) },
            "{status}"
        );
    }
}

#[test]
fn expired_token_is_recognised_by_the_problem_type() {
    for (kind, expired) in [
        ("https://developer.vonage.com/api-errors#jwt-expired", true),
        ("#jwt-expired", true),
        ("https://developer.vonage.com/api-errors#unauthorized", false),
        ("jwt-expired", false),
    ] {
        let body = json!({"type": kind, "title": "Unauthorized"}).to_string();
        assert_eq!(Problem::read(answer(401, &body)).kind, ProblemKind::Unauthorised { expired }, "{kind}");
        assert_eq!(Problem::read(answer(403, &body)).kind, ProblemKind::Forbidden);
    }
}

#[test]
fn problem_details_are_read_under_any_media_type() {
    let body =
        r#"{"type": "https://x/#y", "title": "Conflict", "detail": "The run is over", "instance": "bf0ca0bf927b"}"#;
    for content_type in [JSON, Some("application/json"), Some("text/plain"), Some("text/html"), None] {
        let problem = Problem::read(Answer { content_type, ..answer(409, body) });
        assert_eq!(problem.said.as_deref(), Some("Conflict: The run is over"));
        assert_eq!(problem.trace.as_deref(), Some("bf0ca0bf927b"));
    }
    assert_eq!(said(409, &["\u{feff}\r\n", body].concat()).as_deref(), Some("Conflict: The run is over"));
}

#[test]
fn only_readable_text_is_shown() {
    for (body, text) in [
        (r#"{"title": "Only a title"}"#, Some("Only a title")),
        (r#"{"detail": "Only a detail"}"#, Some("Only a detail")),
        (r#"{"title": "Twice", "detail": "Twice said"}"#, Some("Twice said")),
        (r#"{"message": "m", "error": "e"}"#, Some("m")),
        (r#"{"error": "e"}"#, Some("e")),
        (r#"{"title": 7, "detail": {"x": 1}, "message": " "}"#, None),
        (r#""a text""#, Some("a text")),
        (r#"["one", "two"]"#, Some("one; two")),
        ("{}", None),
        ("null", None),
        ("", None),
        ("upstream connect error\nor reset", Some("upstream connect error or reset")),
        (r#"{"detail": "half \ud800"}"#, Some("half \u{fffd}")),
        (r#"{"detail": "cut off"#, None),
        (r#"["cut off"#, None),
        (r#"{"detail": "a\u0000b\u202ec\u001b[31m"}"#, Some("abc[31m")),
        (r#"{"detail": "less < more, a<5"}"#, Some("less < more, a<5")),
    ] {
        assert_eq!(said(409, body).as_deref(), text, "{body}");
    }
}

#[test]
fn markup_and_binary_bodies_are_not_shown() {
    for body in [
        "<!DOCTYPE html><title>502</title>",
        " \n<html>",
        "<?xml version=\"1.0\"?>",
        "<!-- -->",
        "Bad gateway <br/> nginx",
        "<h1",
        "<\0h1>",
        r#"{"detail": "<h1>Bad</h1>", "title": "<b>", "instance": "<i>", "errors": ["<u>name</u>"]}"#,
        r#""<script>""#,
        "\u{1f}\u{8b}\u{8}binary",
        "PNG\u{fffd}",
    ] {
        for content_type in [None, Some("text/html"), Some("text/plain"), JSON] {
            let problem = Problem::read(Answer { content_type, ..answer(502, body) });
            let bare = Problem::bare(ProblemKind::Server { status: 502 });
            assert_eq!(problem, Problem { status: Some(502), ..bare }, "{body:?}");
        }
    }
    for content_type in ["text/html; charset=utf-8", "image/png", "application/octet-stream", "TEXT/HTML"] {
        let problem = Problem::read(Answer { content_type: Some(content_type), ..answer(502, "plain words") });
        assert_eq!(problem.said, None, "{content_type}");
    }
    let plain = Problem::read(Answer { content_type: Some("text/plain"), ..answer(502, "plain words") });
    assert_eq!(plain.said.as_deref(), Some("plain words"));
}

#[test]
fn messages_are_assigned_to_form_fields_and_the_rest_is_shown() {
    let body = json!({"title": "Bad Request", "errors": [
        "name must be longer than or equal to 1 characters",
        "startAt must be a valid ISO 8601 date string",
        "property audience should not exist",
        7, null, " ",
    ]});
    let problem = Problem::read(answer(400, &body.to_string()));
    assert_eq!(
        fields(&problem),
        [
            (Field::Name, "name must be longer than or equal to 1 characters"),
            (Field::Start, "startAt must be a valid ISO 8601 date string"),
        ]
    );
    assert_eq!(problem.said.as_deref(), Some("Bad Request; property audience should not exist"));
}

#[test]
fn invalid_parameters_and_error_objects_are_read() {
    let body = json!({
        "invalid_parameters": [{"name": "end_at", "reason": "is past"}, {"name": "colour", "reason": "unknown"}],
        "errors": [
            {"pointer": "#/jobId", "detail": "no such job"},
            {"field": "name", "message": "too long"},
            {"message": "start_at must be a date"},
            {"name": "startAt"},
            {}, [],
        ],
    });
    let problem = Problem::read(answer(422, &body.to_string()));
    assert_eq!(
        fields(&problem),
        [
            (Field::JobId, "no such job"),
            (Field::Name, "too long"),
            (Field::Start, "start_at must be a date"),
            (Field::Start, "startAt"),
            (Field::End, "is past"),
        ]
    );
    assert_eq!(problem.said.as_deref(), Some("colour: unknown"));
}

#[test]
fn messages_are_found_where_other_services_put_them() {
    let long = (Field::Name, "is too long");
    for (body, found) in [
        (json!({"title": "Validation failed", "errors": {"name": ["is too long"]}}), vec![long]),
        (json!({"errors": {"name": "is too long", "end_at": ["is past"]}}), vec![(Field::End, "is past"), long]),
        (json!({"errors": "name must be shorter"}), vec![(Field::Name, "name must be shorter")]),
        (
            json!({"message": ["endAt must be a date"], "error": "Bad Request"}),
            vec![(Field::End, "endAt must be a date")],
        ),
        (json!({"detail": [{"loc": ["body", "name"], "msg": "is too long", "type": "x"}]}), vec![long]),
        (json!({"invalidParameters": [{"name": "name", "reason": "is too long"}]}), vec![long]),
        (json!({"invalid-params": [{"name": "name", "reason": "is too long"}]}), vec![long]),
        (json!({"invalid_parameters": {"name": "name", "reason": "is too long"}}), vec![long]),
        (json!({"error": {"errors": [{"field": "name", "message": "is too long"}]}}), vec![long]),
    ] {
        let mut fields: Vec<(Field, String)> = match Problem::read(answer(422, &body.to_string())).kind {
            ProblemKind::Invalid { fields } => fields,
            other => panic!("{other:?}"),
        };
        fields.sort_by(|a, b| a.1.cmp(&b.1));
        let found: Vec<(Field, String)> = found.into_iter().map(|(field, text)| (field, text.to_owned())).collect();
        assert_eq!(fields, found, "{body}");
    }
    let nested = json!({"error": {"message": "endAt must be after startAt"}}).to_string();
    assert_eq!(said(400, &nested).as_deref(), Some("endAt must be after startAt"));
    let colour = json!({"errors": {"colour": ["is unknown"]}}).to_string();
    assert_eq!(said(422, &colour).as_deref(), Some("colour: is unknown"));
}

#[test]
fn messages_of_other_statuses_are_all_shown() {
    let body = r#"{"detail": "No", "errors": ["name must be free", "No"]}"#;
    assert_eq!(said(409, body).as_deref(), Some("No; name must be free"));
}

#[test]
fn texts_are_truncated_at_500_characters() {
    let exact = "ä".repeat(500);
    assert_eq!(said(409, &json!({"detail": exact}).to_string()), Some(exact.clone()));
    let longer = said(409, &json!({"detail": exact.clone() + "ä"}).to_string()).unwrap();
    assert_eq!((longer.chars().count(), longer.ends_with("ä…")), (500, true));
    let body =
        json!({"title": exact, "instance": "x".repeat(100_000), "errors": vec!["name is bad ".repeat(100); 5000]});
    let problem = Problem::read(answer(400, &body.to_string()));
    assert!(problem.said.unwrap().chars().count() <= 500);
    assert_eq!(problem.trace.unwrap().chars().count(), 500);
}

#[test]
fn retry_after_is_read() {
    let wait = |status, retry_after, date| match Problem::read(Answer { retry_after, date, ..answer(status, "") }).kind
    {
        ProblemKind::Limited { wait } => wait.map(Span::millis),
        _ => Some(-1),
    };
    let later = Some("Tue, 03 May 2022 10:51:33 GMT");
    let now = Some("Tue, 03 May 2022 10:51:03 GMT");
    for (status, retry_after, date, millis) in [
        (429, Some("120"), None, Some(120_000)),
        (429, Some(" 0 "), None, Some(0)),
        (429, Some("99999999999999999999999"), None, Some(i64::MAX)),
        (429, Some("-1"), None, None),
        (429, Some("1.5"), None, None),
        (429, Some("soon"), None, None),
        (429, Some(""), None, None),
        (429, later, now, Some(30_000)),
        (429, now, later, Some(0)),
        (429, later, None, None),
        (429, None, now, None),
        (503, Some("5"), None, Some(5000)),
        (503, Some("soon"), None, Some(-1)),
        (503, None, None, Some(-1)),
        (500, Some("5"), None, Some(-1)),
    ] {
        assert_eq!(wait(status, retry_after, date), millis, "{status} {retry_after:?} {date:?}");
    }
}

#[test]
fn outcome_of_a_write_is_unknown_after_a_server_error_and_known_after_a_refusal() {
    let unknown = |status, retry_after| Problem::read(Answer { retry_after, ..answer(status, "") }).outcome_unknown();
    for status in [408, 500, 502, 503, 504, 599] {
        assert!(unknown(status, None) && unknown(status, Some("5")), "{status}");
    }
    for status in [302, 400, 401, 403, 404, 409, 413, 422, 429] {
        assert!(!unknown(status, None) && !unknown(status, Some("5")), "{status}");
    }
}

proptest! {
    #[test]
    fn any_answer_is_read_without_panic(
        status in any::<u16>(),
        content_type in prop::option::of("\\PC{0,20}"),
        retry_after in prop::option::of("\\PC{0,20}|[0-9]{0,30}"),
        date in prop::option::of("\\PC{0,20}"),
        body in "\\PC{0,80}|[\\[\\]{}\",:a-z<>/!\u{0}]{0,80}",
        bytes in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let lossy = String::from_utf8_lossy(&bytes);
        for body in [body.as_str(), &lossy] {
            let (content_type, retry_after) = (content_type.as_deref(), retry_after.as_deref());
            let answer = Answer { status, content_type, challenge: retry_after, retry_after, date: date.as_deref(), body };
            let _ = (Problem::read(answer), Problem::intercepted(answer), answer.is_from_api());
        }
    }

    #[test]
    fn tags_are_never_shown(
        before in "[ a-z<]{0,10}", tag in "<[/!?]?[a-zA-Z]{1,6}[ a-z=\"]{0,10}>?", after in "[ a-z>\u{0}]{0,10}", status in 300_u16..600,
    ) {
        let html = [before, tag, after].concat();
        let object = json!({"title": html, "detail": html, "instance": html, "message": html, "errors": [html, {"name": html, "reason": html}],
            "invalid_parameters": [{"name": "name", "reason": html}, {"name": html, "reason": "x"}]}).to_string();
        for body in [html.clone(), json!(html).to_string(), json!([html]).to_string(), object] {
            let problem = Problem::read(answer(status, &body));
            let shown = format!("{problem:?}");
            prop_assert!(!shown.contains('<') || !shown.chars().zip(shown.chars().skip(1)).any(|(a, b)| {
                a == '<' && (b.is_ascii_alphabetic() || "/!?".contains(b))
            }), "{}", shown);
        }
    }

    #[test]
    fn shown_text_has_no_control_characters(text in any::<String>()) {
        let problem = Problem::read(answer(409, &json!({"detail": text}).to_string()));
        let hidden = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!problem.said.unwrap_or_default().contains(hidden));
    }
}

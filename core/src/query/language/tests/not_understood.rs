//! A term that is not understood is marked, and lists nothing.

use super::*;

#[test]
fn term_that_is_not_understood_lists_nothing() {
    use IssueKind::*;
    for (query, issue) in [
        ("starts:tomorow", UnreadableTime),
        ("-starts:tomorow", UnreadableTime),
        ("NOT starts:tomorow", UnreadableTime),
        ("starts < 5", UnreadableTime),
        ("length>big", UnreadableLength),
        ("starts:tomorrow..today", EmptyRange),
        ("-length:2h..1h", EmptyRange),
        ("phase:opened", UnknownValue(Field::Phase)),
        ("-phase:open,opened", UnknownValue(Field::Phase)),
        ("is:filed", UnknownValue(Field::Is)),
        ("needs:love", UnknownValue(Field::Needs)),
        ("colour:red", UnknownField),
        ("-colour:red", UnknownField),
        ("colour:", UnknownField),
        ("job_id:1", UnknownField),
        ("duration>2h", UnknownField),
        ("status<running", NoOrder),
        ("job:", Unfinished),
        ("-phase:", Unfinished),
        ("starts <", Unfinished),
        ("status:\"\"", Unfinished),
        ("\"\"", Unfinished),
        ("-\"\"", Unfinished),
        ("\"", Unfinished),
        ("-\"spring sale", OpenQuote),
        ("*", Star),
        ("p*a", Star),
        ("-*a", Star),
        ("name:*a", Star),
        ("OR", MissingTerm),
        ("AND", MissingTerm),
        ("NOT", MissingTerm),
    ] {
        assert_eq!(issues(query), [(query, issue)]);
        for with in [query.to_owned(), format!("spring {query}"), format!("spring OR {query}")] {
            assert!(!matches(&with) && parse(&with).is_refused(), "{with}");
        }
    }
}

#[test]
fn missing_terms_and_parentheses_are_marked_in_place() {
    use IssueKind::*;
    for (query, found) in [
        ("a OR", &[("OR", MissingTerm)][..]),
        ("OR a", &[("OR", MissingTerm)]),
        ("a OR OR b", &[("OR", MissingTerm), ("OR", MissingTerm)]),
        ("a AND OR b", &[("AND", MissingTerm), ("OR", MissingTerm)]),
        ("a NOT", &[("NOT", MissingTerm)]),
        ("(a OR b) c", &[("(a", Parenthesis), ("b)", Parenthesis)]),
        ("NOT (a b)", &[("NOT (a", Parenthesis), ("b)", Parenthesis)]),
        ("-(a b)", &[("-(a", Parenthesis), ("b)", Parenthesis)]),
        ("Sale (second wave)", &[]),
        ("Sale (copy) OR -(old)", &[]),
        ("\"(a\" OR b", &[]),
        ("job: OR x", &[("job:", Unfinished)]),
        ("job: status:a", &[("job:", Unfinished)]),
    ] {
        assert_eq!(issues(query), found, "{query}");
    }
}

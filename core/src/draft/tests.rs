use super::*;
use proptest::prelude::*;

const NOW: &str = "2022-05-02T12:00:00.250Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Central Europe in 2022.
fn berlin(instant: Timestamp) -> i32 {
    let summer = at("2022-03-27T01:00:00Z")..at("2022-10-30T01:00:00Z");
    if summer.contains(&instant) { 7200 } else { 3600 }
}

fn draft() -> Draft {
    Draft {
        job_id: String::from(" 12345678 "),
        source_job: String::new(),
        name: String::from(" Pizza Campaign "),
        start: StartChoice::At,
        start_text: String::from("2022-05-02T17:23:14.000Z"),
        end: EndChoice::At,
        end_text: String::from("2022-05-03T11:51:03.800Z"),
        after_text: String::from("8h"),
        replaced_start: None,
    }
}

fn check(draft: &Draft) -> Result<NewRun, Vec<(Field, FieldError)>> {
    draft.validate(at(NOW), &berlin)
}

#[test]
fn documented_request_is_reproduced() {
    let run = check(&draft()).unwrap();
    assert_eq!(
        run.to_json(),
        r#"{"jobId":"12345678","name":"Pizza Campaign","startAt":"2022-05-02T17:23:14.000Z","endAt":"2022-05-03T11:51:03.800Z"}"#
    );
}

#[test]
fn what_nobody_means_is_not_sent() {
    let pasted = Draft {
        job_id: String::from("“１２３４５６７８\u{200b}”"),
        name: String::from("\u{202e}Pizza Campaign\u{feff}"),
        ..draft()
    };
    assert_eq!(check(&pasted), check(&draft()));
    assert_eq!(pasted.cleaned(Field::JobId).unwrap().text, "12345678");
    assert_eq!(pasted.cleaned(Field::Name).unwrap().text, "Pizza Campaign");
    assert_eq!((draft().cleaned(Field::JobId), draft().cleaned(Field::Name)), (None, None));
    let again = Draft { source_job: pasted.job_id.clone(), ..pasted.clone() };
    assert_eq!(again.cleaned(Field::JobId), None, "the job of an existing run is meant as it is");
    assert_eq!(check(&again).unwrap().job_id.as_str(), again.job_id);
    let nothing = Draft { job_id: String::from("\u{200b}"), name: String::from("\u{200b}"), ..draft() };
    let errors = [Field::JobId, Field::Name].map(|field| (field, FieldError::Empty));
    assert_eq!(check(&nothing), Err(errors.to_vec()));
}

#[test]
fn empty_form_reports_all_errors_in_form_order() {
    let errors = [Field::JobId, Field::Name, Field::Start, Field::End].map(|field| (field, FieldError::Empty));
    assert_eq!(check(&Draft::default()), Err(errors.to_vec()));
    let blank = Draft { job_id: String::from(" \t"), name: String::from("\u{a0}"), ..Draft::default() };
    assert_eq!(check(&blank), Err(errors.to_vec()));
}

#[test]
fn a_name_has_at_most_255_characters() {
    let named = |name: String| check(&Draft { name, ..draft() }).map(|run| run.name.chars().count());
    assert_eq!(named("ä".repeat(255)), Ok(255));
    assert_eq!(named(format!("  {}  ", "ä".repeat(255))), Ok(255));
    assert_eq!(named("ä".repeat(256)), Err(vec![(Field::Name, FieldError::TooLong(256))]));
    assert_eq!(named("x".repeat(100_000)), Err(vec![(Field::Name, FieldError::TooLong(100_000))]));
}

#[test]
fn start_now_uses_the_exact_millisecond() {
    let now = Draft { start: StartChoice::Now, start_text: String::from("nonsense"), ..draft() };
    assert_eq!(check(&now).unwrap().start_at, at(NOW));
    let after = Draft { end: EndChoice::After, end_text: String::from("nonsense"), ..now };
    assert_eq!(check(&after).unwrap().end_at, at("2022-05-02T20:00:00.250Z"));
}

#[test]
fn end_must_be_after_start_and_now() {
    for (start, end, fault) in [
        ("2022-05-02T17:00:00Z", "2022-05-02T17:00:00.001Z", None),
        ("2022-05-02T17:00:00Z", "2022-05-02T17:00:00Z", Some(FieldError::EndNotAfterStart)),
        ("2022-05-02T17:00:00Z", "2022-05-02T16:00:00Z", Some(FieldError::EndNotAfterStart)),
        ("2022-05-01T17:00:00Z", "2022-05-02T12:00:00.251Z", None),
        ("2022-05-01T17:00:00Z", "2022-05-02T12:00:00.250Z", Some(FieldError::EndInPast)),
        ("2022-05-01T17:00:00Z", "2022-05-01T18:00:00Z", Some(FieldError::EndInPast)),
        ("2022-05-01T17:00:00Z", "2022-05-01T16:00:00Z", Some(FieldError::EndNotAfterStart)),
    ] {
        let draft = Draft { start_text: String::from(start), end_text: String::from(end), ..draft() };
        assert_eq!(check(&draft).err(), fault.map(|fault| vec![(Field::End, fault)]), "{start} {end}");
    }
    let lately = Draft {
        start_text: String::from("2022-05-02T11:00Z"),
        end: EndChoice::After,
        after_text: String::from("1h"),
        ..draft()
    };
    assert_eq!(check(&lately), Err(vec![(Field::End, FieldError::EndInPast)]));
    let at_the_end_of_time = Draft { start_text: Timestamp::LATEST.to_iso(), end: EndChoice::After, ..draft() };
    assert_eq!(check(&at_the_end_of_time), Err(vec![(Field::End, FieldError::EndNotAfterStart)]));
}

#[test]
fn ambiguous_or_unreadable_times_are_errors_of_their_field() {
    let never = FieldError::NeverHappens(at("2022-03-27T00:59:00Z"), at("2022-03-27T01:00:00Z"));
    let twice = FieldError::HappensTwice(at("2022-10-30T00:30:00Z"), at("2022-10-30T01:30:00Z"));
    for (text, fault) in [
        ("2022-03-27 02:30", never),
        ("2022-10-30 02:30", twice),
        ("03/04/2023 09:00", FieldError::EitherDay),
        ("tomorrow", FieldError::NoTimeOfDay),
        ("Mon 3 May 2022 09:00", FieldError::WrongWeekday),
        ("soon", FieldError::UnreadableTime),
        (" ", FieldError::Empty),
    ] {
        let start = Draft { start_text: String::from(text), ..draft() };
        assert_eq!(check(&start), Err(vec![(Field::Start, fault)]), "{text}");
        let end = Draft { end_text: String::from(text), ..draft() };
        assert_eq!(check(&end), Err(vec![(Field::End, fault)]), "{text}");
    }
}

#[test]
fn length_after_an_invalid_start_is_an_error_only_if_unreadable() {
    for (after, fault) in [("8h", None), ("8", Some(FieldError::UnreadableLength)), (" ", Some(FieldError::Empty))] {
        let draft = Draft {
            start_text: String::from("soon"),
            end: EndChoice::After,
            after_text: String::from(after),
            ..draft()
        };
        let mut errors = vec![(Field::Start, FieldError::UnreadableTime)];
        errors.extend(fault.map(|fault| (Field::End, fault)));
        assert_eq!(check(&draft), Err(errors), "{after}");
    }
    let past = Draft { start_text: String::new(), end_text: String::from("2022-05-01 10:00"), ..draft() };
    assert_eq!(check(&past), Err(vec![(Field::Start, FieldError::Empty), (Field::End, FieldError::EndInPast)]));
}

#[test]
fn unreadable_length_is_an_error_where_the_end_is_a_time_too() {
    let draft = |after: &str| Draft { after_text: String::from(after), ..draft() };
    assert_eq!(check(&draft("80")), Err(vec![(Field::End, FieldError::UnreadableLength)]));
    assert_eq!(check(&draft("")).map(|run| run.end_at), check(&draft("8h")).map(|run| run.end_at));
}

#[test]
fn message_is_attributed_to_the_field_it_starts_with() {
    for (text, field) in [
        ("jobId", Field::JobId),
        ("job_id", Field::JobId),
        ("job id", Field::JobId),
        ("JobID is required", Field::JobId),
        ("#/jobId", Field::JobId),
        ("body.job_id must be a UUID", Field::JobId),
        ("name", Field::Name),
        ("Name", Field::Name),
        ("name must be longer than or equal to 1 characters", Field::Name),
        ("'name' is too long", Field::Name),
        ("\"name\": too long", Field::Name),
        ("name: too long", Field::Name),
        ("[name] bad", Field::Name),
        ("The run name is taken", Field::Name),
        ("name isn't valid", Field::Name),
        ("/name", Field::Name),
        ("startAt", Field::Start),
        ("startAt must be a valid ISO 8601 date string", Field::Start),
        ("start_at", Field::Start),
        ("start date lies in the past", Field::Start),
        ("start must be a date", Field::Start),
        ("endAt should be later", Field::End),
        ("`end_at` must be in the future", Field::End),
        ("the end date must be after the start date", Field::End),
        ("end time", Field::End),
        ("End cannot be before start", Field::End),
        (" $.endAt ", Field::End),
    ] {
        assert_eq!(Field::named_in(text), Some(field), "{text}");
    }
    for text in [
        "",
        "the",
        "names",
        "name resolution failed",
        "Name or service not known",
        "name, startAt must be set",
        "username must be set",
        "filename",
        "endpoint is gone",
        "end of file",
        "Ending soon",
        "start over",
        "starting",
        "startAtNoon",
        "start_at_least",
        "job is over",
        "the job must exist",
        "jobIds must be set",
        "must be before endAt",
        "invalid startAt",
        "job_id_list is bad",
        "id must be a UUID",
        "ｎame",
    ] {
        assert_eq!(Field::named_in(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn validated_run_always_meets_the_rules(
        job_id in any::<String>(), name in any::<String>(), now in any::<i64>(), offset in any::<i32>(),
        start_text in "\\+?[0-9]{1,3}[hm]|now|[0-2][0-9]:[0-5][0-9]|\\PC{0,12}", end_text in "\\+[0-9]{1,3}[hm]|now|\\PC{0,12}",
        after_text in "[0-9]{1,3}[hmd]|\\PC{0,6}", choices in any::<(bool, bool)>(),
    ) {
        let now = Timestamp::from_millis(now);
        let start = if choices.0 { StartChoice::Now } else { StartChoice::At };
        let end = if choices.1 { EndChoice::After } else { EndChoice::At };
        let draft = Draft { job_id, source_job: String::new(), name, start, start_text, end, end_text, after_text, replaced_start: None };
        match draft.validate(now, &|_| offset) {
            Ok(run) => {
                prop_assert!(!run.job_id.as_str().trim().is_empty());
                prop_assert!((1..=255).contains(&run.name.chars().count()));
                prop_assert!(run.start_at < run.end_at && now < run.end_at);
                let body: serde_json::Value = serde_json::from_str(&run.to_json()).unwrap();
                prop_assert_eq!(body["name"].as_str(), Some(run.name.as_str()));
                prop_assert_eq!(body["jobId"].as_str(), Some(run.job_id.as_str()));
                prop_assert_eq!(body["endAt"].as_str().and_then(Timestamp::parse), Some(run.end_at));
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.windows(2).all(|pair| pair[0].0 < pair[1].0), "one fault per field, in order");
            }
        }
    }

    #[test]
    fn any_message_is_accepted(text in "\\PC{0,30}|[ '\"a-z_]{0,20}") {
        let _ = Field::named_in(&text);
    }
}

#[test]
fn a_plus_that_counts_from_a_replaced_start_does_not_move_with_the_clock() {
    let start = Timestamp::from_millis(10_000_000_000);
    let mut draft = Draft { start_text: "+2h".to_owned(), replaced_start: Some(start), ..draft() };
    let now = start.plus(Span::from_hours(-48));
    assert_eq!(draft.start_at(now, &|_| 0), Some(start.plus(Span::from_hours(2))));
    assert!(!draft.is_start_moving());
    draft.replaced_start = None;
    assert_eq!(draft.start_at(now, &|_| 0), Some(now.plus(Span::from_hours(2))));
    assert!(draft.is_start_moving());
}

use super::super::FieldError;
use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Central Europe in 2026.
fn berlin(instant: Timestamp) -> i32 {
    let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
    if summer.contains(&instant) { 7200 } else { 3600 }
}

const NOW: &str = "2026-10-20T08:00:00Z";

struct Form(Draft);

impl Form {
    fn new(start: &str, end: &str) -> Self {
        Self(Draft { start_text: start.to_owned(), end_text: end.to_owned(), ..Draft::default() })
    }
    fn start(mut self, text: &str) -> Self {
        self.0.set_start(text.to_owned(), at(NOW), &berlin);
        self
    }
    fn end(mut self, text: &str) -> Self {
        self.0.set_end(text.to_owned(), at(NOW), &berlin);
        self
    }
    fn length(mut self, text: &str) -> Self {
        self.0.set_length(text.to_owned(), at(NOW), &berlin);
        self
    }
    fn choose(mut self, start: StartChoice, end: EndChoice) -> Self {
        self.0.choose_start(start, at(NOW), &berlin);
        self.0.choose_end(end, at(NOW), &berlin);
        self
    }
    fn shows(&self) -> (&str, &str, &str) {
        (&self.0.start_text, &self.0.end_text, &self.0.after_text)
    }
}

#[test]
fn moving_the_start_keeps_the_length() {
    let form = Form::new("2026-10-21 09:00", "2026-10-22 19:00");
    let form = form.start("2026-10-2").start("tomorrow").start("2026-10-23 10:00");
    assert_eq!(form.shows(), ("2026-10-23 10:00", "2026-10-24 20:00", "1 d 10 h"));
    // The night of the change of clocks is an hour longer.
    let form = form.start("2026-10-24 22:00");
    assert_eq!(form.shows(), ("2026-10-24 22:00", "2026-10-26 07:00", "1 d 10 h"));
    let form = form.choose(StartChoice::Now, EndChoice::After).choose(StartChoice::At, EndChoice::At);
    assert_eq!(form.shows(), ("2026-10-24 22:00", "2026-10-26 07:00", "1 d 10 h"));
    let form = form.start("next Friday");
    assert_eq!(form.shows(), ("next Friday", "2026-10-26 07:00", "1 d 10 h"));
}

#[test]
fn moved_end_says_which_of_two_equal_clock_times_it_is() {
    let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").start("2026-10-25 01:30");
    assert_eq!(form.shows().1, "2026-10-25 02:30:00 UTC+02:00");
}

#[test]
fn moving_the_end_changes_the_length() {
    let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").end("2026-10-21 1");
    assert_eq!(form.shows().2, "", "half a time has no length");
    let form = form.end("2026-10-21 17:30");
    assert_eq!(form.shows().2, "8 h 30 min");
    assert_eq!(form.end("2026-10-21 08:00").shows().2, "");
}

#[test]
fn time_of_day_alone_is_an_end_on_the_day_of_the_start() {
    let run = |form: &Form| form.0.window(at(NOW), &berlin).1;
    let form = Form::new("2026-10-23 09:00", "").end("17:00");
    assert_eq!((form.shows().2, run(&form)), ("8 h", Ok(Some(at("2026-10-23T15:00:00Z")))));
    assert_eq!(run(&Form::new("tomorrow 9am", "").end("5pm")), Ok(Some(at("2026-10-21T15:00:00Z"))));
    // Written out once the start is moved, so that it moves along.
    assert_eq!(form.start("2026-10-24 10:00").shows().1, "2026-10-24 18:00");
    let form = Form::new("2026-10-23 09:00", "").end("midnight");
    assert_eq!(run(&form), Ok(Some(at("2026-10-23T22:00:00Z"))));
    assert_eq!(run(&Form::new("2026-10-23 09:00", "").end("08:00")), Err(FieldError::EndNotAfterStart));
    // What names a day, or counts from now, does not depend on the start.
    assert_eq!(run(&Form::new("2026-10-20 11:00", "").end("tomorrow 17:00")), Ok(Some(at("2026-10-21T15:00:00Z"))));
    assert_eq!(run(&Form::new("2026-10-20 11:00", "").end("+4h")), Ok(Some(at("2026-10-20T12:00:00Z"))));
}

#[test]
fn time_of_day_alone_stays_the_same_instant_in_another_zone() {
    let mut form = Form::new("2026-10-23 23:00", "").end("23:30");
    form.0.rezone(at(NOW), &berlin, &|_| 0);
    assert_eq!((form.shows().0, form.shows().1), ("2026-10-23 21:00", "2026-10-23 21:30"));
}

#[test]
fn end_typed_after_half_a_start_stays_when_the_start_is_finished() {
    let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").start("2026-10-2").end("2026-10-23 10:00");
    let form = form.start("2026-10-23 09:30");
    assert_eq!(form.shows(), ("2026-10-23 09:30", "2026-10-23 10:00", "30 min"));
}

#[test]
fn changing_the_length_moves_the_end() {
    let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").length("8");
    assert_eq!(form.shows().1, "2026-10-21 10:00");
    assert_eq!(form.length("8h").shows(), ("2026-10-21 09:00", "2026-10-21 17:00", "8h"));
    assert_eq!(Form::new("", "").length("8h").start("2026-10-21 09:00").shows().1, "2026-10-21 17:00");
}

#[test]
fn a_duration_from_now_stays_while_time_passes() {
    let later = at("2026-10-20T08:20:00Z");
    let length_of = |form: &Form| match form.0.window(later, &berlin) {
        (Ok(start), Ok(Some(end))) => end.since(start).exact_words(),
        window => panic!("{window:?}"),
    };
    let now = || Form(Draft { start: StartChoice::Now, ..Draft::default() });
    let chosen_end = Form::new("2026-10-21 09:00", "2026-10-21 17:00");
    for form in [
        now().length("8 h"),
        now().end("2026-10-20 12:00").length("8 h"),
        Form::new("+2h", "").length("8 h"),
        chosen_end.start("in 2 hours"),
        Form::new("2026-10-21 09:00", "2026-10-21 17:00").choose(StartChoice::Now, EndChoice::After),
        Form::new("now", "").end("+8h"),
    ] {
        assert_eq!((form.shows().2, &*length_of(&form)), ("8 h", "8 h"), "{:?}", form.0);
    }
    // Somebody who picks a time wants it to end then, however long that is.
    for form in [now().end("2026-10-20 18:00"), now().length("8 h").choose(StartChoice::Now, EndChoice::At)] {
        assert_eq!(form.shows(), ("", "2026-10-20 18:00", ""));
        assert_eq!(length_of(&form), "7 h 40 min");
        assert_eq!(form.choose(StartChoice::Now, EndChoice::After).shows().2, "8 h", "the present length");
    }
    let form = Form::new("2026-10-20 11:00", "").end("+4h");
    assert_eq!((form.shows().2, &*length_of(&form)), ("", "3 h 20 min"));
}

#[test]
fn a_duration_starts_from_the_present_length_and_back() {
    let form = Form::new("2026-10-21 09:00", "2026-10-22 19:00").choose(StartChoice::At, EndChoice::After);
    assert_eq!(form.shows().2, "1 d 10 h");
    let form = form.length("90 min").choose(StartChoice::At, EndChoice::At);
    assert_eq!(form.shows(), ("2026-10-21 09:00", "2026-10-21 10:30", "90 min"));
}

#[derive(Clone, Copy, Debug)]
enum Edit {
    Start(&'static str),
    End(&'static str),
    Length(&'static str),
    ChooseStart(StartChoice),
    ChooseEnd(EndChoice),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let start = prop::sample::select(vec!["now", "+2h", "+2h 3", "2026-10-21 09:00", "2026-10-2", ""]);
    let end = prop::sample::select(vec!["+30h", "2026-10-23 17:00", "17:00", "2026-10-2"]);
    let length = prop::sample::select(vec!["8 h", "90 min", "8", ""]);
    let edit = prop_oneof![
        start.prop_map(Edit::Start),
        end.prop_map(Edit::End),
        length.prop_map(Edit::Length),
        prop::sample::select(vec![StartChoice::Now, StartChoice::At]).prop_map(Edit::ChooseStart),
        prop::sample::select(vec![EndChoice::After, EndChoice::At]).prop_map(Edit::ChooseEnd),
    ];
    prop::collection::vec(edit, 1..9)
}

proptest! {
    #[test]
    fn the_length_that_is_shown_is_the_length_that_is_sent(edits in edits(), minutes in 0_i64..60) {
        let mut draft = Draft::default();
        for edit in edits {
            let now = at(NOW);
            match edit {
                Edit::Start(text) => draft.set_start(text.to_owned(), now, &berlin),
                Edit::End(text) => draft.set_end(text.to_owned(), now, &berlin),
                Edit::Length(text) => draft.set_length(text.to_owned(), now, &berlin),
                Edit::ChooseStart(choice) => draft.choose_start(choice, now, &berlin),
                Edit::ChooseEnd(choice) => draft.choose_end(choice, now, &berlin),
            }
        }
        let shown = Span::parse(&draft.after_text);
        if let (Some(shown), (Ok(start), Ok(Some(end)))) = (shown, draft.window(at(NOW).plus(Span::from_minutes(minutes)), &berlin)) {
            prop_assert_eq!(end.since(start), shown, "{:?}", draft);
        }
    }

    #[test]
    fn length_survives_any_way_of_moving_the_start(
        start in 0_i64..2_000_000, length in 1_i64..500_000, halves in proptest::collection::vec("[0-9 :T-]{0,16}", 0..4),
        to in 0_i64..2_000_000, change in 0_i64..2_000_000, before in -48_i32..=56, after in -48_i32..=56,
    ) {
        let minute = |count: i64| Timestamp::from_millis(1_700_000_000_000_i64 + count * 60_000);
        let zone = |at: Timestamp| if at < minute(change) { before * 900 } else { after * 900 };
        let mut draft = Draft::default();
        draft.set_window(minute(start), minute(start + length), minute(0), &zone);
        for half in halves {
            draft.set_start(half, minute(0), &zone);
        }
        draft.set_start(exact_text(minute(to), minute(0), &zone), minute(0), &zone);
        prop_assert_eq!(instant(&draft.end_text, minute(0), &zone), Some(minute(to + length)), "{:?}", draft);
    }
}

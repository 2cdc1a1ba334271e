//! The dialog and what it freezes.

use super::*;

#[test]
fn dialog_freezes_its_list_and_skips_ended_runs() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a"), Arc::new(run("b", "scheduled", true)), open_run("a"), open_run("c")]));
    let states: Vec<_> =
        driven.bulk.dialog_entries().iter().map(|entry| (entry.run.id.as_str(), &entry.state)).collect();
    let over = EntryStage::AlreadyOver(Some(word("scheduled")));
    assert_eq!(states, [("a", &EntryStage::Waiting), ("b", &over), ("c", &EntryStage::Waiting)]);
    assert_eq!(driven.bulk.stoppable_count(), 2);
    // Another list does not replace the open one.
    driven.on(Event::Open(vec![open_run("z")]));
    assert_eq!(driven.bulk.stoppable_count(), 2);
    assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["a", "c"]));
    assert_eq!(driven.state("b"), &over);
}

#[test]
fn run_that_the_api_calls_running_is_stopped_whatever_its_window() {
    let mut driven = Driven::new();
    let with = |window: serde_json::Value| {
        let mut value = json!({"id": "b", "status": "running"});
        value.as_object_mut().unwrap().extend(window.as_object().unwrap().clone());
        Arc::new(Run::read_body(&value.to_string()).unwrap())
    };
    for run in [
        Arc::new(run("b", "running", true)),
        with(json!({})),
        with(json!({"start_at": "0001-01-01T00:00:00Z", "end_at": after(-60).to_iso()})),
        with(json!({"start_at": after(-60).to_iso(), "end_at": after(-120).to_iso()})),
        with(json!({"start_at": "soon", "end_at": after(-60).to_iso()})),
    ] {
        driven.on(Event::Open(vec![Arc::clone(&run)]));
        assert_eq!(driven.bulk.stoppable_count(), 1, "{run:?}");
        assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["b"]));
        let effects = driven.on(Event::Read(id("b"), Ok(Box::new((*run).clone()))));
        assert_eq!(effects, [Effect::Stop(Box::new((*run).clone()))]);
        driven.went("b", StopProgress::Stopped(word("stopped")));
    }
}

#[test]
fn keep_running_sends_no_request() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a")]));
    assert_eq!(driven.on(Event::KeepRunning), []);
    assert_eq!(driven.on(Event::Confirm(String::new())), []);
    assert!(driven.bulk.entries().is_empty());
}

#[test]
fn more_than_five_runs_require_typing_their_number() {
    let mut driven = Driven::new();
    driven.on(Event::Open("abcde".chars().map(|c| open_run(&c.to_string())).collect()));
    assert!(!driven.bulk.must_type_count() && driven.bulk.may_confirm(""));
    driven.on(Event::KeepRunning);
    driven.on(Event::Open("abcdef".chars().map(|c| open_run(&c.to_string())).collect()));
    assert!(driven.bulk.must_type_count());
    for wrong in ["", "5", "06", "six"] {
        assert!(!driven.bulk.may_confirm(wrong), "{wrong}");
        assert_eq!(driven.on(Event::Confirm(wrong.to_owned())), []);
    }
    assert_eq!(driven.on(Event::Confirm(" ６\u{200b} ".to_owned())), reads(&["a", "b"]));
}

#[test]
fn list_of_ended_runs_cannot_be_confirmed() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![Arc::new(run("a", "completed", true))]));
    assert!(!driven.bulk.may_confirm("") && !driven.bulk.may_confirm("0"));
}

#[test]
fn dialog_does_not_open_for_too_many_runs() {
    let many = |count: usize| (0..count).map(|number| open_run(&number.to_string())).collect::<Vec<_>>();
    let mut driven = Driven::new();
    driven.on(Event::Open(many(MAX_RUNS + 1)));
    assert!(!driven.bulk.is_open());
    driven.on(Event::Open(many(MAX_RUNS)));
    assert!(driven.bulk.is_open());
}

#[test]
fn runs_that_another_tab_is_stopping_are_left_to_it() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a"), open_run("b"), Arc::new(run("c", "stopped", true))]));
    driven.on(Event::Elsewhere(vec![id("b"), id("c"), id("z")]));
    let states: Vec<_> = driven.bulk.dialog_entries().iter().map(|entry| entry.state.clone()).collect();
    let over = EntryStage::AlreadyOver(Some(word("stopped")));
    assert_eq!(states, [EntryStage::Waiting, EntryStage::Elsewhere, over]);
    assert_eq!((driven.bulk.stoppable_count(), driven.bulk.leaves_runs_to_another_tab()), (1, true));
    assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["a"]));
    assert_eq!(driven.state("b"), &EntryStage::Elsewhere);
    // Once it is confirmed, what other tabs say changes nothing.
    assert_eq!(driven.on(Event::Elsewhere(vec![id("a")])), []);
    assert_eq!(driven.read("a"), stops("a"));
    driven.went("a", StopProgress::Stopped(word("stopped")));
    assert!(driven.bulk.is_finished() && driven.bulk.is_done(&id("a")));
    assert!(!driven.bulk.is_done(&id("b")), "nobody knows here whether it was stopped, so it stays selected");
}

#[test]
fn runs_are_offered_again_when_the_other_tab_has_ended() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a")]));
    driven.on(Event::Elsewhere(vec![id("a")]));
    assert_eq!(driven.on(Event::Confirm(String::new())), []);
    assert!(driven.bulk.is_open() && driven.bulk.stoppable_count() == 0);
    driven.on(Event::Elsewhere(vec![]));
    assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["a"]));
}

#[test]
fn other_tabs_are_told_of_what_is_still_to_be_stopped() {
    let (mut driven, _) = Driven::confirmed("abc");
    assert_eq!(driven.bulk.under_way(), [id("a"), id("b"), id("c")]);
    driven.read("a");
    driven.went("a", StopProgress::Requested);
    assert_eq!(driven.bulk.under_way(), [id("b"), id("c")]);
    driven.on(Event::Read(id("b"), Err(no_token())));
    assert_eq!(driven.bulk.under_way(), [], "it waits for the person");
    driven.on(Event::Continue(true));
    assert_eq!(driven.bulk.under_way(), [id("b"), id("c")]);
    driven.on(Event::CancelRemaining);
    driven.read("b");
    driven.read("c");
    assert_eq!(driven.bulk.under_way(), []);
}

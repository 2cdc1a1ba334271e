use super::*;
use crate::run::JobId;
use proptest::prelude::*;

fn new_run(name: &str) -> NewRun {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: at(100), end_at: at(200) }
}

fn message(tab: &str, said: TabEvent) -> Message {
    Message { scope: String::from("h"), tab: String::from(tab), said }
}

fn doing(key: &str, doing: TabActivity) -> TabEvent {
    TabEvent::Activity(String::from(key), new_run("a"), doing)
}

const STAGES: [TabActivity; 4] = [TabActivity::Typing, TabActivity::Created, TabActivity::Sent, TabActivity::Unclear];

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn unread(_: &RunId, _: &NewRun) -> bool {
    false
}

/// The API gave the run "r".
fn is_r(id: &RunId, asked: &NewRun) -> bool {
    id.as_str() == "r" && asked.name == "a"
}

#[test]
fn messages_round_trip() {
    for stage in STAGES {
        let message = message("t", doing("k", stage));
        assert_eq!(Message::read(&message.to_text()), Some(message));
    }
    for runs in [vec![], vec![RunId::new("a"), RunId::new("b")]] {
        let message = message("t", TabEvent::Stopping(runs));
        assert_eq!(Message::read(&message.to_text()), Some(message));
    }
    for run in [None, Some(RunId::new("r"))] {
        let message = message("t", TabEvent::Settled(String::from("k"), run));
        assert_eq!(Message::read(&message.to_text()), Some(message));
    }
    for text in ["", "1", "{}", r#"{"home":"h","tab":"t","doing":"typing"}"#, r#"{"settled":"k","tab":"t"}"#] {
        assert_eq!(Message::read(text), None, "{text}");
    }
}

#[test]
fn same_run_in_another_tab_is_reported_as_long_as_it_matters() {
    for (stage, holds) in [(TabActivity::Typing, 50), (TabActivity::Sent, 600), (TabActivity::Unclear, 600)] {
        let mut tabs = OtherTabs::default();
        tabs.receive(message("other", doing("k", stage)), "own", NOW);
        assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &unread, after(holds - 1)), Some(stage));
        assert_eq!(
            tabs.same_run_elsewhere("h", &new_run("a"), &[], &unread, after(holds)),
            None,
            "{stage:?} is forgotten"
        );
        assert_eq!(tabs.same_run_elsewhere("other scope", &new_run("a"), &[], &unread, NOW), None);
        assert_eq!(tabs.same_run_elsewhere("h", &new_run("b"), &[], &unread, NOW), None);
        assert_eq!(
            tabs.same_run_elsewhere("h", &new_run("a"), &["k"], &unread, NOW),
            None,
            "its own request, from before it was duplicated"
        );
    }
}

#[test]
fn own_messages_and_refused_requests_are_ignored() {
    let mut tabs = OtherTabs::default();
    tabs.receive(message("own", doing("k", TabActivity::Sent)), "own", NOW);
    assert_eq!(tabs, OtherTabs::default());
    tabs.receive(message("other", doing("k", TabActivity::Sent)), "own", NOW);
    tabs.receive(message("other", TabEvent::Settled(String::from("k"), None)), "own", NOW);
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &unread, NOW), None);
}

#[test]
fn most_advanced_activity_is_reported() {
    let mut tabs = OtherTabs::default();
    tabs.receive(message("b", doing("1", TabActivity::Unclear)), "own", NOW);
    tabs.receive(message("c", doing("2", TabActivity::Typing)), "own", NOW);
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &unread, NOW), Some(TabActivity::Unclear));
    tabs.receive(message("b", TabEvent::Settled(String::from("1"), Some(RunId::new("r")))), "own", after(500));
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &is_r, after(1000)), Some(TabActivity::Created));
}

#[test]
fn run_that_another_tab_is_said_to_have_created_is_told_only_once_the_api_gave_it() {
    let mut tabs = OtherTabs::default();
    tabs.receive(message("b", doing("1", TabActivity::Sent)), "own", NOW);
    let id = RunId::new("r");
    assert!(tabs.is_news("1", &id) && !tabs.is_news("2", &id));
    tabs.receive(message("b", TabEvent::Settled(String::from("1"), Some(id.clone()))), "own", NOW);
    assert!(!tabs.is_news("1", &id));
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &unread, NOW), Some(TabActivity::Sent));
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &is_r, NOW), Some(TabActivity::Created));
    tabs.receive(message("b", doing("1", TabActivity::Created)), "own", NOW);
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], &is_r, NOW), Some(TabActivity::Sent), "which run?");
}

fn stopping(tab: &str, runs: &str) -> Message {
    message(tab, TabEvent::Stopping(runs.chars().map(|run| RunId::new(run.encode_utf8(&mut [0; 4]))).collect()))
}

fn stopped_elsewhere(tabs: &OtherTabs, now: Timestamp) -> String {
    tabs.stopping_elsewhere("h", now).iter().map(RunId::as_str).collect()
}

#[test]
fn bulk_stops_of_other_tabs_are_known_until_they_end_or_fall_silent() {
    let mut tabs = OtherTabs::default();
    tabs.receive(stopping("own", "z"), "own", NOW);
    tabs.receive(Message { scope: String::from("another person"), ..stopping("x", "y") }, "own", NOW);
    tabs.receive(stopping("a", "321"), "own", NOW);
    tabs.receive(stopping("b", "34"), "own", after(1));
    assert_eq!(stopped_elsewhere(&tabs, after(1)), "1234");
    // What is left to do is said again and again.
    tabs.receive(stopping("a", "1"), "own", after(5));
    assert_eq!(stopped_elsewhere(&tabs, after(5)), "134");
    tabs.receive(stopping("b", ""), "own", after(6));
    assert_eq!(stopped_elsewhere(&tabs, after(6)), "1");
    assert_eq!(stopped_elsewhere(&tabs, after(34)), "1");
    assert_eq!(stopped_elsewhere(&tabs, after(35)), "", "that tab may have been closed");
}

#[test]
fn no_message_names_more_runs_than_a_bulk_stop_can_have() {
    let many = (0..=MAX_RUNS).map(|run| RunId::new(&run.to_string())).collect();
    let Some(Message { said: TabEvent::Stopping(runs), .. }) =
        Message::read(&message("t", TabEvent::Stopping(many)).to_text())
    else {
        panic!("it can be read");
    };
    assert_eq!(runs.len(), MAX_RUNS);
}

proptest! {
    #[test]
    fn any_sequence_of_messages_keeps_the_memory_bounded(messages in prop::collection::vec(("[a-c]", "[a-z0-9]{1,3}", 0_usize..6, -1000_i64..1000), 0..120)) {
        let mut tabs = OtherTabs::default();
        for (number, (tab, key, what, at)) in messages.into_iter().enumerate() {
            let tab = [tab, number.to_string()].concat();
            let said = match STAGES.get(what) {
                Some(stage) => doing(&key, *stage),
                None if what == 4 => TabEvent::Settled(key, None),
                None => TabEvent::Stopping(vec![RunId::new(&key)]),
            };
            tabs.receive(message(&tab, said), "a", after(at));
        }
        prop_assert!(tabs.heard.len() <= MOST && tabs.stopping.len() <= MOST);
    }
}

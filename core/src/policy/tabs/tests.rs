use super::*;
use crate::run::JobId;
use proptest::prelude::*;

fn new_run(name: &str) -> NewRun {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: at(100), end_at: at(200) }
}

fn message(tab: &str, said: TabEvent) -> Message {
    Message { home: String::from("h"), tab: String::from(tab), said }
}

fn doing(key: &str, doing: TabActivity) -> TabEvent {
    TabEvent::Activity(String::from(key), new_run("a"), doing)
}

const STAGES: [TabActivity; 4] = [TabActivity::Typing, TabActivity::Created, TabActivity::Sent, TabActivity::Unclear];

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

#[test]
fn messages_round_trip() {
    for stage in STAGES {
        let message = message("t", doing("k", stage));
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
    for (stage, holds) in
        [(TabActivity::Typing, 50), (TabActivity::Sent, 600), (TabActivity::Unclear, 600), (TabActivity::Created, 600)]
    {
        let mut tabs = OtherTabs::default();
        tabs.receive(message("other", doing("k", stage)), "own", NOW);
        assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], after(holds - 1)), Some(stage));
        assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], after(holds)), None, "{stage:?} is forgotten");
        assert_eq!(tabs.same_run_elsewhere("other home", &new_run("a"), &[], NOW), None);
        assert_eq!(tabs.same_run_elsewhere("h", &new_run("b"), &[], NOW), None);
        assert_eq!(
            tabs.same_run_elsewhere("h", &new_run("a"), &["k"], NOW),
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
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], NOW), None);
}

#[test]
fn most_advanced_activity_is_reported() {
    let mut tabs = OtherTabs::default();
    tabs.receive(message("b", doing("1", TabActivity::Unclear)), "own", NOW);
    tabs.receive(message("c", doing("2", TabActivity::Typing)), "own", NOW);
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], NOW), Some(TabActivity::Unclear));
    tabs.receive(message("b", TabEvent::Settled(String::from("1"), Some(RunId::new("r")))), "own", after(500));
    assert_eq!(tabs.same_run_elsewhere("h", &new_run("a"), &[], after(1000)), Some(TabActivity::Created));
}

proptest! {
    #[test]
    fn any_sequence_of_messages_keeps_the_memory_bounded(messages in prop::collection::vec(("[a-c]", "[a-z0-9]{1,3}", 0_usize..5, -1000_i64..1000), 0..120)) {
        let mut tabs = OtherTabs::default();
        for (tab, key, what, at) in messages {
            let said = match STAGES.get(what) {
                Some(stage) => doing(&key, *stage),
                None => TabEvent::Settled(key, None),
            };
            tabs.receive(message(&tab, said), "a", after(at));
        }
        prop_assert!(tabs.heard.len() <= MOST);
    }
}

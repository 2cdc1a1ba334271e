mod world;

use super::*;
use crate::activity::{DatedRun, Moment};
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use proptest::prelude::*;
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);
const INTERVAL: Span = Span::from_seconds(15);
const SCOPE: &str = "runboard.intent/%2Fbeta/ann";

fn after(millis: i64) -> Timestamp {
    NOW.plus(Span::from_millis(millis))
}

fn tab(id: &str) -> Election {
    Election::new(id, SCOPE, INTERVAL, true)
}

/// Steps through events at these milliseconds; returns what the last one led to.
fn walk(election: &mut Election, events: &[(i64, Event)]) -> Vec<Effect> {
    let mut last = Vec::new();
    for (at, event) in events {
        (*election, last) = election.clone().step(event.clone(), after(*at));
    }
    last
}

fn heard(signal: Signal) -> Event {
    Event::Heard(tab("other").message(Said::Signal(signal)))
}

fn joined() -> Election {
    let mut election = tab("me");
    let effects = walk(&mut election, &[(0, Event::SignedIn(true)), (0, Event::Wanted(true))]);
    assert_eq!(effects, [Effect::RequestLock { steal: false }, Effect::Publish(Signal::Hello)]);
    election
}

#[test]
fn only_tab_reads_at_once_and_then_at_every_interval() {
    let mut election = joined();
    let read = [Effect::Read, Effect::Publish(Signal::Reading)];
    assert_eq!(walk(&mut election, &[(10, Event::LockGranted)]), read);
    assert!(election.reads());
    assert_eq!(election.due(), Some(after(15_010)));
    assert_eq!(walk(&mut election, &[(9_000, Event::Tick)]), []);
    assert_eq!(walk(&mut election, &[(15_010, Event::Tick)]), read);
    assert_eq!(walk(&mut election, &[(20_000, Event::ReadStarted)]), [Effect::Publish(Signal::Reading)]);
    assert_eq!(election.due(), Some(after(35_000)), "the person's refresh counts");
}

#[test]
fn tab_that_read_last_may_offer_what_it_knows_once_it_takes_no_part() {
    let mut election = joined();
    walk(&mut election, &[(10, Event::LockGranted)]);
    assert!(!election.may_offer(), "it reads, so it is asked");
    walk(&mut election, &[(5_000, Event::Wanted(false))]);
    assert!(election.may_offer());
    walk(&mut election, &[(5_100, heard(Signal::Hello))]);
    assert!(election.may_offer(), "nobody has read since");
    let mut signed_out = election.clone();
    walk(&mut signed_out, &[(5_200, Event::SignedIn(false))]);
    assert!(!signed_out.may_offer());
    walk(&mut election, &[(5_200, heard(Signal::Reading))]);
    assert!(!election.may_offer(), "another tab knows more");
    let mut never_read = joined();
    walk(&mut never_read, &[(20, heard(Signal::Alive { read: None, hold: None })), (30, Event::Wanted(false))]);
    assert!(!never_read.may_offer());
}

#[test]
fn follower_waits_while_readings_come_and_takes_over_within_an_interval_and_a_second() {
    let mut election = joined();
    walk(&mut election, &[(20, heard(Signal::Alive { read: Some(Span::from_seconds(5)), hold: None }))]);
    assert!(!election.reads());
    walk(&mut election, &[(10_000, heard(Signal::Reading))]);
    let due = election.due().unwrap();
    assert!(due > after(25_000) && due <= after(26_000), "{due:?}");
    let early = due.since(NOW).millis() - 1;
    assert_eq!(walk(&mut election, &[(early, Event::Tick)]), []);
    let takes = [Effect::RequestLock { steal: true }, Effect::Read, Effect::Publish(Signal::Reading)];
    assert_eq!(walk(&mut election, &[(early + 1, Event::Tick)]), takes);
    assert_eq!(walk(&mut election, &[(early + 9, Event::LockGranted)]), [], "it has just read");
    assert!(election.reads());
}

#[test]
fn tab_whose_lock_is_taken_stops_reading_and_queues_again() {
    let mut election = joined();
    walk(&mut election, &[(0, Event::LockGranted)]);
    assert_eq!(walk(&mut election, &[(5_000, Event::LockLost)]), [Effect::RequestLock { steal: false }]);
    assert!(!election.reads());
    assert!(election.due().unwrap() > after(15_000));
}

#[test]
fn tab_that_may_not_read_gives_the_lock_away() {
    for event in [Event::SignedIn(false), Event::Wanted(false)] {
        let mut election = joined();
        walk(&mut election, &[(0, Event::LockGranted)]);
        let leaves = [Effect::Publish(Signal::Leaving), Effect::ReleaseLock];
        assert_eq!(walk(&mut election, &[(5_000, event)]), leaves);
        assert_eq!((election.reads(), election.due()), (false, None));
        assert_eq!(walk(&mut election, &[(5_001, Event::LockGranted)]), [Effect::ReleaseLock], "it came too late");
    }
}

#[test]
fn new_tab_is_answered_and_reads_itself_when_nobody_answers() {
    let mut leader = joined();
    walk(&mut leader, &[(0, Event::LockGranted)]);
    let alive = Signal::Alive { read: Some(Span::from_seconds(5)), hold: None };
    assert_eq!(walk(&mut leader, &[(5_000, heard(Signal::Hello))]), [Effect::Publish(alive)]);

    let mut follower = joined();
    assert_eq!(walk(&mut follower, &[(20, heard(Signal::Hello))]), []);
    let due = follower.due().unwrap();
    assert!(due <= after(2_000), "its list is empty");
    let effects = walk(&mut follower, &[(due.since(NOW).millis(), Event::Tick)]);
    assert!(effects.contains(&Effect::Read) && effects.contains(&Effect::RequestLock { steal: true }));
}

#[test]
fn tab_that_slept_lets_the_one_that_reads_answer_first() {
    let mut election = joined();
    walk(&mut election, &[(20, heard(Signal::Reading))]);
    assert_eq!(walk(&mut election, &[(3_600_000, Event::Tick)]), []);
    let due = election.due().unwrap();
    assert!(due > after(3_600_500) && due <= after(3_602_000), "{due:?}");
    // In the background ticks may come once a minute only: the second one waits no more.
    let mut throttled = election.clone();
    assert!(walk(&mut throttled, &[(3_660_000, Event::Tick)]).contains(&Effect::Read));
    walk(&mut election, &[(3_600_100, heard(Signal::Reading))]);
    assert_eq!(walk(&mut election, &[(3_660_000, Event::Tick)]), []);
}

#[test]
fn nobody_reads_while_the_api_asks_to_wait_and_a_silent_tab_is_still_replaced() {
    let mut leader = joined();
    walk(&mut leader, &[(0, Event::LockGranted)]);
    let effects = walk(&mut leader, &[(1_000, Event::HoldUntil(after(61_000)))]);
    let alive = Signal::Alive { read: Some(Span::from_seconds(1)), hold: Some(Span::from_seconds(60)) };
    assert_eq!(effects, [Effect::Publish(alive)]);
    assert_eq!(leader.due(), Some(after(8_500)));
    assert!(matches!(walk(&mut leader, &[(8_500, Event::Tick)])[..], [Effect::Publish(Signal::Alive { .. })]));
    assert_eq!(walk(&mut leader, &[(60_000, Event::Tick)]).iter().filter(|effect| **effect == Effect::Read).count(), 0);
    assert!(walk(&mut leader, &[(61_000, Event::Tick)]).contains(&Effect::Read));

    let mut follower = joined();
    walk(&mut follower, &[(1_000, heard(alive))]);
    let due = follower.due().unwrap();
    assert!(due > after(16_000) && due <= after(17_000), "{due:?}");
    let at = due.since(NOW).millis();
    assert_eq!(walk(&mut follower, &[(at, Event::Tick)]), [Effect::RequestLock { steal: true }]);
    walk(&mut follower, &[(at, Event::LockGranted)]);
    assert!(follower.reads());
    assert!(walk(&mut follower, &[(61_100, Event::Tick)]).contains(&Effect::Read));
}

#[test]
fn without_locks_or_messages_every_tab_reads_for_itself() {
    let mut election = Election::new("me", SCOPE, INTERVAL, false);
    let effects = walk(&mut election, &[(0, Event::SignedIn(true)), (0, Event::Wanted(true))]);
    assert_eq!(effects, [Effect::Read]);
    assert!(election.reads());
    assert_eq!(walk(&mut election, &[(15_000, Event::Tick)]), [Effect::Read]);
    assert_eq!(walk(&mut election, &[(16_000, Event::SignedIn(false))]), []);
}

#[test]
fn first_message_is_written_like_all_others() {
    let election = joined();
    assert_eq!(election.hello_text(), election.message(Said::Signal(Signal::Hello)).to_text());
}

#[test]
fn messages_of_other_persons_and_own_ones_are_ignored() {
    let mut election = joined();
    walk(&mut election, &[(0, Event::LockGranted)]);
    for (id, scope) in [("other", "runboard.intent/%2Fbeta/bob"), ("me", SCOPE)] {
        let message = Election::new(id, scope, INTERVAL, true).message(Said::Signal(Signal::Hello));
        assert_eq!(walk(&mut election, &[(10, Event::Heard(message))]), [], "{scope}");
    }
    assert_ne!(election.lock_name(), Election::new("me", "x", INTERVAL, true).lock_name());
}

#[test]
fn clock_that_was_set_back_puts_no_reading_off() {
    let mut leader = joined();
    walk(&mut leader, &[(0, Event::LockGranted), (-3_600_000, Event::Tick)]);
    assert!(leader.due().unwrap() <= after(-3_600_000 + 15_000));
    let mut follower = joined();
    walk(&mut follower, &[(0, heard(Signal::Reading)), (-3_600_000, Event::Tick)]);
    assert!(follower.due().unwrap() <= after(-3_600_000 + 16_000));
}

#[test]
fn tabs_differ_in_their_patience() {
    let mut waits: Vec<i64> = (0..10).map(|at| tab(&format!("{at:016x}")).patience().millis()).collect();
    assert!(waits.iter().all(|wait| (300..800).contains(wait)), "{waits:?}");
    waits.sort_unstable();
    waits.dedup();
    assert_eq!(waits.len(), 10);
}

fn moment(at: i64) -> Moment {
    Moment { here: after(at), api: after(at + 500) }
}

/// Runs of which each was read after the one before.
fn shared(count: usize) -> Vec<DatedRun> {
    let run = |at: usize| Arc::new(Run { name: "x".into(), ..Run::new(RunId::new(&at.to_string())) });
    (0..).take(count).map(|at| (run(at), moment(i64::try_from(at).unwrap() / 2))).collect()
}

/// When a message with them is sent.
fn posted_at() -> Moment {
    moment(200)
}

#[test]
fn all_runs_are_sent_in_parts_of_which_the_last_completes_them() {
    for (count, sizes) in [(0, vec![0]), (1, vec![1]), (1000, vec![1000]), (2001, vec![1000, 1000, 1])] {
        let parts = RunsMessage::in_parts(&shared(count), posted_at(), true);
        assert_eq!(parts.iter().map(|part| part.runs.len()).collect::<Vec<_>>(), sizes);
        let last = parts.len() - 1;
        assert!(parts.iter().enumerate().all(|(at, part)| part.is_all == (at == last)));
    }
}

#[test]
fn run_that_cannot_be_read_costs_only_itself() {
    let part = RunsMessage::in_parts(&shared(5), posted_at(), true).remove(0);
    let others = part.runs[1..].to_vec();
    let text = tab("me").message(Said::Runs(part)).to_text();
    let message = Message::read(&text.replacen(r#""id":"0""#, r#""id":[]"#, 1)).unwrap();
    match message.said {
        Said::Runs(shared) => {
            assert_eq!(shared.runs, others);
            assert!(!shared.is_all);
        }
        _ => panic!("{message:?}"),
    }
    assert_eq!(Message::read("{}"), None);
    assert_eq!(Message::read(r#"{"scope":"a","tab":"b","said":{"dance":{}}}"#), None);
}

#[test]
fn request_is_told_as_no_later_than_it_was_sent_although_a_clock_was_set_meanwhile() {
    let [first, second] = [Moment { here: after(0), api: after(0) }, Moment { here: after(3_610), api: after(10) }];
    for sent in [[first, second], [second, first]] {
        let runs: Vec<DatedRun> = shared(2).into_iter().zip(sent).map(|((run, _), sent)| (run, sent)).collect();
        let part = RunsMessage::in_parts(&runs, moment(10_000), true).remove(0);
        let read = Message::read(&tab("me").message(Said::Runs(part)).to_text()).unwrap();
        let Said::Runs(shared) = read.said else { panic!("{read:?}") };
        for ((_, told), sent) in shared.runs.iter().zip(sent) {
            assert!(told.here <= sent.here && told.api <= sent.api, "{told:?} {sent:?}");
        }
    }
}

fn list_reading() -> impl Strategy<Value = ListReport> {
    let time = || prop::option::of((0..1_000_000_i64).prop_map(after));
    let count = || prop::option::of(0..1_000_000_u64);
    (time(), time(), time(), 1..1000_u32, count(), problem(), prop::option::of((0..1_000_000_usize, count()))).prop_map(
        |(as_of, newest, complete_as_of, pages, total_items, problem, incomplete)| ListReport {
            as_of,
            newest,
            complete_as_of,
            pages,
            page_size: Some(pages),
            total_items,
            incomplete,
            missing: vec![pages],
            stopped: pages % 2 == 0,
            unreadable: 3,
            failures: u32::from(problem.is_some()),
            problem,
        },
    )
}

fn problem() -> impl Strategy<Value = Option<Problem>> {
    let wait = Some(Span::from_seconds(7));
    let kinds = vec![
        ProblemKind::Unreachable { offline: false },
        ProblemKind::TimedOut { after: Span::from_seconds(30) },
        ProblemKind::Forbidden,
        ProblemKind::NotFound,
        ProblemKind::Limited { wait },
        ProblemKind::Server { status: 503 },
        ProblemKind::Refused { status: 418 },
        ProblemKind::Undecodable,
        ProblemKind::Intercepted { wait },
    ];
    let problem = |kind| Problem { said: Some("No".into()), trace: Some("t-1".into()), ..Problem::bare(kind) };
    prop::option::of(prop::sample::select(kinds).prop_map(problem))
}

#[test]
fn problem_of_a_kind_that_is_not_shared_is_told_without_its_details() {
    let list = ListReport { problem: Some(Problem::bare(ProblemKind::Conflict)), failures: 1, ..ListReport::default() };
    let part = RunsMessage { list: Some(Box::new(list)), ..RunsMessage::in_parts(&[], posted_at(), true).remove(0) };
    let read = Message::read(&tab("me").message(Said::Runs(part)).to_text()).unwrap();
    let Said::Runs(RunsMessage { list: Some(list), .. }) = read.said else { panic!("{read:?}") };
    assert_eq!(list.problem.map(|problem| problem.kind), Some(ProblemKind::Undecodable));
}

proptest! {
    #[test]
    fn message_is_read_as_it_was_written(
        read in prop::option::of(0..1_000_000_i64), hold in prop::option::of(0..1_000_000_i64), which in 0..7, runs in 0..5_usize,
        list in prop::option::of(list_reading()),
    ) {
        let span = |millis: Option<i64>| millis.map(Span::from_millis);
        let said = match which {
            0 => Said::Signal(Signal::Hello),
            1 => Said::Signal(Signal::Reading),
            2 => Said::Signal(Signal::Leaving),
            3 => Said::Signal(Signal::Alive { read: span(read), hold: span(hold) }),
            4 => Said::AskForRuns(read.map(|read| read.to_string())),
            5 => Said::Offer("other".to_owned()),
            _ => {
                let all = RunsMessage::in_parts(&shared(runs), posted_at(), true).remove(0);
                Said::Runs(RunsMessage { gone: vec![RunId::new("x")], list: list.map(Box::new), clock_error: span(read), ..all })
            }
        };
        let message = tab("me").message(said);
        prop_assert_eq!(Message::read(&message.to_text()), Some(message));
    }
}

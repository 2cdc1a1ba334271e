use super::super::{Effect, Event};
use super::*;
use crate::run::{JobId, Status};
use crate::summary::{Deliveries, Responses};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn times() -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::of((0_i64..4_000_000_000_000).prop_map(Timestamp::from_millis))
}

fn runs() -> impl Strategy<Value = Run> {
    let word = || "[a-zA-Z\"\\\\{}é\u{202e}😀]{1,8}";
    let texts = (word(), proptest::option::of(word()), ".{0,12}", proptest::option::of(word()));
    (texts, times(), times(), times(), times()).prop_map(|(texts, start_at, end_at, created_at, updated_at)| {
        let (id, job, name, status) = texts;
        Run {
            id: RunId::new(&id),
            job_id: job.as_deref().map(JobId::new),
            name: name.as_str().into(),
            status: status.as_deref().map(Status::new),
            start_at,
            end_at,
            created_at,
            updated_at,
            odd_times: crate::run::OddTimes::default(),
        }
    })
}

fn summaries() -> impl Strategy<Value = Summary> {
    let count = || proptest::option::of(any::<u64>());
    let responses = proptest::option::of(count().prop_map(|recipients| Responses { recipients }));
    let deliveries = proptest::option::of(
        (count(), count(), count(), count()).prop_map(|(recipients, succeeded, failed, info)| Deliveries {
            recipients,
            succeeded,
            failed,
            info,
        }),
    );
    (responses, deliveries).prop_map(|(responses, deliveries)| Summary { responses, deliveries, ..Summary::default() })
}

/// A stop that was sent just now, and answered or not.
fn sent(run: Run, counts: Option<Summary>, answered: Option<bool>) -> (RunId, StopState) {
    let id = run.id.clone();
    let (mut state, effects) = StopState::default().step(Event::StopNow(Box::new(run), counts), NOW);
    assert_eq!(effects, [Effect::Post]);
    if let Some(taken) = answered {
        let outcome = if taken { Ok(None) } else { Err(Problem::bare(ProblemKind::Server { status: 500 })) };
        state = state.step(Event::Answered(outcome), after(1)).0;
    }
    (id, state)
}

/// What is kept of a stop.
fn kept(stop: &StopState) -> (Run, Option<Summary>, Timestamp, Option<Timestamp>) {
    match stop.stage() {
        Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => {
            ((*request.run).clone(), request.counts.clone(), request.asked_at, request.answered_at)
        }
        stage => panic!("{stage:?}"),
    }
}

fn run(word: &str) -> Run {
    Run {
        id: RunId::new("a"),
        job_id: None,
        name: "n".into(),
        status: Some(Status::new(word)),
        start_at: Some(after(-60)),
        end_at: Some(after(3600)),
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

#[test]
fn only_sent_stops_of_unknown_outcome_are_saved() {
    assert_eq!(keep(&[]), None);
    let (id, asked) = sent(run("running"), None, Some(true));
    let (done, _) = asked.step(Event::Read(Box::new(run("stopped")), 1), after(2));
    let (open, _) = StopState::default().step(Event::Open(Box::new(run("running")), None), NOW);
    assert_eq!(keep(&[(id.clone(), done), (id, open)]), None);
}

#[test]
fn restored_stop_is_read_until_its_outcome_is_known_and_never_sent() {
    for (answered, word) in [(None, "unknown"), (Some(false), "unknown"), (Some(true), "requested")] {
        let text = keep(&[sent(run("running"), None, answered)]).unwrap();
        let (_, mut stop) = recall(&text, after(9)).remove(0);
        assert_eq!(matches!(stop.stage(), Stage::Unknown(..)), word == "unknown", "{answered:?}");
        let mut effects = Vec::new();
        for event in [Event::Confirm, Event::Tick, Event::Read(Box::new(run("running")), 0), Event::Resumed] {
            let (state, done) = stop.step(event, after(9));
            stop = state;
            effects.extend(done);
        }
        assert_eq!(effects, [Effect::ReadRun, Effect::ReadRun]);
        let (stop, _) = stop.step(Event::Read(Box::new(run("stopped")), 0), after(12));
        let Stage::Confirmed(receipt) = stop.stage() else { panic!("{stop:?}") };
        assert_eq!((receipt.asked_at, receipt.confirmed_at), (NOW, after(12)));
        assert_eq!(receipt.before, Some(Status::new("running")));
    }
}

#[test]
fn stop_is_dropped_after_a_week_and_broken_entries_are_skipped() {
    let text = keep(&[sent(run("running"), None, None)]).unwrap();
    assert_eq!(recall(&text, after(7 * 86_400 - 1)).len(), 1);
    assert_eq!(recall(&text, after(7 * 86_400)).len(), 0);
    let mixed = text.replacen('[', "[7,{\"run\":{\"id\":\"x\"}},", 1);
    assert_eq!(recall(&mixed, NOW).len(), 1);
}

proptest! {
    #[test]
    fn saved_stops_are_restored(
        stops in proptest::collection::vec((runs(), proptest::option::of(summaries()), proptest::option::of(any::<bool>())), 1..4),
    ) {
        let stops: Vec<_> = stops.into_iter().map(|(run, counts, answered)| sent(run, counts, answered)).collect();
        let recalled = recall(&keep(&stops).unwrap(), after(60));
        prop_assert_eq!(recalled.len(), stops.len());
        for ((id, stop), (recalled_id, recalled)) in stops.iter().zip(&recalled) {
            prop_assert_eq!(id, recalled_id);
            prop_assert_eq!(kept(stop), kept(recalled));
            prop_assert_eq!(recalled.due(), Some(after(60)));
        }
        // Once more round, nothing is lost.
        prop_assert_eq!(keep(&recalled), keep(&stops));
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}|[\\[\\]{}\",:a-zA-Z0-9]{0,80}") {
        let _ = recall(&text, NOW);
    }
}

//! What holds for any sequence of events.

use super::*;
use proptest::prelude::*;

fn events() -> impl Strategy<Value = Event> {
    let status = || prop::sample::select(vec![None, Some("running"), Some("scheduled"), Some("stopped"), Some("odd")]);
    prop_oneof![
        2 => Just(Event::Open(run(Some("running")), None)),
        1 => Just(Event::KeepRunning),
        3 => Just(Event::Confirm),
        1 => status().prop_map(|status| Event::Answered(Ok(Some(run(status))))),
        1 => Just(Event::Answered(Ok(None))),
        1 => Just(Event::Answered(Err(lost()))),
        1 => Just(Event::Answered(Err(Problem::bare(ProblemKind::Conflict)))),
        1 => Just(Event::Answered(Err(Problem::bare(ProblemKind::Forbidden)))),
        3 => (status(), 0_u32..12).prop_map(|(status, epoch)| Event::Read(run(status), epoch)),
        1 => any::<f64>().prop_map(|random| Event::ReadFailed(lost(), random)),
        1 => Just(Event::SummaryRead(counts(1))),
        3 => Just(Event::Tick),
        1 => Just(Event::Resumed),
        1 => Just(Event::Dismiss),
    ]
}

proptest! {
    #[test]
    fn one_post_per_confirmed_dialog_and_every_outcome_is_reported(
        steps in prop::collection::vec((events(), 0_i64..20_000), 0..40),
    ) {
        let mut state = StopState::default();
        let (mut now, mut under_way, mut opened, mut posted_at_epoch) = (NOW, false, false, 0);
        for (event, passes) in steps {
            // An answer needs a request, and a read cannot come from the future.
            if matches!(event, Event::Answered(_)) && !under_way {
                continue;
            }
            let event = match event {
                Event::Read(run, epoch) => Event::Read(run, epoch.min(state.epoch())),
                event => event,
            };
            now = now.plus(Span::from_millis(passes));
            let (confirmed, answered) = (event == Event::Confirm, matches!(event, Event::Answered(_)));
            let dismissed = event == Event::Dismiss;
            let proof = match &event {
                Event::Read(run, epoch) if *epoch >= posted_at_epoch => Some(run.clone()),
                Event::Answered(Ok(Some(run))) => Some(run.clone()),
                _ => None,
            };
            let had_pending = state.pending_since().is_some();
            let was_confirmed = matches!(state.stage(), Stage::Confirmed(_));
            let (next, effects) = state.step(event, now);
            let posts = effects.iter().filter(|effect| **effect == Effect::Post).count();
            prop_assert!(posts <= 1 && (posts == 0 || (confirmed && opened && !under_way)));
            if posts == 1 {
                posted_at_epoch = next.epoch();
            }
            under_way = (under_way && !answered) || posts == 1;
            prop_assert_eq!(next.is_sending(), under_way);
            opened = next.dialog().is_some();
            if matches!(next.stage(), Stage::Confirmed(_)) && !was_confirmed {
                let word = proof.and_then(|run| run.status).map(|status| status.known());
                prop_assert!(word.is_some_and(|known| !matches!(known, Some(crate::run::KnownStatus::Running | crate::run::KnownStatus::Scheduled))));
            }
            let settled = matches!(next.stage(), Stage::Confirmed(_) | Stage::AlreadyOver(_) | Stage::Refused(_));
            prop_assert!(!had_pending || next.pending_since().is_some() || settled || dismissed, "a stop went by itself");
            state = next;
        }
    }
}

//! Many stops whose effect does not show yet: which of their runs to read now.

use super::{RETRY_ALLOWED_AFTER, Request, Stage, StopState};
use crate::run::RunId;
use crate::time::{Span, Timestamp};

/// How many runs are polled at the same time for the effect of their stops.
const CONCURRENT_READS: usize = 2;
/// Stops requested longer ago than `RETRY_ALLOWED_AFTER` take turns: one read per this time, however many there are.
const OLD_STOP_GAP: Span = Span::from_seconds(10);

/// The runs that get an [`super::Event::Tick`] now, and whether their stop is an old one. Recent stops come first, then
/// those that have waited longest. `last`: when an old stop last had its turn.
pub fn due_reads(stops: &[(RunId, StopState)], now: Timestamp, last: Option<Timestamp>) -> Vec<(RunId, bool)> {
    let dialog = stops.iter().filter(|(_, stop)| stop.dialog.is_some()).map(|(id, _)| (id.clone(), false));
    let waits = |stop: &StopState| match stop.stage() {
        Stage::Requested(request) | Stage::Unknown(request, _) => {
            Some((request.in_flight, request.is_old(now), request.due))
        }
        _ => None,
    };
    let under_way = stops.iter().filter(|(_, stop)| waits(stop).is_some_and(|(in_flight, ..)| in_flight)).count();
    let mut due: Vec<_> = stops
        .iter()
        .filter_map(|(id, stop)| waits(stop).map(|(in_flight, old, due)| (in_flight, old, due, id)))
        .filter(|(in_flight, _, due, _)| !in_flight && (*due <= now || due.since(now) > super::step::MAX_WAIT))
        .collect();
    due.sort_by_key(|(_, old, due, _)| (*old, *due));
    let mut rests = last.is_some_and(|last| now.since(last).millis().abs() < OLD_STOP_GAP.millis());
    let due = due.into_iter().filter(|(_, old, ..)| !old || !std::mem::replace(&mut rests, true));
    let turn = due.take(CONCURRENT_READS.saturating_sub(under_way)).map(|(_, old, _, id)| (id.clone(), old));
    dialog.chain(turn).collect()
}

impl StopState {
    /// The network, the session or the person is back: this run waits only for its turn.
    pub fn read_soon(&mut self, now: Timestamp) {
        if let Stage::Requested(request) | Stage::Unknown(request, _) = &mut self.stage {
            request.due = now;
        }
    }
}

impl Request {
    /// Requested so long ago that another read without effect is no news.
    fn is_old(&self, now: Timestamp) -> bool {
        now.since(self.asked_at) >= RETRY_ALLOWED_AFTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::stop::{Effect, Event};
    use crate::run::Run;
    use proptest::prelude::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

    fn run(number: usize) -> Run {
        Run::read_body(&json!({"id": number.to_string(), "name": "n", "status": "running"}).to_string()).unwrap()
    }

    /// Stops that were accepted but have no effect.
    fn taken(count: usize) -> Vec<(RunId, StopState)> {
        let one = |number| {
            let (stop, _) = StopState::default().step(Event::StopNow(Box::new(run(number)), None), NOW);
            let (stop, effects) = stop.step(Event::Answered(Ok(None)), NOW);
            assert_eq!(effects, [Effect::ReadRun]);
            let epoch = stop.epoch();
            (RunId::new(&number.to_string()), stop.step(Event::Read(Box::new(run(number)), epoch), NOW).0)
        };
        (0..count).map(one).collect()
    }

    /// Ten minutes, second by second: when each run was read.
    fn ten_minutes(count: usize, answer_after: i64, resumed_at: i64) -> Vec<(i64, usize)> {
        let mut stops = taken(count);
        let (mut last, mut coming, mut read) = (None, Vec::<(i64, usize)>::new(), Vec::new());
        for second in 1..=600 {
            let now = NOW.plus(Span::from_seconds(second));
            for (_, at) in coming.extract_if(.., |(due, _)| *due <= second) {
                let (id, stop) = stops[at].clone();
                let epoch = stop.epoch();
                stops[at] = (id, stop.step(Event::Read(Box::new(run(at)), epoch), now).0);
            }
            if second == resumed_at {
                stops.iter_mut().for_each(|(_, stop)| stop.read_soon(now));
            }
            for (id, old) in due_reads(&stops, now, last) {
                let at: usize = id.as_str().parse().unwrap();
                let (stop, effects) = stops[at].1.clone().step(Event::Tick, now);
                assert_eq!(effects, [Effect::ReadRun], "nobody has a turn for nothing");
                stops[at].1 = stop;
                read.push((second, at));
                last = if old { Some(now) } else { last };
                coming.push((second + answer_after, at));
            }
            assert!(coming.len() <= CONCURRENT_READS);
        }
        read
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn at_most_seven_pending_stops_are_read_per_minute(
            count in 1_usize..120, answer_after in 1_i64..20, resumed_at in 0_i64..900,
        ) {
            let read = ten_minutes(count, answer_after, resumed_at);
            for from in 61..540 {
                let minute = read.iter().filter(|(second, _)| (from..from + 60).contains(second)).count();
                prop_assert!(minute <= 7, "{minute} from second {from}");
            }
        }

        #[test]
        fn every_pending_stop_gets_its_turn(count in 1_usize..40, answer_after in 1_i64..5) {
            let read = ten_minutes(count, answer_after, 0);
            for at in 0..count {
                prop_assert!(read.iter().any(|(second, of)| *of == at && *second > 120), "{at} waits for ever");
            }
        }
    }

    #[test]
    fn few_pending_stops_are_read_whenever_due() {
        let one: Vec<i64> = ten_minutes(1, 1, 0).into_iter().map(|(second, _)| second).collect();
        assert_eq!(one[..6], [2, 5, 10, 20, 40, 71]);
        assert!(one.windows(2).skip(5).all(|pair| pair[1] - pair[0] == 31), "{one:?}");
    }

    #[test]
    fn open_dialog_does_not_wait_for_its_turn() {
        let mut stops = taken(3);
        let asks = StopState::default().step(Event::Open(Box::new(run(9)), None), NOW).0;
        stops.push((RunId::new("9"), asks));
        assert!(due_reads(&stops, NOW, Some(NOW)).contains(&(RunId::new("9"), false)));
    }

    #[test]
    fn answer_about_another_run_does_not_block_the_others() {
        let mut stops = taken(5);
        for second in [3, 40, 80, 120] {
            let now = NOW.plus(Span::from_seconds(second));
            let now_read = due_reads(&stops, now, None);
            assert!(!now_read.is_empty(), "at {second}");
            for (id, _) in now_read {
                let at: usize = id.as_str().parse().unwrap();
                let stop = stops[at].1.clone().step(Event::Tick, now).0;
                let epoch = stop.epoch();
                stops[at].1 = stop.step(Event::Read(Box::new(run(99)), epoch), now).0;
            }
        }
    }

    #[test]
    fn after_resuming_few_stops_are_read_as_soon_as_there_is_room() {
        let mut stops = taken(4);
        let now = NOW.plus(Span::from_millis(500));
        assert_eq!(due_reads(&stops, now, None), []);
        stops.iter_mut().for_each(|(_, stop)| stop.read_soon(now));
        let mut read = Vec::new();
        for _ in 0..2 {
            for (id, _) in due_reads(&stops, now, None) {
                let at: usize = id.as_str().parse().unwrap();
                let stop = stops[at].1.clone().step(Event::Tick, now).0;
                let epoch = stop.epoch();
                stops[at].1 = stop.step(Event::Read(Box::new(run(at)), epoch), now).0;
                read.push(at);
            }
        }
        read.sort_unstable();
        assert_eq!(read, [0, 1, 2, 3]);
    }
}

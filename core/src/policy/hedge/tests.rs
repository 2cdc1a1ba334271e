use super::*;
use proptest::prelude::*;

const KINDS: [ReadKind; 4] = [ReadKind::List, ReadKind::ListPage, ReadKind::Run, ReadKind::Summary];
const ZERO: Span = Span::from_millis(0);
/// How long the transport lets a request take.
const TIMEOUT: Span = Span::from_seconds(30);

fn millis(millis: i64) -> Span {
    Span::from_millis(millis)
}

fn after_times(kind: ReadKind, times: &[i64]) -> HedgeSchedule {
    let mut schedule = HedgeSchedule::default();
    for took in times {
        schedule.answered(kind, millis(*took));
    }
    schedule
}

/// How long a read waits before it is raced; `None` if it never is.
fn waits(schedule: &HedgeSchedule, kind: ReadKind) -> Option<i64> {
    match schedule.patience(kind, ZERO, ZERO, true) {
        Patience::Wait(span) => Some(span.millis()),
        Patience::Leave => None,
        Patience::Race => panic!("raced at once"),
    }
}

/// A person reads again and again, one read at a time.
struct Reader {
    schedule: HedgeSchedule,
    now: Span,
    raced_at: Vec<Span>,
}

impl Reader {
    fn new() -> Self {
        Self { schedule: HedgeSchedule::default(), now: ZERO, raced_at: Vec::new() }
    }

    /// A read that takes `first`; its racer, if any, takes `second`. Returns how long the read took as a whole.
    fn read(&mut self, kind: ReadKind, first: Span, second: Span, present: bool) -> Span {
        let (sent_at, mut raced) = (self.now, None);
        loop {
            let waited = self.now.millis() - sent_at.millis();
            match self.schedule.patience(kind, millis(waited), self.now, present) {
                Patience::Race => {
                    raced = Some(millis(waited));
                    self.schedule.raced(self.now);
                    self.raced_at.push(self.now);
                    break;
                }
                Patience::Wait(span) if waited + span.millis() < first.millis().min(TIMEOUT.millis()) => {
                    assert!(span.millis() > 0, "a wait of nothing would never end");
                    self.now = millis(self.now.millis() + span.millis());
                }
                Patience::Wait(_) | Patience::Leave => break,
            }
        }
        let second_wins = raced.filter(|at| at.millis().saturating_add(second.millis()) < first.millis());
        let (own, whole) = match second_wins {
            Some(at) => (second, millis(at.millis().saturating_add(second.millis()))),
            None => (first, first),
        };
        if own < TIMEOUT {
            self.schedule.answered(kind, own);
        } else {
            self.schedule.failed(kind, &Problem::bare(ProblemKind::TimedOut { after: TIMEOUT }), self.now);
        }
        self.now = millis(sent_at.millis() + whole.min(TIMEOUT).millis() + 15_000);
        whole.min(TIMEOUT)
    }
}

#[test]
fn read_is_raced_after_twice_its_usual_time_within_limits() {
    for (times, waits_for) in [
        (&[][..], Some(10_000)),
        (&[50], Some(2000)),
        (&[1000], Some(2000)),
        (&[1001], Some(2002)),
        (&[3000, 3000], Some(6000)),
        (&[10_000], Some(20_000)),
        (&[10_001], None),
        (&[29_000], None),
        // The usual time is the median: one odd time does not move it.
        (&[3000, 3000, 10, 3000, 3000], Some(6000)),
        (&[1500, 2000], Some(3000)),
        (&[100, 100, 100, 1900, 1900], Some(2000)),
        (&[100, 100, 1900, 1900, 1900], Some(3800)),
        // Only the latest five count.
        (&[1900, 1900, 1900, 1900, 1900, 100, 100, 100], Some(2000)),
        // A time that is longer than the patience replaces what was known.
        (&[100, 100, 100, 100, 2001], Some(4002)),
        (&[100, 100, 100, 100, 2000], Some(2000)),
        (&[100, 100, 100, 12_000], None),
        (&[12_000, 100], Some(2000)),
    ] {
        assert_eq!(waits(&after_times(ReadKind::List, times), ReadKind::List), waits_for, "{times:?}");
    }
}

#[test]
fn kinds_of_reads_are_not_compared_with_each_other() {
    for kind in KINDS {
        let schedule = after_times(kind, &[4000]);
        for other in KINDS {
            assert_eq!(waits(&schedule, other), Some(if other == kind { 8000 } else { 10_000 }));
        }
    }
}

#[test]
fn server_that_asks_for_fewer_requests_is_not_raced_for_a_minute_or_as_long_as_it_asks() {
    let server = |status| Problem { status: Some(status), ..Problem::bare(ProblemKind::Server { status }) };
    let limited = |seconds: Option<i64>| {
        let wait = seconds.map(Span::from_seconds);
        Problem { status: Some(429), ..Problem::bare(ProblemKind::Limited { wait }) }
    };
    let gateway = Problem::bare(ProblemKind::Intercepted { wait: Some(Span::from_seconds(90)) });
    for (problem, holds_for) in [
        (limited(None), 60),
        (limited(Some(5)), 60),
        (limited(Some(600)), 600),
        (server(503), 60),
        (gateway, 90),
        (server(500), 0),
        (Problem::bare(ProblemKind::Unreachable { offline: false }), 0),
        (Problem::bare(ProblemKind::TimedOut { after: TIMEOUT }), 0),
    ] {
        let mut schedule = HedgeSchedule::default();
        schedule.failed(ReadKind::List, &problem, Span::from_seconds(7));
        let at = |seconds: i64| schedule.patience(ReadKind::Run, TIMEOUT, Span::from_seconds(7 + seconds), true);
        assert_eq!(at(holds_for), Patience::Race, "{problem:?}");
        assert!(holds_for == 0 || at(holds_for - 1) == Patience::Leave, "{problem:?}");
    }
}

#[test]
fn race_ends_with_the_apis_word_or_its_wait_and_not_with_a_broken_connection() {
    let bare = Problem::bare;
    let seconds = Some(Span::from_seconds(1));
    for (problem, ends) in [
        (bare(ProblemKind::Unreachable { offline: false }), false),
        (bare(ProblemKind::Server { status: 500 }), false),
        (bare(ProblemKind::Undecodable), false),
        (bare(ProblemKind::Intercepted { wait: None }), false),
        (bare(ProblemKind::Intercepted { wait: seconds }), true),
        (bare(ProblemKind::Limited { wait: None }), false),
        (bare(ProblemKind::Limited { wait: seconds }), true),
        (bare(ProblemKind::NoToken), false),
        (bare(ProblemKind::Aborted), false),
        (Problem { status: Some(408), ..bare(ProblemKind::Refused { status: 408 }) }, false),
        (bare(ProblemKind::TimedOut { after: TIMEOUT }), true),
        (bare(ProblemKind::Unauthorised { expired: true }), true),
        (bare(ProblemKind::Forbidden), true),
        (bare(ProblemKind::NotFound), true),
        (bare(ProblemKind::Refused { status: 418 }), true),
    ] {
        assert_eq!(ends_race(&problem), ends, "{problem:?}");
    }
}

#[test]
fn server_that_does_not_answer_is_raced_once_and_again_after_an_answer() {
    let mut reader = Reader::new();
    let never = millis(i64::MAX);
    for _ in 0..5 {
        reader.read(ReadKind::List, never, never, true);
    }
    assert_eq!(reader.raced_at, [Span::from_seconds(10)]);
    reader.read(ReadKind::List, millis(100), never, true);
    assert_eq!(reader.read(ReadKind::List, never, millis(100), true), millis(2100));
}

fn kinds() -> impl Strategy<Value = ReadKind> {
    (0_usize..4).prop_map(|index| KINDS[index])
}

proptest! {
    #[test]
    fn one_hung_read_among_usual_ones_ends_long_before_its_time_out(
        usual in 1_i64..5000, jitter in prop::collection::vec(0_i64..900, 1..20), kind in kinds(),
    ) {
        let mut reader = Reader::new();
        for thousandths in jitter {
            let took = millis(usual + usual * thousandths / 1000);
            reader.read(kind, took, took, true);
        }
        let before = reader.raced_at.len();
        let whole = reader.read(kind, millis(i64::MAX), millis(usual), true);
        prop_assert_eq!(reader.raced_at.len(), before + 1);
        // Twice the slowest of the usual times, and the second read itself.
        prop_assert!(whole.millis() <= (4 * usual).max(2000) + usual, "{:?}", whole);
    }

    #[test]
    fn server_that_becomes_slow_and_stays_so_is_raced_once(
        fast in 1_i64..1000, slow in 1_i64..30_000, jitter in prop::collection::vec(0_i64..900, 1..40), kind in kinds(),
    ) {
        let mut reader = Reader::new();
        for _ in 0..8 {
            reader.read(kind, millis(fast), millis(fast), true);
        }
        for thousandths in jitter {
            // The slower it is, the less it varies: up to nearly twice as long.
            let took = millis(slow + slow * thousandths / 1000);
            reader.read(kind, took, took, true);
        }
        prop_assert!(reader.raced_at.len() <= 1, "{:?}", reader.raced_at);
    }

    #[test]
    fn no_more_than_four_reads_are_raced_in_any_minute(
        reads in prop::collection::vec((kinds(), 1_i64..40_000, 1_i64..40_000), 0..80),
    ) {
        let mut reader = Reader::new();
        for (kind, first, second) in reads {
            reader.read(kind, millis(first), millis(second), true);
            // Reads that follow each other at once.
            reader.now = millis(reader.now.millis() - 15_000);
        }
        for at in &reader.raced_at {
            let within = reader.raced_at.iter().filter(|other| is_within_a_minute(**other, millis(at.millis() + MINUTE - 1)));
            prop_assert!(within.count() <= MAX_PER_MINUTE, "{:?}", reader.raced_at);
        }
    }

    #[test]
    fn nothing_is_raced_while_hidden_or_offline(
        reads in prop::collection::vec((kinds(), 1_i64..60_000), 0..40),
    ) {
        let mut reader = Reader::new();
        for (kind, took) in reads {
            reader.read(kind, millis(took), millis(1), false);
        }
        prop_assert_eq!(reader.raced_at, vec![]);
    }

    #[test]
    fn second_read_is_sent_early_enough_to_be_answered(
        times in prop::collection::vec(0_i64..30_000, 0..12), kind in kinds(),
    ) {
        let schedule = after_times(kind, &times);
        if let Some(waits) = waits(&schedule, kind) {
            prop_assert!((2000..=20_000).contains(&waits));
            let usual = median(schedule.times_of(kind)).unwrap_or_default();
            prop_assert!(waits + usual.millis() <= TIMEOUT.millis());
        }
    }

    #[test]
    fn median_is_the_one_in_the_middle(mut times in prop::collection::vec(0_i64..9, 1..9)) {
        let spans: Vec<Span> = times.iter().map(|time| millis(*time)).collect();
        times.sort_unstable();
        prop_assert_eq!(median(&spans), Some(millis(times[(times.len() - 1) / 2])));
    }
}

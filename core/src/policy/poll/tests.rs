use super::*;
use proptest::prelude::*;

const INTERVAL: Span = Span::from_seconds(15);

/// A poll, driven second by second.
struct Driven {
    poll: Poll,
    now: Timestamp,
}

impl Driven {
    fn new(visible: bool) -> Self {
        Self { poll: Poll::new(INTERVAL, visible), now: Timestamp::from_millis(1_000_000) }
    }

    /// Whether the event makes it send.
    fn on(&mut self, event: Event) -> bool {
        let (poll, send) = self.poll.step(event, self.now, 0.0);
        self.poll = poll;
        send
    }

    fn after(&mut self, seconds: i64, event: Event) -> bool {
        self.now = self.now.plus(Span::from_seconds(seconds));
        self.on(event)
    }
}

#[test]
fn the_first_tick_sends_and_the_next_waits_for_the_interval() {
    let mut driven = Driven::new(true);
    assert!(driven.on(Event::Tick));
    assert!(!driven.after(60, Event::Tick), "one is under way");
    assert!(!driven.on(Event::Succeeded));
    assert!(!driven.after(14, Event::Tick));
    assert!(driven.after(1, Event::Tick));
}

#[test]
fn nothing_is_sent_while_hidden_and_at_once_on_return() {
    let mut driven = Driven::new(false);
    for event in [Event::Tick, Event::Asked, Event::Hidden, Event::Tick] {
        assert!(!driven.after(60, event));
    }
    assert!(driven.on(Event::Returned));
    assert!(!driven.on(Event::Succeeded));
    assert!(!driven.on(Event::Hidden));
    assert!(!driven.after(100, Event::Tick));
    assert!(driven.on(Event::Returned));
}

#[test]
fn hiding_lets_the_answer_come() {
    let mut driven = Driven::new(true);
    assert!(driven.on(Event::Tick));
    assert!(!driven.on(Event::Hidden));
    assert!(!driven.on(Event::Returned), "the request is still under way");
    assert!(!driven.on(Event::Hidden));
    assert!(!driven.on(Event::Succeeded));
    assert!(!driven.poll.in_flight);
}

#[test]
fn being_asked_sends_at_once_or_right_after_the_answer_under_way() {
    for answer in [Event::Succeeded, Event::Failed(None), Event::Halted] {
        let mut driven = Driven::new(true);
        assert!(driven.on(Event::Asked));
        assert!(!driven.after(1, Event::Asked), "one is under way");
        assert!(driven.on(answer), "{answer:?}");
        assert!(!driven.on(Event::Succeeded), "asked once, sent once");
    }
    let mut driven = Driven::new(true);
    assert!(driven.on(Event::Tick));
    assert!(!driven.on(Event::Asked));
    assert!(!driven.on(Event::Failed(Some(Span::from_seconds(30)))), "the server asked for a wait");
    assert!(driven.after(1, Event::Asked), "a person may all the same");
}

#[test]
fn after_failures_it_waits_longer_but_not_sooner_than_the_interval_or_five_seconds() {
    let due_after = |interval: i64, failures: u32, asked: Option<i64>, random: f64| {
        let poll = Poll { failures, in_flight: true, ..Poll::new(Span::from_seconds(interval), true) };
        let now = Timestamp::from_millis(0);
        let (poll, send) = poll.step(Event::Failed(asked.map(Span::from_seconds)), now, random);
        assert!(!send);
        poll.due.unwrap().millis()
    };
    assert_eq!(due_after(15, 0, None, 0.0), 5000);
    assert_eq!(due_after(15, 0, None, 1.0), 5000);
    assert_eq!(due_after(15, 3, None, 1.0), 16_000);
    assert_eq!(due_after(15, 99, None, 1.0), 120_000);
    assert_eq!(due_after(2, 0, None, 0.0), 2000);
    assert_eq!(due_after(15, 0, Some(90), 0.0), 90_000);
    assert_eq!(due_after(15, u32::MAX, Some(9999), 1.0), 600_000);
}

#[test]
fn a_success_forgets_the_failures() {
    let mut driven = Driven::new(true);
    for _ in 0..5 {
        assert!(driven.on(Event::Asked));
        assert!(!driven.on(Event::Failed(None)));
    }
    assert_eq!(driven.poll.failures, 5);
    assert!(driven.on(Event::Asked));
    assert!(!driven.on(Event::Succeeded));
    assert_eq!((driven.poll.failures, driven.poll.due), (0, Some(driven.now.plus(INTERVAL))));
}

#[test]
fn once_halted_only_being_asked_helps() {
    let mut driven = Driven::new(true);
    assert!(driven.on(Event::Tick));
    assert!(!driven.on(Event::Halted));
    for event in [Event::Tick, Event::Hidden, Event::Returned, Event::Tick] {
        assert!(!driven.after(100_000, event));
    }
    assert!(driven.poll.halted());
    driven.on(Event::Hidden);
    assert!(!driven.on(Event::Asked), "not while hidden");
    assert!(driven.on(Event::Returned));
    assert!(!driven.poll.halted());
}

#[test]
fn a_clock_that_was_set_back_does_not_stop_it() {
    let mut driven = Driven::new(true);
    assert!(driven.on(Event::Tick));
    assert!(!driven.on(Event::Succeeded));
    assert!(driven.after(-86_400, Event::Tick));
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Tick),
        2 => Just(Event::Succeeded),
        2 => prop::option::of(any::<i64>()).prop_map(|wait| Event::Failed(wait.map(Span::from_millis))),
        1 => Just(Event::Halted),
        1 => Just(Event::Hidden),
        1 => Just(Event::Returned),
        1 => Just(Event::Asked),
    ]
}

proptest! {
    #[test]
    fn never_two_at_a_time_never_while_hidden_and_always_again(
        steps in prop::collection::vec((events(), -5000_i64..30_000, any::<f64>()), 0..60), visible in any::<bool>(),
    ) {
        let mut poll = Poll::new(INTERVAL, visible);
        let (mut now, mut visible, mut under_way, mut halted) = (0, visible, false, false);
        for (event, passes, random) in steps {
            let is_answer = matches!(event, Event::Succeeded | Event::Failed(_) | Event::Halted);
            if is_answer && !under_way {
                continue;
            }
            now += passes;
            match event {
                Event::Hidden => visible = false,
                Event::Returned => visible = true,
                _ => {}
            }
            under_way &= !is_answer;
            let (next, send) = poll.step(event, Timestamp::from_millis(now), random);
            poll = next;
            prop_assert!(!(send && under_way), "two at a time");
            prop_assert!(!send || visible, "sent while hidden");
            under_way |= send;
            prop_assert_eq!((poll.in_flight, poll.visible), (under_way, visible));
            halted = poll.halted();
        }
        // Given an answer, a look at the page and ten minutes, it sends again; halted, as soon as it is asked.
        let mut sent = false;
        let mut last = |event: Event, passes: i64| {
            now += passes;
            let (next, send) = poll.step(event, Timestamp::from_millis(now), 0.5);
            poll = next;
            sent |= send;
        };
        if under_way {
            last(Event::Succeeded, 1000);
        }
        last(Event::Returned, 0);
        if halted {
            last(Event::Asked, 0);
        }
        last(Event::Tick, 600_000);
        prop_assert!(sent);
    }

    #[test]
    fn no_clock_and_no_interval_does_harm(
        interval in any::<i64>(), steps in prop::collection::vec((events(), any::<i64>(), any::<f64>()), 0..20),
    ) {
        let mut poll = Poll::new(Span::from_millis(interval), true);
        for (event, now, random) in steps {
            (poll, _) = poll.step(event, Timestamp::from_millis(now), random);
        }
    }
}

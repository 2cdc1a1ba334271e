use super::*;
use proptest::prelude::*;

const NOON: Timestamp = Timestamp::from_millis(1_772_000_000_000);

/// Both clocks: milliseconds after noon by the wall clock, and since the page was opened.
fn clocks(wall: i64, monotonic: i64) -> ClockReading {
    ClockReading { wall: Timestamp(NOON.millis() + wall), monotonic: Span::from_millis(monotonic) }
}

fn server(millis: i64) -> Timestamp {
    Timestamp(NOON.millis() + millis)
}

/// Learned from a `Date` header: the API is 600.5 s ahead, plus or minus 0.6 s.
fn ahead() -> ServerClock {
    ServerClock::default().observe(clocks(0, 0), clocks(200, 200), server(600_000), DATE_RESOLUTION)
}

#[test]
fn without_observations_the_wall_clock_is_used() {
    let anchor = ServerClock::default();
    assert_eq!((anchor.now(clocks(7, 3)), anchor.offset(clocks(7, 3))), (server(7), None));
    assert_eq!(anchor.local_clock_error(clocks(7, 3)), None);
}

#[test]
fn date_header_gives_server_time_within_its_resolution_and_round_trip() {
    let anchor = ahead();
    assert_eq!(anchor.offset(clocks(200, 200)), Some((Span::from_millis(600_400), Span::from_millis(600))));
    assert_eq!(anchor.now(clocks(1200, 1200)), server(601_600));
    assert_eq!(anchor.local_clock_error(clocks(200, 200)), Some(Span::from_millis(600_400)));
}

#[test]
fn further_answers_narrow_the_estimate() {
    let narrow = ahead().observe(clocks(5000, 5000), clocks(5040, 5040), server(605_300), STAMP_RESOLUTION);
    assert_eq!(narrow.offset(clocks(5040, 5040)).unwrap().1, Span::from_millis(21));
    // A later, coarser answer does not widen the estimate.
    let still = narrow.observe(clocks(6000, 6000), clocks(8000, 8000), server(607_000), DATE_RESOLUTION);
    assert_eq!(still.offset(clocks(8000, 8000)).unwrap().1, Span::from_millis(21));
}

#[test]
fn contradicting_answer_replaces_the_estimate() {
    let anchor = ahead().observe(clocks(1000, 1000), clocks(1000, 1000), server(1000), DATE_RESOLUTION);
    assert_eq!(anchor.now(clocks(2000, 2000)), server(2000));
}

#[test]
fn wall_clock_within_the_error_is_used_as_is() {
    let anchor = ServerClock::default().observe(clocks(0, 0), clocks(100, 100), server(-300), DATE_RESOLUTION);
    assert_eq!(anchor.now(clocks(50_000, 50_000)), server(50_000));
    assert_eq!(anchor.local_clock_error(clocks(50_000, 50_000)), None);
}

#[test]
fn wall_clock_set_back_does_not_move_the_estimate() {
    let anchor = ahead().tick(clocks(1000, 1000));
    let set = anchor.tick(clocks(-3_599_000, 1000));
    assert!(set.is_uncertain());
    assert_eq!(set.now(clocks(-3_598_000, 2000)), ahead().now(clocks(2000, 2000)));
    let sure = set.observe(clocks(-3_598_000, 2000), clocks(-3_598_000, 2000), server(602_300), STAMP_RESOLUTION);
    assert!(!sure.is_uncertain());
    assert_eq!(sure.local_clock_error(clocks(-3_598_000, 2000)).unwrap().millis() / 1000, 4200);
}

#[test]
fn sleep_is_measured_whether_or_not_the_monotonic_clock_slept() {
    let hour = 3_600_000;
    let expected = ahead().now(clocks(1000, 1000)).plus(Span::from_hours(1));
    let off = |now: Timestamp| now.since(expected).millis().abs();
    assert!(off(ahead().tick(clocks(1000, 1000)).now(clocks(1000 + hour, 1000))) <= 1);
    let awake = ahead().tick(clocks(1000, 1000));
    assert!(off(awake.now(clocks(1000 + hour, 1000 + hour))) <= 1);
    assert!(!awake.tick(clocks(1000 + hour, 1000 + hour)).is_uncertain());
    assert!(awake.tick(clocks(1000 + hour, 1000)).is_uncertain());
}

#[test]
fn answer_during_a_clock_jump_is_ignored() {
    assert_eq!(ahead().observe(clocks(0, 1000), clocks(90_000, 1100), server(0), DATE_RESOLUTION), ahead());
    assert_eq!(ahead().observe(clocks(0, 1000), clocks(0, 999), server(0), DATE_RESOLUTION), ahead());
}

proptest! {
    #[test]
    fn server_time_lies_within_the_reported_error(
        ahead_by in -7_200_000_i64..7_200_000,
        steps in prop::collection::vec((0_i64..60_000, 0_i64..3000, 0_i64..3000, any::<bool>(), -100_000_i64..100_000, 0_u8..8), 1..30),
    ) {
        let mut anchor = ServerClock::default();
        // The true time, and the offsets of the wall clock and the monotonic clock from it.
        let (mut now, mut wall, mut monotonic) = (0, -ahead_by, 0);
        let both = |now: i64, wall: i64, monotonic: i64| clocks(now + wall, now + monotonic);
        for (wait, there, back, fine, jump, what) in steps {
            now += wait;
            anchor = anchor.tick(both(now, wall, monotonic));
            match what {
                // The wall clock was set, or the monotonic clock slept.
                0 => wall += jump,
                1 => {
                    now += jump.abs();
                    monotonic -= jump.abs();
                }
                _ => {}
            }
            anchor = anchor.tick(both(now, wall, monotonic));
            if what == 1 && anchor.estimate.is_some() && jump.abs() > 2 * JUMP {
                prop_assert!(anchor.is_uncertain());
            }
            let asked = both(now, wall, monotonic);
            let stamp = now + there;
            now = stamp + back;
            let (stamp, resolution) = if fine { (stamp, STAMP_RESOLUTION) } else { (stamp.div_euclid(1000) * 1000, DATE_RESOLUTION) };
            let received = both(now, wall, monotonic);
            anchor = anchor.observe(asked, received, server(stamp), resolution);
            let (offset, error) = anchor.offset(received).unwrap();
            let true_offset = -wall;
            prop_assert!((offset.millis() - true_offset).abs() <= error.millis() + 1, "{offset:?} {error:?} {true_offset}");
            prop_assert!((anchor.now(received).since(server(now))).millis().abs() <= 2 * error.millis() + 1);
            if let Some(said) = anchor.local_clock_error(received) {
                prop_assert!(true_offset.abs() > 4990 && said.millis().signum() == true_offset.signum());
            }
        }
    }

    #[test]
    fn any_clock_readings_are_accepted(times in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>()), 0..10)) {
        let mut anchor = ServerClock::default();
        for (wall, monotonic, stamp, resolution) in times {
            let clocks = ClockReading { wall: Timestamp(wall), monotonic: Span::from_millis(monotonic) };
            anchor = anchor.tick(clocks).observe(clocks, clocks, Timestamp(stamp), Span::from_millis(resolution));
            let _ = (anchor.now(clocks), anchor.offset(clocks), anchor.local_clock_error(clocks));
        }
    }
}

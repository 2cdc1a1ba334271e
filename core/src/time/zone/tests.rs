use super::*;
use crate::time::Span;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn shown(text: &str) -> NaiveDateTime {
    naive(at(&[text, ":00Z"].concat()).millis())
}

/// Central Europe in 2026.
fn berlin(instant: Timestamp) -> i32 {
    let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
    if summer.contains(&instant) { 7200 } else { 3600 }
}

/// Lord Howe Island, whose daylight-saving time shifts by half an hour.
fn lord_howe(instant: Timestamp) -> i32 {
    let winter = at("2026-04-04T15:00:00Z")..at("2026-10-03T15:30:00Z");
    if winter.contains(&instant) { 37_800 } else { 39_600 }
}

/// Samoa skipped 2011-12-30.
fn apia(instant: Timestamp) -> i32 {
    if instant < at("2011-12-30T10:00:00Z") { -36_000 } else { 50_400 }
}

#[test]
fn resolves_a_local_time_to_instants() {
    let once = |text: &str| Resolved::Once(at(text));
    let twice = |earlier: &str, later: &str| Resolved::Twice { earlier: at(earlier), later: at(later) };
    let never = |before: &str, after: &str| Resolved::Never { before: at(before), after: at(after) };
    let cases: [(Offset<'_>, &str, Resolved); 14] = [
        (&|_| 0, "2026-03-29T02:30", once("2026-03-29T02:30:00Z")),
        (&|_| -16_200, "2026-03-29T02:30", once("2026-03-29T07:00:00Z")),
        (&berlin, "2026-03-29T01:59", once("2026-03-29T00:59:00Z")),
        (&berlin, "2026-03-29T02:00", never("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z")),
        (&berlin, "2026-03-29T02:59", never("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z")),
        (&berlin, "2026-03-29T03:00", once("2026-03-29T01:00:00Z")),
        (&berlin, "2026-10-25T01:59", once("2026-10-24T23:59:00Z")),
        (&berlin, "2026-10-25T02:00", twice("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")),
        (&berlin, "2026-10-25T02:59", twice("2026-10-25T00:59:00Z", "2026-10-25T01:59:00Z")),
        (&berlin, "2026-10-25T03:00", once("2026-10-25T02:00:00Z")),
        (&lord_howe, "2026-04-05T01:45", twice("2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z")),
        (&lord_howe, "2026-10-04T02:15", never("2026-10-03T15:29:00Z", "2026-10-03T15:30:00Z")),
        (&apia, "2011-12-30T12:00", never("2011-12-30T09:59:00Z", "2011-12-30T10:00:00Z")),
        (&apia, "2011-12-31T00:00", once("2011-12-30T10:00:00Z")),
    ];
    for (zone, text, resolved) in cases {
        assert_eq!(resolve(shown(text), zone), resolved, "{text}");
    }
}

/// An hour ahead of UTC, except for half a day with two hours.
fn half_a_day(instant: Timestamp) -> i32 {
    let ahead = at("2026-06-01T06:00:00Z")..at("2026-06-01T18:00:00Z");
    if ahead.contains(&instant) { 7200 } else { 3600 }
}

#[test]
fn offset_that_lasts_half_a_day_is_found() {
    let once = |text: &str| Resolved::Once(at(text));
    assert_eq!(resolve(shown("2026-06-01T14:00"), &half_a_day), once("2026-06-01T12:00:00Z"));
    assert_eq!(resolve(shown("2026-06-01T06:59"), &half_a_day), once("2026-06-01T05:59:00Z"));
    let never = Resolved::Never { before: at("2026-06-01T05:59:00Z"), after: at("2026-06-01T06:00:00Z") };
    assert_eq!(resolve(shown("2026-06-01T07:30"), &half_a_day), never);
    let twice = Resolved::Twice { earlier: at("2026-06-01T17:30:00Z"), later: at("2026-06-01T18:30:00Z") };
    assert_eq!(resolve(shown("2026-06-01T19:30"), &half_a_day), twice);
}

#[test]
fn converts_an_instant_to_local_time() {
    assert_eq!(local(at("2026-03-29T00:59:00Z"), &berlin), shown("2026-03-29T01:59"));
    assert_eq!(local(at("2026-03-29T01:00:00Z"), &berlin), shown("2026-03-29T03:00"));
}

#[test]
fn extreme_instants_and_impossible_zones_are_accepted() {
    for date in [NaiveDateTime::MIN, NaiveDateTime::MAX, shown("2026-03-29T02:30")] {
        let zones: [Offset<'_>; 5] =
            [&|_| 0, &|_| i32::MAX, &|_| i32::MIN, &|instant| instant.millis() as i32, &|instant| {
                if instant.millis() % 2 == 0 { i32::MAX } else { i32::MIN }
            }];
        for zone in zones {
            let _ = resolve(date, zone);
            let _ = local(Timestamp::from_millis(i64::MAX), zone);
            let _ = local(Timestamp::from_millis(i64::MIN), zone);
        }
    }
}

const DAY: i64 = 86_400_000;

/// A zone with changes at whole minutes, days apart, between real offsets.
fn zones() -> impl Strategy<Value = Vec<(i64, i32)>> {
    let change = (3 * 1440_i64..400 * 1440, -48_i32..=56);
    prop::collection::vec(change, 0..6).prop_map(|changes| {
        let mut at = 1_600_000_000_000;
        let mut zone = vec![(i64::MIN, 3600)];
        for (minutes, quarters) in changes {
            at += minutes * 60_000;
            zone.push((at, quarters * 900));
        }
        zone
    })
}

fn offset_in(zone: &[(i64, i32)], instant: Timestamp) -> i32 {
    zone.iter().rev().find(|(from, _)| *from <= instant.millis()).map_or(0, |(_, offset)| *offset)
}

proptest! {
    #[test]
    fn local_time_round_trips_to_its_instant(
        zone in zones(), change in 0_usize..6, near in -2 * DAY..2 * DAY,
    ) {
        let zone_offset = |instant| offset_in(&zone, instant);
        let base = zone.get(change).map_or(1_700_000_000_000, |(at, _)| (*at).max(1_600_000_000_000));
        let instant = Timestamp::from_millis(base + near);
        let found = match resolve(local(instant, &zone_offset), &zone_offset) {
            Resolved::Once(once) => once == instant,
            Resolved::Twice { earlier, later } => earlier < later && (earlier == instant || later == instant),
            Resolved::Never { .. } => false,
        };
        prop_assert!(found);
    }

    #[test]
    fn resolved_instants_show_or_bracket_the_local_time(
        zone in zones(), change in 0_usize..6, near in -2 * DAY..2 * DAY,
    ) {
        let zone_offset = |instant| offset_in(&zone, instant);
        let base = zone.get(change).map_or(1_700_000_000_000, |(at, _)| (*at).max(1_600_000_000_000));
        let wanted = naive(base + near);
        match resolve(wanted, &zone_offset) {
            Resolved::Once(once) => prop_assert_eq!(local(once, &zone_offset), wanted),
            Resolved::Twice { earlier, later } => {
                prop_assert_eq!(local(earlier, &zone_offset), wanted);
                prop_assert_eq!(local(later, &zone_offset), wanted);
            }
            Resolved::Never { before, after } => {
                prop_assert!(local(before, &zone_offset) < wanted);
                prop_assert!(local(after, &zone_offset) > wanted);
                let last = after.plus(Span::from_millis(-1));
                prop_assert!(local(last, &zone_offset) < wanted, "`after` is the first instant after the jump");
                prop_assert!(last.since(before) < Span::from_minutes(1), "`before` is the last whole minute");
                prop_assert_eq!(before.millis().rem_euclid(60_000), 0);
            }
        }
    }
}

#[test]
fn a_day_later_it_is_the_same_time_of_day() {
    for (instant, later) in [
        ("2026-05-03T07:00:00Z", "2026-05-04T07:00:00Z"),
        // Days of 23 and of 25 hours.
        ("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"),
        ("2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z"),
        // 02:30, which the clock skips, and which it shows twice.
        ("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z"),
        ("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z"),
    ] {
        assert_eq!(day_later(at(instant), &berlin), at(later), "{instant}");
    }
}

use super::*;
use crate::time::Span;
use proptest::prelude::*;
use serde_json::json;

fn now() -> Timestamp {
    Timestamp::parse("2026-05-02T14:05:10Z").unwrap()
}

/// A page of runs created at these minutes; live ones have no window.
fn page(number: u32, total: u32, created: &[i64], live: bool) -> Page {
    let [start, end] = [-2, -1].map(|hours| (!live).then(|| now().plus(Span::from_hours(hours)).to_iso()));
    let one = |minute: &i64| {
        let created = Timestamp::from_millis(minute * 60_000).to_iso();
        let value =
            json!({ "id": format!("{number}-{minute}"), "created_at": created, "start_at": start, "end_at": end });
        Run::read_body(&value.to_string()).unwrap()
    };
    Page {
        runs: created.iter().map(one).collect(),
        page: Some(number),
        page_size: Some(2),
        total_pages: Some(total),
        ..Page::default()
    }
}

#[test]
fn new_runs_are_expected_on_the_first_or_last_page_or_both_when_unsure() {
    let read = |pages: [&[i64]; 3]| {
        let mut rota = RefreshSchedule::new(3, Some(2), now());
        for (number, created) in (1..).zip(pages) {
            assert!(rota.record(number, &page(number, 3, created, false), now(), now()));
        }
        rota.new_run_pages()
    };
    assert_eq!(read([&[1, 2], &[3, 4], &[5]]), [3]);
    assert_eq!(read([&[5, 4], &[3, 2], &[1]]), [1]);
    assert_eq!(read([&[1, 1], &[1, 1], &[1]]), [1, 3]);
}

#[test]
fn page_after_the_last_is_read_too() {
    let mut rota = RefreshSchedule::new(3, Some(2), now());
    let last = page(3, 4, &[5, 6], false);
    rota.record(3, &last, now(), now());
    assert_eq!(rota.page_after(3, &last), Some(4));
    rota.record(4, &page(4, 4, &[7], true), now(), now());
    assert_eq!((rota.pages(), rota.page_after(4, &page(4, 4, &[7], true))), (4, None));
    assert_eq!(rota.page_after(2, &page(2, 4, &[7], true)), None, "it is not the last");
}

#[test]
fn page_of_another_size_is_rejected() {
    let mut rota = RefreshSchedule::new(3, Some(2), now());
    assert!(!rota.record(1, &Page { page_size: Some(5), ..page(1, 3, &[1], false) }, now(), now()));
    assert!(!rota.record(2, &page(1, 3, &[1], false), now(), now()));
}

#[test]
fn schedule_is_as_old_as_its_oldest_page() {
    let later = |seconds| now().plus(Span::from_seconds(seconds));
    let mut rota = RefreshSchedule::new(2, Some(2), now());
    rota.record(2, &page(2, 2, &[1], false), later(30), later(31));
    assert_eq!(rota.oldest_read_at(), Some(now()));
    rota.record(1, &page(1, 2, &[1], false), later(60), later(61));
    assert_eq!(rota.oldest_read_at(), Some(later(30)));
}

proptest! {
    #[test]
    fn every_page_gets_its_turn_and_live_pages_more_often(
        count in 1_u32..60, live in prop::collection::btree_set(1_u32..60, 0..8),
    ) {
        let live: Vec<u32> = live.into_iter().filter(|page| *page <= count).collect();
        let mut rota = RefreshSchedule::new(count, Some(2), now());
        for number in 1..=count {
            rota.record(number, &page(number, count, &[1], live.contains(&number)), now(), now());
        }
        let mut read = vec![0; count as usize + 1];
        let turns = count;
        for _ in 0..turns {
            let slice = rota.next_batch();
            prop_assert!(slice.len() <= BATCH_SIZE as usize && !slice.is_empty());
            for page in slice {
                read[page as usize] += 1;
            }
        }
        prop_assert!(read[1..].iter().all(|times| *times > 0), "{read:?}");
        let rounds = |page: &u32| read[*page as usize] >= turns as usize * 2 / live.len().max(2);
        prop_assert!(live.iter().all(rounds) || count <= BATCH_SIZE, "{read:?} {live:?}");
    }
}

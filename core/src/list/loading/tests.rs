use super::requests::CONCURRENT_REQUESTS;
use super::*;
use crate::run::Run;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// A server with its own rules for page sizes.
#[derive(Clone, Debug)]
struct Server {
    runs: Vec<u32>,
    /// Its default page size, and its largest.
    size: u32,
    largest: u32,
    /// Whether it refuses larger pages rather than capping them.
    refuses: bool,
    names_size: bool,
    counts: bool,
}

impl Server {
    fn answer(&self, request: PageRequest) -> Option<Page> {
        let size = request.page_size.unwrap_or(self.size);
        if size > self.largest && self.refuses {
            return None;
        }
        let size = size.min(self.largest);
        let number = if request.without_query { 1 } else { request.page };
        let from = (number - 1) as usize * size as usize;
        let runs = self.runs.iter().skip(from).take(size as usize);
        Some(Page {
            runs: runs.map(|id| Run::read_body(&json!({ "id": id }).to_string()).unwrap()).collect(),
            page: Some(number),
            page_size: self.names_size.then_some(size),
            total_items: self.counts.then_some(self.runs.len() as u64),
            total_pages: Some(u32::try_from(self.runs.len()).unwrap().div_ceil(size)),
            ..Page::default()
        })
    }
}

fn server(count: u32, size: u32, largest: u32) -> Server {
    Server { runs: (0..count).collect(), size, largest, refuses: false, names_size: true, counts: true }
}

/// Loads the whole list; `answer` may alter or fail the server's answers. Returns the loader and the requests.
fn read(
    server: &mut Server,
    answer: impl FnMut(&mut Server, PageRequest, usize) -> Option<Page>,
    pick: impl FnMut(usize) -> usize,
) -> (ListLoader, Vec<PageRequest>) {
    read_from(ListLoader::start(), server, answer, pick)
}

fn read_from(
    (mut loader, first): (ListLoader, PageRequest),
    server: &mut Server,
    mut answer: impl FnMut(&mut Server, PageRequest, usize) -> Option<Page>,
    mut pick: impl FnMut(usize) -> usize,
) -> (ListLoader, Vec<PageRequest>) {
    let (mut in_flight, mut asked) = (vec![first], vec![first]);
    while !in_flight.is_empty() {
        assert!(!loader.is_finished() && in_flight.len() <= CONCURRENT_REQUESTS, "{in_flight:?}");
        assert!(asked.len() < 2_000, "it ends");
        let request = in_flight.swap_remove(pick(in_flight.len()) % in_flight.len());
        let next = match answer(server, request, asked.len()) {
            Some(page) => loader.page_received(request, &page),
            None if loader.awaits_first_page() => {
                loader.page_failed(request, None, true, 0.5);
                break;
            }
            None => loader.page_failed(request, None, false, 0.5),
        };
        asked.extend(&next);
        in_flight.extend(next);
    }
    assert!(loader.is_finished());
    (loader, asked)
}

fn plainly(server: &mut Server) -> (ListLoader, Vec<(u32, Option<u32>)>) {
    let (loader, asked) = read(server, |server, request, _| server.answer(request), |_| 0);
    (loader, asked.iter().map(|request| (request.page, request.page_size)).collect())
}

#[test]
fn never_more_runs_are_read_than_there_are() {
    let (mut loader, first) = ListLoader::start();
    let page = |from: u32, count: u32, total: u64| {
        let runs = (from..from + count).map(|id| Run::read_body(&json!({ "id": id }).to_string()).unwrap());
        Page {
            runs: runs.collect(),
            page: Some(1 + from / 200),
            page_size: Some(200),
            total_items: Some(total),
            ..Page::default()
        }
    };
    let next = loader.page_received(first, &page(0, 200, 400));
    assert_eq!(loader.progress(), (200, Some(400)));
    let request = PageRequest { page: 2, ..next[0] };
    loader.page_received(request, &page(200, 200, 399));
    assert_eq!(loader.progress(), (400, None), "one of them is gone");
}

#[test]
fn first_request_has_no_query_and_a_single_page_is_complete() {
    let (loader, asked) = plainly(&mut server(3, 100, 1000));
    assert_eq!(asked, [(1, None)]);
    assert!(loader.is_complete() && loader.seen_ids().len() == 3);
}

#[test]
fn short_list_is_read_in_the_servers_own_page_size() {
    let (loader, asked) = plainly(&mut server(250, 60, 60));
    assert_eq!(asked, [(1, None), (2, Some(60)), (3, Some(60)), (4, Some(60)), (5, Some(60))]);
    assert!(loader.is_complete() && loader.seen_ids().len() == 250);
}

#[test]
fn long_list_tries_large_pages_and_uses_them() {
    let (loader, asked) = plainly(&mut server(1000, 100, 1000));
    assert_eq!(asked, [(1, None), (1, Some(1000))]);
    assert!(loader.is_complete());
    let (loader, asked) = plainly(&mut server(3500, 100, 1000));
    assert_eq!(asked, [(1, None), (2, Some(1000)), (1, Some(1000)), (3, Some(1000)), (4, Some(1000))]);
    assert!(loader.is_complete() && loader.seen_ids().len() == 3500);
    assert_eq!((loader.page_size(), loader.pages()), (Some(1000), 4));
}

#[test]
fn refused_or_capped_large_pages_fall_back_to_the_servers_size() {
    let (loader, asked) = plainly(&mut server(3500, 100, 500));
    assert_eq!((asked[1], asked.len()), ((2, Some(1000)), 8));
    assert!(loader.is_complete() && loader.seen_ids().len() == 3500);
    let (loader, asked) = plainly(&mut server(1200, 100, 100));
    assert_eq!((asked[1], asked[2], asked.len()), ((2, Some(1000)), (3, Some(100)), 12));
    assert!(loader.is_complete() && loader.seen_ids().len() == 1200);
    let (loader, asked) = plainly(&mut Server { refuses: true, ..server(1200, 100, 100) });
    assert_eq!((asked[1], asked[2], asked.len()), ((2, Some(1000)), (2, Some(100)), 13));
    assert!(loader.is_complete() && loader.seen_ids().len() == 1200);
}

#[test]
fn failed_page_is_retried_twice_then_reported_missing() {
    let failing = |server: &mut Server, request: PageRequest, _| server.answer(request).filter(|_| request.page != 4);
    let (loader, asked) = read(&mut server(5000, 1000, 1000), failing, |_| 0);
    assert_eq!(asked.iter().filter(|request| request.page == 4).count(), 3);
    assert!(asked.iter().filter(|request| request.page == 4).skip(1).all(|request| request.delay > Span::default()));
    assert_eq!((loader.missing_pages(), loader.seen_ids().len(), loader.is_complete()), (&[4][..], 4000, false));
}

#[test]
fn loading_gives_up_when_the_server_is_down() {
    let failing = |server: &mut Server, request: PageRequest, _| server.answer(request).filter(|_| request.page < 3);
    let (loader, asked) = read(&mut server(90_000, 1000, 1000), failing, |_| 0);
    assert!(asked.len() < 25, "{}", asked.len());
    assert!(!loader.is_complete() && loader.missing_pages().len() >= 3);
}

#[test]
fn loading_stops_when_signed_out() {
    let (mut loader, first) = ListLoader::start();
    let server = server(5000, 1000, 1000);
    let next = loader.page_received(first, &server.answer(first).unwrap());
    assert_eq!(loader.page_failed(next[0], None, true, 0.5), []);
    assert!(loader.is_finished() && !loader.is_complete());
}

#[test]
fn server_that_ignores_the_page_number_is_asked_only_once_more() {
    let same = |server: &mut Server, request: PageRequest, _| {
        server.answer(PageRequest { page: 1, page_size: None, ..request })
    };
    let (loader, asked) = read(&mut server(250, 100, 100), same, |_| 0);
    assert_eq!((asked.len(), loader.is_complete()), (2, false));
}

/// Loads from a server that is known to grant large pages.
fn again(server: &mut Server) -> (ListLoader, Vec<(u32, Option<u32>)>) {
    let (loader, asked) =
        read_from(ListLoader::start_with_large_pages(), server, |server, request, _| server.answer(request), |_| 0);
    (loader, asked.iter().map(|request| (request.page, request.page_size)).collect())
}

#[test]
fn known_large_pages_are_requested_at_once() {
    let (loader, asked) = again(&mut server(1000, 100, 1000));
    assert_eq!(asked, [(1, Some(1000))]);
    assert!(loader.is_complete() && loader.has_every_run() && loader.seen_ids().len() == 1000);
    let (loader, asked) = again(&mut server(2500, 100, 1000));
    assert_eq!(asked, [(1, Some(1000)), (2, Some(1000)), (3, Some(1000))]);
    assert!(loader.is_complete() && loader.seen_ids().len() == 2500);
    assert_eq!((loader.page_size(), loader.pages()), (Some(1000), 3));
}

#[test]
fn large_pages_no_longer_supported_cost_one_extra_request() {
    let (loader, asked) = again(&mut server(250, 100, 100));
    assert_eq!(asked, [(1, Some(1000)), (1, None), (2, Some(100)), (3, Some(100))]);
    assert!(loader.is_complete() && loader.has_every_run() && loader.seen_ids().len() == 250);
    let (loader, asked) = again(&mut Server { names_size: false, ..server(1200, 100, 100) });
    assert_eq!((asked[1], asked.len()), ((1, None), 13));
    assert!(loader.is_complete() && loader.seen_ids().len() == 1200);
}

#[test]
fn failure_of_the_first_page_fails_the_load() {
    for (mut loader, first) in [ListLoader::start(), ListLoader::start_with_large_pages()] {
        assert!(loader.awaits_first_page());
        assert_eq!(loader.page_failed(first, None, false, 0.5), []);
        assert!(loader.is_finished() && !loader.is_complete() && loader.seen_ids().is_empty());
    }
}

#[test]
fn single_page_with_fewer_runs_than_counted_is_incomplete() {
    let short = |(mut loader, first): (ListLoader, PageRequest)| {
        let page = server(100, 100, 1000).answer(PageRequest { page: 1, ..first }).unwrap();
        let next = loader.page_received(first, &Page { total_items: Some(400), page_size: first.page_size, ..page });
        (next.len(), loader.is_complete(), loader.has_every_run())
    };
    assert_eq!(short(ListLoader::start()), (0, false, false));
    assert_eq!(short(ListLoader::start_with_large_pages()), (0, false, false));
}

#[test]
fn cancelled_load_is_finished_but_incomplete() {
    let (mut loader, first) = ListLoader::start();
    let server = server(5000, 1000, 1000);
    loader.page_received(first, &server.answer(first).unwrap());
    loader.cancel();
    assert!(loader.is_finished() && loader.was_cancelled() && !loader.is_complete());
}

fn begun(again: bool) -> (ListLoader, PageRequest) {
    if again { ListLoader::start_with_large_pages() } else { ListLoader::start() }
}

/// A page of a server that may contradict itself.
fn any_page() -> impl Strategy<Value = Page> {
    let number = || prop::option::of(prop_oneof![0_u32..6, any::<u32>()]);
    let runs = prop::collection::vec(0_u32..40, 0..4);
    (runs, 0_usize..3, number(), number(), number(), prop::option::of(any::<u64>())).prop_map(
        |(runs, unreadable, page, page_size, total_pages, total_items)| Page {
            runs: runs.iter().filter_map(|id| Run::read_body(&json!({"id": id}).to_string())).collect(),
            unreadable,
            page,
            page_size,
            total_items,
            total_pages,
        },
    )
}

proptest! {
    #[test]
    fn loading_ends_whatever_the_server_answers(answers in prop::collection::vec(any_page(), 1..40), again in any::<bool>()) {
        let (mut loader, first) = begun(again);
        let mut pending = vec![first];
        let mut asked = 0_usize;
        while let Some(request) = pending.pop() {
            let answer = &answers[asked % answers.len()];
            asked += 1;
            // Each new run can lead to one more page, and a run is new once: there are 40.
            prop_assert!(asked < 500, "asks on and on");
            pending.extend(loader.page_received(request, answer));
        }
        prop_assert!(loader.is_finished());
    }

    #[test]
    fn no_run_is_lost_for_any_page_size_and_answer_order(
        count in 0_u32..400, size in 1_u32..60, more in 0_u32..60, refuses in any::<bool>(), names_size in any::<bool>(),
        picks in prop::collection::vec(any::<usize>(), 1..20), again in any::<bool>(),
    ) {
        // A server that refuses large pages is not known to grant them.
        let mut server = Server { refuses: refuses && !again, names_size, ..server(count, size, size + more) };
        let (loader, asked) = read_from(begun(again), &mut server, |server, request, _| server.answer(request), |n| picks[n % picks.len()]);
        prop_assert!(loader.is_complete() && loader.has_every_run());
        prop_assert_eq!(loader.seen_ids().len(), count as usize);
        let different: BTreeSet<_> = asked.iter().map(|request| (request.page, request.page_size)).collect();
        prop_assert_eq!(different.len(), asked.len(), "no page is asked for twice");
    }

    #[test]
    fn every_lost_page_is_reported(
        count in 0_u32..300, size in 1_u32..40, fails in prop::collection::vec(prop::bool::weighted(0.2), 1..40),
        picks in prop::collection::vec(any::<usize>(), 1..20), again in any::<bool>(),
    ) {
        let mut server = server(count, size, 1000);
        let answer = |server: &mut Server, request: PageRequest, so_far: usize| {
            server.answer(request).filter(|_| !fails[so_far % fails.len()])
        };
        let (loader, asked) = read_from(begun(again), &mut server, answer, |n| picks[n % picks.len()]);
        prop_assert!(loader.seen_ids().len() == count as usize || !loader.is_complete());
        prop_assert!(asked.len() <= 3 * count.div_ceil(size) as usize + 6);
    }

    #[test]
    fn runs_added_or_removed_during_the_load_never_hide_others_silently(
        count in 2_u32..200, size in 1_u32..20, going in any::<bool>(), newest_first in any::<bool>(),
        changes in prop::collection::vec((1_usize..40, any::<prop::sample::Index>()), 0..4),
        picks in prop::collection::vec(any::<usize>(), 1..20), again in any::<bool>(),
    ) {
        let mut server = server(count, size, size);
        let mut new = 10_000;
        let answer = |server: &mut Server, request: PageRequest, so_far: usize| {
            for (_, at) in changes.iter().filter(|(when, _)| *when == so_far) {
                if going && !server.runs.is_empty() {
                    server.runs.remove(at.index(server.runs.len()));
                } else if !going {
                    new += 1;
                    let place = if newest_first { 0 } else { server.runs.len() };
                    server.runs.insert(place, new);
                }
            }
            server.answer(request)
        };
        let (loader, _) = read_from(begun(again), &mut server, answer, |n| picks[n % picks.len()]);
        let stayed = server.runs.iter().filter(|id| **id < 10_000);
        let all = stayed.clone().all(|id| loader.seen_ids().contains(&id.to_string()));
        prop_assert!(all || !loader.has_every_run(), "{} of {}", loader.seen_ids().len(), server.runs.len());
    }
}

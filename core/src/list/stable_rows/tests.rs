use super::*;
use proptest::prelude::*;

fn ids(text: &str) -> Arc<Vec<RunId>> {
    Arc::new(text.split_whitespace().map(RunId::new).collect())
}

fn rows(shown: &str) -> StableRows {
    let mut rows = StableRows::default();
    rows.show_all(&ids(shown));
    rows
}

fn drawn(rows: &StableRows) -> String {
    rows.shown().iter().map(RunId::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn new_rows_are_counted_until_the_person_asks_for_them() {
    let mut list = rows("c b a");
    assert!(!list.update(&ids("f e d c b a"), &[], Keep::Nothing), "nothing moves");
    assert_eq!((drawn(&list).as_str(), list.pending()), ("c b a", 3));
    assert!(list.show_all(&ids("f e d c b a")));
    assert_eq!((drawn(&list).as_str(), list.pending()), ("f e d c b a", 0));
}

#[test]
fn removed_row_disappears_at_once() {
    let mut list = rows("c b a");
    list.update(&ids("d c a"), &[], Keep::Places);
    assert_eq!((drawn(&list).as_str(), list.pending()), ("c a", 1));
    list.update(&ids("c a"), &[], Keep::Places);
    assert_eq!(list.pending(), 0, "the one that waited is gone too");
}

#[test]
fn order_stays_put_while_held_and_follows_otherwise() {
    let mut list = rows("c b a");
    assert!(!list.update(&ids("a c b"), &[], Keep::Places));
    assert_eq!(drawn(&list), "c b a");
    assert!(list.update(&ids("a c b"), &[], Keep::Nothing));
    assert_eq!(drawn(&list), "a c b");
}

#[test]
fn rows_under_the_pointer_stay_while_they_exist() {
    let mut list = rows("d c b a");
    let exists = |id: &RunId| id.as_str() != "b";
    assert!(list.update(&ids("e a d"), &[], Keep::Rows(&exists)));
    assert_eq!((drawn(&list).as_str(), list.pending(), list.has_unlisted()), ("d c a", 1, true));
    list.update(&ids("e a d"), &[], Keep::Nothing);
    assert_eq!((drawn(&list).as_str(), list.pending(), list.has_unlisted()), ("a d", 1, false));
}

#[test]
fn own_new_run_appears_in_its_place_at_once() {
    for (keep, expected) in [(Keep::Places, "c x b a"), (Keep::Nothing, "a c x b")] {
        let mut list = rows("c b a");
        list.update(&ids("y a c x b"), &ids("x"), keep);
        assert_eq!((drawn(&list).as_str(), list.pending()), (expected, 1));
    }
    let mut list = rows("b a");
    list.update(&ids("x b a"), &ids("x"), Keep::Places);
    assert_eq!(drawn(&list), "x b a");
}

#[test]
fn unchanged_list_changes_nothing() {
    let mut list = rows("c b a");
    assert!(!list.update(&ids("c b a"), &[], Keep::Nothing) && !list.show_all(&ids("c b a")));
    list.update(&ids("d c b a"), &[], Keep::Nothing);
    assert!(!list.update(&ids("d c b a"), &[], Keep::Nothing));
    assert_eq!(list.pending(), 1);
}

proptest! {
    #[test]
    fn shown_and_pending_rows_always_make_the_whole_list(
        before in Just((0..12).collect::<Vec<u8>>()).prop_shuffle(), kept in prop::collection::vec(any::<bool>(), 12),
        fresh in Just((0..12).collect::<Vec<u8>>()).prop_shuffle(), there in prop::collection::vec(any::<bool>(), 12),
        own in prop::option::of(0_u8..12), held in any::<bool>(),
    ) {
        let named = |numbers: &[u8]| Arc::new(numbers.iter().map(|n| RunId::new(&n.to_string())).collect::<Vec<_>>());
        let before: Vec<u8> = before.into_iter().filter(|n| kept[usize::from(*n)]).collect();
        let fresh: Vec<u8> = fresh.into_iter().filter(|n| there[usize::from(*n)]).collect();
        let own: Vec<u8> = own.into_iter().collect();
        let mut rows = StableRows::default();
        rows.show_all(&named(&before));
        let was = Arc::clone(rows.shown());
        let changed = rows.update(&named(&fresh), &named(&own), if held { Keep::Places } else { Keep::Nothing });
        prop_assert_eq!(changed, *rows.shown() != was);
        let mut expected: Vec<u8> = fresh.iter().copied().filter(|n| before.contains(n) || own.contains(n)).collect();
        prop_assert_eq!(rows.pending(), fresh.len() - expected.len());
        if held {
            let old: Vec<RunId> = rows.shown().iter().filter(|id| was.contains(id)).cloned().collect();
            let stood: Vec<RunId> = was.iter().filter(|id| rows.shown().contains(id)).cloned().collect();
            prop_assert_eq!(old, stood);
            let mut shown: Vec<u8> = rows.shown().iter().map(|id| id.as_str().parse().unwrap()).collect();
            shown.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(shown, expected);
        } else {
            prop_assert_eq!(rows.shown(), &named(&expected));
        }
    }
}

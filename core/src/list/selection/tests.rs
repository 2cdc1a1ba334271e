use super::Selection;
use crate::run::RunId;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn ids(words: &str) -> Vec<RunId> {
    words.chars().map(|c| RunId::new(&c.to_string())).collect()
}

fn words(selection: &Selection) -> String {
    selection.ids().iter().map(RunId::as_str).collect()
}

#[test]
fn toggling_selects_and_deselects_a_run() {
    let mut selection = Selection::default();
    let b = RunId::new("b");
    selection.toggle(&b);
    assert!(selection.contains(&b) && !selection.contains(&RunId::new("a")));
    selection.toggle(&b);
    assert!(!selection.contains(&b) && selection.ids().is_empty());
}

#[test]
fn range_covers_the_listed_runs_between_both_ends() {
    let listed = ids("abcdef");
    let mut selection = Selection::default();
    selection.toggle(&RunId::new("d"));
    selection.extend(&listed, &RunId::new("b"));
    assert_eq!(words(&selection), "dbc");
    // The whole range takes the new state of the clicked run.
    selection.extend(&listed, &RunId::new("c"));
    assert_eq!(words(&selection), "d");
}

#[test]
fn range_from_an_unlisted_run_selects_only_the_target() {
    let mut selection = Selection::default();
    selection.toggle(&RunId::new("z"));
    selection.extend(&ids("abc"), &RunId::new("c"));
    assert_eq!(words(&selection), "zc");
}

#[test]
fn filtered_out_runs_stay_selected_and_are_counted() {
    let mut selection = Selection::default();
    selection.add(&ids("abc"));
    assert_eq!(selection.hidden_count(&ids("cdef")), 2);
    assert_eq!(selection.hidden_count(&ids("abcdef")), 0);
    assert_eq!(words(&selection), "abc");
}

#[test]
fn removed_runs_are_deselected() {
    let mut selection = Selection::default();
    selection.add(&ids("abc"));
    assert!(selection.retain(&|id| id.as_str() != "b"));
    assert!(!selection.retain(&|_| true));
    assert_eq!(words(&selection), "ac");
    assert!(!selection.contains(&RunId::new("b")));
}

#[derive(Clone, Debug)]
enum Hand {
    Toggle(u8),
    Extend(u8, Vec<u8>),
    Add(Vec<u8>),
    Keep(Vec<u8>),
    Clear,
}

fn hand() -> impl Strategy<Value = Hand> {
    let some = || proptest::collection::vec(0_u8..8, 0..8);
    prop_oneof![
        (0_u8..8).prop_map(Hand::Toggle),
        (0_u8..8, Just((0..8).collect::<Vec<u8>>()).prop_shuffle()).prop_map(|(id, listed)| Hand::Extend(id, listed)),
        some().prop_map(Hand::Add),
        some().prop_map(Hand::Keep),
        Just(Hand::Clear),
    ]
}

fn id(number: u8) -> RunId {
    RunId::new(&number.to_string())
}

proptest! {
    /// Compares with a plain set; nothing gets in that was neither clicked nor listed.
    #[test]
    fn selection_is_a_set_that_grows_only_on_request(hands in proptest::collection::vec(hand(), 0..20)) {
        let mut selection = Selection::default();
        let mut model: BTreeSet<u8> = BTreeSet::new();
        let mut anchor: Option<u8> = None;
        for hand in hands {
            match hand {
                Hand::Toggle(one) => {
                    selection.toggle(&id(one));
                    if !model.remove(&one) { model.insert(one); }
                    anchor = Some(one);
                }
                Hand::Extend(one, listed) => {
                    let ids: Vec<RunId> = listed.iter().copied().map(id).collect();
                    selection.extend(&ids, &id(one));
                    let at = |wanted: u8| listed.iter().position(|number| *number == wanted).unwrap();
                    let from = anchor.map_or(at(one), at);
                    let select = !model.contains(&one);
                    for number in &listed[from.min(at(one))..=from.max(at(one))] {
                        if select { model.insert(*number); } else { model.remove(number); }
                    }
                    anchor = Some(one);
                }
                Hand::Add(some) => {
                    selection.add(&some.iter().copied().map(id).collect::<Vec<_>>());
                    model.extend(some);
                }
                Hand::Keep(some) => {
                    selection.retain(&|found| some.iter().any(|number| id(*number) == *found));
                    model.retain(|number| some.contains(number));
                }
                Hand::Clear => {
                    selection.clear();
                    model.clear();
                    anchor = None;
                }
            }
            let found: BTreeSet<String> = selection.ids().iter().map(|id| id.as_str().to_owned()).collect();
            prop_assert_eq!(found.len(), selection.ids().len());
            prop_assert_eq!(found, model.iter().map(u8::to_string).collect::<BTreeSet<_>>());
            for number in 0..8 {
                prop_assert_eq!(selection.contains(&id(number)), model.contains(&number));
            }
        }
    }
}

#[test]
fn removing_what_is_listed_keeps_what_is_not() {
    let ids = |ids: &[&str]| ids.iter().map(|id| RunId::new(id)).collect::<Vec<_>>();
    let mut selection = Selection::default();
    selection.add(&ids(&["1", "2", "3"]));
    selection.remove(&ids(&["2", "3", "4"]));
    assert_eq!(selection.ids(), ids(&["1"]));
}

//! Signals, memos, stored values and effects.

use super::support::{plain_stage, settle};
use leptos::prelude::Owner;
use runboard::dom::IntoNode;
use runboard::reactive::{RwSignal, Signal, StoredValue, effect, memo, on_change};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

/// What an effect saw, in order.
fn seen<T: Clone + 'static>() -> (Rc<RefCell<Vec<T>>>, impl Fn(T) + Clone) {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let into = Rc::clone(&seen);
    (seen, move |value| into.borrow_mut().push(value))
}

#[wasm_bindgen_test]
fn a_signal_gives_what_was_set_or_changed_in_place() {
    let _stage = plain_stage(|| {
        let signal = RwSignal::new(vec![1]);
        signal.set(vec![2]);
        signal.update(|list| list.push(3));
        assert_eq!(signal.try_update(|list| list.pop()), Some(Some(3)));
        assert_eq!(signal.get_untracked(), [2]);
        assert_eq!(signal.with_untracked(Vec::len), 1);
        ().into_node()
    });
}

#[wasm_bindgen_test]
async fn an_effect_runs_at_first_and_after_each_change_with_the_newest_value() {
    let (values, see) = seen();
    let signal = RwSignal::new(0);
    let _stage = plain_stage(|| {
        effect(move || see(signal.get()));
        ().into_node()
    });
    settle().await;
    signal.set(1);
    signal.set(2);
    settle().await;
    assert_eq!(*values.borrow(), [0, 2], "what is set several times in a row is seen once");
}

#[wasm_bindgen_test]
async fn a_change_without_waking_wakes_nobody() {
    let (values, see) = seen();
    let signal = RwSignal::new(0);
    let _stage = plain_stage(|| {
        effect(move || see(signal.get()));
        ().into_node()
    });
    settle().await;
    signal.try_update_untracked(|value| *value = 5);
    settle().await;
    assert_eq!(*values.borrow(), [0]);
    assert_eq!(signal.get_untracked(), 5);
}

#[wasm_bindgen_test]
async fn what_is_read_untracked_does_not_wake() {
    let (values, see) = seen();
    let (followed, other) = (RwSignal::new(0), RwSignal::new(0));
    let _stage = plain_stage(|| {
        effect(move || see((followed.get(), other.get_untracked())));
        ().into_node()
    });
    settle().await;
    other.set(1);
    settle().await;
    followed.set(1);
    settle().await;
    assert_eq!(*values.borrow(), [(0, 0), (1, 1)]);
}

#[wasm_bindgen_test]
async fn a_memo_wakes_its_readers_only_when_it_changed_and_is_computed_once_for_all() {
    let (values, see) = seen();
    let (signal, runs) = (RwSignal::new(1), RwSignal::new(0));
    let _stage = plain_stage(|| {
        let half = memo(move || {
            runs.try_update_untracked(|runs| *runs += 1);
            signal.get() / 2
        });
        let (see, again) = (see.clone(), see);
        effect(move || see(half.get()));
        effect(move || again(half.get()));
        ().into_node()
    });
    settle().await;
    signal.set(0);
    settle().await;
    assert_eq!(*values.borrow(), [0, 0]);
    signal.set(4);
    settle().await;
    assert_eq!(*values.borrow(), [0, 0, 2, 2]);
    assert_eq!(runs.get_untracked(), 3);
}

#[wasm_bindgen_test]
async fn a_reader_of_two_memos_of_one_signal_never_sees_one_old_and_one_new() {
    let (values, see) = seen();
    let signal = RwSignal::new(1);
    let _stage = plain_stage(|| {
        let (double, square) = (memo(move || signal.get() * 2), memo(move || signal.get() * signal.get()));
        effect(move || see((double.get(), square.get())));
        ().into_node()
    });
    settle().await;
    signal.set(3);
    settle().await;
    assert_eq!(*values.borrow(), [(2, 1), (6, 9)]);
}

#[wasm_bindgen_test]
async fn what_was_read_only_before_does_not_wake_any_more() {
    let (values, see) = seen();
    let (which, a, b) = (RwSignal::new(true), RwSignal::new("a"), RwSignal::new("b"));
    let _stage = plain_stage(|| {
        effect(move || see(if which.get() { a.get() } else { b.get() }));
        ().into_node()
    });
    settle().await;
    which.set(false);
    settle().await;
    a.set("a again");
    settle().await;
    b.set("b again");
    settle().await;
    assert_eq!(*values.borrow(), ["a", "b", "b again"]);
}

#[wasm_bindgen_test]
async fn on_change_tells_before_and_now_and_nothing_at_first_or_for_the_same_value() {
    let (values, see) = seen();
    let signal = RwSignal::new(1);
    let _stage = plain_stage(|| {
        on_change(move || signal.get() / 2, move |before, now| see((before, now)));
        ().into_node()
    });
    settle().await;
    signal.set(0);
    settle().await;
    assert!(values.borrow().is_empty());
    signal.set(4);
    settle().await;
    signal.set(9);
    settle().await;
    assert_eq!(*values.borrow(), [(0, 2), (2, 4)]);
}

#[wasm_bindgen_test]
async fn what_on_change_reads_while_it_acts_does_not_make_it_act_again() {
    let (values, see) = seen();
    let (signal, other) = (RwSignal::new(0), RwSignal::new(0));
    let _stage = plain_stage(|| {
        on_change(move || signal.get(), move |_, _| see(other.get()));
        ().into_node()
    });
    settle().await;
    signal.set(1);
    settle().await;
    other.set(1);
    settle().await;
    assert_eq!(*values.borrow(), [0]);
}

#[wasm_bindgen_test]
async fn an_effect_that_sets_another_signal_wakes_that_one_s_readers() {
    let (values, see) = seen();
    let (from, to) = (RwSignal::new(1), RwSignal::new(0));
    let _stage = plain_stage(|| {
        effect(move || see(to.get()));
        effect(move || to.set(from.get() * 10));
        ().into_node()
    });
    settle().await;
    from.set(2);
    settle().await;
    assert_eq!(values.borrow().last(), Some(&20));
}

#[wasm_bindgen_test]
fn a_signal_of_any_kind_reads_the_same() {
    let _stage = plain_stage(|| {
        let state = RwSignal::new(1);
        let derived = memo(move || state.get() + 1);
        let all: [Signal<i32>; 4] = [state.into(), derived.into(), Signal::derive(move || state.get() + 2), 4.into()];
        assert_eq!(all.map(Signal::get_untracked), [1, 2, 3, 4]);
        state.set(11);
        assert_eq!(all.map(Signal::get_untracked), [11, 12, 13, 4]);
        ().into_node()
    });
}

#[wasm_bindgen_test]
async fn after_its_owner_has_gone_a_value_is_none_and_setting_it_does_nothing() {
    let mut made = None;
    let stage = plain_stage(|| {
        let (signal, stored) = (RwSignal::new(1), StoredValue::new(1));
        made = Some((signal, memo(move || signal.get()), stored));
        ().into_node()
    });
    let (signal, derived, stored) = made.unwrap();
    drop(stage);
    assert!(signal.is_disposed());
    signal.set(2);
    signal.update(|value| *value = 3);
    stored.set_value(4);
    assert_eq!(signal.try_get_untracked(), None);
    assert_eq!(derived.try_get_untracked(), None);
    assert_eq!(stored.try_get_value(), None);
    assert_eq!(signal.try_update(|value| *value), None);
    settle().await;
}

#[wasm_bindgen_test]
async fn effects_end_with_their_owner() {
    let signal = RwSignal::new(0);
    let runs = Rc::new(Cell::new(0));
    let count = Rc::clone(&runs);
    let owner = Owner::new();
    owner.with(|| {
        effect(move || {
            signal.get();
            count.set(count.get() + 1);
        });
    });
    settle().await;
    owner.cleanup();
    signal.set(1);
    settle().await;
    assert_eq!(runs.get(), 1);
}

#[wasm_bindgen_test]
fn a_stored_value_is_looked_at_and_changed_in_place() {
    let _stage = plain_stage(|| {
        let stored = StoredValue::new(vec![1]);
        assert_eq!(
            stored.try_update_value(|list| {
                list.push(2);
                list.len()
            }),
            Some(2)
        );
        assert_eq!(stored.with_value(|list| list[1]), 2);
        stored.set_value(vec![9]);
        assert_eq!(stored.get_value(), [9]);
        ().into_node()
    });
}

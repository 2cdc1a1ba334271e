//! Lists of the renderer: an entry whose key stays keeps its nodes, its place and its focus.

use super::support::{Witness, document, plain_stage, settle};
use leptos::prelude::on_cleanup;
use runboard::dom::{IntoNode, Node, each, tracked, view};
use runboard::reactive::{RwSignal, memo};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

fn letters(keys: RwSignal<Vec<&'static str>>) -> Node {
    each(
        move || keys.get().into_iter().map(Into::into).collect(),
        |key| {
            let key = key.to_owned();
            view! { <i>{tracked(move || key.clone())}</i> }.into_node()
        },
    )
}

#[wasm_bindgen_test]
async fn an_entry_whose_key_stays_is_moved_and_not_drawn_again() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let stage = plain_stage(|| letters(keys));
    let before = stage.all("i");
    keys.set(vec!["c", "a", "d"]);
    settle().await;
    assert_eq!(stage.said(), "cad");
    assert_eq!(stage.all("i")[..2], [before[2].clone(), before[0].clone()]);
}

#[wasm_bindgen_test]
async fn the_same_keys_again_write_nothing() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let stage = plain_stage(|| letters(keys));
    let witness = Witness::of(&stage.host);
    keys.set(vec!["a", "b", "c"]);
    settle().await;
    witness.saw_nothing();
}

#[wasm_bindgen_test]
async fn an_entry_that_is_added_or_goes_moves_no_other() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let stage = plain_stage(|| letters(keys));
    for now in [vec!["a", "b", "x", "c"], vec!["b", "x", "c"], vec!["n", "b", "x", "c", "m"]] {
        let witness = Witness::of(&stage.host);
        let (before, read) = (stage.all("i").len(), now.concat());
        keys.set(now);
        settle().await;
        assert_eq!(stage.said(), read);
        let changed = witness.records().len();
        assert_eq!(changed, stage.all("i").len().abs_diff(before), "{:?}", witness.changes());
    }
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_an_entry_around_which_others_come_and_go() {
    let keys = RwSignal::new(vec!["a", "b"]);
    let stage = plain_stage(|| {
        each(
            move || keys.get().into_iter().map(Into::into).collect(),
            |key| {
                let key = key.to_owned();
                view! { <input id=key /> }.into_node()
            },
        )
    });
    let kept: HtmlInputElement = stage.one("#b").unchecked_into();
    kept.focus().unwrap();
    for now in [vec!["x", "a", "b"], vec!["b"], vec!["y", "b", "z"]] {
        keys.set(now);
        settle().await;
        assert_eq!(document().active_element().as_ref(), Some(kept.as_ref()));
    }
}

#[wasm_bindgen_test]
async fn an_entry_that_goes_ends_with_all_that_follows_signals_in_it() {
    let keys = RwSignal::new(vec!["a", "b"]);
    let ended = RwSignal::new(Vec::<String>::new());
    let stage = plain_stage(|| {
        each(
            move || keys.get().into_iter().map(Into::into).collect(),
            move |key| {
                let key = key.to_owned();
                on_cleanup(move || ended.update(|ended| ended.push(key.clone())));
                view! { <i></i> }.into_node()
            },
        )
    });
    keys.set(vec!["b"]);
    settle().await;
    assert_eq!(ended.get_untracked(), ["a"]);
    drop(stage);
    assert_eq!(ended.get_untracked(), ["a", "b"]);
}

#[wasm_bindgen_test]
async fn what_an_entry_reads_while_it_is_drawn_does_not_draw_the_list_anew() {
    let (keys, other) = (RwSignal::new(vec!["a"]), RwSignal::new(0));
    let drawn = RwSignal::new(0);
    let stage = plain_stage(|| {
        each(
            move || keys.get().into_iter().map(Into::into).collect(),
            move |_| {
                drawn.update(|count| *count += 1);
                let now = other.get();
                let doubled = memo(move || other.get() * 2);
                view! { <i>{now.to_string()} {tracked(move || doubled.get().to_string())}</i> }.into_node()
            },
        )
    });
    other.set(2);
    settle().await;
    assert_eq!(drawn.get_untracked(), 1);
    assert_eq!(stage.said(), "04", "as it was first, and as it is");
}

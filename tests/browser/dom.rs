//! The renderer itself: texts, attributes, properties, classes, styles and regions that follow signals, each
//! writing only when its value changed and ending with its owner.

use super::support::{Witness, get, plain_stage, settle, text_of};
use leptos::prelude::on_cleanup;
use runboard::dom::{IntoNode, Node, Slot, children, nodes, tracked, view};
use runboard::reactive::{RwSignal, StoredValue};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

#[wasm_bindgen_test]
async fn a_tracked_text_rewrites_its_node_and_only_when_it_changed() {
    let number = RwSignal::new(1);
    let stage = plain_stage(|| view! { <p>"n = " {tracked(move || (number.get() / 2).to_string())}</p> }.into_node());
    let witness = Witness::of(&stage.host);
    assert_eq!(stage.text("p"), "n = 0");
    number.set(0);
    settle().await;
    witness.saw_nothing();
    number.set(4);
    settle().await;
    assert_eq!(stage.text("p"), "n = 2");
    let records = witness.records();
    assert_eq!(records.len(), 1, "{:?}", witness.changes());
    assert_eq!(records[0].type_(), "characterData");
}

#[wasm_bindgen_test]
async fn a_tracked_text_is_text_whatever_stands_in_it() {
    let text = RwSignal::new("<b>one</b>".to_owned());
    let stage = plain_stage(|| view! { <p>{tracked(move || text.get())}</p> }.into_node());
    assert_eq!(stage.text("p"), "<b>one</b>");
    text.set("<img src=x onerror=alert(1)>".to_owned());
    settle().await;
    assert_eq!(stage.text("p"), "<img src=x onerror=alert(1)>");
    assert!(!stage.has("b, img"));
}

#[wasm_bindgen_test]
async fn an_absent_text_is_empty() {
    let text = RwSignal::new(None::<String>);
    let stage = plain_stage(|| view! { <p>{tracked(move || text.get())}</p> }.into_node());
    assert_eq!(stage.text("p"), "");
    text.set(Some("there".to_owned()));
    settle().await;
    assert_eq!(stage.text("p"), "there");
    text.set(None);
    settle().await;
    assert_eq!(stage.text("p"), "");
}

#[wasm_bindgen_test]
async fn a_tracked_attribute_is_set_changed_and_taken_away_and_never_rewritten_as_it_was() {
    let value = RwSignal::new(None::<String>);
    let stage = plain_stage(|| view! { <p lang=tracked(move || value.get())></p> }.into_node());
    let p = stage.one("p");
    assert!(!p.has_attribute("lang"));
    let witness = Witness::of(&stage.host);
    value.set(None);
    settle().await;
    witness.saw_nothing();
    for now in [Some("en"), Some("de"), Some("de"), None] {
        value.set(now.map(ToOwned::to_owned));
        settle().await;
        assert_eq!(p.get_attribute("lang").as_deref(), now);
    }
    assert_eq!(witness.records().len(), 3, "{:?}", witness.changes());
}

#[wasm_bindgen_test]
async fn a_tracked_flag_is_an_attribute_without_a_value() {
    let on = RwSignal::new(true);
    let stage = plain_stage(|| view! { <button disabled=tracked(move || on.get())>"x"</button> }.into_node());
    assert_eq!(stage.one("button").get_attribute("disabled").as_deref(), Some(""));
    on.set(false);
    settle().await;
    assert!(!stage.one("button").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_tracked_property_is_set_on_the_element_even_where_the_person_changed_it_meanwhile() {
    let text = RwSignal::new("typed here".to_owned());
    let stage = plain_stage(|| view! { <input prop:value=tracked(move || text.get()) /> }.into_node());
    let input: HtmlInputElement = stage.one("input").unchecked_into();
    assert_eq!(input.value(), "typed here");
    input.set_value("typed by a person");
    text.set("set again".to_owned());
    settle().await;
    assert_eq!(input.value(), "set again");
}

#[wasm_bindgen_test]
async fn a_tracked_class_comes_and_goes_beside_the_fixed_ones() {
    let on = RwSignal::new(false);
    let stage = plain_stage(|| view! { <p class="fixed" class:on=tracked(move || on.get())></p> }.into_node());
    let class = || stage.one("p").get_attribute("class").unwrap();
    assert_eq!(class(), "fixed");
    on.set(true);
    settle().await;
    assert_eq!(class(), "fixed on");
    let witness = Witness::of(&stage.host);
    on.set(true);
    settle().await;
    witness.saw_nothing();
    on.set(false);
    settle().await;
    assert_eq!(class(), "fixed");
}

#[wasm_bindgen_test]
async fn a_tracked_style_is_set_as_a_property() {
    let width = RwSignal::new("10%".to_owned());
    let stage = plain_stage(|| view! { <p style:width=tracked(move || width.get())></p> }.into_node());
    let shown = || get(&get(&stage.one("p"), "style"), "width").as_string().unwrap();
    assert_eq!(shown(), "10%");
    width.set("25%".to_owned());
    settle().await;
    assert_eq!(shown(), "25%");
}

#[wasm_bindgen_test]
async fn a_region_is_drawn_anew_in_its_place_among_its_neighbours() {
    let shown = RwSignal::new(vec!["b"]);
    let stage = plain_stage(|| {
        let middle =
            move || shown.get().into_iter().map(|text| view! { <i>{text}</i> }.into_node()).collect::<Vec<_>>();
        nodes(vec!["a".into_node(), tracked(middle).into_node(), "z".into_node()])
    });
    for (now, read) in [(vec!["b", "c"], "abcz"), (vec![], "az"), (vec!["d"], "adz")] {
        shown.set(now);
        settle().await;
        assert_eq!(stage.said(), read);
    }
}

#[wasm_bindgen_test]
async fn regions_within_regions_keep_their_places() {
    let (outer, inner) = (RwSignal::new(1), RwSignal::new(1));
    let stage = plain_stage(|| {
        let part = move || {
            let outer = outer.get();
            nodes(vec![
                format!("[{outer}").into_node(),
                tracked(move || inner.get().to_string().into_node()).into_node(),
                "]".into_node(),
            ])
        };
        view! { <p>"<" {tracked(part)} ">"</p> }.into_node()
    });
    assert_eq!(stage.text("p"), "<[11]>");
    inner.set(2);
    settle().await;
    assert_eq!(stage.text("p"), "<[12]>");
    outer.set(2);
    settle().await;
    inner.set(3);
    settle().await;
    assert_eq!(stage.text("p"), "<[23]>");
}

#[wasm_bindgen_test]
async fn what_a_region_drew_before_follows_nothing_any_more() {
    let (turn, text) = (RwSignal::new(0), RwSignal::new(0));
    let drawn = Rc::new(std::cell::Cell::new(0));
    let count = Rc::clone(&drawn);
    let ended = RwSignal::new(Vec::new());
    let _stage = plain_stage(|| {
        let part = move || {
            let (turn, count) = (turn.get(), Rc::clone(&count));
            on_cleanup(move || ended.update(|ended| ended.push(turn)));
            let text = move || {
                count.set(count.get() + 1);
                text.get().to_string()
            };
            view! { <i>{tracked(text)}</i> }.into_node()
        };
        tracked(part).into_node()
    });
    turn.set(1);
    settle().await;
    assert_eq!(ended.get_untracked(), [0]);
    drawn.set(0);
    text.set(1);
    settle().await;
    assert_eq!(drawn.get(), 1, "the text drawn first still follows its signal");
}

#[wasm_bindgen_test]
async fn all_that_follows_signals_ends_when_the_view_is_dropped() {
    let (text, looks) = (RwSignal::new(0), Rc::new(std::cell::Cell::new(0)));
    let (count, ended) = (Rc::clone(&looks), RwSignal::new(false));
    let stage = plain_stage(|| {
        on_cleanup(move || ended.set(true));
        let look = move || {
            count.set(count.get() + 1);
            text.get().to_string()
        };
        view! { <p>{tracked(look)}</p> }.into_node()
    });
    let host = stage.host.clone();
    drop(stage);
    assert!(ended.get_untracked());
    assert_eq!(text_of(&host), "");
    let before = looks.get();
    text.set(1);
    settle().await;
    assert_eq!(looks.get(), before);
}

#[wasm_bindgen_test]
async fn a_handler_may_look_at_its_values_while_its_element_is_being_taken_away() {
    let (shown, seen) = (RwSignal::new(true), RwSignal::new(0));
    let stage = plain_stage(|| {
        let part = move || {
            shown.get().then(|| {
                let own = StoredValue::new(7);
                view! { <input on:blur=move |_| seen.set(own.get_value()) /> }.into_node()
            })
        };
        tracked(part).into_node()
    });
    stage.one("input").unchecked_into::<HtmlInputElement>().focus().unwrap();
    shown.set(false);
    settle().await;
    assert!(!stage.has("input"));
    let expected = if tells_the_focused_that_it_goes() { 7 } else { 0 };
    assert_eq!(seen.get_untracked(), expected, "an element that has the focus is told when it goes");
}

/// Chromium sends `blur` to an element that is taken away; Firefox does not.
fn tells_the_focused_that_it_goes() -> bool {
    let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
    let input: HtmlInputElement = body.owner_document().unwrap().create_element("input").unwrap().unchecked_into();
    body.append_child(&input).unwrap();
    let told = js_sys::Array::new();
    let listener = js_sys::Function::new_with_args("told", "this.onblur = () => told.push(1)");
    listener.call1(&input, &told).unwrap();
    input.focus().unwrap();
    input.remove();
    told.length() > 0
}

#[wasm_bindgen_test]
fn handlers_hear_each_event_once() {
    let clicks = RwSignal::new(0);
    let stage = plain_stage(|| view! { <button on:click=move |_| clicks.update(|n| *n += 1)>"x"</button> }.into_node());
    stage.press("x");
    stage.press("x");
    assert_eq!(clicks.get_untracked(), 2);
}

#[wasm_bindgen_test]
fn a_slot_holds_its_element() {
    let mut kept = None;
    let stage = plain_stage(|| {
        let slot = Slot::<HtmlInputElement>::new();
        assert!(slot.get().is_none());
        kept = Some(slot);
        view! { <input node_ref=slot /> }.into_node()
    });
    assert_eq!(kept.unwrap().get().as_ref(), Some(stage.one("input").unchecked_ref()));
    drop(stage);
    assert!(kept.unwrap().get().is_none(), "and holds it no longer than its owner lives");
}

#[wasm_bindgen_test]
fn svg_is_svg_and_the_rest_is_html() {
    let stage = plain_stage(|| view! { <svg><use href="#a"></use></svg> <p></p> }.into_node());
    for (name, space) in [("svg", "2000/svg"), ("use", "2000/svg"), ("p", "1999/xhtml")] {
        assert!(stage.one(name).namespace_uri().unwrap().ends_with(space), "{name}");
    }
}

#[wasm_bindgen_test]
fn nothing_several_and_children_can_stand_in_markup() {
    let stage = plain_stage(|| {
        let part = children(|| "c".into_node());
        let many: Vec<Node> = vec!["d".into_node(), ().into_node(), "e".into_node()];
        view! { <p>{()} "a" {None::<Node>} {Some("b")} {part()} {many} {["f", "g"]}</p> }.into_node()
    });
    assert_eq!(stage.one("p").text_content().unwrap().replace(' ', ""), "abcdefg");
}

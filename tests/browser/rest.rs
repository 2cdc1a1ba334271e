//! The rest of the program: what waits for it, and what is shown meanwhile.

use super::support::{stage, until, window};
use js_sys::{Error, Function, Promise, Reflect};
use runboard::dom::{IntoNode, view};
use runboard::rest::Rest;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const GIVER: &str = "runboardRest";

/// What `boot.js` gives: a way to fetch the rest, which comes or fails when the test says so.
struct Fetched {
    asked: Rc<Cell<u32>>,
    settle: Rc<RefCell<Option<(Function, Function)>>>,
    _giver: Closure<dyn FnMut() -> Promise>,
}

impl Fetched {
    fn new() -> Self {
        let (asked, settle) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(None)));
        let (count, keep) = (Rc::clone(&asked), Rc::clone(&settle));
        let giver = Closure::new(move || {
            count.set(count.get() + 1);
            Promise::new(&mut |resolve, reject| {
                *keep.borrow_mut() = Some((resolve.unchecked_into(), reject.unchecked_into()))
            })
        });
        let giver_function: &JsValue = giver.as_ref();
        Reflect::set(&window(), &GIVER.into(), giver_function).unwrap();
        Self { asked, settle, _giver: giver }
    }

    fn come(&self) {
        let (resolve, _) = self.settle.borrow_mut().take().unwrap();
        resolve.call0(&JsValue::UNDEFINED).unwrap();
    }

    fn fail(&self, why: &str) {
        let (_, reject) = self.settle.borrow_mut().take().unwrap();
        reject.call1(&JsValue::UNDEFINED, &Error::new(why)).unwrap();
    }
}

impl Drop for Fetched {
    fn drop(&mut self) {
        Reflect::delete_property(&window(), &GIVER.into()).unwrap();
    }
}

#[wasm_bindgen_test]
fn a_program_that_is_whole_waits_for_nothing() {
    let done = Rc::new(Cell::new(false));
    let set = Rc::clone(&done);
    let (stage, ()) = stage(|_| {
        let rest = Rest::new();
        rest.then(move || set.set(true));
        ((), rest.behind(|| view! { <p class="part">"Here"</p> }.into_node()))
    });
    assert!(done.get());
    assert_eq!(stage.text(".part"), "Here");
}

#[wasm_bindgen_test]
async fn what_waits_is_done_in_order_before_anything_of_it_is_drawn() {
    let fetched = Fetched::new();
    let said = Rc::new(RefCell::new(Vec::new()));
    let (first, second, nested, drawn) = (Rc::clone(&said), Rc::clone(&said), Rc::clone(&said), Rc::clone(&said));
    let (stage, ()) = stage(|_| {
        let rest = Rest::new();
        rest.then(move || {
            first.borrow_mut().push("first");
            rest.then(move || nested.borrow_mut().push("of the first"));
        });
        rest.then(move || second.borrow_mut().push("second"));
        let node = rest.behind(move || {
            drawn.borrow_mut().push("drawn");
            view! { <p class="part">"Here"</p> }.into_node()
        });
        ((), node)
    });
    until("asked for", || fetched.asked.get() == 1).await;
    assert!(!stage.has(".part") && said.borrow().is_empty());
    assert_eq!(stage.text("[role=status].waiting"), "Loading");
    fetched.come();
    until("drawn", || stage.has(".part")).await;
    assert_eq!(*said.borrow(), ["first", "second", "of the first", "drawn"]);
    assert_eq!(fetched.asked.get(), 1);
}

#[wasm_bindgen_test]
async fn what_cannot_be_had_is_said_and_can_be_tried_again() {
    let fetched = Fetched::new();
    let done = Rc::new(Cell::new(0));
    let count = Rc::clone(&done);
    let (stage, ()) = stage(|_| {
        let rest = Rest::new();
        rest.then(move || count.set(count.get() + 1));
        ((), rest.behind(|| view! { <p class="part">"Here"</p> }.into_node()))
    });
    until("asked for", || fetched.asked.get() == 1).await;
    fetched.fail("The <b>connection</b> may have been lost.");
    until("said", || stage.has("[role=alert]")).await;
    let said = stage.text("[role=alert]");
    assert!(
        said.contains("could not be loaded") && said.contains("The <b>connection</b> may have been lost."),
        "{said}"
    );
    stage.press("Try again");
    until("asked for again", || fetched.asked.get() == 2).await;
    assert_eq!(done.get(), 0);
    fetched.come();
    until("drawn", || stage.has(".part")).await;
    assert_eq!(done.get(), 1);
}

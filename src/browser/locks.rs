//! Locks between the tabs of this origin (the Web Locks API). Browsers offer them only over https.

use super::{property, window};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortController;

/// How long a lock is kept after its use, in milliseconds. What one tab removes from local storage may reach another process of the
/// browser only later, and pages that hold a lock for ever are not put into the back-forward cache.
const KEPT_FOR: u32 = 10_000;

/// `navigator.locks` and its function `request`.
fn lock_manager() -> Option<(JsValue, Function)> {
    let locks = property(&property(&window()?.into(), "navigator"), "locks");
    let request = property(&locks, "request").dyn_into().ok()?;
    Some((locks, request))
}

/// Whether this browser has locks here.
pub(crate) fn are_available() -> bool {
    lock_manager().is_some()
}

/// Asks for the lock of this name and calls `task` with whether this tab has it, or another one does. If `task` returns `true`, the
/// lock is kept for a while. Without locks, `task` is called at once, as if this tab had it.
pub(crate) fn with_lock(name: &str, task: impl FnOnce(bool) -> bool + 'static) {
    let Some((locks, request)) = lock_manager() else {
        task(true);
        return;
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let task = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if !task(!lock.is_null()) {
            return JsValue::UNDEFINED;
        }
        let kept = async {
            TimeoutFuture::new(KEPT_FOR).await;
            Ok(JsValue::UNDEFINED)
        };
        future_to_promise(kept).into()
    });
    let _ = request.call3(&locks, &name.into(), &options, &task);
}

/// Whether any tab holds the lock of this name; `false` if the browser does not say.
pub(crate) async fn is_held(name: &str) -> bool {
    let held = async {
        let (locks, _) = lock_manager()?;
        let query = property(&locks, "query").dyn_into::<Function>().ok()?;
        let snapshot = JsFuture::from(query.call0(&locks).ok()?.dyn_into::<Promise>().ok()?).await.ok()?;
        let held = property(&snapshot, "held").dyn_into::<Array>().ok()?;
        Some(held.iter().any(|lock| property(&lock, "name") == JsValue::from_str(name)))
    };
    held.await.unwrap_or(false)
}

/// What becomes of a request for a lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LockChange {
    /// This tab has it.
    Granted,
    /// It had it, and another tab took it away.
    Lost,
    /// The browser does not give locks to this page.
    Refused,
}

/// A request for a lock, and then the lock, which is held until this is dropped.
pub(crate) struct HeldLock(Rc<LockState>);

#[derive(Default)]
struct LockState {
    /// Nothing is reported any more.
    dropped: Cell<bool>,
    granted: Cell<bool>,
    /// Releases the lock.
    release: RefCell<Option<Function>>,
    /// Gives up the request.
    controller: RefCell<Option<AbortController>>,
}

impl HeldLock {
    /// Asks for the lock of this name; with `steal`, takes it from whoever has it. `on_change` is called with each change, but not
    /// before this returns.
    pub(crate) fn request(name: &str, steal: bool, on_change: impl Fn(LockChange) + 'static) -> Option<Self> {
        let (locks, request) = lock_manager()?;
        let state = Rc::new(LockState::default());
        let options = Object::new();
        // The two exclude each other.
        if steal {
            let _ = Reflect::set(&options, &"steal".into(), &JsValue::TRUE);
        } else if let Ok(controller) = AbortController::new() {
            let _ = Reflect::set(&options, &"signal".into(), &controller.signal());
            *state.controller.borrow_mut() = Some(controller);
        }
        let on_change = Rc::new(on_change);
        let (granted, on_grant) = (Rc::clone(&state), Rc::clone(&on_change));
        let task = Closure::once_into_js(move |_: JsValue| -> JsValue {
            if granted.dropped.get() {
                return JsValue::UNDEFINED;
            }
            granted.granted.set(true);
            granted.controller.take();
            let held = Promise::new(&mut |resolve, _| *granted.release.borrow_mut() = Some(resolve));
            on_grant(LockChange::Granted);
            held.into()
        });
        let ended = request.call3(&locks, &name.into(), &options, &task).ok()?;
        let rejected = Rc::clone(&state);
        let on_reject = Closure::once_into_js(move |_: JsValue| {
            if !rejected.dropped.get() {
                on_change(if rejected.granted.get() { LockChange::Lost } else { LockChange::Refused });
            }
        });
        let then = property(&ended, "then").dyn_into::<Function>().ok()?;
        let _ = then.call2(&ended, &JsValue::UNDEFINED, &on_reject);
        Some(Self(state))
    }
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        self.0.dropped.set(true);
        if let Some(release) = self.0.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        if let Some(controller) = self.0.controller.take() {
            controller.abort();
        }
    }
}

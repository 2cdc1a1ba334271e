//! Derived values and effects of few types. Leptos compiles every closure handed to it into code of its own; these hand it
//! boxed ones, so that a hundred closures share the code of a handful of types.

use leptos::prelude::*;

/// A value derived from signals; it wakes its readers only when it changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(value))
}

#[inline(never)]
fn boxed_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// Does something when the signals it reads change, and once at first.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

#[inline(never)]
fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// Does something when a value changes, not at first; told the value before and now. Signals read by `then` are not followed.
pub fn on_change<T: PartialEq + Clone + 'static>(value: impl Fn() -> T + 'static, then: impl Fn(T, T) + 'static) {
    let mut before = None::<T>;
    effect(move || {
        let now = value();
        if let Some(before) = before.replace(now.clone())
            && before != now
        {
            untrack(|| then(before, now));
        }
    });
}

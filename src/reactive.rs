//! Signals, memos, stored values and effects: those of Leptos, handed out through few types.
//!
//! Leptos compiles its reactive graph anew for every type a signal holds and every closure it is given. With some forty
//! types that is a third of the program. Here each value is kept boxed in a graph that is compiled once, and the names and
//! methods stay those of Leptos. What a value is of, its handle knows; asking a handle of a disposed owner panics, its `try_`
//! methods give `None`, as in Leptos.

use leptos::prelude as graph;
use leptos::prelude::{
    GetValue, IsDisposed, LocalStorage, ReadUntracked, Set, Track, UntrackableGuard, Write, WriteValue,
};
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

/// Shared only while it is being looked at, so that looking needs no code for each type but the look itself.
type Value = Arc<dyn Any + Send + Sync>;

/// A derived value with the comparison of its type.
struct Derived {
    value: Value,
    same: fn(&Value, &Value) -> bool,
}

impl PartialEq for Derived {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&self.value, &other.value)
    }
}

fn same<T: PartialEq + 'static>(a: &Value, b: &Value) -> bool {
    known::<T>(&**a) == known::<T>(&**b)
}

/// What is behind a value, which its handle knows to be a `T`. Apart, so that the sixteen bytes of a type's id, which nothing
/// compresses, stand in the program once for each type.
#[inline(never)]
fn known<T: 'static>(value: &dyn Any) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => gone(),
    }
}

#[inline(never)]
fn known_mut<T: 'static>(value: &mut dyn Any) -> &mut T {
    match value.downcast_mut() {
        Some(value) => value,
        None => gone(),
    }
}

/// A function behind a pointer. Unlike `dyn FnMut` it has no second body that calls it once and drops it, which nobody
/// needs here and which three hundred closures would each bring along.
pub trait Call<A, R> {
    /// Calls it.
    fn call(&mut self, argument: A) -> R;
}

impl<A, R, F: FnMut(A) -> R> Call<A, R> for F {
    fn call(&mut self, argument: A) -> R {
        self(argument)
    }
}

/// As [`Call`], for what derives a value.
trait Derive: Send + Sync {
    fn derive(&self) -> Derived;
}

impl<F: Fn() -> Derived + Send + Sync> Derive for F {
    fn derive(&self) -> Derived {
        self()
    }
}

#[inline(never)]
fn gone() -> ! {
    unreachable!("a value was asked for after its owner had gone, or while it was being changed")
}

/// A signal's value; taken out while it is being changed.
type State = graph::RwSignal<Option<Value>>;

/// What can be read, without its type.
#[derive(Clone, Copy)]
enum Source {
    State(State),
    Memo(graph::Memo<Derived>),
}

impl Source {
    #[inline(never)]
    fn track(self) {
        match self {
            Self::State(state) => state.track(),
            Self::Memo(memo) => memo.track(),
        }
    }

    /// The value, if it still exists.
    #[inline(never)]
    fn peek(self) -> Option<Value> {
        match self {
            Self::State(state) => state.try_read_untracked()?.as_ref().map(Arc::clone),
            Self::Memo(memo) => memo.try_read_untracked().map(|derived| Arc::clone(&derived.value)),
        }
    }

    /// The value. One call does it all, as there are some hundred places that look at a signal.
    #[inline(never)]
    fn seen(self, tracked: bool) -> Value {
        if tracked {
            self.track();
        }
        match self.peek() {
            Some(value) => value,
            None => gone(),
        }
    }

    #[inline(never)]
    fn get<T: Clone + 'static>(self, tracked: bool) -> T {
        known::<T>(&*self.seen(tracked)).clone()
    }
}

macro_rules! readable {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T: 'static> $name<T> {
            /// Looks at the value; tracked.
            pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
                look(known(&*self.source().seen(true)))
            }

            /// Looks at the value; not tracked.
            pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
                look(known(&*self.source().seen(false)))
            }

            /// Looks at the value if it still exists; not tracked.
            pub fn try_with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
                self.source().peek().map(|value| look(known(&*value)))
            }

            /// Reads whenever it changes, without looking at it.
            pub fn track(self) {
                self.source().track();
            }
        }

        impl<T: Clone + 'static> $name<T> {
            /// The value; tracked.
            pub fn get(self) -> T {
                self.source().get(true)
            }

            /// The value; not tracked.
            pub fn get_untracked(self) -> T {
                self.source().get(false)
            }

            /// The value if it still exists; not tracked.
            pub fn try_get_untracked(self) -> Option<T> {
                self.try_with_untracked(Clone::clone)
            }
        }
    };
}

/// A value that can be set, and that wakes its readers when it is.
pub struct RwSignal<T>(State, PhantomData<fn() -> T>);

/// A value derived from others, which wakes its readers only when it changed.
pub struct Memo<T>(graph::Memo<Derived>, PhantomData<fn() -> T>);

/// A value to read: of whichever kind.
pub struct Signal<T>(Source, PhantomData<fn() -> T>);

readable!(RwSignal);
readable!(Memo);
readable!(Signal);

impl<T> RwSignal<T> {
    fn source(self) -> Source {
        Source::State(self.0)
    }
}

impl<T> Memo<T> {
    fn source(self) -> Source {
        Source::Memo(self.0)
    }
}

impl<T> Signal<T> {
    fn source(self) -> Source {
        self.0
    }
}

#[inline(never)]
fn new_state(value: Value) -> State {
    graph::RwSignal::new(Some(value))
}

#[inline(never)]
fn set_state(state: State, value: Value) {
    let _ = state.try_set(Some(value));
}

/// Takes the value out, for changing it; wakes nobody.
#[inline(never)]
fn take_state(state: State) -> Option<Value> {
    let mut value = state.try_write()?;
    value.untrack();
    value.take()
}

/// Puts a changed value back.
#[inline(never)]
fn put_state(state: State, changed: Value, notify: bool) {
    if let Some(mut value) = state.try_write() {
        if !notify {
            value.untrack();
        }
        *value = Some(changed);
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// Holds a value.
    pub fn new(value: T) -> Self {
        Self(new_state(Arc::new(value)), PhantomData)
    }

    /// Sets it and wakes its readers. Does nothing once its owner has gone.
    pub fn set(self, value: T) {
        set_state(self.0, Arc::new(value));
    }

    /// As [`RwSignal::set`]: for use after an await, where the owner may have gone.
    pub fn try_set(self, value: T) {
        self.set(value);
    }

    /// Changes it in place and wakes its readers.
    pub fn update(self, update: impl FnOnce(&mut T)) {
        self.alter(true, update);
    }

    /// Changes it in place, wakes its readers, and gives what the change gave, if it still exists.
    pub fn try_update<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.alter(true, update)
    }

    /// Changes it in place without waking anyone.
    pub fn try_update_untracked<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.alter(false, update)
    }

    /// Whether its owner has gone.
    pub fn is_disposed(self) -> bool {
        IsDisposed::is_disposed(&self.0)
    }

    fn alter<U>(self, notify: bool, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = take_state(self.0)?;
        // Nobody else holds it: whoever looks at a value cannot change it at the same time.
        let Some(sole) = Arc::get_mut(&mut value) else { gone() };
        let given = update(known_mut(sole));
        put_state(self.0, value, notify);
        Some(given)
    }
}

/// A value derived from signals; it wakes its readers only when it changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    Memo(new_memo(Box::new(move || Derived { value: Arc::new(value()), same: same::<T> })), PhantomData)
}

#[inline(never)]
fn new_memo(value: Box<dyn Derive>) -> graph::Memo<Derived> {
    graph::Memo::new(move |_| value.derive())
}

impl<T: PartialEq + Send + Sync + 'static> Signal<T> {
    /// Derived from other signals.
    pub fn derive(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        memo(value).into()
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(state: RwSignal<T>) -> Self {
        Self(state.source(), PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo.source(), PhantomData)
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        RwSignal::new(value).into()
    }
}

type Stored = graph::StoredValue<Option<Rc<dyn Any>>, LocalStorage>;

/// A value kept with the current owner, which wakes nobody.
pub struct StoredValue<T>(Stored, PhantomData<fn() -> T>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

#[inline(never)]
fn new_stored(value: Rc<dyn Any>) -> Stored {
    graph::StoredValue::new_local(Some(value))
}

/// Takes the value out, for changing it, or puts another one in; gives the one before.
#[inline(never)]
fn exchange(stored: Stored, value: Option<Rc<dyn Any>>) -> Option<Rc<dyn Any>> {
    std::mem::replace(&mut *stored.try_write_value()?, value)
}

#[inline(never)]
fn peek_stored(stored: Stored) -> Option<Rc<dyn Any>> {
    stored.try_get_value().flatten()
}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self(new_stored(Rc::new(value)), PhantomData)
    }

    /// Replaces it. Does nothing once its owner has gone.
    pub fn set_value(self, value: T) {
        drop(exchange(self.0, Some(Rc::new(value))));
    }

    /// Looks at it.
    pub fn with_value<U>(self, look: impl FnOnce(&T) -> U) -> U {
        match peek_stored(self.0) {
            Some(value) => look(known(&*value)),
            None => gone(),
        }
    }

    /// Looks at it if it still exists.
    pub fn try_with_value<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        peek_stored(self.0).map(|value| look(known(&*value)))
    }

    /// Changes it in place, and gives what the change gave, if it still exists.
    pub fn try_update_value<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = exchange(self.0, None)?;
        let Some(sole) = Rc::get_mut(&mut value) else { gone() };
        let given = update(known_mut(sole));
        exchange(self.0, Some(value));
        Some(given)
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// The value.
    pub fn get_value(self) -> T {
        self.with_value(Clone::clone)
    }

    /// The value if it still exists.
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(Clone::clone)
    }
}

/// Does something when the signals it reads change, and once at first, after what is being drawn now.
pub fn effect(mut run: impl FnMut() + 'static) {
    new_effect(Box::new(move |()| run()));
}

#[inline(never)]
fn new_effect(mut run: Box<dyn Call<(), ()>>) {
    graph::Effect::new(move |_: Option<()>| run.call(()));
}

/// Does something when a value changes, not at first; told the value before and now. Signals read by `then` are not followed.
pub fn on_change<T: PartialEq + Clone + 'static>(value: impl Fn() -> T + 'static, then: impl Fn(T, T) + 'static) {
    let mut before = None::<T>;
    effect(move || {
        let now = value();
        if let Some(before) = before.replace(now.clone())
            && before != now
        {
            graph::untrack(|| then(before, now));
        }
    });
}

/// Does something at once and again when the signals it reads change, as long as the current owner lives: for what is drawn.
#[inline(never)]
pub(crate) fn draw(mut run: Box<dyn Call<(), ()>>) {
    graph::StoredValue::new_local(graph::RenderEffect::new(move |_: Option<()>| run.call(())));
}

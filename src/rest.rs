//! The rest of the program: everything that the list does not need, entered through [`crate::gates`]. A release build keeps
//! it in a second file, which is fetched when somebody first moves on the page or when it is needed; elsewhere the program
//! is whole, and this is always there.

use crate::browser;
use crate::components::{Notice, NoticeKind};
use crate::dom::{IntoNode, Node, tracked, view};
use crate::lasting::lasting;
use crate::reactive::{RwSignal, StoredValue};
use crate::text::shell;
use leptos::task::spawn_local;

/// The rest of the program.
pub struct Rest(&'static Parts);

/// What it is made of.
pub struct Parts {
    state: RwSignal<State>,
    waiting: StoredValue<Vec<Box<dyn FnOnce()>>>,
}

lasting!(Rest, Parts);

/// Where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
enum State {
    /// Not asked for yet.
    Away,
    /// On its way.
    Coming,
    /// Its functions can be called.
    Here,
    /// It could not be had, and why.
    Failed(String),
}

impl Rest {
    /// Here at once where the program is whole.
    pub fn new() -> Self {
        let state = if browser::rest::is_apart() { State::Away } else { State::Here };
        Self::keep(Parts { state: RwSignal::new(state), waiting: StoredValue::new(Vec::new()) })
    }

    /// Whether its functions can be called; not tracked.
    pub fn is_here(self) -> bool {
        self.state.try_with_untracked(|state| *state == State::Here).unwrap_or(false)
    }

    /// Whether its functions can be called; tracked.
    pub fn here(self) -> bool {
        self.state.with(|state| *state == State::Here)
    }

    /// Asks for it, unless it is here or on its way.
    pub fn want(self) {
        if self.state.with_untracked(|state| matches!(state, State::Coming | State::Here)) {
            return;
        }
        let Some(rest) = browser::rest::fetch() else { return };
        self.state.set(State::Coming);
        spawn_local(async move {
            let arrived = browser::rest::arrived(rest).await;
            // First what waits for it, in order, and what that leads to; then what is drawn.
            while arrived.is_ok()
                && let Some(next) = self.next()
            {
                next();
            }
            self.state.try_set(arrived.map_or_else(State::Failed, |()| State::Here));
        });
    }

    fn next(self) -> Option<Box<dyn FnOnce()>> {
        let take = |waiting: &mut Vec<Box<dyn FnOnce()>>| (!waiting.is_empty()).then(|| waiting.remove(0));
        self.waiting.try_update_value(take).flatten()
    }

    /// Does something with it: now, or as soon as it is here.
    pub fn then(self, with_it: impl FnOnce() + 'static) {
        if self.is_here() {
            return with_it();
        }
        self.wait(Box::new(with_it));
    }

    fn wait(self, with_it: Box<dyn FnOnce()>) {
        self.waiting.try_update_value(|waiting| waiting.push(with_it));
        self.want();
    }

    /// Draws something of it, or says that it is on its way, or that it cannot be had and what to do.
    pub fn behind(self, draw: impl Fn() -> Node + 'static) -> Node {
        tracked(move || match self.state.get() {
            State::Here => draw(),
            State::Failed(why) => view! {
                <Notice kind=NoticeKind::Error>
                    <p class="notice-title">{shell::REST_MISSING}</p>
                    <p>{why}</p>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| self.want()>{shell::TRY_AGAIN}</button>
                        <button type="button" class="button" on:click=move |_| browser::page::reload()>{shell::RELOAD}</button>
                    </div>
                </Notice>
            }
            .into_node(),
            State::Away | State::Coming => {
                self.want();
                view! { <p class="waiting" role="status">{shell::LOADING}</p> }.into_node()
            }
        })
        .into_node()
    }
}

impl Default for Rest {
    fn default() -> Self {
        Self::new()
    }
}

//! What to list.

use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::{activity as words, notify};
use leptos::prelude::*;
use runboard_core::activity::{Filter, Kind};

/// By text, kind, who did it, and time.
#[component]
pub(super) fn Filters(
    /// What to list
    filter: Signal<Filter>,
    /// Called with each new filter
    on_filter: Callback<Filter>,
) -> impl IntoView {
    let ui = use_ui();
    let change = move |change: &dyn Fn(&mut Filter)| {
        let mut changed = filter.get_untracked();
        change(&mut changed);
        on_filter.run(changed);
    };
    let q = Memo::new(move |_| filter.with(|filter| filter.q.clone()));
    let kinds = Memo::new(move |_| filter.with(|filter| filter.kinds.clone()));
    let mine = Memo::new(move |_| filter.with(|filter| filter.mine));
    let notified = Memo::new(move |_| filter.with(|filter| filter.notified));
    let span = Memo::new(move |_| {
        let (since, until) = filter.with(|filter| (filter.since, filter.until));
        let now = ui.clock.now();
        let print = |at| ui.settings.print_readable(at, now);
        since.map(|since| words::span(&print(since), until.map(print).as_deref()))
    });
    let choose = move |event| {
        let kind = Kind::from_word(&event_target_value(&event));
        change(&|filter| filter.kinds = kind.into_iter().collect());
    };
    let option = move |kind: Kind| {
        let selected = move || kinds.with(|kinds| kinds[..] == [kind]);
        view! { <option value=kind.word() prop:selected=selected>{words::kind(kind)}</option> }
    };
    let several = move || {
        kinds
            .with(|kinds| kinds.len() > 1)
            .then(|| view! { <option value="several" selected>{words::SEVERAL_KINDS}</option> })
    };
    let toggle = move |label: &'static str, hint: &'static str, is_on: Memo<bool>, turn: fn(&mut Filter)| {
        view! {
            <button
                type="button"
                class="button toggle"
                title=hint
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                on:click=move |_| change(&turn)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="activity-filters">
            <form class="search" role="search" on:submit=move |event: web_sys::SubmitEvent| event.prevent_default()>
                <label for="search">{words::SEARCH}</label>
                <span class="search-box">
                    <Icon name=IconName::Search />
                    <input
                        id="search"
                        type="search"
                        placeholder=words::SEARCH_HINT
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || q.get()
                        on:input=move |event| {
                            let q = event_target_value(&event);
                            change(&|filter| filter.q.clone_from(&q));
                        }
                    />
                </span>
            </form>
            <label class="choice">
                <span class="choice-label">{words::KIND}</span>
                <select on:change=choose>
                    <option value="" prop:selected=move || kinds.with(Vec::is_empty)>{words::ALL_KINDS}</option>
                    {several}
                    {Kind::ALL.map(option)}
                </select>
            </label>
            {toggle(words::MINE, words::MINE_HINT, mine, |filter| filter.mine = !filter.mine)}
            {toggle(notify::NOTIFIED, notify::NOTIFIED_HINT, notified, |filter| filter.notified = !filter.notified)}
            {move || span.get().map(|span| view! {
                <button
                    type="button"
                    class="button"
                    aria-label=words::end_span(&span)
                    on:click=move |_| change(&|filter| (filter.since, filter.until) = (None, None))
                >
                    {span.clone()}
                    <Icon name=IconName::Close />
                </button>
            })}
        </div>
    }
}

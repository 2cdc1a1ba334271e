//! Views saved in this browser.

use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::settings::SaveOutcome;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::list::saved_views::SavedView;
use runboard_core::query::Sort;

/// A button for each saved view.
#[component]
pub fn SavedViews(
    /// The query
    q: Signal<String>,
    /// The sort order
    sort: Signal<Sort>,
    /// Called with the view's query
    on_query: Callback<String>,
    /// Called with the view's sort order
    on_sort: Callback<Sort>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let button = move |saved: &SavedView| {
        let (name, view_q, view_sort) = (saved.name.clone(), saved.q.clone(), saved.sort);
        let apply = {
            let view_q = view_q.clone();
            move |_| {
                on_query.run(view_q.clone());
                on_sort.run(view_sort);
            }
        };
        let active = move || sort.get() == view_sort && q.with(|q| q.trim() == view_q.trim());
        view! {
            <button
                type="button"
                class="facet"
                aria-pressed=move || if active() { "true" } else { "false" }
                on:click=apply
            >
                <bdi>{name}</bdi>
            </button>
        }
    };
    move || {
        let views = settings.views();
        (!views.is_empty()).then(|| {
            let buttons = views.iter().map(button).collect_view();
            view! { <div class="facet-group" role="group" aria-label=words::SAVED_VIEWS>{buttons}</div> }
        })
    }
}

lazy! {
    /// The form that saves the current query and sort order as a view, and a button for each view that deletes it.
    pub(super) fn save_view(q: Signal<String>, sort: Signal<Sort>) -> AnyView {
        let settings = use_ui().settings;
        let name = RwSignal::new(String::new());
        let status = RwSignal::new(String::new());
        let report = move |saved: SaveOutcome, success: String| {
            status.set(match saved {
                SaveOutcome::Stored => success,
                SaveOutcome::NotStored => words::VIEW_NOT_STORED.to_owned(),
                SaveOutcome::Refused => words::VIEW_REFUSED.to_owned(),
            });
        };
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let view = SavedView { name: name.get_untracked(), q: q.get_untracked(), sort: sort.get_untracked() };
            let success = words::view_saved(view.name.trim());
            let saved = settings.save_view(view);
            report(saved, success);
            if saved != SaveOutcome::Refused {
                name.set(String::new());
            }
        };
        let item = move |view: &SavedView| {
            let label = words::delete_view(&view.name);
            let name = view.name.clone();
            let delete = move |_| report(settings.delete_view(&name), words::view_deleted(&name));
            view! {
                <li>
                    <button type="button" class="button quiet small" on:click=delete>
                        <bdi>{label}</bdi>
                    </button>
                </li>
            }
        };
        let list = move || {
            let views = settings.views();
            (!views.is_empty())
                .then(|| view! { <ul class="saved-views">{views.iter().map(item).collect_view()}</ul> })
        };
        view! {
            <form class="looks-choices" on:submit=save>
                <p class="hint">{words::SAVED_VIEWS_HINT}</p>
                <div class="save-view">
                    <label for="view-name">{words::VIEW_NAME}</label>
                    <input
                        id="view-name"
                        type="text"
                        maxlength="60"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <button type="submit" class="button">{words::SAVE}</button>
                </div>
                <p role="status">{move || status.get()}</p>
                {list}
            </form>
        }
        .into_any()
    }
}

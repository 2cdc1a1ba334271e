//! Views that the person has saved in this browser.

use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::settings::SaveOutcome;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::list::saved_views::View;
use runboard_core::query::Sort;

/// One button for each, beside those that are always there.
#[component]
pub fn SavedViews(
    /// The query field's text
    q: Signal<String>,
    /// The order
    sort: Signal<Sort>,
    /// The person chose
    on_query: Callback<String>,
    /// The person sorted
    on_sort: Callback<Sort>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let button = move |saved: &View| {
        let (view, name) = (saved.clone(), saved.name.clone());
        let (wanted, order) = (saved.q.clone(), saved.sort);
        let chosen = move || sort.get() == order && q.with(|q| q.trim() == wanted.trim());
        let click = move |_| {
            on_query.run(view.q.clone());
            on_sort.run(view.sort);
        };
        view! {
            <button type="button" class="facet" aria-pressed=move || if chosen() { "true" } else { "false" } on:click=click>
                <bdi>{name}</bdi>
            </button>
        }
    };
    move || {
        let views = settings.views();
        (!views.is_empty()).then(|| {
            let buttons: Vec<_> = views.iter().map(button).collect();
            view! { <div class="facet-group" role="group" aria-label=words::SAVED_VIEWS>{buttons}</div> }
        })
    }
}

lazy! {
/// The form that saves the present query and order under a name, and the buttons that forget.
pub(super) fn save_view(q: Signal<String>, sort: Signal<Sort>) -> AnyView {
    let ui = use_ui();
    let settings = ui.settings;
    let name = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let tell = move |outcome: SaveOutcome, done: String| {
        said.set(match outcome {
            SaveOutcome::Stored => done,
            SaveOutcome::NotStored => words::VIEW_NOT_STORED.to_owned(),
            SaveOutcome::Refused => words::VIEW_REFUSED.to_owned(),
        });
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let view = View { name: name.get_untracked(), q: q.get_untracked(), sort: sort.get_untracked() };
        let outcome = settings.save_view(view);
        tell(outcome, words::view_saved(name.get_untracked().trim()));
        if outcome != SaveOutcome::Refused {
            name.set(String::new());
        }
    };
    let delete = move |saved: &View| {
        let of = saved.name.clone();
        let forget = move |_| tell(settings.delete_view(&of), words::view_deleted(&of));
        view! { <li><button type="button" class="button quiet small" on:click=forget><bdi>{words::delete_view(&saved.name)}</bdi></button></li> }
    };
    let list = move || {
        let views = settings.views();
        (!views.is_empty())
            .then(|| view! { <ul class="saved-views">{views.iter().map(delete).collect::<Vec<_>>()}</ul> })
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
                <p role="status">{move || said.get()}</p>
                {list}
            </form>
    }
        .into_any()
}
}

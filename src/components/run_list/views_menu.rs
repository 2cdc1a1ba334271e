//! The menu of views: queries that are built in, and those saved in this browser.

use crate::components::notify::{NotNoticed, ViewBell};
use crate::components::shared::{CloseMenu, Icon, IconName, MenuButton};
use crate::context::{UiContext, use_ui};
use crate::lazy::lazy;
use crate::state::settings::{FormerView, SaveOutcome};
use crate::text::{list as words, notify};
use leptos::prelude::*;
use runboard_core::activity::{Bell, Subject};
use runboard_core::list::saved_views::{self, BuiltInView, SavedView};
use runboard_core::query::Sort;
use std::slice::from_ref;
use std::sync::Arc;

/// The query and the order of the list, and what changes them.
#[derive(Clone, Copy)]
pub(super) struct ListQuery {
    pub(super) q: Signal<String>,
    pub(super) sort: Signal<Sort>,
    pub(super) on_query: Callback<String>,
    pub(super) on_sort: Callback<Sort>,
    pub(super) on_view: Callback<(String, Sort)>,
}

/// The button "Views" and its menu.
#[component]
pub(super) fn ViewsMenu(query: ListQuery) -> impl IntoView {
    view! { <MenuButton id="views-menu" icon=IconName::Views in_toolbar=true label=words::VIEWS load=move |menu| views(query, menu) /> }
}

lazy! {
    /// A button for each view, and the form that saves what the list shows now as one.
    fn views(query: ListQuery, menu: CloseMenu) -> AnyView {
        let note = RwSignal::new(None::<&'static str>);
        let on_note = Callback::new(move |text| note.set(text));
        view! {
            <div class="menu-links">
                {BuiltInView::ALL.map(|view| view! { <BuiltIn query=query menu=menu view=view on_note=on_note /> })}
            </div>
            <SavedViews query=query menu=menu on_note=on_note />
            <div class="menu-settings">
                <p class="hint bell-hint"><Icon name=IconName::Bell /> {notify::VIEWS_HINT}</p>
                <NotNoticed />
                <p role="status">{move || note.get()}</p>
            </div>
        }
        .into_any()
    }
}

/// A built-in view. It only fills in the search field, where its query can be changed.
#[component]
fn BuiltIn(
    query: ListQuery,
    menu: CloseMenu,
    view: BuiltInView,
    on_note: Callback<Option<&'static str>>,
) -> impl IntoView {
    let ListQuery { q, on_query, .. } = query;
    let active = move || q.with(|q| q.trim() == view.query());
    let choose = move |_| {
        menu.close();
        on_query.run(if active() { String::new() } else { view.query().to_owned() });
    };
    view! {
        <div class="menu-row">
            <button
                type="button"
                class="menu-item"
                aria-pressed=move || if active() { "true" } else { "false" }
                on:click=choose
            >
                {words::built_in_view(view)}
            </button>
            <ViewBell name=words::built_in_view(view).into() q=view.query().into() on_note=on_note />
        </div>
    }
}

/// What "Undo" brings back.
#[derive(Clone)]
struct Removed {
    former: FormerView,
    /// Whether its bell went with it
    had_bell: bool,
}

/// The views saved in this browser, and the form that saves one more.
#[component]
fn SavedViews(query: ListQuery, menu: CloseMenu, on_note: Callback<Option<&'static str>>) -> impl IntoView {
    let UiContext { settings, bells, .. } = use_ui();
    let ListQuery { q, sort, on_view, .. } = query;
    let name = RwSignal::new(String::new());
    let status = RwSignal::new(String::new());
    let removed = RwSignal::new(None::<Removed>);
    let has_bell =
        move |view: &SavedView| bells.with_untracked(|bells| bells.has(&bell_of(view).subject)) == Some(true);
    let set_bell = move |view: &SavedView| {
        if bells.set(bell_of(view)) == SaveOutcome::Refused {
            on_note.run(Some(notify::FULL));
        }
    };
    // The bell follows its view.
    let move_bell = move |from: &SavedView, to: &SavedView| {
        if has_bell(from) {
            bells.remove(&bell_of(from).subject);
            set_bell(to);
        }
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let view = untrack(|| SavedView {
            name: name.get(),
            q: q.get(),
            sort: sort.get(),
            columns: Some(settings.columns()),
            row_height: Some(settings.row_height()),
        });
        let (saved, replaced) = settings.save_view(view.clone());
        let success = if replaced.is_some() { words::view_replaced } else { words::view_saved };
        status.set(match saved {
            SaveOutcome::Stored => success(view.name.trim()),
            SaveOutcome::NotStored => words::VIEW_NOT_STORED.to_owned(),
            SaveOutcome::Refused => words::VIEW_REFUSED.to_owned(),
        });
        if saved == SaveOutcome::Refused {
            return;
        }
        name.set(String::new());
        if let Some(replaced) = &replaced {
            move_bell(&replaced.view, &view);
        }
        removed.set(replaced.map(|former| Removed { former, had_bell: false }));
    };
    let undo = move |_| {
        let Some(Removed { former, had_bell }) = removed.get_untracked() else { return };
        let (restored, replacement) = settings.restore_view(former.clone());
        status.set(match restored {
            SaveOutcome::Stored => words::view_restored(&former.view.name),
            SaveOutcome::NotStored => words::VIEW_NOT_STORED.to_owned(),
            SaveOutcome::Refused => words::VIEWS_FULL.to_owned(),
        });
        if restored == SaveOutcome::Refused {
            return;
        }
        removed.set(None);
        if let Some(replacement) = replacement {
            move_bell(&replacement.view, &former.view);
        }
        if had_bell && !has_bell(&former.view) {
            set_bell(&former.view);
        }
    };
    let item = move |view: &SavedView| {
        let (label, name) = (view.name.clone(), view.name.clone());
        let view = StoredValue::new(view.clone());
        let is_active = move || {
            view.with_value(|view| {
                sort.get() == view.sort && q.with(|q| q.trim() == view.q.trim()) && settings.has_layout(view)
            })
        };
        let choose = move |_| {
            menu.close();
            let view = view.get_value();
            settings.apply_layout(&view);
            on_view.run((view.q, view.sort));
        };
        let delete_label = words::delete_view(&name);
        let delete = move |_| {
            let shown = view.get_value();
            let (stored, deleted) = settings.delete_view(&shown);
            status.set(match stored {
                SaveOutcome::NotStored => words::VIEW_NOT_DELETED.to_owned(),
                SaveOutcome::Stored | SaveOutcome::Refused => words::view_deleted(&name),
            });
            // Another tab may have replaced or deleted it.
            let former = deleted.unwrap_or_else(|| FormerView { view: shown.clone(), place: usize::MAX });
            let had_bell = has_bell(&shown) || has_bell(&former.view);
            for view in [&shown, &former.view] {
                bells.remove(&bell_of(view).subject);
            }
            removed.set(Some(Removed { former, had_bell }));
        };
        let (bell_name, q) = view.with_value(|view| (view.name.as_str().into(), view.q.as_str().into()));
        view! {
            <li class="menu-row">
                <button
                    type="button"
                    class="menu-item"
                    aria-pressed=move || if is_active() { "true" } else { "false" }
                    on:click=choose
                >
                    <bdi>{label}</bdi>
                </button>
                <ViewBell name=bell_name q=q on_note=on_note />
                <button type="button" class="button quiet small" aria-label=delete_label on:click=delete>
                    <Icon name=IconName::Close />
                </button>
            </li>
        }
    };
    let has_views = Memo::new(move |_| !settings.views().is_empty());
    // Each row is of one view as it is: another tab may change them while somebody is about to click.
    let list = move || {
        has_views.get().then(|| view! {
            <ul class="menu-links" aria-label=words::SAVED_VIEWS>
                <For each=move || settings.views() key=|view| saved_views::to_json(from_ref(view)) children=move |view| item(&view) />
            </ul>
        })
    };
    view! {
        {list}
        <form class="menu-settings" on:submit=save>
            <label for="view-name">{words::SAVE_VIEW_TITLE}</label>
            <div class="save-view">
                <input
                    id="view-name"
                    type="text"
                    maxlength="60"
                    autocomplete="off"
                    placeholder=words::VIEW_NAME
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <button type="submit" class="button">{words::SAVE}</button>
            </div>
            <p class="hint">{words::SAVED_VIEWS_HINT}</p>
            <div class="view-status">
                <p role="status">{move || status.get()}</p>
                {move || removed.with(Option::is_some).then(|| view! {
                    <button type="button" class="button small" on:click=undo>{words::UNDO}</button>
                })}
            </div>
        </form>
    }
}

/// The bell of a view, which follows it when it is saved again with another query.
fn bell_of(view: &SavedView) -> Bell {
    let name = view.name.trim().into();
    Bell { subject: Subject::View { name, q: view.q.as_str().into() }, name: Arc::default() }
}

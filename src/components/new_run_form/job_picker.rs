//! The field for the job: type an id or a label, or choose from the list.

use super::KnownRuns;
use super::form_state::{FormState, JOB_ID};
use crate::browser::viewport;
use crate::components::shared::{Field, notes_id};
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::{Draft, Field as DraftField, JobOption};
use web_sys::KeyboardEvent;

const LIST_ID: &str = "job-options";
/// More than a person reads through; typing finds the others.
const MOST_OPTIONS: usize = 50;

fn option_id(at: usize) -> String {
    [LIST_ID, "-", &at.to_string()].concat()
}

/// A combobox (ARIA Authoring Practices, "Editable Combobox With List Autocomplete"): label first, id second. A label that was typed
/// becomes its id when the field is left.
#[component]
pub(super) fn JobPicker(
    /// The draft, its errors and the jobs to choose from
    form: FormState,
    /// How many of the runs are known that may have the job
    known_runs: Signal<KnownRuns>,
) -> impl IntoView {
    let draft = form.draft;
    let open = RwSignal::new(false);
    // By its id: the options are put in another order when the list of runs has been read.
    let active = RwSignal::new(None::<String>);
    // Everything is offered to somebody who opens the list of a field that is filled in.
    let filter = RwSignal::new(String::new());
    let options = Memo::new(move |_| {
        let mut options = form.jobs.with(|jobs| filter.with(|typed| jobs.matching(typed)));
        options.truncate(MOST_OPTIONS);
        options
    });
    let active_at = Memo::new(move |_| {
        active.with(|active| {
            options.with(|options| options.iter().position(|option| active.as_ref() == Some(&option.id)))
        })
    });
    let activate = move |at: Option<usize>| {
        active.set(options.with_untracked(|options| at.and_then(|at| options.get(at)).map(|option| option.id.clone())));
    };
    Effect::new(move |_| {
        if let Some(at) = active_at.get() {
            // Once the list is shown: the key that opens it may reach its last option.
            request_animation_frame(move || viewport::reveal(&["#", &option_id(at)].concat()));
        }
    });
    let is_shown = Memo::new(move |_| open.get() && options.with(|options| !options.is_empty()));
    let error = form.error(DraftField::JobId);
    // Before all runs are read, another one may still have the job; while an ID is typed, it is none yet.
    let is_unknown = Memo::new(move |_| {
        let is_known =
            |draft: &Draft| draft.job_id.trim().is_empty() || form.jobs.with(|jobs| jobs.knows(&draft.job_id));
        known_runs.get() == KnownRuns::All && !open.get() && !draft.with(is_known)
    });
    let hint = Signal::derive(move || {
        if let Some(id) = form.job_of_label() {
            return words::label_means_id(&id);
        }
        let label = form.jobs.with(|jobs| draft.with(|draft| jobs.label(&draft.job_id).map(ToOwned::to_owned)));
        label.unwrap_or_else(|| if is_unknown.get() { words::UNKNOWN_JOB_HINT } else { words::JOB_HINT }.to_owned())
    });
    let cleaned = Memo::new(move |_| draft.with(|draft| draft.cleaned(DraftField::JobId)));
    let close = move || {
        // Also called by the `blur` of a field that is being removed.
        open.try_set(false);
        active.try_set(None);
    };
    let show_all = move || {
        filter.set(String::new());
        active.set(None);
        open.set(true);
    };
    let accept = move |id: String| {
        draft.update(|draft| draft.job_id = id);
        close();
    };
    let on_input = move |event| {
        let typed: String = event_target_value(&event);
        filter.set(typed.clone());
        draft.update(|draft| draft.job_id = typed);
        active.set(None);
        open.set(true);
    };
    let on_keydown = move |key: KeyboardEvent| {
        if key.is_composing() || key.ctrl_key() || key.meta_key() {
            return;
        }
        let count = options.with_untracked(Vec::len);
        let is_open = is_shown.get_untracked();
        let at = active_at.get_untracked();
        match &*key.key() {
            "ArrowDown" | "ArrowUp" if !is_open => {
                show_all();
                let count = options.with_untracked(Vec::len);
                let first = if key.key() == "ArrowUp" { count.checked_sub(1) } else { Some(0) };
                // Alt and an arrow only open the list.
                activate(first.filter(|_| !key.alt_key()));
            }
            "ArrowUp" if key.alt_key() => close(),
            "ArrowDown" => activate(Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => activate(Some(at.map_or(count - 1, |at| (at + count - 1) % count))),
            // A chosen option is taken; otherwise Enter submits, as in any field.
            "Enter" if is_open && at.is_some() => accept(active.get_untracked().unwrap_or_default()),
            "Escape" if is_open => close(),
            // These move the caret, so the keyboard is in the text again.
            "Home" | "End" | "ArrowLeft" | "ArrowRight" => return active.set(None),
            _ => return,
        }
        key.prevent_default();
        key.stop_propagation();
    };
    let on_blur = move |event| {
        close();
        form.replace_label();
        form.on_blur(DraftField::JobId)(event);
    };
    let option = move |(at, JobOption { id, label }): (usize, JobOption)| {
        let chosen = id.clone();
        let (first, second) = match label {
            Some(label) => (label, Some(id)),
            None => (id, None),
        };
        view! {
            <li
                id=option_id(at)
                role="option"
                aria-selected=move || if active_at.get() == Some(at) { "true" } else { "false" }
                // Keeps the focus in the field.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| accept(chosen.clone())
            >
                <bdi class="suggested">{first}</bdi>
                {second.map(|id| view! { " " <bdi class="hint id">{id}</bdi> })}
            </li>
        }
    };
    view! {
        <Field id=JOB_ID label=words::JOB_ID hint=hint error=error cleaned=cleaned>
            <span class="job-picker">
                <input
                    id=JOB_ID
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded=move || if is_shown.get() { "true" } else { "false" }
                    aria-controls=LIST_ID
                    aria-activedescendant=move || active_at.get().filter(|_| is_shown.get()).map(option_id)
                    aria-required="true"
                    aria-describedby=notes_id(JOB_ID)
                    aria-invalid=move || error.get().is_some().then_some("true")
                    prop:value=move || draft.with(|draft| draft.job_id.clone())
                    on:input=on_input
                    on:keydown=on_keydown
                    on:click=move |_| show_all()
                    on:blur=on_blur
                />
                <ul
                    id=LIST_ID
                    class="suggestions"
                    role="listbox"
                    aria-label=words::KNOWN_JOBS
                    hidden=move || !is_shown.get()
                >
                    {move || options.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
            </span>
        </Field>
    }
}

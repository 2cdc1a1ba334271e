//! The fields for the job and the run's name.

use super::KnownRuns;
use super::form_state::{FormState, NAME_ID};
use super::job_picker::JobPicker;
use crate::components::shared::{Field, notes_id};
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::Field as DraftField;

/// "Job ID", which suggests known jobs, and "Run name".
#[component]
pub(super) fn JobFields(
    /// The draft and its errors
    form: FormState,
    /// How many of the runs are known that may have the job
    known_runs: Signal<KnownRuns>,
) -> impl IntoView {
    let draft = form.draft;
    let error = form.error(DraftField::Name);
    let cleaned = Memo::new(move |_| draft.with(|draft| draft.cleaned(DraftField::Name)));
    view! {
        <JobPicker form=form known_runs=known_runs />
        <Field id=NAME_ID label=words::NAME hint=words::NAME_HINT.to_owned() error=error cleaned=cleaned>
            <input
                id=NAME_ID
                type="text"
                autocomplete="off"
                aria-required="true"
                aria-describedby=notes_id(NAME_ID)
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=move || draft.with(|draft| draft.name.clone())
                on:input=move |event| draft.update(|draft| draft.name = event_target_value(&event))
                on:blur=form.on_blur(DraftField::Name)
            />
        </Field>
    }
}

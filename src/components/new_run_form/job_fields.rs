//! The fields for the job and the run's name.

use super::form_state::{FormState, JOB_ID, NAME_ID};
use crate::components::shared::{Field, notes_id};
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::clean;
use runboard_core::draft::Field as DraftField;

const JOB_LIST_ID: &str = "known-jobs";

/// "Job ID", which suggests known jobs, and "Run name".
#[component]
pub(super) fn JobFields(
    /// The draft and its errors
    form: FormState,
    /// Ids of jobs that have runs; configured jobs are suggested as well
    jobs: Signal<Vec<String>>,
) -> impl IntoView {
    let config = use_ui().config;
    let draft = form.draft;
    let job_error = form.error(DraftField::JobId);
    let name_error = form.error(DraftField::Name);
    let suggestions = move || {
        let config = config.get();
        let mut jobs = jobs.get();
        for job in config.jobs.ids() {
            if !jobs.iter().any(|known| known == job) {
                jobs.push(job.to_owned());
            }
        }
        let option = |job: String| {
            let label = config.jobs.get(&job).map(ToOwned::to_owned);
            view! { <option value=job>{label}</option> }
        };
        jobs.into_iter().map(option).collect_view()
    };
    let job_hint = Signal::derive(move || {
        let label = draft.with(|draft| config.get().jobs.get(&clean::id(&draft.job_id)).map(ToOwned::to_owned));
        label.unwrap_or_else(|| words::JOB_HINT.to_owned())
    });
    let cleaned = move |field| Memo::new(move |_| draft.with(|draft| draft.cleaned(field)));
    view! {
        <Field
            id=JOB_ID
            label=words::JOB_ID
            hint=job_hint
            error=job_error
            cleaned=cleaned(DraftField::JobId)
        >
            <input
                id=JOB_ID
                type="text"
                list=JOB_LIST_ID
                autocomplete="off"
                spellcheck="false"
                aria-required="true"
                aria-describedby=notes_id(JOB_ID)
                aria-invalid=move || job_error.get().is_some().then_some("true")
                prop:value=move || draft.with(|draft| draft.job_id.clone())
                on:input=move |event| draft.update(|draft| draft.job_id = event_target_value(&event))
                on:blur=form.on_blur(DraftField::JobId)
            />
            <datalist id=JOB_LIST_ID>{suggestions}</datalist>
        </Field>
        <Field
            id=NAME_ID
            label=words::NAME
            hint=words::NAME_HINT.to_owned()
            error=name_error
            cleaned=cleaned(DraftField::Name)
        >
            <input
                id=NAME_ID
                type="text"
                autocomplete="off"
                aria-required="true"
                aria-describedby=notes_id(NAME_ID)
                aria-invalid=move || name_error.get().is_some().then_some("true")
                prop:value=move || draft.with(|draft| draft.name.clone())
                on:input=move |event| draft.update(|draft| draft.name = event_target_value(&event))
                on:blur=form.on_blur(DraftField::Name)
            />
        </Field>
    }
}

//! The draft being edited and the errors of its fields.

use crate::browser::focus;
use crate::context::{UiContext, use_ui};
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::{Draft, EndChoice, Field, FieldError, JobOptions, NewRun, StartChoice};
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::problem::ProblemKind;
use runboard_core::time::Timestamp;
use runboard_core::time::zone::Offset;
use web_sys::FocusEvent;

pub(super) const JOB_ID: &str = "job-id";
pub(super) const NAME_ID: &str = "run-name";
pub(super) const START_ID: &str = "start";
pub(super) const END_ID: &str = "end";
pub(super) const LENGTH_ID: &str = "length";

/// A draft's run, or the errors of its fields.
pub(super) type Checked = Result<NewRun, Vec<(Field, FieldError)>>;

/// What the groups of fields share.
#[derive(Clone, Copy)]
pub(super) struct FormState {
    pub(super) draft: RwSignal<Draft>,
    /// The jobs to choose from.
    pub(super) jobs: Signal<JobOptions>,
    /// The draft, validated against the current time.
    pub(super) checked: Memo<Checked>,
    /// When the run starts that the new one replaces.
    pub(super) replaced_start: Memo<Option<Timestamp>>,
    ui: UiContext,
    /// Fields that the user has left; only these show their errors before the first attempt to submit.
    left: RwSignal<Vec<Field>>,
    submitted: RwSignal<bool>,
    /// The draft as it was last sent: the server's messages are about that one.
    sent: RwSignal<Draft>,
    server_errors: Memo<Vec<(Field, String)>>,
}

impl FormState {
    pub(super) fn new(draft: RwSignal<Draft>, jobs: Signal<JobOptions>, create_state: Signal<CreateState>) -> Self {
        let ui = use_ui();
        let checked = Memo::new(move |_| {
            let (now, zone) = (ui.clock.tick(), ui.settings.zone());
            let meant = jobs.with(|jobs| draft.with(|draft| draft.with_job_meant(jobs)));
            meant.validate(now, &|at| zone.offset(at))
        });
        Self {
            draft,
            jobs,
            checked,
            replaced_start: Memo::new(move |_| draft.with(|draft| draft.replaced_start)),
            ui,
            left: RwSignal::new(Vec::new()),
            submitted: RwSignal::new(false),
            sent: RwSignal::new(draft.get_untracked()),
            server_errors: Memo::new(move |_| create_state.with(server_errors)),
        }
    }

    /// The run that would be scheduled, unless something is missing or wrong.
    pub(super) fn valid(self) -> Memo<Option<NewRun>> {
        Memo::new(move |_| self.checked.with(|checked| checked.as_ref().ok().cloned()))
    }

    /// Validates against the moment of submitting, which may be later than the last tick of the clock.
    pub(super) fn validate_now(self) -> Checked {
        let (now, zone) = (self.ui.clock.now(), self.ui.settings.zone_untracked());
        self.draft.with_untracked(|draft| draft.validate(now, &|at| zone.offset(at)))
    }

    /// The start, if it can be read; tracked.
    pub(super) fn start_at(self) -> Signal<Option<Timestamp>> {
        Signal::derive(move || {
            let (now, zone) = (self.ui.clock.tick(), self.ui.settings.zone());
            self.draft.with(|draft| draft.start_at(now, &|at| zone.offset(at)))
        })
    }

    /// The window as far as it can be read, whatever else is missing; tracked.
    pub(super) fn window(self) -> (Result<Timestamp, FieldError>, Result<Option<Timestamp>, FieldError>) {
        let (now, zone) = (self.ui.clock.tick(), self.ui.settings.zone());
        self.draft.with(|draft| draft.window(now, &|at| zone.offset(at)))
    }

    /// Edits the window, whose times depend on each other, at the current time in the chosen zone.
    pub(super) fn edit(self, edit: impl FnOnce(&mut Draft, Timestamp, Offset<'_>)) {
        let (now, zone) = (self.ui.clock.now(), self.ui.settings.zone_untracked());
        self.draft.update(|draft| edit(draft, now, &|at| zone.offset(at)));
    }

    /// Replaces a job's label by the id that it stands for, where the person sees it.
    pub(super) fn replace_label(self) {
        // A field that is removed while it has the focus still sends `blur`, when its signals are gone.
        let typed = self.draft.try_with_untracked(|draft| draft.job_id.clone()).unwrap_or_default();
        let id = self.jobs.try_with_untracked(|jobs| jobs.id_of_label(&typed).map(ToOwned::to_owned));
        if let Some(id) = id.flatten() {
            self.draft.update(|draft| draft.job_id = id);
        }
    }

    /// The id of the job whose label has been typed; tracked.
    pub(super) fn job_of_label(self) -> Option<String> {
        self.jobs.with(|jobs| self.draft.with(|draft| jobs.id_of_label(&draft.job_id).map(ToOwned::to_owned)))
    }

    /// The user tries to submit: from now on every field shows its error.
    pub(super) fn note_submit(self) {
        self.submitted.set(true);
    }

    /// The draft is being sent as it is.
    pub(super) fn note_sent(self) {
        self.sent.set(self.draft.get_untracked());
    }

    /// The message below a field: its own error or else what the server said about the value that is still there.
    pub(super) fn error(self, field: Field) -> Memo<Option<String>> {
        Memo::new(move |_| {
            let visible = self.submitted.get() || self.left.with(|left| left.contains(&field));
            let own = self.checked.with(|checked| {
                let (_, error) = checked.as_ref().err()?.iter().find(|(of, _)| *of == field)?;
                // An empty field or half a time is not an error yet while it is being typed; too long a text is.
                Some(*error).filter(|error| visible || matches!(error, FieldError::TooLong(_)))
            });
            match own {
                Some(error) => Some(words::field_error(field, error, &|at| self.ui.settings.print(at))),
                None => self.server_error(field),
            }
        })
    }

    /// The message at "End": what is wrong with the duration stands there.
    pub(super) fn end_error(self) -> Memo<Option<String>> {
        let error = self.error(Field::End);
        let is_of_length = self.is_length_invalid();
        Memo::new(move |_| error.get().filter(|_| !is_of_length.get()))
    }

    /// The message at "Duration": all that is wrong with the end where a duration gives it, else only what is wrong with itself.
    pub(super) fn length_error(self) -> Memo<Option<String>> {
        let error = self.error(Field::End);
        let is_of_length = self.is_length_invalid();
        let ends_after = Memo::new(move |_| self.draft.with(|draft| draft.end == EndChoice::After));
        Memo::new(move |_| error.get().filter(|_| ends_after.get() || is_of_length.get()))
    }

    fn is_length_invalid(self) -> Memo<bool> {
        Memo::new(move |_| self.checked.with(is_length_invalid))
    }

    fn server_error(self, field: Field) -> Option<String> {
        let unchanged = self.sent.with(|sent| self.draft.with(|draft| value_of(sent, field) == value_of(draft, field)));
        self.server_errors
            .with(|errors| errors.iter().find(|(of, _)| *of == field).map(|(_, message)| message.clone()))
            .filter(|_| unchanged)
    }

    /// Shows a field's error once the user has left it, except for a button: the message would push the button away from
    /// under the pointer before the click.
    pub(super) fn on_blur(self, field: Field) -> impl Fn(FocusEvent) + Copy + Send + Sync + 'static {
        move |event| {
            if !focus::moves_to_button(&event) {
                self.leave(field);
            }
        }
    }

    /// The user has left a field.
    pub(super) fn leave(self, field: Field) {
        // A field that is removed while it has the focus still sends `blur`, when its signals are gone.
        self.left.try_update(|left| {
            if !left.contains(&field) {
                left.push(field);
            }
        });
    }

    /// Focuses a field's control.
    pub(super) fn focus(self, field: Field) {
        let ends_after = self.draft.with_untracked(|draft| draft.end == EndChoice::After)
            || self.checked.with_untracked(is_length_invalid);
        let id = match field {
            Field::JobId => JOB_ID,
            Field::Name => NAME_ID,
            Field::Start => START_ID,
            Field::End if ends_after => LENGTH_ID,
            Field::End => END_ID,
        };
        focus::first(&["#", id].concat());
    }
}

fn is_length_invalid(checked: &Checked) -> bool {
    checked.as_ref().is_err_and(|errors| errors.contains(&(Field::End, FieldError::UnreadableLength)))
}

/// Everything in the draft that an error of this field may be about.
fn value_of(draft: &Draft, field: Field) -> (&str, &str, bool) {
    match field {
        Field::JobId => (&draft.job_id, "", false),
        Field::Name => (&draft.name, "", false),
        Field::Start => (&draft.start_text, "", draft.start == StartChoice::Now),
        Field::End => (&draft.end_text, &draft.after_text, draft.end == EndChoice::After),
    }
}

/// The server's messages about single fields.
fn server_errors(create_state: &CreateState) -> Vec<(Field, String)> {
    match create_state.stage() {
        Stage::Refused(problem) => match &problem.kind {
            ProblemKind::Invalid { fields } => fields.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

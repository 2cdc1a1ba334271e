//! Which message stands at which field, and for how long.

use runboard_core::draft::{Draft, EndChoice, Field, FieldError, StartChoice};
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::problem::ProblemKind;

/// An empty field is marked only once it was left; a wrong time or length that is still being typed, too.
pub(super) fn shown_early(fault: FieldError, left: bool) -> bool {
    left || matches!(fault, FieldError::TooLong(_))
}

/// The fault of a field.
pub(super) fn find(faults: &[(Field, FieldError)], which: Field) -> Option<FieldError> {
    faults.iter().find(|(of, _)| *of == which).map(|(_, fault)| *fault)
}

/// Everything typed that a message about this field may be about.
pub(super) fn typed(draft: &Draft, which: Field) -> (&str, &str, bool) {
    match which {
        Field::JobId => (&draft.job_id, "", false),
        Field::Name => (&draft.name, "", false),
        Field::Start => (&draft.start_text, "", draft.start == StartChoice::Now),
        Field::End => (&draft.end_text, &draft.after_text, draft.end == EndChoice::After),
    }
}

/// What the server said of fields.
pub(super) fn server_messages(creating: &CreateState) -> Vec<(Field, String)> {
    match creating.stage() {
        Stage::Refused(problem) => match &problem.kind {
            ProblemKind::Invalid { fields } => fields.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

//! Which message stands at which field, and for how long.

use runboard_core::draft::{Draft, EndChoice, Fault, Field, StartChoice};
use runboard_core::policy::scheduling::{Scheduling, Stage};
use runboard_core::problem::ProblemKind;
use runboard_core::time::Timestamp;
use runboard_core::time::print::field_text;
use runboard_core::time::zone::Offset;

/// An empty field is marked only once it was left; a wrong time or length that is still being typed, too.
pub(super) fn shown_early(fault: Fault, left: bool) -> bool {
    left || matches!(fault, Fault::TooLong(_))
}

/// The fault of a field.
pub(super) fn find(faults: &[(Field, Fault)], which: Field) -> Option<Fault> {
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
pub(super) fn server_messages(creating: &Scheduling) -> Vec<(Field, String)> {
    match creating.stage() {
        Stage::Refused(problem) => match &problem.kind {
            ProblemKind::Invalid { fields } => fields.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The text of a time in another zone; what names no single instant, or names its own offset, stays as typed.
pub(crate) fn rewrite(text: &str, now: Timestamp, from: Offset<'_>, to: Offset<'_>) -> String {
    use runboard_core::time::input::{TimeInput, read};
    let independent = Timestamp::parse(text.trim()).is_some()
        || text.trim_start().starts_with('+')
        || text.trim().eq_ignore_ascii_case("now");
    match read(text, now, from) {
        TimeInput::At(at) if !independent => field_text(at, to(at)),
        _ => text.to_owned(),
    }
}

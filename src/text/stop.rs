//! Stopping a run.

/// The dialog's question.
pub const QUESTION: &str = "Stop this run?";
/// Yes.
pub const CONFIRM: &str = "Stop run";
/// No.
pub const KEEP: &str = "Keep running";
/// What stopping does not undo.
pub const CONSEQUENCE: &str = "What was already handed over may not be recalled, and responses are no longer handled. The API documents no way to resume a stopped run.";
/// For a run that has not opened.
pub const CONSEQUENCE_UPCOMING: &str = "Its window has not opened yet, so nothing should have been sent. The API documents no way to resume a stopped run.";
/// While the request is under way.
pub const SENDING: &str = "Asking the API to stop the run…";
/// 409.
pub const ALREADY_OVER: &str = "The API says this run is already over. Nothing was changed.";
/// What is left of the window.
pub fn left(span: &str, end: &str) -> String {
    format!("{span} of its window are left; it ends {end}.")
}
/// When it would open.
pub fn opens(span: &str, start: &str) -> String {
    format!("It would open in {span}, {start}.")
}
/// The API took the request.
pub fn requested(at: &str) -> String {
    format!("Stop requested {at}. The API took the request; its status does not say “stopped” yet.")
}
/// The status confirms it.
pub fn confirmed(asked: &str, confirmed: &str, word: &str) -> String {
    format!("Stopped. Asked {asked}; the API’s status was “{word}” at {confirmed}.")
}
/// It was refused.
pub const REFUSED: &str = "The run was not stopped.";
/// It is not known.
pub fn unknown(at: &str) -> String {
    format!(
        "A stop was sent {at}, but no clear answer came back. It is not known whether the run was stopped; the console keeps reading its status."
    )
}
/// Which environment this is.
pub fn environment(name: &str) -> String {
    format!("Environment: {name}")
}

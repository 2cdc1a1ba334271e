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
/// Over before it was asked, or 409.
pub fn already_over(word: Option<&str>) -> String {
    let word = word.map(|word| format!(" Its status is “{word}”.")).unwrap_or_default();
    format!("This run is already over. Nothing was changed.{word}")
}
/// The dialog reads the run first.
pub const REREADING: &str = "Reading the run once more…";
/// It did.
pub const REREAD: &str = "This is the run as it is now.";
/// It took too long.
pub const REREAD_LATE: &str =
    "The API takes long to answer: what is shown may be a little old. You can stop the run all the same.";
/// It could not.
pub fn reread_failed(why: &str) -> String {
    format!("The run could not be read once more. {why} What is shown may be old; you can stop the run all the same.")
}
/// The counts so far.
pub fn counts(counts: &str) -> String {
    format!("So far: {counts}.")
}
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
/// Readings since then.
pub fn read_since(times: &str, word: &str) -> String {
    let times = if times == "1" { "once".to_owned() } else { format!("{times} times") };
    format!("Read {times} since: the status is “{word}”. The console goes on reading.")
}
/// The status confirms it.
pub fn confirmed(asked: &str, confirmed: &str, word: &str) -> String {
    format!("Stopped. Asked {asked}; the API’s status was “{word}” at {confirmed}.")
}
/// The status is another one now.
pub fn changed(asked: &str, confirmed: &str, before: &str, word: &str) -> String {
    format!(
        "Asked to stop {asked}; the API’s status was “{word}” at {confirmed}, and “{before}” before. It may also have ended by itself."
    )
}
/// The counts before and after.
pub fn before_after(before: &str, after: &str) -> String {
    format!("When asked: {before}. Now: {after}.")
}
/// What the copy button copies.
pub const RECEIPT: &str = "receipt";
/// The receipt as text: name, id, times as ISO 8601 in UTC, words, counts.
pub fn receipt(name: &str, id: &str, times: [&str; 3], words: [&str; 2], counts: [&str; 2]) -> String {
    let [asked, answered, confirmed] = times;
    let ([before, after], [counted, counts]) = (words, counts);
    format!(
        "Stop of “{name}”\nRun ID: {id}\nAsked: {asked}\nTaken by the API: {answered}\nConfirmed: {confirmed}\nStatus before: {before}\nStatus after: {after}\nCounts when asked: {counted}\nCounts after: {counts}\n"
    )
}
/// No answer came.
pub const NO_ANSWER: &str = "no answer";
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

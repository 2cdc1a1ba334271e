//! The list of runs.

use super::counted;
use runboard_core::list::saved_views::BuiltIn;
use runboard_core::run::Run;

/// Heading and table.
pub const TITLE: &str = "Runs";
/// The link to the form.
pub const NEW_RUN: &str = "New run";
/// The search field.
pub const SEARCH: &str = "Search runs";
/// What it takes.
pub const SEARCH_HINT: &str = "Name, ID or job";
/// Columns.
pub const NAME: &str = "Name";
/// Status.
pub const STATUS: &str = "Status";
/// Job.
pub const JOB: &str = "Job";
/// Start.
pub const START: &str = "Start";
/// End.
pub const END: &str = "End";
/// Created.
pub const CREATED: &str = "Created";
/// The group of phase filters.
pub const PHASE_FILTER: &str = "Phase";
/// The group of status filters.
pub const STATUS_FILTER: &str = "API status";
/// All phases.
pub const ALL: &str = "All";
/// Any status.
pub const ANY_STATUS: &str = "Any";
/// The group of views that are always there.
pub const VIEWS: &str = "Views";
/// A view that is always there.
pub fn view(view: BuiltIn) -> &'static str {
    match view {
        BuiltIn::OpenNow => "Open now",
        BuiltIn::StartingSoon => "Starting within 24 h",
        BuiltIn::EndedToday => "Ended today",
        BuiltIn::NeedsLook => "Needs a look",
    }
}
/// The group of exports.
pub const EXPORT: &str = "Export";
/// Which runs a file takes: how many, whether others are hidden by the filter, whether some are still missing.
pub fn scope(count: &str, filtered: bool, partial: bool) -> String {
    let runs = counted(count, "run", "runs");
    let kind = if filtered { runs.replacen(' ', " filtered ", 1) } else { runs };
    if partial { format!("{kind} read so far") } else { kind }
}
/// A button that saves a file of that kind.
pub fn export(scope: &str, kind: &str) -> String {
    format!("Export {scope} as {kind}")
}
/// The file was handed to the browser.
pub const EXPORTED: &str = "The file is saved where this browser keeps downloads.";
/// A file's name, with the time it was made.
pub fn file(at: &str, ending: &str) -> String {
    format!("runs-{at}.{ending}")
}
/// Nothing there.
pub const EMPTY: &str = "No runs yet";
/// What to do then.
pub const EMPTY_HINT: &str = "A run sends a job’s list during a window of time. Schedule the first one.";
/// Hidden by the filter.
pub const NO_MATCH: &str = "No runs match";
/// The way out.
pub const CLEAR: &str = "Clear search and filters";
/// A run without a name.
pub const UNNAMED: &str = "(no name)";
/// A run's name, or that it has none.
pub fn name(run: &Run) -> &str {
    run.visible_name().unwrap_or(UNNAMED)
}
/// A value the API did not give.
pub const MISSING: &str = "not given";
/// Loading the first page.
pub const LOADING: &str = "Loading runs";
/// Reads again now.
pub const REFRESH: &str = "Refresh";

/// Heading with the live count.
pub fn heading(count: Option<&str>) -> String {
    count.map_or_else(|| TITLE.to_owned(), |count| format!("{TITLE} ({count})"))
}
/// How many are hidden.
pub fn no_match_hint(all: &str) -> String {
    format!("{} hidden by the search and filters.", counted(all, "run is", "runs are"))
}
/// How many of how many are listed.
pub fn shown(shown: &str, all: &str) -> String {
    if shown == all { counted(all, "run", "runs") } else { format!("{shown} of {}", counted(all, "run", "runs")) }
}
/// A job by its label and its id.
pub fn label_and_id(label: &str, id: &str) -> String {
    format!("{label}, {id}")
}
/// A sort button.
pub fn sort_by(column: &str) -> String {
    format!("Sort by {column}")
}
/// When it was read.
/// Before the time it was read.
pub const AS_OF: &str = "as of";
/// When it was read.
pub fn as_of(time: &str) -> String {
    format!("as of {time}")
}
/// While further pages are on their way.
pub fn reading(read: &str, total: Option<&str>) -> String {
    total.map_or_else(|| format!("Reading… {read} so far"), |total| format!("Reading… {read} of {total}"))
}
/// Ends the reading.
pub const STOP_LOADING: &str = "Stop loading";
/// Goes on with it.
pub const LOAD_REST: &str = "Load all runs";
/// Before the time when all was known to be so, where the newest were read later.
pub const ALL_AS_OF: &str = "all runs as of";
/// Before the time when the newest were read.
pub const NEWEST_AS_OF: &str = "; newest as of";
/// The person ended the reading.
pub fn stopped(read: &str, total: Option<&str>) -> String {
    format!("{}: you stopped the rest. Search, filters and counts go by these.", of_total(read, total))
}
/// Pages failed.
pub fn failed_pages(read: &str, total: Option<&str>, pages: &[u32]) -> String {
    let numbers: Vec<String> = pages.iter().take(5).map(u32::to_string).collect();
    let more = if pages.len() > 5 { ", …" } else { "" };
    let pages = if pages.len() == 1 { "page" } else { "pages" };
    format!("{}; {pages} {}{more} failed.", of_total(read, total), numbers.join(", "))
}
fn of_total(read: &str, total: Option<&str>) -> String {
    total.map_or_else(|| counted(read, "run", "runs"), |total| format!("{read} of {}", counted(total, "run", "runs")))
}
/// The reading ended early.
pub fn incomplete(read: &str, total: Option<&str>) -> String {
    total.map_or_else(
        || format!("The API did not give all pages it announced: {read} runs were read. Some runs may be missing here."),
        |total| format!("The API did not give all pages it announced: {read} of {total} runs were read. Some runs may be missing here."),
    )
}
/// Entries that could not be read.
pub fn unreadable(count: &str) -> String {
    format!(
        "{} could not be read and {} missing here.",
        counted(count, "entry", "entries"),
        if count == "1" { "is" } else { "are" }
    )
}
/// The button that draws the runs which came while the list was being read.
pub fn show_new(count: &str) -> String {
    format!("Show {}", counted(count, "new run", "new runs"))
}
/// The group of views that the person has saved.
pub const SAVED_VIEWS: &str = "Saved views";
/// Unfolds the form.
pub const SAVE_VIEW: &str = "Save or delete views";
/// Where they are.
pub const SAVED_HINT: &str = "Views are saved in this browser only: the search and the order, under a name of yours.";
/// The name's field.
pub const VIEW_NAME: &str = "View name";
/// Saves it.
pub const SAVE: &str = "Save view";
/// Forgets one.
pub fn delete_view(name: &str) -> String {
    format!("Delete view {name}")
}
/// It was saved.
pub fn view_saved(name: &str) -> String {
    format!("“{name}” is saved in this browser.")
}
/// It was forgotten.
pub fn view_deleted(name: &str) -> String {
    format!("“{name}” is deleted.")
}
/// Storage was refused.
pub const VIEW_NOT_KEPT: &str =
    "This browser does not let the console keep views: it is gone when you leave this page.";
/// No name, or too many.
pub const VIEW_REFUSED: &str = "A view needs a name, and there can be 50 of them.";
/// Unfolds the choice of columns.
pub const LOOKS: &str = "Columns and rows";
/// The group of columns.
pub const COLUMNS: &str = "Columns";
/// The group of distances.
pub const ROWS: &str = "Rows";
/// With room.
pub const COMFORTABLE: &str = "Comfortable";
/// Close together.
pub const COMPACT: &str = "Compact";
/// The region about a job.
pub fn job(name: &str) -> String {
    format!("Job {name}")
}
/// How many runs it has.
pub fn job_runs(count: &str) -> String {
    counted(count, "run", "runs")
}
/// The list of rates.
pub const JOB_RATES: &str = "Success rates of its last finished runs";
/// None is finished.
pub const JOB_NONE: &str = "None of its runs is finished yet.";
/// Nothing counted.
pub const NO_RATE: &str = "no data yet";
/// On its way.
pub const READING_RATE: &str = "being read";
/// Not read.
pub fn rate_failed(why: &str) -> String {
    format!("could not be read. {why}")
}
/// From a job's id to its runs.
pub const JOB_LINK: &str = "All runs of this job";
/// Said once when they come.
pub fn arrived(count: &str) -> String {
    format!("{} came in. They are shown when you ask for them.", counted(count, "new run", "new runs"))
}
/// Of a long table only a part is drawn.
pub const FIND: &str = "This list is long: only the rows in view are drawn. Use the search field; the browser’s own search (Ctrl+F) does not see the others.";

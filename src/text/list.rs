//! The list of runs.

use super::counted;
use runboard_core::countdown::Countdown;
use runboard_core::isolate::isolate;
use runboard_core::list::saved_views::BuiltInView;
use runboard_core::query::SortKey;
use runboard_core::run::{Run, Said};
use runboard_core::time::Span;

/// The heading and the table.
pub const TITLE: &str = "Runs";
pub const NEW_RUN: &str = "New run";
pub const SEARCH: &str = "Search runs";
pub const SEARCH_HINT: &str = "Name, ID or job";
pub const NAME: &str = "Name";
pub const STATUS: &str = "Status";
pub const JOB: &str = "Job";
pub const START: &str = "Start";
pub const END: &str = "End";
pub const CREATED: &str = "Created";
pub const LENGTH: &str = "Length";
pub const COUNTDOWN: &str = "Starts / ends in";

/// A run's countdown in its row.
pub fn countdown(countdown: Countdown) -> String {
    match countdown {
        Countdown::StartsIn(span) => format!("starts in {}", span.words()),
        Countdown::EndsIn(span) => format!("ends in {}", span.words()),
        Countdown::Ended(span) if span == Span::default() => "just ended".to_owned(),
        Countdown::Ended(span) => format!("ended {} ago", span.words()),
    }
}

/// Said when the list is first loaded, in the polite region.
pub fn need_attention(count: &str) -> String {
    if count == "1" { "1 run needs attention".to_owned() } else { format!("{count} runs need attention") }
}

/// Announced when the list has arrived: [`need_attention`] and, where a query was typed meanwhile, [`shown_count`].
pub fn on_arrival(attention: Option<String>, result: Option<String>) -> String {
    attention.into_iter().chain(result).collect::<Vec<_>>().join(". ")
}

/// The document's title, with how many runs need attention. A number alone before it would be that of unseen notifications.
pub fn title(attention: &str) -> String {
    if attention == "0" { TITLE.to_owned() } else { format!("{TITLE}: {}", need_attention(attention)) }
}
/// The default order.
pub const SECTION: &str = "Needs attention first";
pub const STATE_FILTER: &str = "State";
pub const ALL: &str = "All";

/// The button that opens the filters on a phone; `chosen`: their names.
pub fn filters(chosen: &[&str]) -> String {
    match chosen {
        [] => "Filters".to_owned(),
        _ => format!("Filters: {}", chosen.join(", ")),
    }
}
pub const VIEWS: &str = "Views";

/// Label of the toolbar above the table.
pub const TOOLS: &str = "List tools";

pub fn built_in_view(view: BuiltInView) -> &'static str {
    match view {
        BuiltInView::OpenNow => "Open now",
        BuiltInView::StartingSoon => "Starts within 24 h",
        BuiltInView::EndedToday => "Ended today",
        BuiltInView::NeedsAttention => "Needs attention",
    }
}

pub const EXPORT: &str = "Export";

/// Which runs an export has: how many, whether the filter hides others, and whether some are not read yet.
pub fn export_scope(count: &str, filtered: bool, partial: bool) -> String {
    let runs = counted(count, "run", "runs");
    let kind = if filtered { runs.replacen(' ', " filtered ", 1) } else { runs };
    if partial { format!("{kind} read so far") } else { kind }
}

pub fn export(scope: &str, kind: &str) -> String {
    format!("Export {scope} as {kind}")
}

pub const EXPORTED: &str = "The file is saved where this browser keeps downloads.";

/// `at`: when the file was made.
pub fn file_name(at: &str, ending: &str) -> String {
    format!("runs-{at}.{ending}")
}

pub const EMPTY: &str = "No runs yet";
pub const EMPTY_HINT: &str = "A run sends a job’s list during a window of time. Schedule the first one.";
pub const NO_MATCH: &str = "No runs match";
pub const CLEAR_FILTERS: &str = "Clear search and filters";
pub const UNNAMED: &str = "(no name)";

/// The run's name, or that it has none.
pub fn name(run: &Run) -> &str {
    run.visible_name().unwrap_or(UNNAMED)
}

/// In place of a length or a countdown that there is not.
pub const NONE: &str = "–";

/// On paper, in place of a list of more than 2,000 runs.
pub fn too_long_to_print(count: &str) -> String {
    format!("{count} runs are too many to print. Search for those you need, or export them.")
}

/// A value that the API did not give.
pub const NOT_GIVEN: &str = "not given";

/// In place of a time that the API gave in a form that is no time; what it gave is in the tooltip.
pub const CANNOT_BE_READ: &str = "can’t be read";

/// In place of a time that the API’s program never set, such as the start of the year 1.
pub const NOT_SET: &str = "not set";

/// In place of a time that is no instant, and what the API gave.
pub const fn no_time<'a>(said: Said<'a>) -> (&'static str, Option<&'a str>) {
    match said {
        Said::Unreadable(text) => (CANNOT_BE_READ, Some(text)),
        Said::Unset(text) => (NOT_SET, Some(text)),
        Said::At(_) | Said::Missing => (NOT_GIVEN, None),
    }
}
pub const LOADING: &str = "Loading runs";
pub const REFRESH: &str = "Refresh";
pub const CANCEL_REFRESH: &str = "Cancel";
pub const REFRESH_OFFLINE: &str = "Not updated. This computer is offline.";
pub const REFRESH_CANCELLED: &str = "Refresh cancelled.";

/// Announced when a refresh ends; `failure`: why it failed.
pub fn refreshed(count: &str, failure: Option<&str>) -> String {
    match failure {
        Some(why) => format!("Not updated. {why}"),
        None => format!("Updated. {}.", counted(count, "run", "runs")),
    }
}

/// `refused`: a part of the query was not understood.
pub fn no_match_hint(all: &str, refused: bool) -> String {
    if refused {
        return "Part of the search isn’t understood, so no runs are listed.".to_owned();
    }
    format!("{} hidden by the search and filters.", counted(all, "run is", "runs are"))
}

pub fn shown_count(shown: &str, all: &str) -> String {
    if shown == all { counted(all, "run", "runs") } else { format!("{shown} of {}", counted(all, "run", "runs")) }
}

pub fn label_and_id(label: &str, id: &str) -> String {
    let (label, id) = (isolate(label), isolate(id));
    format!("{label}, {id}")
}

/// Before the time of the last read.
pub const UPDATED: &str = "Updated";

/// When all runs were read, and when the newest were.
pub fn ages(all: &str, newest: &str) -> String {
    format!("All runs as of {all}, the newest as of {newest}")
}

/// `name`: of the column. An order of the list.
pub fn order(name: &str, key: SortKey, descending: bool) -> String {
    let way = match (key, descending) {
        (SortKey::Start | SortKey::End | SortKey::Created, true) => "newest first",
        (SortKey::Start | SortKey::End | SortKey::Created, false) => "oldest first",
        (SortKey::Length, true) => "longest first",
        (SortKey::Length, false) => "shortest first",
        (SortKey::Countdown, true) => "latest first",
        (SortKey::Countdown, false) => "soonest first",
        (_, false) => "A to Z",
        (_, true) => "Z to A",
    };
    format!("{name}, {way}")
}

pub const ORDER: &str = "Sort by";

pub fn loading_progress(read: &str, total: Option<&str>) -> String {
    total.map_or_else(|| format!("Loading {read} so far"), |total| format!("Loading {read} of {total}"))
}

pub const STOP_LOADING: &str = "Stop loading";
pub const LOAD_ALL: &str = "Load all runs";

/// The person stopped loading.
pub fn loading_stopped(read: &str, total: Option<&str>) -> String {
    format!("{}: you stopped the rest. Search, filters and counts go by these.", of_total(read, total))
}

pub fn failed_pages(read: &str, total: Option<&str>, pages: &[u32]) -> String {
    let numbers: Vec<String> = pages.iter().take(5).map(u32::to_string).collect();
    let more = if pages.len() > 5 { ", …" } else { "" };
    let pages = if pages.len() == 1 { "page" } else { "pages" };
    format!("{}; {pages} {}{more} failed.", of_total(read, total), numbers.join(", "))
}

fn of_total(read: &str, total: Option<&str>) -> String {
    total.map_or_else(|| counted(read, "run", "runs"), |total| format!("{read} of {}", counted(total, "run", "runs")))
}

/// Without a total: it has changed, or the API gives none.
pub fn incomplete(read: &str, total: Option<&str>) -> String {
    total.map_or_else(
        || format!("Some pages may be missing. {} loaded.", counted(read, "run was", "runs were")),
        |total| format!("Some pages are missing. {read} of {total} runs were loaded."),
    )
}

pub fn unreadable_entries(count: &str) -> String {
    format!("{} couldn’t be shown.", counted(count, "run", "runs"))
}

/// The button that shows the runs which were held back.
pub fn show_new(count: &str) -> String {
    format!("Show {}", counted(count, "new run", "new runs"))
}

pub const SAVED_VIEWS: &str = "Saved views";
pub const SAVE_VIEW_TITLE: &str = "Save this view";
pub const SAVED_VIEWS_HINT: &str =
    "Saves the search, the order, the columns and the row height in this browser, under a name you choose.";
pub const VIEW_NAME: &str = "View name";
pub const SAVE: &str = "Save view";

pub fn delete_view(name: &str) -> String {
    let name = isolate(name);
    format!("Delete view {name}")
}

pub fn view_saved(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” is saved in this browser.")
}

pub fn view_deleted(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was deleted.")
}

pub fn view_replaced(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was replaced.")
}

/// It was deleted or replaced, and that was undone.
pub fn view_restored(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” is back as it was.")
}

pub const UNDO: &str = "Undo";

pub const VIEW_NOT_STORED: &str =
    "This browser does not let the console keep views: it is gone when you leave this page.";

pub const VIEW_NOT_DELETED: &str = "This browser does not let the console store that: the view is back after a reload.";
/// There are too many to bring another one back.
pub const VIEWS_FULL: &str = "There is no room: the limit is 50 views.";

/// The view has no name, or there are too many.
pub const VIEW_REFUSED: &str = "Enter a name (limit: 50 views).";
pub const DISPLAY: &str = "Display";
pub const COLUMNS: &str = "Columns";
pub const COLUMNS_HINT: &str = "Where space is short, the last ones are left out.";

/// `column`: its name.
pub fn move_column(column: &str, back: bool) -> String {
    format!("Move {column} {}", if back { "up" } else { "down" })
}

pub fn column_moved(column: &str, place: &str, of: &str) -> String {
    format!("{column}, {place} of {of}")
}
pub const ROWS: &str = "Rows";
pub const COMFORTABLE: &str = "Comfortable";
pub const COMPACT: &str = "Compact";

pub fn job_title(name: &str) -> String {
    let name = isolate(name);
    format!("Job {name}")
}

pub fn job_runs(count: &str) -> String {
    counted(count, "run", "runs")
}

pub const JOB_RATES: &str = "Success rates of its last finished runs";
pub const JOB_NO_FINISHED_RUNS: &str = "None of its runs is finished yet.";
pub const NO_RATE: &str = "no data yet";
pub const RATE_LOADING: &str = "loading";

pub fn rate_failed(why: &str) -> String {
    format!("couldn’t be loaded. {why}")
}

pub const ALL_RUNS_OF_JOB: &str = "All runs of this job";

/// Announced once when runs are held back.
pub fn new_runs_announcement(count: &str) -> String {
    let them = if count == "1" { "it" } else { "them" };
    format!("{} available. Choose “{}” to see {them}.", counted(count, "new run", "new runs"), show_new(count))
}

pub const LONG_LIST_HINT: &str = "Ctrl+F finds only the rows on screen. Use Search.";

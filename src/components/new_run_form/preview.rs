//! The preview of the run that the form would schedule.

use super::form_state::FormState;
use super::warnings::FormWarning;
use super::window_change::WindowChange;
use super::{KnownRuns, ReplacedRun};
use crate::address::Address;
use crate::browser::number;
use crate::browser::zones::Zone;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::text::{counted, create, form as words, list, reschedule};
use leptos::prelude::*;
use runboard_core::draft::warning::{Clash, Clashes, Warning};
use runboard_core::draft::{Field, FieldError};
use runboard_core::policy::create::BlockReason;
use runboard_core::policy::intent::Fingerprint;
use runboard_core::run::is_visible;
use runboard_core::time::Timestamp;
use runboard_core::time::print::{clock_words, day_words, offset_words};

/// A sentence that says what will happen, warnings to check before submitting, and the exact request.
#[component]
pub(super) fn Preview(
    /// The draft
    form: FormState,
    /// What to look at before scheduling
    warnings: Memo<Vec<FormWarning>>,
    /// Whether a run that it clashes with appeared since the draft was last edited
    clash_appeared: Signal<bool>,
    /// Why the draft would not be sent
    block: Memo<Option<BlockReason>>,
    /// How many runs are known that it may clash with
    known_runs: Signal<KnownRuns>,
    /// The run that the new one replaces
    replaces: Option<ReplacedRun>,
    /// The milliseconds by which the run will be recognised
    fingerprint: Signal<Fingerprint>,
) -> impl IntoView {
    let ui = use_ui();
    let checked = form.checked;
    let sentence = Memo::new(move |_| match form.window() {
        (Ok(from), Ok(Some(to))) => {
            let (start, end) = window_words(&ui.settings.zone(), from, to);
            let wait = from.since(ui.clock.tick());
            let starts = if wait.millis() > 0 { words::starts_in(&wait.words()) } else { words::STARTS_NOW.to_owned() };
            words::preview(&to.since(from).exact_words(), &start, &end, &starts)
        }
        (start, end) => {
            let errors = [(Field::Start, start.err()), (Field::End, end.err())];
            let wrong =
                errors.into_iter().find_map(|(field, error)| Some((field, error.filter(|of| !is_unfinished(*of))?)));
            let print = |at| ui.settings.print(at);
            wrong.map_or_else(
                || words::PREVIEW_EMPTY.to_owned(),
                |(field, error)| words::field_error(field, error, &print),
            )
        }
    });
    let valid = form.valid();
    let change = replaces.map(|replaced| view! { <WindowChange checked=checked replaced=replaced /> });
    let json = Memo::new(move |_| {
        let run = valid.get()?;
        Some(runboard_core::raw::pretty(&fingerprint.get().apply_to(&run).to_json()))
    });
    let notice = move || {
        let print_window = |clash: &Clash| Some(window_words(&ui.settings.zone(), clash.start_at?, clash.end_at?));
        let items: Vec<_> = warnings.get().iter().map(|warning| form_warning_view(warning, &print_window)).collect();
        let appeared = clash_appeared.get().then(|| view! { <p class="clash-appeared">{create::CLASH_APPEARED}</p> });
        (!items.is_empty()).then(|| view! { <Notice kind=NoticeKind::Warning>{appeared} {items}</Notice> })
    };
    let loading = move || {
        (valid.with(Option::is_some) && block.get().is_none() && known_runs.get() == KnownRuns::Loading)
            .then(|| view! { <p class="hint" role="status">{create::CHECKING_OTHER_RUNS}</p> })
    };
    let request = move || {
        json.get().map(|json| {
            view! {
                <details class="exact">
                    <summary>{words::EXACT_REQUEST}</summary>
                    <pre class="code wrap">
                        <code>{json}</code>
                    </pre>
                </details>
            }
        })
    };
    view! {
        <div class="preview" role="group" aria-labelledby="preview-title">
            <h2 id="preview-title" tabindex="-1">{words::PREVIEW}</h2>
            <p class="preview-sentence">
                {move || sentence.get()}
            </p>
            {change}
            {notice}
            {loading}
            {request}
        </div>
    }
}

/// Whether a time is incomplete rather than wrong, as while it is being typed.
const fn is_unfinished(error: FieldError) -> bool {
    use FieldError::{EitherDay, Empty, NoTimeOfDay, UnreadableLength, UnreadableTime};
    matches!(error, Empty | UnreadableTime | UnreadableLength | NoTimeOfDay | EitherDay)
}

/// Start and end in words, with the zone's offset once where it is the same, and the day once where it is.
fn window_words(zone: &Zone, from: Timestamp, to: Timestamp) -> (String, String) {
    let (from_offset, to_offset) = (zone.offset(from), zone.offset(to));
    let same_day = day_words(from, from_offset) == day_words(to, to_offset);
    let mut start = format!("{} {}", day_words(from, from_offset), clock_words(from, from_offset));
    if from_offset != to_offset {
        start.push_str(&format!(" {}", offset_words(from_offset)));
    }
    let mut end = if same_day { String::new() } else { format!("{} ", day_words(to, to_offset)) };
    end.push_str(&format!("{} {}", clock_words(to, to_offset), offset_words(to_offset)));
    (start, end)
}

fn form_warning_view(warning: &FormWarning, print_window: &dyn Fn(&Clash) -> Option<(String, String)>) -> AnyView {
    let text = match warning {
        FormWarning::Run(warning) => return warning_view(warning, print_window),
        FormWarning::OtherTab(doing) => create::other_tab(*doing).to_owned(),
        FormWarning::UnknownJob => words::UNKNOWN_JOB.to_owned(),
        FormWarning::OtherJob => reschedule::OTHER_JOB_WARNING.to_owned(),
        FormWarning::StartsEarlier(by) => reschedule::starts_earlier(*by),
        FormWarning::RunsUnknown(why) => create::other_runs_unknown(why.as_ref()),
    };
    view! { <p>{text}</p> }.into_any()
}

/// A warning with the runs that it is about, each with its window.
fn warning_view(warning: &Warning, print_window: &dyn Fn(&Clash) -> Option<(String, String)>) -> AnyView {
    let Some(Clashes { runs, total }) = warning.clashes() else {
        return view! { <p>{create::warning(warning, 1, "")}</p> }.into_any();
    };
    let group = |count: usize| number::group(count as u64);
    let more = total.saturating_sub(runs.len());
    let link = |clash: &Clash| {
        let window = print_window(clash).map(|(start, end)| {
            view! { <span class="clash-window">{words::window(&start, &end)}</span> }
        });
        let name = if is_visible(&clash.name) { &*clash.name } else { list::UNNAMED };
        view! {
            <li>
                <a href=Address::Run { id: clash.id.clone() }.href()><bdi>{name.to_owned()}</bdi></a>
                " "
                {window}
            </li>
        }
    };
    let links = runs.iter().map(link).collect_view();
    view! {
        <div>
            <p>{create::warning(warning, *total, &counted(&group(*total), words::RUN, words::RUNS))}</p>
            <ul>{links} {(more > 0).then(|| view! { <li>{create::and_more(&group(more))}</li> })}</ul>
        </div>
    }
    .into_any()
}

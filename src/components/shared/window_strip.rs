//! A window between the other windows of its job and of all runs.

mod bar;
mod near;

use crate::components::shared::unique_id;
use crate::context::use_ui;
use crate::state::known_runs::KnownRuns;
use crate::state::planning::{Quiet, Surroundings};
use crate::text::planning as words;
use bar::StripBarLink;
use leptos::prelude::*;
use near::Near;
use runboard_core::time::print::{clock_words, readable};
use runboard_core::time::zone::Offset;
use runboard_core::timeline::TimelineRun;
use runboard_core::timeline::free_slots::most_open;
use runboard_core::timeline::stretch::Placed;
use runboard_core::timeline::strip::{AxisLabel, Strip, StripBar};
use runboard_core::window::Window;
use std::sync::Arc;

/// What the whole picture shows at a moment.
#[derive(Clone)]
struct Shown {
    window: Window,
    around: Surroundings,
    strip: Arc<Strip>,
    /// The runs that it overlaps, however short, in time order
    overlapping: Vec<TimelineRun>,
    known_runs: KnownRuns,
    /// Said instead of the runs of the job where there is no job
    without_job: Option<&'static str>,
}

impl Shown {
    /// Said where no run is found, unless that is certain.
    const fn unknown(&self) -> Option<&'static str> {
        match (self.without_job, &self.known_runs) {
            (Some(without_job), _) => Some(without_job),
            (None, KnownRuns::Loading) => Some(words::NEAR_LOADING),
            (None, KnownRuns::Partial(_)) => Some(words::NEAR_PARTIAL),
            (None, KnownRuns::All) => None,
        }
    }
}

/// A picture of a window among the runs of its job, which are links, and how many of all runs are open; with the nearest runs of the
/// job in words. Nothing is drawn without a window; with one, it keeps its size whatever it shows.
#[component]
pub fn WindowStrip(
    /// The name of the picture
    label: &'static str,
    /// The window
    window: Signal<Option<Window>>,
    /// The runs around it
    surroundings: Signal<Surroundings>,
    /// How many of all runs are known
    known_runs: Signal<KnownRuns>,
    /// Said instead of the runs of the job; `None` with a job
    without_job: Signal<Option<&'static str>>,
    /// Quiet hours, which are shaded
    #[prop(optional, into)]
    quiet: Signal<Quiet>,
    /// Whether its run may still reach somebody: one that was stopped overlaps nothing
    #[prop(default = Signal::stored(true), into)]
    is_active: Signal<bool>,
    /// Whether overlapping runs are named below the picture, too
    #[prop(optional)]
    names_overlaps: bool,
) -> impl IntoView {
    let ui = use_ui();
    let hatching = unique_id("strip-hatching");
    let hatch = StoredValue::new(["url(#", &hatching, ")"].concat());
    // By minutes: the clock ticks every second.
    let minute = Memo::new(move |_| ui.clock.tick().millis().div_euclid(60_000));
    let shown = Memo::new_with_compare(
        move |_| {
            minute.track();
            let zone = ui.settings.zone();
            let (window, around) = (window.get()?, surroundings.get());
            let mut strip = Strip::new(window, &around.of_job, &around.all, ui.clock.now(), &|at| zone.offset(at));
            let overlapping = if is_active.get() {
                around.of_job.clashes(window).cloned().collect()
            } else {
                strip.bars.iter_mut().for_each(|bar| bar.clashes = false);
                Vec::new()
            };
            let (known_runs, without_job) = (known_runs.get(), without_job.get());
            Some(Shown { window, around, strip: Arc::new(strip), overlapping, known_runs, without_job })
        },
        |_, _| true,
    );
    let strip = move || shown.get().map(|shown| shown.strip);
    let has_window = Memo::new(move |_| shown.with(Option::is_some));
    // A bar stays the same element while it looks the same, so that neither focus nor a click is lost when something is read.
    let bars = move || {
        let strip = strip();
        let rows = strip.as_ref().map_or(1, |strip| strip.rows);
        let bars = strip.map(|strip| strip.bars.clone()).unwrap_or_default();
        bars.into_iter().map(move |bar| (bar, rows)).collect::<Vec<_>>()
    };
    let key = move |(bar, rows): &(StripBar, usize)| {
        let Placed { x, width } = bar.placed;
        let place = format!("{x:.3} {width:.3} {} {rows} {} {:?}", bar.row, bar.clashes, bar.state);
        let Window { start, end, .. } = bar.run.window;
        let title = format!("{} {start:?} {end:?} {}", bar.run.run.name, ui.settings.zone().name());
        (bar.run.run.id.clone(), place, title)
    };
    move || {
        has_window.get().then(|| {
            let hatching = hatching.clone();
            view! {
                <div class="window-strip">
                    <div class="strip-picture">
                        {move || shown.get().map(|shown| names(&shown))}
                        <svg class="strip" width="100%" height="152" role="group" aria-label=label>
                            <defs>
                                <pattern id=hatching width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                                    // Numbers: an element of strings alone would be written as HTML, which the page's policy forbids.
                                    <rect class="strip-hatching" width=2.5 height=6></rect>
                                </pattern>
                            </defs>
                            {move || strip().map(|strip| background(&strip, &quiet.get()))}
                            <g transform="translate(0 64)">
                                <For each=bars key=key children=move |(bar, rows)| view! { <StripBarLink bar=bar rows=rows hatch=hatch /> } />
                                {move || strip().map(|strip| bar::densities(&strip.densities))}
                            </g>
                            {move || strip().map(|strip| foreground(&strip))}
                        </svg>
                    </div>
                    <Near shown=shown names_overlaps=names_overlaps />
                </div>
            }
        })
    }
}

/// What each lane shows, and its figures.
fn names(Shown { window, around, strip, overlapping, known_runs, .. }: &Shown) -> impl IntoView + use<> {
    let most_open = most_open(&around.all, *window);
    let open = match known_runs {
        KnownRuns::All => words::most_open(most_open),
        KnownRuns::Loading => words::ALL_LOADING.to_owned(),
        KnownRuns::Partial(_) => words::least_open(most_open),
    };
    let (clashes, hidden) = (overlapping.len(), strip.hidden);
    view! {
        <div class="strip-names">
            <span></span>
            <span>{words::THIS_RUN}</span>
            <span>
                {words::JOB_RUNS}
                {(clashes > 0).then(|| view! { " " <b class="strip-clash-count">{words::overlaps(clashes)}</b> })}
                {(hidden > 0).then(|| view! { " " <b>{words::more(hidden)}</b> })}
            </span>
            <span>{words::ALL_RUNS} " " <b>{open}</b></span>
        </div>
    }
}

/// What lies behind the bars: quiet hours, the window's times, and the axis.
fn background(strip: &Strip, quiet: &Quiet) -> impl IntoView + use<> {
    let ui = use_ui();
    let (now, zone) = (ui.clock.now(), ui.settings.zone());
    let offset: Offset<'_> = &|at| zone.offset(at);
    let range = strip.range;
    let quiet: Vec<Placed> = quiet.as_ref().map_or_else(Vec::new, |(hours, zone)| {
        let found = hours.between(range.from(), range.to(), &|at| zone.offset(at));
        found.into_iter().filter_map(|stretch| stretch.placed(range)).collect()
    });
    let day = |label: &AxisLabel| {
        let text = readable(label.at, offset(label.at), now);
        let text = text.rsplit_once(' ').map_or(text.as_str(), |(day, _)| day).to_owned();
        axis_label(label, "13", "strip-label strip-day", text)
    };
    let hour = |label: &AxisLabel| axis_label(label, "29", "strip-label", clock_words(label.at, offset(label.at)));
    view! {
        {quiet.into_iter().map(|at| area(at, "strip-quiet")).collect_view()}
        {area(strip.window, "strip-column")}
        {strip.hours.iter().map(hour).collect_view()}
        {strip.days.iter().map(day).collect_view()}
        <rect class="strip-window" x=percent(strip.window.x) y="40" width=percent(strip.window.width) height="14" rx="3"></rect>
    }
}

/// All runs, and the present over everything.
fn foreground(strip: &Strip) -> impl IntoView + use<> {
    let (points, _) = strip.open_area();
    view! {
        <svg y="110" height="40" width="100%" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <polygon class="strip-open" points=points></polygon>
        </svg>
        {strip.now.map(|x| view! { <line class="strip-now" x1=percent(x) x2=percent(x) y1="34" y2="152"></line> })}
    }
}

fn area(at: Placed, class: &'static str) -> impl IntoView {
    view! { <rect class=class x=percent(at.x) y="34" width=percent(at.width) height="118"></rect> }
}

fn axis_label(label: &AxisLabel, y: &'static str, class: &'static str, text: String) -> impl IntoView + use<> {
    let x = percent(label.x);
    view! {
        <g class=class class:wide-only=!label.on_narrow>
            <line x1=x.clone() x2=x.clone() y1="34" y2="152"></line>
            <text x=x y=y dx="2">{text}</text>
        </g>
    }
}

fn percent(x: f64) -> String {
    format!("{x:.3}%")
}

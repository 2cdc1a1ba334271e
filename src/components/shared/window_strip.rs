//! A window between the other windows of its job and of all runs.

use crate::address::Address;
use crate::browser::number;
use crate::context::use_ui;
use crate::state::planning::{Quiet, Surroundings};
use crate::text::{list, planning as words, status};
use leptos::prelude::*;
use runboard_core::run::Run;
use runboard_core::time::print::{clock_words, readable};
use runboard_core::time::zone::Offset;
use runboard_core::timeline::free_slots::most_open;
use runboard_core::timeline::stretch::Placed;
use runboard_core::timeline::strip::{AxisLabel, Strip, StripBar};
use runboard_core::timeline::surroundings::Neighbour;
use runboard_core::window::Window;

/// The height of the lane of a job.
const JOB_LANE: f64 = 36.0;

/// A picture of a window among the runs of its job, which are links, and above how many of all runs are open; with the nearest runs of
/// the job in words. It keeps its size whatever it shows.
#[component]
pub fn WindowStrip(
    /// The window
    window: Signal<Option<Window>>,
    /// The runs around it
    surroundings: Signal<Surroundings>,
    /// Quiet hours, which are shaded
    #[prop(optional, into)]
    quiet: Signal<Quiet>,
) -> impl IntoView {
    let ui = use_ui();
    // By minutes: the clock ticks every second.
    let minute = Memo::new(move |_| ui.clock.tick().millis().div_euclid(60_000));
    let picture = move || {
        minute.track();
        let (now, zone) = (ui.clock.now(), ui.settings.zone());
        let offset: Offset<'_> = &|at| zone.offset(at);
        let window = window.get()?;
        let around = surroundings.get();
        let strip = Strip::new(window, &around.of_job, &around.all, now, offset);
        let print = |window: Window| {
            let to = ui.settings.print_readable_end(window, now);
            words::window(&ui.settings.print_readable(window.start, now), &to)
        };
        let quiet = quiet.get().map(|(hours, zone)| {
            let found = hours.between(strip.range.from(), strip.range.to(), &|at| zone.offset(at));
            found.into_iter().filter_map(|stretch| stretch.placed(strip.range)).collect::<Vec<_>>()
        });
        let clashes = strip.bars.iter().filter(|bar| bar.clashes).count();
        let height = JOB_LANE / strip.rows as f64;
        let bars = strip.bars.iter().map(|bar| bar_view(bar, height, &print(bar.run.window))).collect_view();
        let densities = strip.densities.iter().map(|mark| {
            let title = words::density(&number::group(mark.count as u64));
            view! {
                <rect class="strip-dense" data-state=mark.state.word() x=percent(mark.x) y="4" width="4" height="28">
                    <title>{title}</title>
                </rect>
            }
        });
        let (area, _) = strip.open_area();
        let others = most_open(&around.all, window);
        let day = |label: &AxisLabel| {
            let text = readable(label.at, offset(label.at), now);
            let text = text.rsplit_once(' ').map_or(text.as_str(), |(day, _)| day).to_owned();
            axis_label(label, "13", text)
        };
        let hour = |label: &AxisLabel| axis_label(label, "29", clock_words(label.at, offset(label.at)));
        Some(view! {
            <div class="strip-picture">
                <div class="strip-names">
                    <span></span>
                    <span>{words::THIS_RUN}</span>
                    <span>
                        {words::JOB_RUNS}
                        {(clashes > 0).then(|| view! { " " <b class="strip-clash-count">{words::overlaps(clashes)}</b> })}
                        {(strip.hidden > 0).then(|| view! { " " <b>{words::more(strip.hidden)}</b> })}
                    </span>
                    <span>{words::ALL_RUNS} " " <b>{words::most_open(others)}</b></span>
                </div>
                <svg class="strip" width="100%" height="152" role="group" aria-label=words::STRIP>
                    <defs>
                        <pattern id="strip-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                            // A number: an element of strings alone would be written as HTML, which the page's policy forbids.
                            <rect width=2.5 height="6"></rect>
                        </pattern>
                    </defs>
                    {quiet.unwrap_or_default().into_iter().map(|at| area_view(at, "strip-quiet")).collect_view()}
                    {area_view(strip.window, "strip-column")}
                    {strip.days.iter().map(day).collect_view()}
                    {strip.hours.iter().map(hour).collect_view()}
                    <rect class="strip-window" x=percent(strip.window.x) y="40" width=percent(strip.window.width) height="14" rx="3"></rect>
                    <svg y="64" height=JOB_LANE.to_string() overflow="visible">{bars} {densities.collect_view()}</svg>
                    <svg y="110" height="40" width="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
                        <polygon class="strip-open" points=area></polygon>
                    </svg>
                    {strip.now.map(|x| view! { <line class="strip-now" x1=percent(x) x2=percent(x) y1="34" y2="152"></line> })}
                </svg>
            </div>
            <p class="strip-near hint">
                {near(around.of_job.before(window), true)} " " {near(around.of_job.after(window), false)}
            </p>
        })
    };
    view! {
        <div class="window-strip">
            {move || match picture() {
                Some(picture) => picture.into_any(),
                None => view! { <p class="hint strip-empty">{words::STRIP_EMPTY}</p> }.into_any(),
            }}
        </div>
    }
}

fn bar_view(bar: &StripBar, height: f64, window: &str) -> impl IntoView + use<> {
    let run = &bar.run.run;
    let label = words::bar(name_of(run), status::state(bar.state), window, bar.clashes);
    let (y, tall) = (bar.row as f64 * height + 1.0, (height - 3.0).min(18.0));
    let (x, width) = (percent(bar.placed.x), percent(bar.placed.width));
    // Within a group the view macro takes the link for one of SVG, not of HTML.
    let hatch = bar.clashes.then(|| {
        view! { <rect class="strip-hatch" x=x.clone() y=y.to_string() width=width.clone() height=tall.to_string() rx="3"></rect> }
    });
    view! {
    <g>
           <a href=Address::Run { id: run.id.clone() }.href() aria-label=label.clone()>
               <title>{label.clone()}</title>
               <rect class="strip-bar" class:clash=bar.clashes data-state=bar.state.word() x=x y=y.to_string() width=width height=tall.to_string() rx="3"></rect>
               {hatch}
           </a>
           </g>
       }
}

fn area_view(at: Placed, class: &'static str) -> impl IntoView {
    view! { <rect class=class x=percent(at.x) y="34" width=percent(at.width) height="118"></rect> }
}

fn axis_label(label: &AxisLabel, y: &'static str, text: String) -> impl IntoView + use<> {
    let x = percent(label.x);
    view! {
        <g class="strip-label" class:wide-only=!label.on_narrow>
            <line x1=x.clone() x2=x.clone() y1="34" y2="152"></line>
            <text x=x y=y dx="2">{text}</text>
        </g>
    }
}

/// The nearest run of the job, as a link, and how near it is.
fn near(neighbour: Option<Neighbour>, before: bool) -> impl IntoView {
    let title = if before { words::BEFORE } else { words::AFTER };
    let found = neighbour.map(|Neighbour { run, gap }| {
        let gap = if before { words::gap_before(&gap.words()) } else { words::gap_after(&gap.words()) };
        let name = name_of(&run.run).to_owned();
        view! { <a href=Address::Run { id: run.run.id.clone() }.href()><bdi>{name}</bdi></a> " " {gap} }
    });
    view! { <span>{title} " " {match found { Some(found) => found.into_any(), None => words::NOTHING_NEAR.into_any() }}</span> }
}

fn name_of(run: &Run) -> &str {
    run.visible_name().unwrap_or(list::UNNAMED)
}

fn percent(x: f64) -> String {
    format!("{x:.3}%")
}

//! The nearest runs of the job, in words below the strip.

use super::Shown;
use crate::address::Address;
use crate::context::{UiContext, use_ui};
use crate::text::{list, planning as words};
use leptos::prelude::*;
use runboard_core::run::{Run, RunId};
use runboard_core::timeline::TimelineRun;
use runboard_core::timeline::surroundings::Neighbour;

/// A line of it.
#[derive(Clone, PartialEq)]
struct Line {
    title: &'static str,
    what: What,
}

#[derive(Clone, PartialEq)]
enum What {
    /// A run, its name, and what is said of it
    Run(RunId, String, String),
    /// Why there is none
    Nothing(&'static str),
}

/// So many overlapping runs are named.
const NAMED: usize = 2;

/// The run before, the run after and, if asked for, those that overlap; each a link. A line never takes more than one.
#[component]
pub(super) fn Near(
    /// What the strip shows
    shown: Memo<Option<Shown>>,
    /// Whether overlapping runs are named
    names_overlaps: bool,
) -> impl IntoView {
    let ui = use_ui();
    let lines = Memo::new(move |_| shown.get().map(|shown| lines(&shown, names_overlaps, ui)).unwrap_or_default());
    let line = |Line { title, what }: Line| {
        let run = match what {
            What::Run(id, name, what) => view! {
                <a href=Address::Run { id }.href() title=name.clone()><bdi>{name.clone()}</bdi></a>
                " "
                <span class="strip-gap">{what}</span>
            }
            .into_any(),
            What::Nothing(why) => view! { <span class="strip-gap">{why}</span> }.into_any(),
        };
        view! { <li><span class="strip-near-title">{title}</span> " " {run}</li> }
    };
    view! { <ul class="strip-near">{move || lines.get().into_iter().map(line).collect_view()}</ul> }
}

fn lines(shown: &Shown, names_overlaps: bool, ui: UiContext) -> Vec<Line> {
    let Shown { window, around, overlapping, .. } = shown;
    let nothing = What::Nothing(shown.unknown().unwrap_or(words::NOTHING_NEAR));
    let told = |run: &TimelineRun, what: String| What::Run(run.run.id.clone(), name_of(&run.run), what);
    let named = overlapping.iter().take(if names_overlaps { NAMED } else { 0 });
    let print = |window| ui.settings.print_window(window, ui.clock.now());
    let overlaps = named.map(|run| Line { title: words::OVERLAPS, what: told(run, print(run.window)) });
    let before = around.of_job.before(*window);
    let before = before.map_or(nothing.clone(), |Neighbour { run, gap }| told(&run, words::gap_before(gap)));
    let after = around.of_job.after(*window);
    let after = after.map_or(nothing, |Neighbour { run, gap }| told(&run, words::gap_after(gap)));
    let near = [Line { title: words::BEFORE, what: before }, Line { title: words::AFTER, what: after }];
    overlaps.chain(near).collect()
}

fn name_of(run: &Run) -> String {
    run.visible_name().unwrap_or(list::UNNAMED).to_owned()
}

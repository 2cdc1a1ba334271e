//! The bars of the strip: runs of the job, and places where many short ones stand.

use super::percent;
use crate::address::Address;
use crate::browser::number;
use crate::context::use_ui;
use crate::text::{list, planning as words, status};
use leptos::prelude::*;
use runboard_core::timeline::marks::Density;
use runboard_core::timeline::strip::StripBar;

/// The height of the lane of a job.
const LANE: f64 = 36.0;

/// A run of the job, as a link to it.
#[component]
pub(super) fn StripBarLink(
    /// Where it stands
    bar: StripBar,
    /// How many rows there are
    rows: usize,
    /// The hatching of runs that overlap
    hatch: StoredValue<String>,
) -> impl IntoView {
    let ui = use_ui();
    let height = LANE / rows.max(1) as f64;
    let run = &bar.run.run;
    let name = run.visible_name().unwrap_or(list::UNNAMED);
    let label = words::bar(
        name,
        status::state(bar.state),
        &ui.settings.print_window(bar.run.window, ui.clock.now()),
        bar.clashes,
    );
    let (y, tall) = (bar.row as f64 * height + 1.0, (height - 3.0).min(18.0));
    let (x, width) = (percent(bar.placed.x), percent(bar.placed.width));
    let hatched = bar.clashes.then(|| {
        let fill = hatch.get_value();
        view! { <rect class="strip-hatch" fill=fill x=x.clone() y=y.to_string() width=width.clone() height=tall.to_string() rx="3"></rect> }
    });
    let href = Address::Run { id: run.id.clone() }.href();
    // Within a group the view macro takes the link for one of SVG, not of HTML.
    view! {
        <g>
            <a href=href aria-label=label.clone()>
                <title>{label.clone()}</title>
                <rect
                    class="strip-bar"
                    class:clash=bar.clashes
                    data-state=bar.state.word()
                    x=x
                    y=y.to_string()
                    width=width
                    height=tall.to_string()
                    rx="3"
                ></rect>
                {hatched}
            </a>
        </g>
    }
}

/// Places where runs stand that are too short to be bars.
pub(super) fn densities(densities: &[Density]) -> impl IntoView + use<> {
    let mark = |mark: &Density| {
        let title = words::density(&number::group(mark.count as u64));
        view! {
            <rect class="strip-dense" data-state=mark.state.word() x=percent(mark.x) y="4" width="4" height="28">
                <title>{title}</title>
            </rect>
        }
    };
    densities.iter().map(mark).collect_view()
}

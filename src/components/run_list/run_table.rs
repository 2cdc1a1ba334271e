//! The table of runs.

use super::column_name;
use super::rows::Rows;
use crate::browser::{history, page, viewport};
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::ShownRows;
use crate::state::list::{self as engine, ListHandle, RenderedRows, RowMeasures};
use crate::text::list as words;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;

/// The rows, in order; those drawn are elements, the others are plain data. Above [`list::WHOLE`] rows only those
/// in view are drawn, as the window is scrolled.
#[component]
pub fn RunTable(
    /// The list
    list: ListHandle,
    /// Which are shown
    shown: Memo<ShownRows>,
    /// The order
    sort: Signal<Sort>,
    /// The person sorted
    on_sort: Callback<Sort>,
    /// Whether what is shown is old
    stale: Memo<bool>,
) -> impl IntoView {
    let ui = use_ui();
    let (settings, may_stop) = (ui.settings, ui.config.get().may_stop);
    let measures = RwSignal::new(RowMeasures::initial());
    let focused = RwSignal::new(None::<(usize, RunId)>);
    let more = RwSignal::new(0_u32);
    let drawn = engine::rendered_rows(ui.navigation, shown, measures, focused, more);
    draw_the_rest(drawn, more);
    let body = NodeRef::<leptos::html::Tbody>::new();
    let part = Memo::new(move |_| drawn.with(|drawn| drawn.is_partial));
    let before = Memo::new(move |_| drawn.with(|drawn| drawn.height_above));
    let after = Memo::new(move |_| drawn.with(|drawn| drawn.height_below));
    let count = Memo::new(move |_| shown.with(|shown| shown.ids.len()).saturating_add(1).to_string());
    follow_scroll(shown, measures, part, body);

    let head = SortKey::ALL.map(|key| view! { <ColumnHead key=key sort=sort on_sort=on_sort /> });
    let rows = Rows::new(list, shown, drawn, body);
    let focus_in = move |event: web_sys::FocusEvent| focused.set(rows.under(&event));
    let spacer = move |height: Memo<i64>| {
        part.get().then(|| {
            view! {
                <tr class="spacer" role="presentation">
                    <td role="presentation" style:height=move || [height.get().to_string().as_str(), "px"].concat()></td>
                </tr>
            }
        })
    };
    view! {
        {move || part.get().then(|| view! { <p class="hint">{words::LONG_LIST_HINT}</p> })}
        // The roles are spelled out because narrow screens lay rows out as blocks, which would take them away.
        <table
            role="table"
            class=if may_stop { "runs choosable" } else { "runs" }
            class:stale=move || stale.get()
            class:part=move || part.get()
            class:compact=move || settings.compact()
            class:no-job=move || !settings.shows_column(SortKey::Job)
            class:no-start=move || !settings.shows_column(SortKey::Start)
            class:no-end=move || !settings.shows_column(SortKey::End)
            class:no-created=move || !settings.shows_column(SortKey::Created)
            aria-label=words::TITLE aria-rowcount=move || count.get()>
            <thead role="rowgroup">
                <tr role="row" aria-rowindex=move || part.get().then_some("1")>{head.into_iter().collect::<Vec<_>>()}</tr>
            </thead>
            <tbody role="rowgroup" node_ref=body on:focusin=focus_in on:focusout=move |_| focused.set(None) on:click=move |event| rows.clicked(&event)>
                {move || spacer(before)}
                {rows.view()}
                {move || spacer(after)}
            </tbody>
        </table>
    }
}

/// What is not in view of another list is drawn when no other has come for [`PAUSE`], some with each frame: somebody who types
/// does not wait for it.
fn draw_the_rest(drawn: Memo<RenderedRows>, more: RwSignal<u32>) {
    let (planned, begun) = (StoredValue::new(false), StoredValue::new(0_i64));
    let step = move || {
        viewport::after_paint(move || {
            planned.try_update_value(|planned| *planned = false);
            more.try_update(|more| *more = more.wrapping_add(1));
        });
    };
    Effect::new(move |_| {
        let (unfinished, begins) = drawn.with(|drawn| (drawn.unfinished, drawn.frames == 0));
        if begins {
            begun.set_value(page::monotonic_millis());
        }
        if !unfinished || planned.try_update_value(|now| std::mem::replace(now, true)) != Some(false) {
            return;
        }
        if !begins {
            return step();
        }
        spawn_local(async move {
            while let Some(left) = begun.try_get_value().map(|begun| begun + PAUSE - page::monotonic_millis())
                && left > 0
            {
                TimeoutFuture::new(left.unsigned_abs().try_into().unwrap_or(0)).await;
            }
            step();
        });
    });
}

/// So long after a letter, in milliseconds, another one is not expected any more.
const PAUSE: i64 = 250;

/// Keeps the measures while only a part is drawn; of a whole list, as it was when it was first drawn.
fn follow_scroll(
    shown: Memo<ShownRows>,
    measures: RwSignal<RowMeasures>,
    part: Memo<bool>,
    body: NodeRef<leptos::html::Tbody>,
) {
    let look = move |measure: bool| {
        // The page may have gone since the frame was asked for.
        let (Some(body), Some(part)) = (body.get(), part.try_get_untracked()) else { return };
        let Some(before) = measures.try_get_untracked() else { return };
        let mut now = before;
        if measure {
            now.view_height = viewport::height();
            now.row_height = viewport::child_spacing(&body, FIRST_ROW).unwrap_or(now.row_height);
        }
        // A table that is not shown is nowhere.
        let keep = |now: RowMeasures| {
            if now != before {
                measures.set(now);
            }
        };
        let Some(top) = viewport::offset_above(&body) else { return keep(now) };
        now.table_top = u32::try_from((-top).clamp(0, i64::from(now.view_height))).unwrap_or(0);
        if !part {
            return keep(now);
        }
        let layout = engine::layout(shown.with_untracked(|shown| shown.ids.len()), now);
        now.scroll = layout.scrolled(layout.restored(now.scroll), top);
        // Beyond either end the page around the table is seen.
        let farthest = (layout.height() - i64::from(now.view_height)).max(0);
        let moved = now.scroll.top - top.clamp(0, farthest);
        keep(now);
        if moved != 0 {
            viewport::scroll_by(moved);
        }
    };
    let watch = StoredValue::new_local(None::<viewport::ViewportListener>);
    let measured = StoredValue::new(false);
    Effect::new(move |_| {
        watch.set_value(part.get().then(|| viewport::on_scroll_or_resize(look)));
        // Rows are laid out by then. At the top, what was measured before holds for the frame that answers a letter: the
        // browser would have to lay out everything twice.
        let known = measured.try_update_value(|measured| std::mem::replace(measured, true)) == Some(true);
        if known && history::scroll_position() <= 0.0 {
            viewport::after_paint(move || look(true));
        } else {
            request_animation_frame(move || look(true));
        }
    });
}

/// The first child of the body that is a row: before it stands the comment of a region, which is no element, and the spacer.
const FIRST_ROW: u32 = 1;

/// A column's head: a button that sorts by it, or turns the order round.
#[component]
fn ColumnHead(key: SortKey, sort: Signal<Sort>, on_sort: Callback<Sort>) -> impl IntoView {
    let name = column_name(key);
    let here = Memo::new(move |_| Some(sort.get()).filter(|sort| sort.key == key));
    let aria = move || here.get().map(|sort| if sort.descending { "descending" } else { "ascending" });
    let click = move |_| {
        let next = match here.get_untracked() {
            Some(now) => Sort { descending: !now.descending, ..now },
            // Times are most often wanted newest first, words from A on.
            None => Sort { key, descending: matches!(key, SortKey::Start | SortKey::End | SortKey::Created) },
        };
        on_sort.run(next);
    };
    view! {
        <th role="columnheader" scope="col" aria-sort=aria data-column=key.word()>
            <button type="button" class="sort" on:click=click>
                {name}
                {move || here.get().map(|sort| view! { <Icon name=if sort.descending { IconName::Down } else { IconName::Up } /> })}
            </button>
        </th>
    }
}

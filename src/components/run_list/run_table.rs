//! The table of runs.

use super::column_name::column_name;
use super::rows::Rows;
use crate::browser::{history, number, page, viewport};
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::{self as engine, ListHandle, RenderedRows, RowMeasures, ShownRows};
use crate::text::{bulk, list as words};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::list::row_height::RowHeight;
use runboard_core::list::selection::Selection;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;

/// The table. Of a long list only the rows in view and some around them are rendered, as the window scrolls.
#[component]
pub fn RunTable(
    /// The list engine
    list: ListHandle,
    /// Which runs are shown
    shown: Memo<ShownRows>,
    /// The sort order
    sort: Signal<Sort>,
    /// Called with each new sort order
    on_sort: Callback<Sort>,
    /// Whether the data is out of date
    stale: Memo<bool>,
    /// Set while a mouse or a pen is over the rows
    pointed: RwSignal<bool>,
) -> impl IntoView {
    let ui = use_ui();
    let (settings, may_stop) = (ui.settings, ui.config.get().may_stop);
    let measures = RwSignal::new(RowMeasures::initial());
    let focused = RwSignal::new(None::<(usize, RunId)>);
    let more = RwSignal::new(0_u32);
    let printing = follow_printing(list, shown);
    let rendered = engine::rendered_rows(ui.navigation, shown, measures, focused, more, printing);
    render_remaining_rows(rendered, more);
    let body = NodeRef::<leptos::html::Tbody>::new();
    let virtualized = Memo::new(move |_| rendered.with(|rendered| rendered.is_partial));
    let before = Memo::new(move |_| rendered.with(|rendered| pixels(rendered.height_above)));
    let after = Memo::new(move |_| rendered.with(|rendered| pixels(rendered.height_below)));
    let row_count = Memo::new(move |_| shown.with(|shown| shown.ids.len()).saturating_add(1).to_string());
    follow_scroll(shown, measures, virtualized, body);

    let sort = Memo::new(move |_| sort.get());
    // Where they change, the list builds the table again.
    let columns = StoredValue::new(settings.shown_columns_untracked());
    let head = |key: &SortKey| {
        let select_all =
            (may_stop && *key == SortKey::Name).then(|| view! { <SelectAll list=list shown=shown pointed=pointed /> });
        view! { <ColumnHead key=*key sort=sort on_sort=on_sort>{select_all}</ColumnHead> }
    };
    let heads = columns.with_value(|columns| columns.iter().map(head).collect_view());
    let has_many = columns.with_value(|columns| columns.len() > COLUMNS_WITH_ROOM);
    let rows = Rows::new(list, sort, shown, rendered, body, columns);
    let on_focusin = move |event: web_sys::FocusEvent| focused.set(rows.row_of(&event));
    on_cleanup(move || {
        pointed.try_set(false);
    });
    let spacer = move |height: Memo<String>| {
        virtualized.get().then(|| {
            view! {
                <tr class="spacer" role="presentation">
                    <td role="presentation" style:height=move || height.get()></td>
                </tr>
            }
        })
    };
    view! {
        <p class="printed-instead">
            {move || {
                let count = shown.with(|shown| shown.ids.len());
                (count > MOST_PRINTED).then(|| words::too_long_to_print(&number::count(count)))
            }}
        </p>
        // The roles are explicit since the narrow layout shows rows as blocks, which removes the implicit ones.
        <table
            role="table"
            class=if may_stop { "runs choosable" } else { "runs" }
            class:stale=move || stale.get()
            class:part=move || virtualized.get()
            class:compact=move || settings.row_height() == RowHeight::Compact
            class:many=has_many
            aria-label=words::TITLE
            aria-rowcount=move || row_count.get()
        >
            <thead role="rowgroup">
                <tr role="row" aria-rowindex=move || virtualized.get().then_some("1")>{heads}</tr>
            </thead>
            <tbody
                role="rowgroup"
                node_ref=body
                on:focusin=on_focusin
                on:focusout=move |_| { focused.try_set(None); }
                // A finger is over nothing before it taps.
                on:pointerenter=move |event| pointed.set(event.pointer_type() != "touch")
                on:pointerleave=move |_| { pointed.try_set(false); }
                on:click=move |event| rows.on_click(&event)
            >
                {move || spacer(before)}
                {rows.view()}
                {move || spacer(after)}
            </tbody>
        </table>
    }
}

/// With more columns than these, each gets less room.
const COLUMNS_WITH_ROOM: usize = 6;

/// The most rows that are printed.
const MOST_PRINTED: usize = 2000;

/// Whether the page is being printed, so that all rows are wanted: true from just before until just after.
fn follow_printing(list: ListHandle, shown: Memo<ShownRows>) -> RwSignal<bool> {
    let printing = RwSignal::new(false);
    let listed = Memo::new(move |_| shown.with(|shown| shown.ids.len()));
    let before = window_event_listener_untyped("beforeprint", move |_| {
        list.finish_search(listed);
        printing.set(listed.get_untracked() <= MOST_PRINTED);
    });
    let after = window_event_listener_untyped("afterprint", move |_| printing.set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    printing
}

fn pixels(height: i64) -> String {
    [&height.to_string(), "px"].concat()
}

/// After a change of the list, renders the rows out of view only once typing has paused for [`PAUSE`], and a few in each frame,
/// so that typing never waits for them.
fn render_remaining_rows(rendered: Memo<RenderedRows>, more: RwSignal<u32>) {
    let (scheduled, changed_at) = (StoredValue::new(false), StoredValue::new(0_i64));
    let step = move || {
        viewport::after_paint(move || {
            scheduled.try_update_value(|scheduled| *scheduled = false);
            more.try_update(|more| *more = more.wrapping_add(1));
        });
    };
    Effect::new(move |_| {
        let (unfinished, changed) = rendered.with(|rendered| (rendered.unfinished, rendered.frames == 0));
        if changed {
            changed_at.set_value(page::monotonic_millis());
        }
        if !unfinished || scheduled.try_update_value(|now| std::mem::replace(now, true)) != Some(false) {
            return;
        }
        if !changed {
            return step();
        }
        spawn_local(async move {
            while let Some(left) = changed_at.try_get_value().map(|at| at + PAUSE - page::monotonic_millis())
                && left > 0
            {
                TimeoutFuture::new(left.unsigned_abs().try_into().unwrap_or(0)).await;
            }
            step();
        });
    });
}

/// After so many milliseconds without a letter, typing has paused.
const PAUSE: i64 = 250;

/// Updates the measures of the viewport: with every scroll of a virtualized list, once for a list rendered in full.
fn follow_scroll(
    shown: Memo<ShownRows>,
    measures: RwSignal<RowMeasures>,
    virtualized: Memo<bool>,
    body: NodeRef<leptos::html::Tbody>,
) {
    let update = move |measure: bool| {
        // The page may have been left before this frame.
        let (Some(body), Some(virtualized)) = (body.try_get_untracked().flatten(), virtualized.try_get_untracked())
        else {
            return;
        };
        let Some(before) = measures.try_get_untracked() else { return };
        let mut now = before;
        if measure {
            now.view_height = viewport::height();
            now.row_height = viewport::child_spacing(&body, FIRST_ROW).unwrap_or(now.row_height);
        }
        let save = |now: RowMeasures| {
            if now != before {
                measures.set(now);
            }
        };
        // A hidden table has no position.
        let Some(top) = viewport::offset_above(&body) else { return save(now) };
        now.table_top = u32::try_from((-top).clamp(0, i64::from(now.view_height))).unwrap_or(0);
        if !virtualized {
            return save(now);
        }
        let layout = engine::layout(shown.with_untracked(|shown| shown.ids.len()), now);
        now.scroll = layout.scrolled(layout.restored(now.scroll), top);
        // Beyond the table's ends, the window shows the rest of the page.
        let farthest = (layout.height() - i64::from(now.view_height)).max(0);
        let moved = now.scroll.top - top.clamp(0, farthest);
        save(now);
        if moved != 0 {
            viewport::scroll_by(moved);
        }
    };
    let watch = StoredValue::new_local(None::<viewport::ViewportListener>);
    let measured = StoredValue::new(false);
    Effect::new(move |_| {
        watch.set_value(virtualized.get().then(|| viewport::on_scroll_or_resize(update)));
        // The rows are in the document by the next frame. At the top of the page, measuring waits until that is painted: in the
        // frame that answers a letter it would make the browser lay out everything twice.
        let known = measured.try_update_value(|measured| std::mem::replace(measured, true)) == Some(true);
        if known && history::scroll_position() <= 0.0 {
            viewport::after_paint(move || update(true));
        } else {
            request_animation_frame(move || update(true));
        }
    });
}

/// The index of the first row among the elements of the body: the spacer comes before it.
const FIRST_ROW: u32 = 1;

/// The checkbox that selects all listed runs, or none of them; the selection of others stays.
#[component]
fn SelectAll(list: ListHandle, shown: Memo<ShownRows>, pointed: RwSignal<bool>) -> impl IntoView {
    let selection = use_ui().selection;
    let listed = list.derive_settled(move |_| shown.with(|shown| shown.ids.len()));
    let chosen = list.derive_settled(move |_| {
        selection.with(|selection| {
            let hidden = shown.with(|shown| selection.hidden_count(&shown.ids));
            selection.ids().len().saturating_sub(hidden)
        })
    });
    let all = move || listed.get() > 0 && chosen.get() == listed.get();
    let some = move || chosen.get() > 0 && !all();
    let node = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| {
        // Rows that only stay under the pointer are not among those that the box counts.
        pointed.set(false);
        let clear = all();
        let change = if clear { Selection::remove } else { Selection::add };
        // During a search the box may still count the runs from before: do not select anything else than it says.
        if list.finish_search(listed) {
            shown.with_untracked(|shown| selection.update(|selection| change(selection, &shown.ids)));
        }
        // The browser has toggled it itself.
        if let Some(node) = node.get_untracked() {
            node.set_checked(all());
        }
    };
    view! {
        // The label makes room for a finger around the box.
        <label class="select-all">
            <input
                type="checkbox"
                class="select"
                aria-label=move || bulk::select_all(&number::count(listed.get()))
                prop:checked=all
                prop:indeterminate=some
                on:change=choose
                node_ref=node
            />
        </label>
    }
}

/// A column's heading: a button that sorts by the column or reverses the order.
#[component]
fn ColumnHead(key: SortKey, sort: Memo<Sort>, on_sort: Callback<Sort>, children: Children) -> impl IntoView {
    let name = column_name(key);
    let active = move |sort: Sort| Some(sort).filter(|sort| sort.key == key);
    let aria_sort = move || active(sort.get()).map(|sort| if sort.descending { "descending" } else { "ascending" });
    let on_click = move |_| {
        let next = match active(sort.get_untracked()) {
            Some(now) => Sort { descending: !now.descending, ..now },
            // Times start with the newest, text with A.
            None => Sort { key, descending: key.is_time() },
        };
        on_sort.run(next);
    };
    let arrow = move || {
        active(sort.get())
            .map(|sort| view! { <Icon name=if sort.descending { IconName::Down } else { IconName::Up } /> })
    };
    view! {
        <th role="columnheader" scope="col" aria-sort=aria_sort data-column=key.word()>
            {children()}
            <button type="button" class="sort" on:click=on_click>
                {name}
                {arrow}
            </button>
        </th>
    }
}

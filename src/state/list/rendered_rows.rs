//! Which rows of a table are rendered. Of a long table only those in view and some on either side; a short one is rendered in
//! full, the rows in view first.

use super::shown_rows::ShownRows;
use crate::browser::{history, viewport};
use crate::state::navigation::Navigation;
use leptos::prelude::*;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::list::virtual_window::{MAX_ELEMENT_HEIGHT, ScrollPosition, VirtualWindow};
use runboard_core::run::RunId;
use std::sync::Arc;

/// The most rows that are rendered in full, so that the browser's own search finds them.
pub(crate) const MAX_FULL_ROWS: usize = 200;
/// The least number of rows in the first frame, however little of the viewport is left for them.
const MIN_FIRST_ROWS: usize = 8;
/// Rows that each further frame adds to a table that is rendered in full: the most that a letter typed meanwhile waits for.
const ROWS_PER_FRAME: usize = 16;
/// Rows rendered beyond the viewport on either side: for the Tab key, and for a late frame while scrolling.
const OVERSCAN: usize = 6;

/// Lengths that were measured, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RowMeasures {
    /// From the top of one row to the top of the next.
    pub(crate) row_height: u32,
    /// The height of the viewport.
    pub(crate) view_height: u32,
    /// How far below the top of the viewport the table begins; 0 if it begins above.
    pub(crate) table_top: u32,
    /// Where the table is scrolled to.
    pub(crate) scroll: ScrollPosition,
}

impl RowMeasures {
    /// The assumption before anything is rendered: the row height on a wide screen.
    pub(crate) fn initial() -> Self {
        Self { row_height: 41, view_height: viewport::height(), table_top: 0, scroll: ScrollPosition::default() }
    }
}

/// The row that has the focus: its index in the list when it got the focus, and its run.
pub(crate) type FocusedRow = Option<(usize, RunId)>;

/// The rows to render.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RenderedRows {
    /// Each run with its index in the list.
    pub(crate) rows: Vec<(RunId, usize)>,
    /// Whether the table is a virtual one: rows out of view are never rendered.
    pub(crate) is_partial: bool,
    /// Whether more rows follow in the next frames.
    pub(crate) unfinished: bool,
    /// How many frames have rendered this list so far. It makes two steps differ even if the second adds no row.
    pub(crate) frames: usize,
    /// The height of the rows above that are not rendered.
    pub(crate) height_above: i64,
    /// The height of the rows below that are not rendered.
    pub(crate) height_below: i64,
}

impl RenderedRows {
    /// Removes the rows that can wait: those that are neither in view, nor among the `more` rows after the view, nor in `rendered`
    /// already.
    fn defer_rows(&mut self, rendered: &IdIndex, measures: RowMeasures, first: usize, more: usize) {
        let row = measures.row_height.max(1);
        let fits = usize::try_from(measures.view_height.saturating_sub(measures.table_top) / row + 1)
            .unwrap_or(0)
            .max(MIN_FIRST_ROWS);
        let in_view = first..first.saturating_add(fits).saturating_add(more);
        let (mut above, mut below) = (0_i64, 0_i64);
        self.rows.retain(|(id, index)| {
            let stays = in_view.contains(index) || rendered.contains(id.as_str());
            if !stays {
                *(if *index < first { &mut above } else { &mut below }) += i64::from(row);
            }
            stays
        });
        self.unfinished = above + below > 0;
        if self.is_partial {
            self.height_above += above;
            self.height_below += below;
        }
    }

    /// The `aria-rowindex` of the row at an index of the list: it counts from 1 and includes the header row. `None` if all rows are
    /// in the document, so that the browser counts them.
    pub(crate) fn row_number(&self, index: usize) -> Option<usize> {
        self.is_partial.then(|| index.saturating_add(2))
    }
}

/// The list as rendered last.
#[derive(Default)]
struct LastRender {
    rendered: IdIndex,
    more: u32,
    list: Option<Arc<Vec<RunId>>>,
    /// How many frames have rendered `list`.
    frames: usize,
}

/// Follows the list, the scroll position and the focus. A new list begins with the rows in view, so that a keystroke is answered in
/// the next frame; each time that `more` rises, some of the others are added. While the page is being printed it is all of them.
pub(crate) fn rendered_rows(
    navigation: &'static Navigation,
    shown: Memo<ShownRows>,
    measures: RwSignal<RowMeasures>,
    focused: RwSignal<FocusedRow>,
    more: RwSignal<u32>,
    printing: RwSignal<bool>,
) -> Memo<RenderedRows> {
    let last = StoredValue::new(LastRender::default());
    Memo::new(move |_| {
        let ids = shown.with(|shown| Arc::clone(&shown.ids));
        let printing = printing.get();
        let mut rows = if ids.len() > MAX_FULL_ROWS && !printing {
            rows_in_view(&ids, measures.get(), focused.with(|focused| index_of(&ids, focused.as_ref())))
        } else {
            RenderedRows { rows: ids.iter().cloned().zip(0..).collect(), ..RenderedRows::default() }
        };
        let more = more.get();
        last.try_update_value(|last| {
            if !last.list.as_ref().is_some_and(|list| Arc::ptr_eq(list, &ids)) {
                (last.list, last.frames) = (Some(Arc::clone(&ids)), 0);
            }
            if last.more != more {
                (last.more, last.frames) = (more, last.frames.saturating_add(1));
            }
            let measures = measures.get_untracked();
            if printing || navigation.has_pending_scroll() {
                // Paper, or the scroll position that will be restored, needs all of it.
            } else if rows.is_partial {
                let layout = layout(ids.len(), measures);
                if last.frames == 0 {
                    let first = layout.visible_rows(layout.restored(measures.scroll), 0).first;
                    rows.defer_rows(&last.rendered, measures, first, 0);
                }
            } else if history::scroll_position() <= 0.0 {
                rows.defer_rows(&last.rendered, measures, 0, last.frames.saturating_mul(ROWS_PER_FRAME));
            }
            if rows.unfinished {
                rows.frames = last.frames;
            }
            last.rendered = IdIndex::default();
            for (id, index) in &rows.rows {
                last.rendered.insert(id.shared(), *index);
            }
        });
        rows
    })
}

fn rows_in_view(ids: &[RunId], measures: RowMeasures, focused: Option<usize>) -> RenderedRows {
    let layout = layout(ids.len(), measures);
    let row = i64::from(measures.row_height.max(1));
    let visible = layout.visible_rows(layout.restored(measures.scroll), OVERSCAN);
    // Rows that would lie above the table's own top cannot be seen.
    let above = usize::try_from((-visible.offset).max(0).saturating_add(row - 1) / row).unwrap_or(0);
    let first = visible.first.saturating_add(above);
    let count = visible.count.saturating_sub(above);
    let mut height_above = visible.offset.saturating_add(i64::try_from(above).unwrap_or(0).saturating_mul(row));
    let mut height_below = layout.height() - height_above - i64::try_from(count).unwrap_or(0).saturating_mul(row);
    let mut rows: Vec<(RunId, usize)> = Vec::with_capacity(count + 1);
    let row_at = |index: usize| ids.get(index).map(|id| (id.clone(), index));
    // The focused row stays in the document even out of view, so that the focus is not lost.
    if let Some(index) = focused.filter(|index| *index < first) {
        rows.extend(row_at(index));
        height_above -= row;
    }
    rows.extend(ids.iter().cloned().zip(0..).skip(first).take(count));
    if let Some(index) = focused.filter(|index| *index >= first.saturating_add(count)) {
        rows.extend(row_at(index));
        height_below -= row;
    }
    RenderedRows {
        rows,
        is_partial: true,
        unfinished: false,
        frames: 0,
        height_above: height_above.max(0),
        height_below: height_below.max(0),
    }
}

/// The layout of a list with that many rows.
pub(crate) fn layout(rows: usize, measures: RowMeasures) -> VirtualWindow {
    VirtualWindow::new(rows, measures.row_height, measures.view_height, MAX_ELEMENT_HEIGHT)
}

/// The index of the focused row in the current list.
fn index_of(ids: &[RunId], focused: Option<&(usize, RunId)>) -> Option<usize> {
    let (index, id) = focused?;
    if ids.get(*index) == Some(id) { Some(*index) } else { ids.iter().position(|other| other == id) }
}

//! Which rows of a long table are in the document: those in view and some on either side. Short tables are drawn in full, those
//! in view first.

use super::arrivals::Shown;
use crate::browser::{history, viewport};
use crate::state::navigation::Navigation;
use leptos::prelude::*;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::list::virtual_window::{MAX_ELEMENT_HEIGHT, ScrollPosition, VirtualWindow};
use runboard_core::run::RunId;
use std::sync::Arc;

/// Up to so many rows are drawn in full, so that the browser's own search finds them.
pub const WHOLE: usize = 200;
/// So many are drawn at once however little of the window is left for them.
const LEAST: usize = 8;
/// So many more of a table that is drawn in full with each frame that follows: a letter that is typed meanwhile waits for no
/// more than these.
const STEP: usize = 16;
/// Rows drawn beyond the view on either side: for the Tab key, and for a frame that comes late.
const MORE: usize = 6;

/// What was measured.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measures {
    /// From one row to the next.
    pub row: u32,
    /// The window's height.
    pub view: u32,
    /// How far down in it the table begins.
    pub below: u32,
    /// Where the table is scrolled to.
    pub scroll: ScrollPosition,
}

impl Measures {
    /// Before anything is drawn: the height of a row on a wide screen.
    pub fn first() -> Self {
        Self { row: 41, view: viewport::height(), below: 0, scroll: ScrollPosition::default() }
    }
}

/// A row that has the focus, with its place when it got it.
pub type Focused = Option<(usize, RunId)>;

/// The rows to draw.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Drawn {
    /// Each with its place in the list, from 0.
    pub rows: Vec<(RunId, usize)>,
    /// Only a part of the list.
    pub part: bool,
    /// Some of them are still to be drawn: they follow when these are on screen.
    pub unfinished: bool,
    /// How many frames have shown some of it: a step that finds its rows drawn already is a step all the same.
    pub frames: usize,
    /// The height of the rows before them that are not drawn.
    pub before: i64,
    /// The height of those after them.
    pub after: i64,
}

impl Drawn {
    /// Takes out what is neither in view, nor of the `more` rows after that, nor was drawn before.
    fn leave_for_later(&mut self, before: &IdIndex, measures: Measures, first: usize, more: usize) {
        let row = measures.row.max(1);
        let fits = usize::try_from(measures.view.saturating_sub(measures.below) / row + 1).unwrap_or(0).max(LEAST);
        let in_view = first..first.saturating_add(fits).saturating_add(more);
        let (mut above, mut below) = (0_i64, 0_i64);
        self.rows.retain(|(key, place)| {
            let stays = in_view.contains(place) || before.contains(key.as_str());
            if !stays {
                *(if *place < first { &mut above } else { &mut below }) += i64::from(row);
            }
            stays
        });
        self.unfinished = above + below > 0;
        if self.part {
            self.before += above;
            self.after += below;
        }
    }

    /// The number of the row at a place as `aria-rowindex` counts: from 1, with the head; none where all rows are there to be
    /// counted.
    pub fn row_number(&self, place: usize) -> Option<usize> {
        self.part.then(|| place.saturating_add(2))
    }
}

/// Follows the list, the scroll and the focus. Of another list only what is in view is drawn at first, and some of the rest each time
/// that `more` rises: a letter that is typed is answered in the next frame.
pub fn drawn(
    router: Navigation,
    shown: Memo<Shown>,
    measures: RwSignal<Measures>,
    focused: RwSignal<Focused>,
    more: RwSignal<u32>,
) -> Memo<Drawn> {
    let kept = StoredValue::new(Kept::default());
    Memo::new(move |_| {
        let ids = shown.with(|shown| Arc::clone(&shown.ids));
        let mut drawn = if ids.len() > WHOLE {
            in_view(&ids, measures.get(), focused.with(|focused| place(&ids, focused.as_ref())))
        } else {
            Drawn { rows: ids.iter().cloned().zip(0..).collect(), ..Drawn::default() }
        };
        let more = more.get();
        kept.try_update_value(|kept| {
            if !kept.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &ids)) {
                (kept.of, kept.frames) = (Some(Arc::clone(&ids)), 0);
            }
            if kept.more != more {
                (kept.more, kept.frames) = (more, kept.frames.saturating_add(1));
            }
            let measures = measures.get_untracked();
            if router.scrolls_later() {
                // As it is.
            } else if drawn.part {
                let layout = layout(ids.len(), measures);
                if kept.frames == 0 {
                    drawn.leave_for_later(
                        &kept.drawn,
                        measures,
                        layout.visible_rows(layout.restored(measures.scroll), 0).first,
                        0,
                    );
                }
            } else if history::scroll() <= 0.0 {
                drawn.leave_for_later(&kept.drawn, measures, 0, kept.frames.saturating_mul(STEP));
            }
            if drawn.unfinished {
                drawn.frames = kept.frames;
            }
            kept.drawn = IdIndex::default();
            for (key, place) in &drawn.rows {
                kept.drawn.put(key.shared(), *place);
            }
        });
        drawn
    })
}

/// What is known between two drawings.
#[derive(Default)]
struct Kept {
    drawn: IdIndex,
    more: u32,
    /// The list that is drawn, and how many frames have shown some of it.
    of: Option<Arc<Vec<RunId>>>,
    frames: usize,
}

fn in_view(ids: &[RunId], measures: Measures, focused: Option<usize>) -> Drawn {
    let layout = layout(ids.len(), measures);
    let row = i64::from(measures.row.max(1));
    let drawn = layout.visible_rows(layout.restored(measures.scroll), MORE);
    // What would lie above the table's own top is out of view.
    let above = usize::try_from((-drawn.offset).max(0).saturating_add(row - 1) / row).unwrap_or(0);
    let first = drawn.first.saturating_add(above);
    let count = drawn.count.saturating_sub(above);
    let mut before = drawn.offset.saturating_add(i64::try_from(above).unwrap_or(0).saturating_mul(row));
    let mut after = layout.height() - before - i64::try_from(count).unwrap_or(0).saturating_mul(row);
    let mut rows: Vec<(RunId, usize)> = Vec::with_capacity(count + 1);
    let key = |place: usize| ids.get(place).map(|id| (id.clone(), place));
    // The row that has the focus stays in the document, out of view, so that the focus is not lost.
    if let Some(place) = focused.filter(|place| *place < first) {
        rows.extend(key(place));
        before -= row;
    }
    rows.extend(ids.iter().cloned().zip(0..).skip(first).take(count));
    if let Some(place) = focused.filter(|place| *place >= first.saturating_add(count)) {
        rows.extend(key(place));
        after -= row;
    }
    Drawn { rows, part: true, unfinished: false, frames: 0, before: before.max(0), after: after.max(0) }
}

/// The layout of a list of that length.
pub fn layout(rows: usize, measures: Measures) -> VirtualWindow {
    VirtualWindow::new(rows, measures.row, measures.view, MAX_ELEMENT_HEIGHT)
}

/// Where the row that has the focus stands now.
fn place(ids: &[RunId], focused: Option<&(usize, RunId)>) -> Option<usize> {
    let (place, id) = focused?;
    if ids.get(*place) == Some(id) { Some(*place) } else { ids.iter().position(|other| other == id) }
}

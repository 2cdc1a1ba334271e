use super::*;
use proptest::prelude::*;

impl VirtualWindow {
    /// The position at which a row is wholly visible, as near to `from` as possible: how the tests get to a row.
    fn scroll_to_row(self, from: ScrollPosition, row: usize) -> ScrollPosition {
        let row = i64::try_from(row).unwrap_or(i64::MAX).min(self.rows.saturating_sub(1)).max(0);
        let (upper, lower) = (row * self.row_height, (row + 1) * self.row_height - self.view);
        // A row higher than the view is shown from its top.
        let depth = from.depth.max(lower).min(upper).clamp(0, self.deepest());
        if depth == from.depth && from.top <= self.farthest_top() {
            return from;
        }
        self.at(depth)
    }
}

fn seen(layout: VirtualWindow, scroll: ScrollPosition) -> std::ops::Range<usize> {
    let drawn = layout.visible_rows(scroll, 0);
    drawn.first..drawn.first + drawn.count
}

#[test]
fn list_below_the_height_cap_scrolls_natively() {
    let layout = VirtualWindow::new(1000, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!(layout.height(), 40_000);
    let scroll = layout.scrolled(ScrollPosition::default(), 20_010);
    assert_eq!(scroll.top, 20_010);
    assert_eq!(layout.visible_rows(scroll, 3), VisibleRows { first: 497, count: 22, offset: 497 * 40 });
    assert_eq!(layout.visible_rows(ScrollPosition::default(), 3), VisibleRows { first: 0, count: 18, offset: 0 });
}

#[test]
fn empty_list_has_no_visible_rows() {
    let layout = VirtualWindow::new(0, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!((layout.height(), layout.visible_rows(ScrollPosition::default(), 5)), (0, VisibleRows::default()));
    assert_eq!(layout.scroll_to_row(ScrollPosition::default(), 7), ScrollPosition::default());
}

#[test]
fn scroll_bar_ends_reach_both_ends_of_a_million_rows() {
    let layout = VirtualWindow::new(1_000_000, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!(layout.height(), MAX_ELEMENT_HEIGHT);
    let end = layout.scrolled(ScrollPosition::default(), MAX_ELEMENT_HEIGHT);
    assert_eq!(seen(layout, end), 999_985..1_000_000);
    let drawn = layout.visible_rows(end, 0);
    assert_eq!(drawn.offset + 15 * 40, MAX_ELEMENT_HEIGHT, "flush with the end");
    assert_eq!(seen(layout, layout.scrolled(end, 0)), 0..15);
    let middle = layout.scrolled(ScrollPosition::default(), MAX_ELEMENT_HEIGHT / 2);
    assert!((499_900..500_100).contains(&seen(layout, middle).start));
}

#[test]
fn scrolling_in_steps_shows_every_row() {
    let layout = VirtualWindow::new(3000, 40, 600, 5000);
    let mut scroll = ScrollPosition::default();
    let (mut top, mut steps, mut next) = (0, 0, 0);
    while seen(layout, scroll).end < 3000 {
        let rows = seen(layout, scroll);
        assert!(rows.start <= next, "rows {next} to {} were skipped", rows.start);
        next = rows.end;
        let depth = scroll.depth;
        scroll = layout.scrolled(scroll, top + 550);
        assert!(scroll.depth > depth, "stuck at {depth}");
        top = scroll.top;
        steps += 1;
        assert!(steps < 1000);
    }
}

#[test]
fn scroll_bar_leaves_room_for_every_step_near_an_end() {
    let layout = VirtualWindow::new(1_000_000, 40, 600, MAX_ELEMENT_HEIGHT);
    for (row, step, end) in [(30, -100, 0), (999_960, 100, layout.deepest())] {
        let mut scroll = layout.scroll_to_row(ScrollPosition::default(), row);
        for _ in 0..20 {
            let top = (scroll.top + step).clamp(0, layout.farthest_top());
            assert!(top != scroll.top || scroll.depth == end, "the scroll bar stands at its end, the list does not");
            scroll = layout.scrolled(scroll, top);
        }
        assert_eq!(scroll.depth, end);
    }
}

proptest! {
    #[test]
    fn every_row_of_a_million_can_be_scrolled_to_exactly(
        rows in 1_usize..1_000_000, row in any::<prop::sample::Index>(), height in 1_u32..80, view in 1_u32..3000,
        cap in 1000_i64..MAX_ELEMENT_HEIGHT, before in any::<prop::sample::Index>(), more in 0_usize..20,
    ) {
        let layout = VirtualWindow::new(rows, height, view, cap);
        let (row, before) = (row.index(rows), before.index(rows));
        let from = layout.scroll_to_row(ScrollPosition::default(), before);
        let scroll = layout.scroll_to_row(from, row);
        prop_assert!(scroll.top >= 0 && scroll.top <= (layout.height() - i64::from(view)).max(0));
        let drawn = layout.visible_rows(scroll, more);
        prop_assert!((drawn.first..drawn.first + drawn.count).contains(&row));
        prop_assert!(drawn.first + drawn.count <= rows);
        // Wholly within the view, at whole rows from the first drawn one.
        let upper = drawn.offset + (row - drawn.first) as i64 * i64::from(height) - scroll.top;
        prop_assert!(upper >= 0 || height > view, "{upper}");
        prop_assert!(upper + i64::from(height) <= i64::from(view) || height > view, "{upper}");
        prop_assert_eq!(layout.scroll_to_row(scroll, row), scroll, "what is seen is not moved");
        prop_assert_eq!(layout.restored(scroll), scroll);
        prop_assert_eq!(layout.scrolled(scroll, scroll.top), scroll, "nor by the event that follows");
    }

    #[test]
    fn view_is_always_filled_and_small_steps_move_exactly(
        rows in 1_usize..1_000_000, height in 1_u32..80, view in 1_u32..2000, cap in 1000_i64..MAX_ELEMENT_HEIGHT,
        moves in prop::collection::vec((any::<bool>(), -1.0_f64..1.0), 1..60),
    ) {
        let layout = VirtualWindow::new(rows, height, view, cap);
        let mut scroll = ScrollPosition::default();
        for (small, by) in moves {
            let reach = if small { f64::from(view) } else { layout.height() as f64 };
            let top = (scroll.top + (by * reach) as i64).clamp(0, (layout.height() - i64::from(view)).max(0));
            let next = layout.scrolled(scroll, top);
            if small {
                let moved = next.depth - scroll.depth;
                let at_an_end = next.depth == 0 || next.depth == layout.deepest();
                prop_assert!(moved == top - scroll.top || at_an_end);
            }
            scroll = next;
            let drawn = layout.visible_rows(scroll, 0);
            let (upper, lower) = (drawn.offset - scroll.top, drawn.offset - scroll.top + drawn.count as i64 * i64::from(height));
            prop_assert!(upper <= 0 && upper > -i64::from(height));
            prop_assert!(lower >= i64::from(view).min(layout.whole()));
            // There is always room for another step, unless the list itself ends there.
            prop_assert!(scroll.top > 0 || scroll.depth == 0);
            prop_assert!(scroll.top < layout.farthest_top() || scroll.depth == layout.deepest());
        }
    }

    #[test]
    fn any_measurements_are_accepted(rows in any::<usize>(), height in any::<u32>(), view in any::<u32>(), cap in any::<i64>(), top in any::<i64>(), row in any::<usize>()) {
        let layout = VirtualWindow::new(rows, height, view, cap);
        let scroll = layout.scroll_to_row(layout.scrolled(ScrollPosition::default(), top), row);
        let other = VirtualWindow::new(row, view, height, top);
        let _ = (layout.visible_rows(scroll, row), other.visible_rows(other.restored(scroll), rows));
    }
}

use super::*;
use proptest::prelude::*;

impl VirtualWindow {
    /// The position at which a row is wholly visible, as near to `from` as possible: how the tests get to a row.
    fn scroll_to_row(self, from: ScrollPosition, row: usize) -> ScrollPosition {
        let row = i64::try_from(row).unwrap_or(i64::MAX).min(self.rows.saturating_sub(1)).max(0);
        let (upper, lower) = (row * self.row_height, (row + 1) * self.row_height - self.view_height);
        // A row taller than the view is shown from its top.
        let depth = from.depth.max(lower).min(upper).clamp(0, self.max_depth());
        if depth == from.depth && from.top <= self.max_top() {
            return from;
        }
        self.position_at(depth)
    }
}

fn seen(window: VirtualWindow, scroll: ScrollPosition) -> std::ops::Range<usize> {
    let drawn = window.visible_rows(scroll, 0);
    drawn.first..drawn.first + drawn.count
}

#[test]
fn list_below_the_height_cap_scrolls_natively() {
    let window = VirtualWindow::new(1000, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!(window.height(), 40_000);
    let scroll = window.scrolled(ScrollPosition::default(), 20_010);
    assert_eq!(scroll.top, 20_010);
    assert_eq!(window.visible_rows(scroll, 3), VisibleRows { first: 497, count: 22, offset: 497 * 40 });
    assert_eq!(window.visible_rows(ScrollPosition::default(), 3), VisibleRows { first: 0, count: 18, offset: 0 });
}

#[test]
fn empty_list_has_no_visible_rows() {
    let window = VirtualWindow::new(0, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!((window.height(), window.visible_rows(ScrollPosition::default(), 5)), (0, VisibleRows::default()));
    assert_eq!(window.scroll_to_row(ScrollPosition::default(), 7), ScrollPosition::default());
}

#[test]
fn scroll_bar_ends_reach_both_ends_of_a_million_rows() {
    let window = VirtualWindow::new(1_000_000, 40, 600, MAX_ELEMENT_HEIGHT);
    assert_eq!(window.height(), MAX_ELEMENT_HEIGHT);
    let end = window.scrolled(ScrollPosition::default(), MAX_ELEMENT_HEIGHT);
    assert_eq!(seen(window, end), 999_985..1_000_000);
    let drawn = window.visible_rows(end, 0);
    assert_eq!(drawn.offset + 15 * 40, MAX_ELEMENT_HEIGHT, "flush with the end");
    assert_eq!(seen(window, window.scrolled(end, 0)), 0..15);
    let middle = window.scrolled(ScrollPosition::default(), MAX_ELEMENT_HEIGHT / 2);
    assert!((499_900..500_100).contains(&seen(window, middle).start));
}

#[test]
fn scrolling_in_steps_shows_every_row() {
    let window = VirtualWindow::new(3000, 40, 600, 5000);
    let mut scroll = ScrollPosition::default();
    let (mut top, mut steps, mut next) = (0, 0, 0);
    while seen(window, scroll).end < 3000 {
        let rows = seen(window, scroll);
        assert!(rows.start <= next, "rows {next} to {} were skipped", rows.start);
        next = rows.end;
        let depth = scroll.depth;
        scroll = window.scrolled(scroll, top + 550);
        assert!(scroll.depth > depth, "stuck at {depth}");
        top = scroll.top;
        steps += 1;
        assert!(steps < 1000);
    }
}

#[test]
fn scroll_bar_leaves_room_for_every_step_near_an_end() {
    let window = VirtualWindow::new(1_000_000, 40, 600, MAX_ELEMENT_HEIGHT);
    for (row, step, end) in [(30, -100, 0), (999_960, 100, window.max_depth())] {
        let mut scroll = window.scroll_to_row(ScrollPosition::default(), row);
        for _ in 0..20 {
            let top = (scroll.top + step).clamp(0, window.max_top());
            assert!(top != scroll.top || scroll.depth == end, "the scroll bar stands at its end, the list does not");
            scroll = window.scrolled(scroll, top);
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
        let window = VirtualWindow::new(rows, height, view, cap);
        let (row, before) = (row.index(rows), before.index(rows));
        let from = window.scroll_to_row(ScrollPosition::default(), before);
        let scroll = window.scroll_to_row(from, row);
        prop_assert!(scroll.top >= 0 && scroll.top <= (window.height() - i64::from(view)).max(0));
        let drawn = window.visible_rows(scroll, more);
        prop_assert!((drawn.first..drawn.first + drawn.count).contains(&row));
        prop_assert!(drawn.first + drawn.count <= rows);
        // The row lies wholly within the view, a whole number of rows below the first drawn one.
        let upper = drawn.offset + (row - drawn.first) as i64 * i64::from(height) - scroll.top;
        prop_assert!(upper >= 0 || height > view, "{upper}");
        prop_assert!(upper + i64::from(height) <= i64::from(view) || height > view, "{upper}");
        prop_assert_eq!(window.scroll_to_row(scroll, row), scroll, "what is seen is not moved");
        prop_assert_eq!(window.restored(scroll), scroll);
        prop_assert_eq!(window.scrolled(scroll, scroll.top), scroll, "nor by the event that follows");
    }

    #[test]
    fn view_is_always_filled_and_small_steps_move_exactly(
        rows in 1_usize..1_000_000, height in 1_u32..80, view in 1_u32..2000, cap in 1000_i64..MAX_ELEMENT_HEIGHT,
        moves in prop::collection::vec((any::<bool>(), -1.0_f64..1.0), 1..60),
    ) {
        let window = VirtualWindow::new(rows, height, view, cap);
        let mut scroll = ScrollPosition::default();
        for (small, by) in moves {
            let reach = if small { f64::from(view) } else { window.height() as f64 };
            let top = (scroll.top + (by * reach) as i64).clamp(0, (window.height() - i64::from(view)).max(0));
            let next = window.scrolled(scroll, top);
            if small {
                let moved = next.depth - scroll.depth;
                let at_an_end = next.depth == 0 || next.depth == window.max_depth();
                prop_assert!(moved == top - scroll.top || at_an_end);
            }
            scroll = next;
            let drawn = window.visible_rows(scroll, 0);
            let (upper, lower) = (drawn.offset - scroll.top, drawn.offset - scroll.top + drawn.count as i64 * i64::from(height));
            prop_assert!(upper <= 0 && upper > -i64::from(height));
            prop_assert!(lower >= i64::from(view).min(window.full_height()));
            // The scroll bar always leaves room for another step, unless the list itself ends there.
            prop_assert!(scroll.top > 0 || scroll.depth == 0);
            prop_assert!(scroll.top < window.max_top() || scroll.depth == window.max_depth());
        }
    }

    #[test]
    fn any_measurements_are_accepted(rows in any::<usize>(), height in any::<u32>(), view in any::<u32>(), cap in any::<i64>(), top in any::<i64>(), row in any::<usize>()) {
        let window = VirtualWindow::new(rows, height, view, cap);
        let scroll = window.scroll_to_row(window.scrolled(ScrollPosition::default(), top), row);
        let other = VirtualWindow::new(row, view, height, top);
        let _ = (window.visible_rows(scroll, row), other.visible_rows(other.restored(scroll), rows));
    }
}

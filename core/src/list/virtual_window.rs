//! Virtual scrolling: which rows of a long list are rendered, and where. Browsers limit the height of an element; beyond
//! the limit the scroll bar represents the list proportionally, while small steps still scroll by exactly their size.

/// The dimensions of a list, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VirtualWindow {
    rows: i64,
    row_height: i64,
    view_height: i64,
    cap: i64,
}

/// The scroll position of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ScrollPosition {
    /// The element's `scrollTop`.
    pub top: i64,
    /// The distance from the top of the first row to the top of the view, as if there were no height limit.
    depth: i64,
}

/// The rows to render.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct VisibleRows {
    /// The index of the first row.
    pub first: usize,
    /// The number of rows.
    pub count: usize,
    /// The top of the first row within the element. May be negative: the element clips what lies above it.
    pub offset: i64,
}

/// A height that every browser allows (Firefox has the lowest limit, 17.9 million).
pub const MAX_ELEMENT_HEIGHT: i64 = 8_000_000;

impl VirtualWindow {
    /// A list of `rows` rows of one height in a view of height `view_height`. No dimension is less than a pixel; the
    /// cap is never less than eight views.
    pub fn new(rows: usize, row_height: u32, view_height: u32, cap: i64) -> Self {
        let view_height = i64::from(view_height.max(1));
        let rows = i64::try_from(rows).unwrap_or(i64::MAX).min(1 << 32);
        Self {
            rows,
            row_height: i64::from(row_height.clamp(1, 1 << 16)),
            view_height,
            cap: cap.max(view_height.saturating_mul(8)),
        }
    }

    /// The height of the element.
    pub fn height(self) -> i64 {
        self.full_height().min(self.cap)
    }

    /// The position after the browser scrolled to `top`. Steps of up to one view move by exactly their size; longer
    /// ones (the scroll bar was dragged) move proportionally. If the result's `top` differs from the one given, set the
    /// element's `scrollTop` to it: the element reached its end before the list did.
    #[must_use]
    pub fn scrolled(self, from: ScrollPosition, top: i64) -> ScrollPosition {
        let top = top.clamp(0, self.max_top());
        if self.full_height() <= self.cap {
            return ScrollPosition { top, depth: top };
        }
        let step = top.saturating_sub(from.top);
        let depth = if step.saturating_abs() <= self.view_height {
            from.depth.saturating_add(step).clamp(0, self.max_depth())
        } else {
            proportion(top, self.max_depth(), self.max_top())
        };
        let stuck = (top == 0 && depth > 0) || (top == self.max_top() && depth < self.max_depth());
        ScrollPosition { top: if stuck { self.top_for(depth) } else { top }, depth }
    }

    /// The same position after rows were added or removed, or the view was resized.
    #[must_use]
    pub fn restored(self, from: ScrollPosition) -> ScrollPosition {
        let depth = from.depth.clamp(0, self.max_depth());
        let fits = from.top <= self.max_top() && (self.full_height() > self.cap || from.top == depth);
        if depth == from.depth && fits { from } else { self.position_at(depth) }
    }

    /// The rows to render at a position, with `more` extra rows on either side.
    pub fn visible_rows(self, scroll: ScrollPosition, more: usize) -> VisibleRows {
        let more = i64::try_from(more).unwrap_or(0).min(10_000);
        let depth = scroll.depth.clamp(0, self.max_depth());
        let first = (depth / self.row_height - more).max(0);
        let last = ((depth + self.view_height - 1) / self.row_height + more).min(self.rows - 1);
        let count = usize::try_from(last - first + 1).unwrap_or(0);
        let offset = first * self.row_height - depth + scroll.top;
        VisibleRows { first: usize::try_from(first).unwrap_or(0), count, offset }
    }

    fn position_at(self, depth: i64) -> ScrollPosition {
        let top = if self.full_height() <= self.cap { depth } else { self.top_for(depth) };
        ScrollPosition { top, depth }
    }

    /// The height of the whole list if there were no limit.
    fn full_height(self) -> i64 {
        self.rows.saturating_mul(self.row_height)
    }

    fn max_depth(self) -> i64 {
        self.full_height().saturating_sub(self.view_height).max(0)
    }

    fn max_top(self) -> i64 {
        self.height().saturating_sub(self.view_height).max(0)
    }

    /// The scroll bar's position for a depth: proportional, except that near both ends it is as far from them as the
    /// list is, so that there is always room for the next step.
    fn top_for(self, depth: i64) -> i64 {
        let room = self.view_height.saturating_mul(2);
        let left = self.max_depth().saturating_sub(depth);
        let middle = proportion(depth, self.max_top(), self.max_depth());
        middle.max(depth.min(room)).min(self.max_top().saturating_sub(left.min(room)))
    }
}

/// `part / of * full_height`, exact at both ends.
fn proportion(part: i64, full_height: i64, of: i64) -> i64 {
    let result = i128::from(part) * i128::from(full_height) / i128::from(of.max(1));
    i64::try_from(result).unwrap_or(full_height)
}

#[cfg(test)]
mod tests;

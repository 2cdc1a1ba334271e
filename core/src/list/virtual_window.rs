//! Which rows of a long list are drawn where. Browsers cap the height of an element, so beyond that the scroll bar stands for
//! the whole list in proportion, while small steps still move by exactly as much as they say.

/// The measures of a list. All lengths are CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VirtualWindow {
    rows: i64,
    row_height: i64,
    view: i64,
    cap: i64,
}

/// Where a list is scrolled to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ScrollPosition {
    /// The element's `scrollTop`.
    pub top: i64,
    /// How far the view lies below the top of the first row, were there no cap.
    depth: i64,
}

/// The rows to draw.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct VisibleRows {
    /// The first one, from 0.
    pub first: usize,
    /// How many.
    pub count: usize,
    /// Where the first one's top lies in the element. May be negative: the element clips what reaches over it.
    pub offset: i64,
}

/// What every browser allows an element to be high (Firefox has the lowest limit, 17.9 million).
pub const MAX_ELEMENT_HEIGHT: i64 = 8_000_000;

impl VirtualWindow {
    /// So many rows of one height, in a view of a height. Nothing is smaller than a pixel; the cap is never less than eight views.
    pub fn new(rows: usize, row_height: u32, view: u32, cap: i64) -> Self {
        let view = i64::from(view.max(1));
        let rows = i64::try_from(rows).unwrap_or(i64::MAX).min(1 << 32);
        Self { rows, row_height: i64::from(row_height.clamp(1, 1 << 16)), view, cap: cap.max(view.saturating_mul(8)) }
    }

    /// How high the element is.
    pub fn height(self) -> i64 {
        self.whole().min(self.cap)
    }

    /// Where the list stands after the browser scrolled to `top`. Steps of up to a view move by what they say; longer ones (the
    /// scroll bar was dragged) go to the place in proportion. Where the result's `top` is another than the one given, set
    /// the element's `scrollTop` to it: the element had come to its end and the list had not.
    #[must_use]
    pub fn scrolled(self, from: ScrollPosition, top: i64) -> ScrollPosition {
        let top = top.clamp(0, self.farthest_top());
        if self.whole() <= self.cap {
            return ScrollPosition { top, depth: top };
        }
        let step = top.saturating_sub(from.top);
        let depth = if step.saturating_abs() <= self.view {
            from.depth.saturating_add(step).clamp(0, self.deepest())
        } else {
            proportion(top, self.deepest(), self.farthest_top())
        };
        let stuck = (top == 0 && depth > 0) || (top == self.farthest_top() && depth < self.deepest());
        ScrollPosition { top: if stuck { self.top_for(depth) } else { top }, depth }
    }

    /// The same place after rows came or went, or the view changed its height.
    #[must_use]
    pub fn restored(self, from: ScrollPosition) -> ScrollPosition {
        let depth = from.depth.clamp(0, self.deepest());
        let fits = from.top <= self.farthest_top() && (self.whole() > self.cap || from.top == depth);
        if depth == from.depth && fits { from } else { self.at(depth) }
    }

    /// The rows to draw there, with so many more on either side.
    pub fn visible_rows(self, scroll: ScrollPosition, more: usize) -> VisibleRows {
        let more = i64::try_from(more).unwrap_or(0).min(10_000);
        let depth = scroll.depth.clamp(0, self.deepest());
        let first = (depth / self.row_height - more).max(0);
        let last = ((depth + self.view - 1) / self.row_height + more).min(self.rows - 1);
        let count = usize::try_from(last - first + 1).unwrap_or(0);
        let offset = first * self.row_height - depth + scroll.top;
        VisibleRows { first: usize::try_from(first).unwrap_or(0), count, offset }
    }

    fn at(self, depth: i64) -> ScrollPosition {
        let top = if self.whole() <= self.cap { depth } else { self.top_for(depth) };
        ScrollPosition { top, depth }
    }

    /// The whole list's height, were there no cap.
    fn whole(self) -> i64 {
        self.rows.saturating_mul(self.row_height)
    }

    fn deepest(self) -> i64 {
        self.whole().saturating_sub(self.view).max(0)
    }

    fn farthest_top(self) -> i64 {
        self.height().saturating_sub(self.view).max(0)
    }

    /// Where the scroll bar stands for a depth: in proportion, but near both ends as far from them as the list is, so that
    /// there is always room for the next step.
    fn top_for(self, depth: i64) -> i64 {
        let room = self.view.saturating_mul(2);
        let left = self.deepest().saturating_sub(depth);
        let middle = proportion(depth, self.farthest_top(), self.deepest());
        middle.max(depth.min(room)).min(self.farthest_top().saturating_sub(left.min(room)))
    }
}

/// `part` of `of`, in `whole`: exact at both ends.
fn proportion(part: i64, whole: i64, of: i64) -> i64 {
    let result = i128::from(part) * i128::from(whole) / i128::from(of.max(1));
    i64::try_from(result).unwrap_or(whole)
}

#[cfg(test)]
mod tests;

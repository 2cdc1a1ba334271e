//! The columns of the list: which of them are shown, and in which order. The name always comes first.

use crate::query::SortKey;

/// The columns after the name, in their order, each with whether it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns(Vec<(SortKey, bool)>);

/// The columns after the name in their default order. Those from [`SHOWN_AT_FIRST`] on are hidden then.
const ORDER: [SortKey; 7] = [
    SortKey::Status,
    SortKey::Job,
    SortKey::Start,
    SortKey::End,
    SortKey::Created,
    SortKey::Length,
    SortKey::Countdown,
];
const SHOWN_AT_FIRST: usize = 5;

impl Default for Columns {
    fn default() -> Self {
        Self(ORDER.into_iter().enumerate().map(|(at, column)| (column, at < SHOWN_AT_FIRST)).collect())
    }
}

impl Columns {
    /// Parses the stored form, `status,-job,start`; a dash hides a column. Columns that it lacks keep their default places.
    pub fn parse(stored: &str) -> Self {
        let mut columns: Vec<(SortKey, bool)> = Vec::new();
        let named = stored.split(',').filter_map(|word| {
            let (word, shown) = word.strip_prefix('-').map_or((word, true), |word| (word, false));
            ORDER.into_iter().find(|column| column.word() == word).map(|column| (column, shown))
        });
        for (column, shown) in named.chain(Self::default().0) {
            if columns.iter().all(|(other, _)| *other != column) {
                columns.push((column, shown || !Self::can_be_hidden(column)));
            }
        }
        Self(columns)
    }

    /// The default order without these columns (`job,created`), as earlier versions stored the choice.
    #[must_use]
    pub fn without(hidden: &str) -> Self {
        let mut columns = Self::default();
        for (column, shown) in &mut columns.0 {
            *shown &= !Self::can_be_hidden(*column) || hidden.split(',').all(|word| word != column.word());
        }
        columns
    }

    /// The stored form.
    pub fn text(&self) -> String {
        let word = |(column, shown): &(SortKey, bool)| [if *shown { "" } else { "-" }, column.word()].concat();
        self.0.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// The columns that are shown, in their order, with the name.
    pub fn shown(&self) -> Vec<SortKey> {
        let shown = self.0.iter().filter(|(_, shown)| *shown).map(|(column, _)| *column);
        std::iter::once(SortKey::Name).chain(shown).collect()
    }

    /// All columns after the name, each with whether it is shown.
    pub fn all(&self) -> &[(SortKey, bool)] {
        &self.0
    }

    /// Whether a column can be hidden: a run's state must always be seen.
    pub fn can_be_hidden(column: SortKey) -> bool {
        column != SortKey::Status
    }

    /// Shows or hides a column.
    pub fn toggle(&mut self, column: SortKey) {
        for (other, shown) in &mut self.0 {
            *shown ^= *other == column && Self::can_be_hidden(column);
        }
    }

    /// Moves a column to a place among the columns after the name. Returns its new place, counted from 1, if it moved.
    pub fn move_to(&mut self, column: SortKey, place: usize) -> Option<usize> {
        let from = self.place(column)?;
        let to = place.min(self.0.len().checked_sub(1)?);
        let moved = self.0.remove(from);
        self.0.insert(to, moved);
        (from != to).then_some(to + 1)
    }

    /// Moves a column by one place. Returns its new place, counted from 1, if it moved.
    pub fn move_by_one(&mut self, column: SortKey, back: bool) -> Option<usize> {
        let from = self.place(column)?;
        self.move_to(column, if back { from.checked_sub(1)? } else { from + 1 })
    }

    fn place(&self, column: SortKey) -> Option<usize> {
        self.0.iter().position(|(other, _)| *other == column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(columns: &Columns) -> String {
        columns.shown().into_iter().map(SortKey::word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn choice_of_an_earlier_version_still_hides_its_columns() {
        assert_eq!(words(&Columns::without("")), "name status job start end created");
        assert_eq!(words(&Columns::without("job,created")), "name status start end");
        assert_eq!(words(&Columns::without("status,name,colour")), "name status job start end created");
    }

    #[test]
    fn stored_columns_are_read_leniently() {
        for (stored, shown) in [
            ("", "name status job start end created"),
            ("countdown,-job,status", "name countdown status start end created"),
            ("start,start,-start", "name start status job end created"),
            ("-status,colour,name,length", "name status length job start end created"),
        ] {
            assert_eq!(words(&Columns::parse(stored)), shown, "{stored:?}");
        }
    }

    #[test]
    fn column_moves_and_stops_at_either_end() {
        let mut columns = Columns::default();
        assert_eq!(columns.move_by_one(SortKey::Job, true), Some(1));
        assert_eq!(words(&columns), "name job status start end created");
        assert_eq!(columns.move_by_one(SortKey::Job, true), None);
        assert_eq!(columns.move_to(SortKey::Job, 99), Some(7));
        assert_eq!(columns.move_by_one(SortKey::Job, false), None);
        assert_eq!(columns.move_by_one(SortKey::Name, false), None, "the name stays first");
        assert_eq!(columns.text(), "status,start,end,created,-length,-countdown,job");
    }

    #[test]
    fn status_cannot_be_hidden() {
        let mut columns = Columns::default();
        columns.toggle(SortKey::Status);
        columns.toggle(SortKey::End);
        columns.toggle(SortKey::Countdown);
        assert_eq!(words(&columns), "name status job start created countdown");
    }

    proptest! {
        #[test]
        fn columns_round_trip_through_their_text(steps in prop::collection::vec((0_usize..8, 0_usize..9), 0..12)) {
            let mut columns = Columns::default();
            for (at, place) in steps {
                let column = SortKey::ALL[at];
                columns.toggle(column);
                columns.move_to(column, place);
                prop_assert_eq!(columns.all().len(), ORDER.len());
            }
            prop_assert_eq!(Columns::parse(&columns.text()), columns);
        }
    }
}

//! How close together the rows of the list are.

/// The height of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RowHeight {
    /// With room around each line.
    #[default]
    Comfortable,
    /// With more rows on a screen.
    Compact,
}

impl RowHeight {
    /// The stored form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// Parses the stored form.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Comfortable, Self::Compact].into_iter().find(|height| height.word() == word)
    }
}

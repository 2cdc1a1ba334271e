//! An index from ids to places in a list: one compiled map for everything that is looked up by id.

use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::sync::Arc;

/// Ids with the place of each in a list that is stored elsewhere.
#[derive(Clone, Debug, Default)]
pub struct IdIndex {
    places: HashMap<Arc<str>, usize, FxBuildHasher>,
}

impl IdIndex {
    /// The place of an id, if it is known.
    pub fn get(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Whether an id is known.
    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Sets the place of an id; returns whether the id is new.
    pub fn insert(&mut self, id: Arc<str>, place: usize) -> bool {
        self.places.insert(id, place).is_none()
    }

    /// The number of ids.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has no ids.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::IdIndex;

    #[test]
    fn last_place_of_an_id_wins() {
        let mut ids = IdIndex::default();
        assert!(ids.is_empty() && ids.insert("a".into(), 4) && ids.insert("b".into(), 2) && !ids.insert("a".into(), 1));
        assert_eq!((ids.get("a"), ids.get("b"), ids.get("c"), ids.len()), (Some(1), Some(2), None, 2));
        assert!(ids.contains("b") && !ids.contains("ab"));
    }
}

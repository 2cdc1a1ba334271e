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
    pub fn put(&mut self, id: Arc<str>, place: usize) -> bool {
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

/// Sorts items into the order of the wanted ids: first one slot for each wanted id, then the items whose id is not
/// wanted.
pub fn match_by_id<T>(
    wanted: impl Iterator<Item = Arc<str>>,
    kept: Vec<T>,
    id: impl Fn(&T) -> Option<&str>,
) -> (Vec<Option<T>>, Vec<T>) {
    let (mut places, mut matched, mut left) = (IdIndex::default(), Vec::new(), Vec::new());
    for (place, id) in wanted.enumerate() {
        places.put(id, place);
        matched.push(None);
    }
    for one in kept {
        match id(&one).and_then(|id| places.get(id)).and_then(|place| matched.get_mut(place)) {
            Some(place) => *place = Some(one),
            None => left.push(one),
        }
    }
    (matched, left)
}

#[cfg(test)]
mod tests {
    use super::{IdIndex, match_by_id};

    #[test]
    fn match_by_id_orders_matches_by_the_wanted_ids_and_keeps_the_rest() {
        let wanted = ["d", "b", "x", "a"].map(Into::into).into_iter();
        let (matched, left) =
            match_by_id(wanted, vec!["a", "b", "c", "d", ""], |id| Some(*id).filter(|id| !id.is_empty()));
        assert_eq!(matched, [Some("d"), Some("b"), None, Some("a")]);
        assert_eq!(left, ["c", ""]);
    }

    #[test]
    fn last_place_of_an_id_wins() {
        let mut ids = IdIndex::default();
        assert!(ids.is_empty() && ids.put("a".into(), 4) && ids.put("b".into(), 2) && !ids.put("a".into(), 1));
        assert_eq!((ids.get("a"), ids.get("b"), ids.get("c"), ids.len()), (Some(1), Some(2), None, 2));
        assert!(ids.contains("b") && !ids.contains("ab"));
    }
}

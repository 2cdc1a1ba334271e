//! Which runs are on a timeline, whatever their order.

use crate::run::RunId;
use std::sync::Arc;

/// Ids of runs, of which only the set counts. The list changes its order whenever a window opens or ends; a timeline of the same runs
/// stays what it is.
#[derive(Clone, Debug, Default)]
pub struct RunSet(Arc<Vec<RunId>>);

impl RunSet {
    /// Of different ids, in any order.
    pub const fn new(ids: Arc<Vec<RunId>>) -> Self {
        Self(ids)
    }

    /// The ids, in one of the orders that they were listed in.
    pub fn iter(&self) -> impl Iterator<Item = &RunId> {
        self.0.iter()
    }
}

impl PartialEq for RunSet {
    /// Only what lies between the first and the last difference is sorted: when one window opens, one run changes its place.
    fn eq(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.0, &other.0) {
            return true;
        }
        if self.0.len() != other.0.len() {
            return false;
        }
        let differs = |(one, other): (&RunId, &RunId)| one != other;
        let Some(first) = self.0.iter().zip(other.0.iter()).position(differs) else { return true };
        let last = self.0.iter().zip(other.0.iter()).rposition(differs).unwrap_or(first);
        let sorted = |ids: &[RunId]| {
            let mut between: Vec<RunId> = ids.get(first..=last).unwrap_or_default().to_vec();
            between.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
            between
        };
        sorted(&self.0) == sorted(&other.0)
    }
}

impl Eq for RunSet {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn set(numbers: &[u8]) -> RunSet {
        RunSet::new(Arc::new(numbers.iter().map(|number| RunId::new(&format!("r-{number}"))).collect()))
    }

    proptest! {
        #[test]
        fn equal_if_the_same_runs_are_in_it(one in prop::collection::btree_set(0_u8..12, 0..10), other in prop::collection::btree_set(0_u8..12, 0..10), turn in 0_usize..10) {
            let listed = |ids: &BTreeSet<u8>| ids.iter().copied().collect::<Vec<u8>>();
            prop_assert_eq!(set(&listed(&one)) == set(&listed(&other)), one == other);
            let mut turned = listed(&one);
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
            }
            prop_assert_eq!(set(&listed(&one)), set(&turned));
        }
    }

    #[test]
    fn one_run_in_place_of_another_makes_it_different() {
        assert_ne!(set(&[1, 2, 3, 4]), set(&[1, 3, 5, 4]));
        assert_eq!(set(&[1, 2, 3, 4]), set(&[1, 3, 2, 4]));
    }
}

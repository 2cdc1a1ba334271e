//! Sorting and counting through one compiled sort: a sort for every element type would cost 4 kB each.

use crate::collections::id_index::IdIndex;
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

/// The indices below `count`, stably sorted by comparing what they stand for.
pub(crate) fn sorted_indices(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    sort_indices(&mut order, compare);
    order
}

/// Sorts indices. Sorted or reversed runs are merged in linear time, so a long list with a few additions is cheap.
#[inline(never)]
pub fn sort_indices(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|a, b| compare(*a, *b));
}

/// How often each word occurs, most frequent first, then by word.
pub fn count_words(words: impl Iterator<Item = Arc<str>>) -> Vec<(String, usize)> {
    let mut known = IdIndex::default();
    let mut counted: Vec<(Arc<str>, usize)> = Vec::new();
    for word in words {
        match known.get(&word).and_then(|at| counted.get_mut(at)) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => {
                known.insert(Arc::clone(&word), counted.len());
                counted.push((word, 1));
            }
        }
    }
    let at = |at: usize| counted.get(at).map(|(word, count)| (Reverse(*count), word));
    let order = sorted_indices(counted.len(), &|a, b| at(a).cmp(&at(b))).into_iter();
    order.filter_map(|at| counted.get(at)).map(|(word, count)| (String::from(&**word), *count)).collect()
}

#[cfg(test)]
mod tests {
    use super::{count_words, sorted_indices};
    use proptest::prelude::*;

    #[test]
    fn words_are_counted_most_frequent_first_then_alphabetically() {
        let words = ["b", "c", "a", "b", "c", "d"];
        let expected = [("b", 2), ("c", 2), ("a", 1), ("d", 1)].map(|(word, count)| (word.to_owned(), count));
        assert_eq!(count_words(words.into_iter().map(Into::into)), expected);
    }

    proptest! {
        #[test]
        fn sorted_indices_are_stable(values in proptest::collection::vec(0_u8..4, 0..40)) {
            let mut expected: Vec<(u8, usize)> = values.iter().copied().zip(0..).collect();
            expected.sort_by_key(|(value, _)| *value);
            let found = sorted_indices(values.len(), &|a, b| values[a].cmp(&values[b]));
            prop_assert_eq!(found, expected.into_iter().map(|(_, at)| at).collect::<Vec<_>>());
        }
    }
}

//! Putting things in order and counting them, through one compiled sort: a sort for every type would be 4 kB each.

use std::cmp::Ordering;

/// The numbers below `count` in the order that `compare` says of the things they stand for; equal ones stay as they are.
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    reorder(&mut order, compare);
    order
}

/// Numbers in another order. What is in order already, or the other way round, costs one look: a long list that was in
/// order before some were added is merged.
#[inline(never)]
pub fn reorder(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|a, b| compare(*a, *b));
}

/// How often each word occurs, most frequent first, then by word.
pub fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let words: Vec<&str> = words.collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for next in order(words.len(), &|a, b| word(a).cmp(word(b))).into_iter().map(word) {
        match counted.last_mut() {
            Some((last, count)) if *last == next => *count = count.saturating_add(1),
            _ => counted.push((next, 1)),
        }
    }
    let count_of = |at: usize| counted.get(at).map_or(0, |(_, count)| *count);
    order(counted.len(), &|a, b| count_of(b).cmp(&count_of(a)))
        .into_iter()
        .filter_map(|at| counted.get(at))
        .map(|(word, count)| ((*word).to_owned(), *count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{order, tally};
    use proptest::prelude::*;

    #[test]
    fn the_most_frequent_word_comes_first_and_equals_by_the_alphabet() {
        let words = ["b", "c", "a", "b", "c", "d"];
        let expected = [("b", 2), ("c", 2), ("a", 1), ("d", 1)].map(|(word, count)| (word.to_owned(), count));
        assert_eq!(tally(words.into_iter()), expected);
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_a_stable_sort(values in proptest::collection::vec(0_u8..4, 0..40)) {
            let mut expected: Vec<(u8, usize)> = values.iter().copied().zip(0..).collect();
            expected.sort_by_key(|(value, _)| *value);
            let found = order(values.len(), &|a, b| values[a].cmp(&values[b]));
            prop_assert_eq!(found, expected.into_iter().map(|(_, at)| at).collect::<Vec<_>>());
        }
    }
}

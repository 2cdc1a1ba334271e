//! Random numbers that are the same for the same seed, on every machine and in every version.
//!
//! Not from `rand`, which does not promise that a seed gives the same numbers in its next version: the ids and counts of
//! stored runs follow from these numbers, and a test that resets the sandbox expects the same ones every time.

use std::ops::RangeInclusive;

use uuid::{Builder, Uuid};

/// Mixes its inputs with FNV-1a and generates numbers with SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct SeededRng(u64);

impl SeededRng {
    /// A generator for `seed` and `purpose`. Two purposes with the same seed share no numbers.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).with_number(seed).with_text(purpose)
    }

    pub(crate) fn with_text(self, text: &str) -> Self {
        // With the length, "ab" then "c" differs from "a" then "bc".
        self.with_number(text.len() as u64).mix(text.as_bytes())
    }

    pub(crate) fn with_number(self, number: u64) -> Self {
        self.mix(&number.to_le_bytes())
    }

    fn mix(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    pub(crate) fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `range`, or its start when it is empty.
    pub(crate) fn in_range(&mut self, range: RangeInclusive<u64>) -> u64 {
        let number = self.next_u64();
        match range.end().checked_sub(*range.start()) {
            Some(span) => range.start() + number % span.saturating_add(1),
            None => *range.start(),
        }
    }

    /// One of `choices`, or `None` when there are none.
    pub(crate) fn choose<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let last = choices.len().checked_sub(1)?;
        let index = self.in_range(0..=last as u64);
        choices.get(usize::try_from(index).unwrap_or(0))
    }

    pub(crate) fn uuid(&mut self) -> Uuid {
        let (high, low) = (self.next_u64(), self.next_u64());
        let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
        Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_same_numbers_in_every_version() {
        // When this fails, every stored run gets another summary.
        let mut rng = SeededRng::new(1, "test").with_text("run");
        assert_eq!(rng.next_u64(), SeededRng::new(1, "test").with_text("run").next_u64());
        assert_ne!(SeededRng::new(1, "test").next_u64(), SeededRng::new(2, "test").next_u64());
        let (one, other) = (SeededRng::new(1, "a").with_text("bc"), SeededRng::new(1, "ab").with_text("c"));
        assert_ne!(one.clone().next_u64(), other.clone().next_u64());
        assert_eq!(SeededRng::new(1, "test").uuid().to_string(), "df911869-e317-4145-ac0c-6c6ea5b44e07");
    }

    #[test]
    fn generates_uuids_of_version_4() {
        for seed in 0..100 {
            let uuid = SeededRng::new(seed, "test").uuid();
            assert_eq!((uuid.get_version_num(), uuid.get_variant()), (4, uuid::Variant::RFC4122), "{uuid}");
        }
    }

    #[test]
    fn chooses_nothing_from_an_empty_list() {
        assert_eq!(SeededRng::new(1, "x").choose::<u8>(&[]), None);
    }
}

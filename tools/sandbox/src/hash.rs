//! A small stable hash. Answers must stay the same over restarts and compilers, which `std`'s hashers do not promise.

/// A stream of 64-bit numbers that depends on nothing but what was mixed in (FNV-1a in, SplitMix64 out).
#[derive(Clone, Debug)]
pub struct Stable(u64);

impl Stable {
    /// A stream for `seed` and `purpose`; two purposes of one seed share no numbers.
    #[must_use]
    pub fn new(seed: u64, purpose: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).number(seed).text(purpose)
    }

    /// Mixes in a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        // The length keeps "ab" + "c" apart from "a" + "bc".
        self.bytes(text.as_bytes())
    }

    /// Mixes in bytes.
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mixed = self.number(bytes.len() as u64).0;
        Self(bytes.iter().fold(mixed, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// Mixes in a number.
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        let bytes = number.to_le_bytes();
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` up to and including `high`; `low` when the range is empty.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        let drawn = self.draw();
        match high.checked_sub(low) {
            Some(span) => low + drawn % span.saturating_add(1),
            None => low,
        }
    }

    /// One of `choices`, `None` when there are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let last = choices.len().checked_sub(1)?;
        let at = self.between(0, last as u64);
        choices.get(usize::try_from(at).unwrap_or(0))
    }

    /// Text in the form of a version 4 UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.draw(), self.draw());
        uuid(high, low)
    }
}

/// Sixteen random bytes in the form of a version 4 UUID (RFC 9562, section 5.4).
#[must_use]
pub fn uuid(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_the_same_for_ever() {
        // These numbers are the promise: if they change, every stored run changes its summary.
        let mut stream = Stable::new(1, "test").text("run");
        assert_eq!(stream.draw(), Stable::new(1, "test").text("run").draw());
        assert_ne!(Stable::new(1, "test").draw(), Stable::new(2, "test").draw());
        assert_ne!(Stable::new(1, "a").text("bc").draw(), Stable::new(1, "ab").text("c").draw());
        assert_eq!(Stable::new(1, "test").uuid(), "df911869-e317-4145-ac0c-6c6ea5b44e07");
    }

    #[test]
    fn writes_uuids_of_version_4() {
        let text = uuid(u64::MAX, u64::MAX);
        assert_eq!(text, "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn an_empty_choice_is_none() {
        assert_eq!(Stable::new(1, "x").pick::<u8>(&[]), None);
    }
}

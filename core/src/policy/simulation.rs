//! Random event sequences for the tests that run a state machine against a model of the server.

use crate::time::Span;

/// Seeded random numbers (SplitMix64): a failing sequence can be repeated by its seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, most: u64) -> u64 {
        self.roll() % most
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn millis(&mut self, most: u64) -> Span {
        Span::from_millis(self.below(most) as i64)
    }
}

/// Runs this many sequences, seeded by their number, on all cores; returns how many had each of three properties.
pub(super) fn on_all_cores(courses: u64, walk: fn(u64) -> [bool; 3]) -> [usize; 3] {
    let workers = std::thread::available_parallelism().map_or(1, |workers| workers.get() as u64);
    let work = move |first: u64| {
        let mut counts = [0; 3];
        for seed in (first..courses).step_by(workers as usize) {
            let outcome = std::panic::catch_unwind(|| walk(seed));
            let Ok(had) = outcome else { panic!("course {seed}") };
            counts = [0, 1, 2].map(|at| counts[at] + usize::from(had[at]));
        }
        counts
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|first| scope.spawn(move || work(first))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .fold([0; 3], |sum, counts| [0, 1, 2].map(|at| sum[at] + counts[at]))
    })
}

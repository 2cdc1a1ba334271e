//! Work on several things at once.

use std::sync::Mutex;
use std::thread;

use crate::failure::{Failure, Outcome};

/// Two different things at once. The second runs in this thread, and its failure comes first.
pub(crate) fn both<A: Send, B>(
    first: impl FnOnce() -> Outcome<A> + Send,
    second: impl FnOnce() -> Outcome<B>,
) -> Outcome<(A, B)> {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second()?;
        let first = first.join().unwrap_or_else(|_| Err(Failure::new("a thread ended early")))?;
        Ok((first, second))
    })
}

/// The same with each item, one at a time for each processor. The results are in the order of the items. The first failure is the result of all; what has begun is still finished.
pub(crate) fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> Outcome<R> + Sync) -> Outcome<Vec<R>> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let mut results: Vec<_> = items.iter().map(|_| None).collect();
    let queue = Mutex::new(items.into_iter().zip(&mut results));
    let next = || queue.lock().ok()?.next();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((item, result)) = next() {
                    *result = Some(work(item));
                }
            });
        }
    });
    results.into_iter().map(|result| result.unwrap_or_else(|| Err(Failure::new("a thread ended early")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..50).collect();
        let doubled = each(items.clone(), |item| {
            thread::sleep(std::time::Duration::from_micros(50 - item));
            Ok(item * 2)
        });
        assert_eq!(doubled.unwrap(), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(each(Vec::<u8>::new(), Ok), Ok(Vec::new()));
    }

    #[test]
    fn both_results_are_there_or_the_failure_of_either() {
        let fail = |words: &str| Err::<u8, _>(Failure::new(words));
        assert_eq!(both(|| Ok(1), || Ok("two")), Ok((1, "two")));
        assert_eq!(both(|| fail("first"), || Ok(2)).unwrap_err().to_string(), "first");
        assert_eq!(both(|| fail("first"), || fail("second")).unwrap_err().to_string(), "second");
    }

    #[test]
    fn a_failure_of_one_is_the_failure_of_all() {
        let odd = |item: u8| if item == 3 { Err(Failure::new("three")) } else { Ok(item) };
        assert_eq!(each(vec![1, 3, 5], odd).unwrap_err().to_string(), "three");
    }
}

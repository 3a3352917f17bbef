//! How much may be done for a proof, counted in boxes that are looked at: the same on every machine, whatever else it does.
//!
//! What is to be proved gets a first share, enough for what a body of law usually holds. Whatever needs more comes a second
//! time, when all others are done, and all such have what is left of the whole run in equal parts. So a question too hard
//! takes nothing from the others, many of them together take no longer than one, and no order plays a part in it.

use std::cell::Cell;

use super::space::TooLarge;

/// What each proof may look at when it is first tried.
const FIRST: u64 = 4_000_000;
/// What may be looked at, over the whole run, for those that need more.
const WHOLE: u64 = 1_600_000_000;

/// What is left.
#[derive(Debug)]
pub(super) struct Work {
    /// Of the proof that is being tried.
    share: Cell<u64>,
    /// Of the whole run, for those that need more than the first share.
    whole: Cell<u64>,
    /// How much was looked at in all.
    done: Cell<u64>,
}

impl Work {
    pub(super) fn new() -> Work {
        Work { share: Cell::new(u64::MAX), whole: Cell::new(WHOLE), done: Cell::new(0) }
    }

    /// So many boxes are looked at.
    pub(super) fn spend(&self, boxes: usize) -> Result<(), TooLarge> {
        let boxes = boxes as u64;
        self.done.set(self.done.get() + boxes);
        let left = self.share.get().checked_sub(boxes);
        self.share.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(TooLarge::of_work)
    }

    /// How much was looked at in all.
    #[cfg(test)]
    pub(super) fn done(&self) -> u64 {
        self.done.get()
    }

    /// Tries each with its first share, and then those that need more with equal parts of what is left of the whole; the
    /// results in the order of what was tried. `tried` is told of each that is done with.
    pub(super) fn shared<I: Copy, T>(
        &self,
        items: &[I],
        mut attempt: impl FnMut(I) -> Result<T, TooLarge>,
        mut tried: impl FnMut(I) -> bool,
    ) -> Option<Vec<Result<T, TooLarge>>> {
        let mut results = Vec::with_capacity(items.len());
        let mut again = Vec::new();
        for (at, item) in items.iter().enumerate() {
            self.share.set(FIRST);
            let result = attempt(*item);
            if result.as_ref().is_err_and(TooLarge::is_of_work) {
                again.push(at);
            } else if !tried(*item) {
                return None;
            }
            results.push(result);
        }
        let part = self.whole.get() / 2 / again.len().max(1) as u64;
        for at in again {
            self.share.set(part);
            results[at] = attempt(items[at]);
            self.whole.set(self.whole.get() - (part - self.share.get()));
            if !tried(items[at]) {
                return None;
            }
        }
        self.share.set(u64::MAX);
        Some(results)
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST, WHOLE, Work};
    use crate::proof::space::TooLarge;

    fn results(items: &[u64]) -> (Vec<Result<u64, TooLarge>>, u64) {
        let work = Work::new();
        let attempt = |item: u64| {
            for _ in 0..item / 100_000 {
                work.spend(100_000)?;
            }
            Ok(item)
        };
        (work.shared(items, attempt, |_| true).unwrap(), work.done())
    }

    #[test]
    fn what_is_easy_is_proved_beside_what_is_not_in_any_order() {
        let hard = WHOLE * 2;
        let (first, _) = results(&[FIRST / 2, FIRST * 3, hard, hard]);
        let (last, _) = results(&[hard, FIRST * 3, hard, FIRST / 2]);
        assert_eq!(first.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, false]);
        assert_eq!(last.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, false, true]);
    }

    #[test]
    fn many_that_are_too_hard_take_no_more_than_one() {
        let (_, one) = results(&[WHOLE * 2]);
        let (_, many) = results(&[WHOLE * 2; 40]);
        assert!(many <= one + 40 * (FIRST + 100_000), "{many} after {one}");
    }
}

//! How much may be done for a proof, counted in boxes that are looked at: the same on every machine, whatever else it does.
//!
//! What is to be proved gets a first share, enough for what a body of law usually holds, and the smaller the more there is to
//! prove. Whatever needs more comes a second time, when all others are done, and all such have what is left of the whole run
//! in equal parts. So a question too hard takes nothing from the others, many of them together take no longer than a few,
//! and no order plays a part in it.

use std::cell::Cell;

use super::space::TooLarge;

/// What each proof may look at, at most, when it is first tried.
const FIRST: u64 = 4_000_000;
/// What may be looked at over the whole run.
const WHOLE: u64 = 1_600_000_000;

/// What is left.
#[derive(Debug)]
pub(super) struct Work {
    /// Of the proof that is being tried.
    share: Cell<u64>,
    /// Of the whole run.
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
        let first = FIRST.min(self.part_of_half(items.len()));
        for (at, item) in items.iter().enumerate() {
            let result = self.within(first, || attempt(*item));
            if result.as_ref().is_err_and(TooLarge::is_of_work) {
                again.push(at);
            } else if !tried(*item) {
                return None;
            }
            results.push(result);
        }
        let part = self.part_of_half(again.len());
        for at in again {
            results[at] = self.within(part, || attempt(items[at]));
            if !tried(items[at]) {
                return None;
            }
        }
        Some(results)
    }

    /// Half of what is left of the whole, for one of so many.
    fn part_of_half(&self, count: usize) -> u64 {
        self.whole.get() / 2 / count.max(1) as u64
    }

    /// Does something with a share, and takes what it used from the whole.
    fn within<T>(&self, share: u64, attempt: impl FnOnce() -> T) -> T {
        self.share.set(share);
        let result = attempt();
        self.whole.set(self.whole.get() - (share - self.share.get()));
        self.share.set(u64::MAX);
        result
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
    fn however_many_are_too_hard_the_run_has_an_end() {
        for count in [1, 40, 4000] {
            let (results, done) = results(&vec![WHOLE * 2; count]);
            assert!(results.iter().all(Result::is_err));
            // each can be found out by the last that it looks at
            let over = 2 * 100_000 * count as u64;
            assert!(done <= WHOLE + over, "{done} for {count}");
        }
    }
}

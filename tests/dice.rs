//! Numbers that look thrown and are the same for the same seed, everywhere.

#![allow(dead_code, reason = "not everybody who throws needs every throw")]

/// A small generator of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    /// True so many times in ten.
    pub(crate) fn happens(&mut self, in_ten: usize) -> bool {
        self.throw(10) < in_ten
    }

    /// One of them.
    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.throw(of.len())]
    }

    /// Some of them, at least one, in order.
    pub(crate) fn some<'a>(&mut self, of: &[&'a str]) -> Vec<&'a str> {
        let mut chosen: Vec<&str> = of.iter().copied().filter(|_| self.throw(3) > 0).collect();
        if chosen.is_empty() {
            chosen.push(self.one(of));
        }
        chosen
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for place in (1..all.len()).rev() {
            all.swap(place, self.throw(place + 1));
        }
    }

    /// So many of the numbers below `of`, each once, in no order.
    pub(crate) fn sample(&mut self, of: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..of).collect();
        for place in 0..count.min(of) {
            let other = place + self.throw(of - place);
            all.swap(place, other);
        }
        all.truncate(count);
        all
    }
}

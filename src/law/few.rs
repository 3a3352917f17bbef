//! A list that most often has one member: it stands in place, and takes no allocation of its own.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A list that is made once; used as a slice.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Few<T>(Members<T>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Members<T> {
    None,
    One(T),
    More(Box<[T]>),
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few(Members::None)
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Members::None => &[],
            Members::One(one) => std::slice::from_ref(one),
            Members::More(more) => more,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Members::None => &mut [],
            Members::One(one) => std::slice::from_mut(one),
            Members::More(more) => more,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Few<T> {
        let mut members = members.into_iter();
        Few(match (members.next(), members.next()) {
            (None, _) => Members::None,
            (Some(one), None) => Members::One(one),
            (Some(one), Some(other)) => Members::More([one, other].into_iter().chain(members).collect()),
        })
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(members: Vec<T>) -> Few<T> {
        if members.len() > 1 { Few(Members::More(members.into())) } else { members.into_iter().collect() }
    }
}

impl<'l, T> IntoIterator for &'l Few<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'l, T> IntoIterator for &'l mut Few<T> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn a_list_holds_what_it_was_made_of_in_its_order() {
        for length in 0..4u32 {
            let members: Vec<u32> = (0..length).collect();
            let mut few: Few<u32> = members.iter().copied().collect();
            assert_eq!((&few[..], &few), (members.as_slice(), &Few::from(members.clone())));
            few.iter_mut().for_each(|member| *member += 1);
            assert_eq!(few.iter().sum::<u32>(), members.iter().sum::<u32>() + length);
        }
    }
}

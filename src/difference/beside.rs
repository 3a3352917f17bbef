//! What is said beside the rules: it changes no answer, and a reviewer may want to know of it all the same.

use super::joint::Both;
use crate::emit::Spelt;
use crate::law::Law;

/// The sorts of what is said beside the rules of which something differs.
pub(super) fn beside(laws: Both<&Law>) -> Vec<&'static str> {
    let [old, new] = laws.map(|law| Spelt::new(law).beside_the_rules());
    let differing = old.iter().zip(&new).filter(|(old, new)| old != new);
    differing.map(|(old, _)| old.0).collect()
}

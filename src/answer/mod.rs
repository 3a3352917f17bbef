//! The meaning.
mod outcome;
pub use outcome::*;

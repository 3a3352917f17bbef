//! Arguments that are read by the program itself, for a better answer to a slip than a list, and whose values shells and the
//! manual know all the same.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};

/// Reads a `T` from its text, and lists values that it can have.
#[derive(Clone, Debug)]
pub(super) struct Listed<T> {
    values: fn() -> Vec<PossibleValue>,
    read: PhantomData<fn() -> T>,
}

/// A parser that lists these values.
pub(super) fn listed<T>(values: fn() -> Vec<PossibleValue>) -> Listed<T> {
    Listed { values, read: PhantomData }
}

impl<T> TypedValueParser for Listed<T>
where
    T: FromStr + Clone + Send + Sync + 'static,
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>> + Send + Sync,
{
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        TypedValueParser::parse_ref(&|text: &str| T::from_str(text), command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter()))
    }
}

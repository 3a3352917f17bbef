//! Whatever was read is resolved, checked and reported.
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::resolve(bytes));

//! What stands at the head of every artifact: who made it, in which version, of which law.

use std::io;

use sha2::{Digest, Sha256};

/// The version of the rule language.
pub const LANGUAGE_VERSION: u32 = 1;

/// The version of the JSON document and its schema. It changes when a program that reads the old one can fail on the new.
pub const SCHEMA_VERSION: u32 = 2;

/// The name and the version of this program.
pub(crate) const TOOL: (&str, &str) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));

/// The digest of a law, of its canonical text: `sha256:` and 64 hexadecimal digits.
pub(crate) fn digest(canonical: &[u8]) -> String {
    let mut digester = Digester::default();
    digester.0.update(canonical);
    digester.digest()
}

/// Takes in a text in pieces, so that it need not be held as one.
#[derive(Default)]
pub(crate) struct Digester(Sha256);

impl Digester {
    /// The digest of all that was written.
    pub(crate) fn digest(self) -> String {
        let mut text = String::from("sha256:");
        for byte in self.0.finalize() {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(digit), 16));
            }
        }
        text
    }
}

impl io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn digests_are_written_in_hexadecimal() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::digest(b""), empty);
    }
}

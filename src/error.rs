//! The one error of this crate: a sentence for the person who sees it.

use std::fmt;

/// What was wrong and what was expected, as one sentence that names the culprit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

/// A result whose error is a sentence.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that says `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The same error, with the name of what it happened to in front.
    pub fn of(self, what: impl fmt::Display) -> Self {
        Self(format!("{what}: {self}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

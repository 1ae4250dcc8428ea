//! The error type of the whole project: a sentence for the person who sees it.

use std::fmt;

/// One sentence: what was wrong, with what, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

/// A result whose error is a sentence.
pub type Result<T> = std::result::Result<T, Error>;

/// An [`Error`](crate::Error) whose sentence is made as by `format!`.
#[macro_export]
macro_rules! error {
    ($($sentence:tt)+) => { $crate::Error::new(format!($($sentence)+)) };
}

/// Returns such an error, unless a condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($sentence:tt)+) => {
        if !$condition {
            return Err($crate::error!($($sentence)+).into());
        }
    };
}

impl Error {
    /// An error that says `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The same error with `what` it is about in front, as in "labels: the file ends …".
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

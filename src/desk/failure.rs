//! How a command ends: the exit codes of the tool, and for a failure what happened and what to do about it.

use std::fmt;

mod causes;
mod machine;

/// Exit codes. Scripts rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Anything without a code of its own.
    Other = 1,
    /// The command was not understood.
    Usage = 2,
    /// No such tip.
    NotFound = 3,
    /// No key for this tip.
    NoKey = 4,
    /// Someone else was first.
    Conflict = 5,
    /// The network; safe to try again.
    Network = 6,
    /// Something is not what it should be; never try again blindly.
    Integrity = 7,
    /// The source's wishes, or a legal hold, forbid it.
    Policy = 8,
    /// Ctrl-C.
    Interrupted = 130,
}

impl Exit {
    /// Every code and what it means.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Ok, "ok"),
        (Self::Other, "other failure"),
        (Self::Usage, "usage: the command was not understood"),
        (Self::NotFound, "not found"),
        (Self::NoKey, "no key for this tip: you are not one of its readers"),
        (Self::Conflict, "already claimed or done by someone else"),
        (Self::Network, "network: safe to try again"),
        (Self::Integrity, "integrity: something is not what it should be; never try again blindly"),
        (Self::Policy, "policy: the source's wishes or a legal hold forbid it"),
        (Self::Interrupted, "interrupted"),
    ];
}

/// A command that did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How the process ends.
    pub exit: Exit,
    /// What happened. May hold hostile text; `Output` makes it harmless.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// Without a hint.
    pub fn new(exit: Exit, what: &(impl fmt::Display + ?Sized)) -> Self {
        Self { exit, what: what.to_string(), hint: None }
    }

    /// What whoever pressed Ctrl-C is told.
    pub fn interrupted() -> Self {
        Self::new(Exit::Interrupted, "interrupted; what was done until then is kept")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

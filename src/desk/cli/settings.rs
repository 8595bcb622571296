//! The words of `desk config`.

use clap::{Subcommand, ValueEnum};

/// `desk config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Print your settings
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Change one
    #[command(subcommand)]
    Set(Setting),
}

/// `desk config set …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Setting {
    /// Minutes without use after which your keys lock and `desk tui` goes blank, 1 to 30
    AutoLock {
        /// How many
        #[arg(value_parser = minutes())]
        minutes: u8,
    },
    /// For screen readers: one thing after another, no tables, no boxes; `desk help accessible`
    Accessible {
        /// On or off
        value: Switch,
    },
    /// Whether `desk watch` rings the terminal's bell
    WatchBell {
        /// On or off
        value: Switch,
    },
    /// What `desk watch` starts when a tip waits: it is told nothing of any tip, and no shell is between
    WatchCommand {
        /// The program, as a path from the root, and its arguments; `off` for none
        #[arg(required = true, value_name = "PROGRAM", trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

/// On or off, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Yes
    On,
    /// No
    Off,
}

pub(super) fn minutes() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(crate::desk::agent::MAX_MINUTES))
}

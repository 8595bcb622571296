//! The words of `desk keys recover` and `desk keys drill`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `desk keys recover …`.
#[derive(Debug, Subcommand)]
pub enum RecoverVerb {
    /// Split your agency's key into shares, each sealed to one of its people: any few of them give it back
    Split {
        /// How many shares give the key back
        #[arg(long, value_name = "COUNT")]
        threshold: u8,
        /// Who holds a share, once for each, each another person of your agency: the id of a device, or a person who has only one
        #[arg(long = "holder", value_name = "MEMBER", required = true)]
        holders: Vec<String>,
        /// Number of the key [default: the newest]
        #[arg(long, value_name = "NUMBER")]
        epoch: Option<u32>,
        /// Where to write them
        #[arg(short, long, value_name = "DIR", default_value = ".")]
        output: PathBuf,
    },
    /// Show the words of your share, to be written on paper
    Words {
        /// The share that is sealed to you
        file: PathBuf,
        /// Print to the terminal itself, where the words stay
        #[arg(long)]
        no_pager: bool,
    },
    /// Give the key back to everyone who reads for your agency now
    Join(SharesArgs),
}

/// Which shares.
#[derive(Debug, Args)]
pub struct SharesArgs {
    /// Files with shares: sealed to you, or with their words [default: asks for the words]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

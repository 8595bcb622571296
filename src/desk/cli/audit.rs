//! The words of `desk audit`.

use super::{TEMPLATE, examples};
use crate::model::day::Day;
use clap::{Args, Subcommand};

/// `desk audit …`.
#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    /// Check every signature and every chain of events, that nothing is missing that this desk has seen, and your own log
    #[command(help_template = TEMPLATE, before_help = examples::AUDIT)]
    Verify {
        /// Of this tip alone
        #[arg(value_name = "ID")]
        id: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List what was done with the keys of this profile, and what was tried: a line for each, before it is shown
    #[command(help_template = TEMPLATE, before_help = examples::AUDIT_LOG)]
    Log(AuditLogArgs),
    /// Take lines away that are older than a year; nothing else ever does
    #[command(help_template = TEMPLATE, before_help = examples::AUDIT_PRUNE)]
    Prune {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// `desk audit log`.
#[derive(Debug, Args)]
pub struct AuditLogArgs {
    /// Lines about this tip alone
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Lines of this day and later
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Day>,
    /// Print JSON, with what was signed
    #[arg(long)]
    pub json: bool,
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
}

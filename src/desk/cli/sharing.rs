//! The words of commands that hand tips over, keep parts back, and let them go.

use crate::desk::export::withhold;
use crate::desk::month::Month;
use crate::model::day::Day;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

/// `desk refer`.
#[derive(Debug, Args)]
pub struct ReferArgs {
    /// The tip's id
    pub id: String,
    /// The agency: its number, or words of its name
    #[arg(long, value_name = "AGENCY")]
    pub to: String,
    /// How much of it: chosen facts as a new tip, or all
    #[arg(long, value_name = "HOW MUCH")]
    pub share: ShareWord,
    /// What they are to do with it
    #[arg(long, value_name = "TEXT")]
    pub purpose: String,
    /// Why it may be shared
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Hours within which you ask for an answer
    #[arg(long, value_name = "HOURS", default_value_t = 72, value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub within: u32,
    /// Whom they may speak with: a person and a phone number; you, when left out
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    /// The last day on which the consent is good
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub consent_until: Option<Day>,
    /// Who consents; the source, when left out. Never whoever is suspected, where somebody is under 18
    #[arg(long, value_name = "WHO")]
    pub consent_by: Option<String>,
    /// Why a wish of the source must be crossed; counts when someone of another agency says so, too
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before it is offered
    #[arg(long)]
    pub yes: bool,
    /// With --override, and where all of it tells how the source can be reached, the tip's id once more: then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
}

/// How much is shared, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShareWord {
    /// Places, times, who does it, what can be checked; nothing of the source and the person harmed
    Facts,
    /// Everything
    All,
}

/// `desk accept`.
#[derive(Debug, Args)]
pub struct AcceptArgs {
    /// The tip's id
    pub id: String,
    /// Whom they may speak with at your agency; you, when left out
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
}

/// `desk decline` and `desk return`.
#[derive(Debug, Args)]
pub struct RefuseArgs {
    /// The tip's id
    pub id: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The tip's id once more: then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
}

/// `desk redact`.
#[derive(Debug, Args)]
pub struct RedactArgs {
    /// The tip's id
    pub id: String,
    /// A whole field that no other agency is shown; once for each
    #[arg(long, value_name = "FIELD", required_unless_present = "words", value_parser = PossibleValuesParser::new(withhold::fields()))]
    pub field: Vec<String>,
    /// Words that no other agency is shown, wherever they stand; once for each
    #[arg(long, value_name = "TEXT")]
    pub words: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `desk countersign`.
#[derive(Debug, Args)]
pub struct CountersignArgs {
    /// The tip's id
    pub id: String,
    /// The event, as `desk show` names it
    pub event: String,
    /// The tip's id once more: then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
}

/// `desk object`.
#[derive(Debug, Args)]
pub struct ObjectArgs {
    /// The tip's id
    pub id: String,
    /// The event, as `desk show` names it; not needed where one deletion is asked for
    pub event: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `desk withdraw`.
#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// The tip's id
    pub id: String,
    /// Your event, as `desk show` names it: an offer (a whole tip stays open to them), an override, a redaction, an objection, a
    /// request to delete
    pub event: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `desk delete`.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The tip's id
    pub id: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The tip's id once more: then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
}

/// `desk disseminations`.
#[derive(Debug, Args)]
pub struct DisseminationsArgs {
    /// Of this tip alone
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Of this month alone
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
}

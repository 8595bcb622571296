//! The words of commands that look for something among the tips.

use crate::desk::search::subject::FIELDS;
use crate::desk::watch::pace;
use clap::Args;
use std::path::PathBuf;

/// `desk search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words, "phrases", `field:value`, AND, OR, NOT and parentheses
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Print to the terminal itself, where the words stay
    #[arg(long)]
    pub no_pager: bool,
}

/// `desk similar`.
#[derive(Debug, Args)]
pub struct SimilarArgs {
    /// The tip's id, such as T-7K3M
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Print to the terminal itself, where the words stay
    #[arg(long)]
    pub no_pager: bool,
}

/// `desk attachments`.
#[derive(Debug, Args)]
pub struct AttachmentsArgs {
    /// The tip's id, such as T-7K3M
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
}

/// `desk save`.
#[derive(Debug, Args)]
pub struct SaveArgs {
    /// The tip's id, such as T-7K3M
    pub id: String,
    /// The file's number, as `desk attachments` lists it
    pub number: usize,
    /// Where to: a file that is not there yet
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// What a search may hold.
pub(super) fn search_help() -> String {
    let fields: Vec<String> = FIELDS.iter().map(|(name, what)| format!("  {name:<14}{what}")).collect();
    let fields = fields.join("\n");
    format!(
        "What a search may hold:
  girl           the beginning of a word: finds girls, too
  \"blue house\"   whole words in this order
  m?tel, *side   whole words; ? is one character, * any
  minor          someone is under 18 (or the word stands there)
  a b, a AND b   both; a OR b either; NOT a, -a not that; ( ) what belongs together
  field:value    what stands in a field; field:* any answer; field:\"two words\"
Case, accents and points do not matter, and every script can be searched.

Fields:
{fields}

Exit codes: `desk help exit-codes`"
    )
}

/// `desk watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Seconds between two looks, 15 to 900; each is up to a quarter shorter or longer
    #[arg(long, value_name = "SECONDS", default_value_t = pace::DEFAULT_SECONDS, value_parser = clap::value_parser!(u64).range(15..=900))]
    pub every: u64,
    /// Look once, ring if there is cause, and end
    #[arg(long)]
    pub once: bool,
    /// Print a line at every look, and not only when something changes
    #[arg(long)]
    pub all: bool,
}

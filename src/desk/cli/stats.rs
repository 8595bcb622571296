//! The words of `desk stats`.

use crate::desk::month::{Month, NotAMonth};
use crate::desk::stats::MIN_K;
use clap::{Args, value_parser};
use std::path::PathBuf;

/// More would show nothing of any site.
const MAX_K: u64 = 1_000_000;

/// `desk stats`.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Only tips that came in this month or later
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    pub from: Option<Month>,
    /// Only tips that came in this month or before
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    pub to: Option<Month>,
    /// No figure may stand for fewer tips than this; 11 at least
    #[arg(long, value_name = "COUNT", default_value_t = MIN_K, value_parser = value_parser!(u64).range(MIN_K..=MAX_K))]
    pub k: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "html")]
    pub json: bool,
    /// Print one figure a line, with tabs between fields
    #[arg(long, conflicts_with_all = ["json", "html"])]
    pub plain: bool,
    /// The page.
    #[command(flatten)]
    pub page: PageArgs,
}

/// The figures as a page.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// Write one page with charts, to look at in a browser
    #[arg(long, requires = "output")]
    pub html: bool,
    /// Where to write the page
    #[arg(short, long, value_name = "FILE", requires = "html")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "html")]
    pub force: bool,
}

/// Figures of single days are refused: whoever takes those to the 14th from those to the 15th has the figures of one day.
fn month(typed: &str) -> Result<Month, String> {
    typed.parse().map_err(|error: NotAMonth| match error {
        NotAMonth::Day => {
            let month: String = typed.chars().take(7).collect();
            format!("figures are of whole months: say {month}; those of two days could be taken from each other, and single somebody out")
        }
        NotAMonth::Other => error.to_string(),
    })
}

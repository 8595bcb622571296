//! The words of `desk stats`.

use crate::desk::stats::MIN_K;
use crate::model::day::Day;
use clap::{Args, value_parser};
use std::path::PathBuf;

/// More would show nothing of any site.
const MAX_K: u64 = 1_000_000;

/// `desk stats`.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Only tips that came on this day or later
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Only tips that came on this day or before
    #[arg(long, value_name = "DAY")]
    pub to: Option<Day>,
    /// No figure may stand for fewer tips than this; 11 at least
    #[arg(long, value_name = "COUNT", default_value_t = MIN_K, value_parser = value_parser!(u64).range(MIN_K..=MAX_K))]
    pub k: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "html")]
    pub json: bool,
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

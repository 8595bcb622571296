//! The words of `desk verify`.

use clap::{Args, value_parser};

/// Minutes for one round of a monitor.
const STANDARD_ROUND: u64 = 60;

/// `desk verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Address of the form
    #[arg(value_name = "URL")]
    pub form: String,
    /// Look again and again until Ctrl-C, always at the same pace, whatever was found
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,
    /// Minutes for one round of looks, spread evenly
    #[arg(long, value_name = "MINUTES", requires = "watch", default_value_t = STANDARD_ROUND, value_parser = value_parser!(u64).range(5..=1440))]
    pub every: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

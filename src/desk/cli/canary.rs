//! The words of `desk canary`.

use clap::{ArgGroup, Args};

/// `desk canary`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["form", "status"])))]
pub struct CanaryArgs {
    /// Send one through the form at this address
    #[arg(long, value_name = "URL")]
    pub form: Option<String>,
    /// Send it at once, and not after as long as a source would take to write
    #[arg(long, requires = "form")]
    pub now: bool,
    /// Say which agency has opened which; ends with 1 when one has been silent for more than a day
    #[arg(long)]
    pub status: bool,
    /// Print JSON
    #[arg(long, requires = "status")]
    pub json: bool,
}

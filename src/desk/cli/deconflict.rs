//! The words of `desk deconflict`.

use clap::Args;

/// `desk deconflict`.
#[derive(Debug, Args)]
pub struct DeconflictArgs {
    /// With this agency alone: its number, or words of its name
    #[arg(long, value_name = "AGENCY")]
    pub with: Option<String>,
    /// Of this tip alone; all are compared as ever, so that nobody sees which one is meant
    #[arg(long, value_name = "ID")]
    pub tip: Option<String>,
    /// Before it sends.
    #[command(flatten)]
    pub sending: Sending,
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

/// What comes before a message is sent.
#[derive(Debug, Args)]
pub struct Sending {
    /// Say how much would be compared with whom, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before something is sent
    #[arg(long)]
    pub yes: bool,
}

//! The words of `desk export`.

use super::{Kind, ShareWord};
use crate::desk::export::Form;
use crate::desk::wishes::Scope;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `desk export`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ExportArgs {
    /// Ids of tips, such as T-7K3M
    #[arg(value_name = "ID", required_unless_present = "search")]
    pub ids: Vec<String>,
    /// Take every tip that this search finds
    #[arg(long, value_name = "QUERY", conflicts_with = "ids")]
    pub search: Option<String>,
    /// What the file is to look like
    #[arg(long, value_name = "FORM", required = true)]
    pub form: Option<FormWord>,
    /// For whom: the number of an agency, or a name; otherwise the file is for your own agency
    #[arg(long, value_name = "WHO")]
    pub to: Option<String>,
    /// What whoever it is for does, where they are no agency of this site: needed where a source named who must not see the tip
    #[arg(long, value_name = "KIND", requires = "to")]
    pub kind: Option<Kind>,
    /// How much of the tip may be in it, where it is for somebody else
    #[arg(long, value_name = "SHARE", default_value = "all")]
    pub share: ShareWord,
    /// What they need it for, where it is for somebody else: written down, as 28 CFR 23.20 asks
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Why a wish of the source must be crossed, for one tip; counts when someone of another agency says so, too
    #[arg(long = "override", value_name = "REASON", conflicts_with_all = ["search", "skip"])]
    pub override_reason: Option<String>,
    /// Leave out the tips whose source forbids it, instead of writing nothing
    #[arg(long)]
    pub skip: bool,
    /// Where it goes.
    #[command(flatten)]
    pub write: WriteArgs,
    /// Where it tells others how sources can be reached, or with `--override`: the tip's id, or `12 contacts`; then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
    /// Do not ask before it is written
    #[arg(long)]
    pub yes: bool,
    /// Ask no server: an evidence archive then has no sealed letter
    #[arg(long)]
    pub offline: bool,
    /// What else there is to do.
    #[command(subcommand)]
    pub verb: Option<ExportVerb>,
}

/// Where a file goes.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// Where to write it
    #[arg(short, long, value_name = "FILE", required_unless_present = "dry_run")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Only say what would be written
    #[arg(long)]
    pub dry_run: bool,
}

/// `desk export …`.
#[derive(Debug, Subcommand)]
pub enum ExportVerb {
    /// Check an evidence archive, without a network: what was altered, removed or added
    #[command(help_template = super::TEMPLATE, before_help = super::examples::VERIFY)]
    Verify {
        /// The archive
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Forms, as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormWord {
    /// Everything, for programs
    Json,
    /// One row a tip, for a spreadsheet
    Csv,
    /// A case sheet as Markdown
    #[value(alias = "markdown")]
    Md,
    /// A case sheet on paper
    Pdf,
    /// Columns of the Human Trafficking Case Data Standard
    Htcds,
    /// Phones, plates, names and addresses, to type into a deconfliction system
    Deconflict,
    /// Draft of the written report of a child (Connecticut DCF-136)
    Dcf136,
    /// Draft of a report to NCMEC; nothing is sent
    Cybertip,
    /// An archive of one tip with a signed list of hashes, the same bytes each time
    Evidence,
}

impl FormWord {
    /// The form; none for an evidence archive, which is no form of a tip but the tip itself.
    pub const fn form(self) -> Option<Form> {
        Some(match self {
            Self::Json => Form::Json,
            Self::Csv => Form::Csv,
            Self::Md => Form::Markdown,
            Self::Pdf => Form::Pdf,
            Self::Htcds => Form::Htcds,
            Self::Deconflict => Form::Deconflict,
            Self::Dcf136 => Form::Dcf136,
            Self::Cybertip => Form::Cybertip,
            Self::Evidence => return None,
        })
    }
}

impl From<ShareWord> for Scope {
    fn from(word: ShareWord) -> Self {
        match word {
            ShareWord::Facts => Self::Facts,
            ShareWord::All => Self::All,
        }
    }
}

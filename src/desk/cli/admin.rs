//! The words of `desk admin`.

use super::{InitArgs, TEMPLATE, examples};
use crate::model::agency::AgencyKind;
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// The draft where none is named.
pub const DRAFT: &str = "keyring-draft.json";
/// The one that recovery admins sign where none is named: in the folder of an admin, too, it stands beside the other.
pub const RECOVERY_DRAFT: &str = "recovery.json";

/// `desk admin …`.
#[derive(Debug, Subcommand)]
pub enum AdminVerb {
    /// Make an admin's keys on this machine and the file with which others enrol you
    Init(InitArgs),
    /// A new site
    #[command(subcommand)]
    Site(SiteVerb),
    /// Agencies and their keys, in the draft
    #[command(subcommand)]
    Agency(AgencyVerb),
    /// Members, in the draft
    #[command(subcommand)]
    Member(MemberVerb),
    /// Put a language's words into the draft, from a JSON or TOML file
    Words {
        /// The words document
        file: PathBuf,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Put priorities, legal clocks and days into the draft, from a JSON or TOML file
    #[command(help_template = TEMPLATE, before_help = examples::RULES)]
    Rules {
        /// The rules document
        file: PathBuf,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Put the hashes of the page into the draft, last before it is signed: whatever changes the page drops them
    Pages {
        /// What `knothole page --manifest` printed
        file: PathBuf,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Take a member's device out of the draft, and say what they could open and what comes next
    Revoke {
        /// Id of the device, as the keyring has it
        id: String,
        /// All devices of its person
        #[arg(long)]
        person: bool,
        /// Say what the draft would change, and sign it
        #[arg(long)]
        sign: bool,
        /// Do not ask before it is signed
        #[arg(long, requires = "sign")]
        yes: bool,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Put a new admin in the place of one whose key is lost, in the draft; the others sign it
    #[command(help_template = TEMPLATE, before_help = examples::REPLACE)]
    Replace {
        /// Id of the one who goes, as the keyring has it
        id: String,
        /// The new one's enrolment file
        enrolment: PathBuf,
        /// The words match what they read to you: do not ask
        #[arg(long)]
        yes: bool,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Replace lost admins, as the recovery admins of the keyring, in everyone's sight
    #[command(subcommand, help_template = TEMPLATE, before_help = examples::RECOVER_ADMINS)]
    Recover(RecoverAdminsVerb),
    /// Say how the site is on one screen: keyring, form, disk, each agency's key and what waits for it
    #[command(help_template = TEMPLATE, before_help = examples::STATUS_OF_SITE)]
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Count what could be purged: tips that nobody kept though every agency has had its days. Changes nothing
    #[command(help_template = TEMPLATE, before_help = examples::JUNK)]
    Junk(JunkArgs),
    /// Have that set purged, with an admin of another agency
    #[command(help_template = TEMPLATE, before_help = examples::PURGE)]
    Purge(PurgeArgs),
    /// Say what the draft would change
    Show {
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Say what the draft would change, and sign it; from the first signature on it is fixed
    Sign {
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// Publish it where it lacks no other signature
        #[arg(long)]
        publish: bool,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Send the signed version to the server
    Publish {
        /// Address of the staff door, where the profile does not know it yet
        #[arg(long, value_name = "URL")]
        staff: Option<String>,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
}

/// `desk admin recover …`.
#[derive(Debug, Subcommand)]
pub enum RecoverAdminsVerb {
    /// Name the recovery admins in the draft, in place of those that may be there; the admins sign it
    Name {
        /// Enrolment file of each
        #[arg(required = true)]
        enrolments: Vec<PathBuf>,
        /// How many of them must sign
        #[arg(long, value_name = "COUNT", default_value_t = 2)]
        threshold: u32,
        /// Days for which everyone can see it coming, at least 7
        #[arg(long, value_name = "DAYS", default_value_t = crate::desk::admin::RECOVERY_DELAY_DAYS,
              value_parser = clap::value_parser!(u32).range(i64::from(crate::crypto::keyring::MIN_RECOVERY_DAYS)..=365))]
        days: u32,
        /// The words match what they read to you: do not ask
        #[arg(long)]
        yes: bool,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Sign a draft in which only admins are others, as a recovery admin; the first signature fixes its days
    Sign {
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// The draft.
        #[command(flatten)]
        draft: RecoveryDraftArgs,
    },
    /// Have every desk show the signed draft from now on
    Propose {
        /// The draft.
        #[command(flatten)]
        draft: RecoveryDraftArgs,
    },
    /// Say what recovery admins propose, and from which day on it counts
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Publish what was proposed, when its day has come
    Publish {
        /// The draft.
        #[command(flatten)]
        draft: RecoveryDraftArgs,
    },
}

/// Which draft.
#[derive(Clone, Debug, Args)]
pub struct DraftArgs {
    /// The draft, made from the newest version where there is none
    #[arg(long, value_name = "FILE", default_value = DRAFT)]
    pub draft: PathBuf,
    /// Days for which a new draft is good, a year at most: no key that it names can be retired before they are over [default: 90]
    #[arg(long, value_name = "DAYS",
          value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::desk::admin::MAX_VALID_DAYS)))]
    pub valid_days: Option<u32>,
}

impl DraftArgs {
    /// Days for which a new draft is good.
    pub fn valid_days(&self) -> u32 {
        self.valid_days.unwrap_or(crate::desk::admin::STANDARD_VALID_DAYS)
    }
}

/// Which draft of recovery admins.
#[derive(Clone, Debug, Args)]
pub struct RecoveryDraftArgs {
    /// The draft, as `desk admin replace` made it
    #[arg(long, value_name = "FILE", default_value = RECOVERY_DRAFT)]
    pub draft: PathBuf,
}

/// What to add to a command that takes a draft, so that it takes this one: nothing where it does by itself.
pub fn draft_flag(draft: &Path, by_itself: &str) -> String {
    if draft == Path::new(by_itself) { String::new() } else { format!(" --draft {}", draft.display()) }
}

/// `desk admin junk`.
#[derive(Debug, Args)]
pub struct JunkArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print each tip's id and day, a line each: what is signed is the SHA-256 of this
    #[arg(long, conflicts_with = "json")]
    pub list: bool,
}

/// `desk admin purge`.
#[derive(Debug, Args)]
pub struct PurgeArgs {
    /// The set, as `desk admin junk` names it
    #[arg(value_name = "SET")]
    pub set: String,
}

/// `desk admin site …`.
#[derive(Debug, Subcommand)]
pub enum SiteVerb {
    /// Make the draft of version 0 from the enrolments of at least two admins of two agencies
    New {
        /// Kind of an agency, once for each, in the order of their numbers
        #[arg(long = "agency", value_name = "KIND", required = true)]
        agencies: Vec<Kind>,
        /// Enrolment file of an admin, once for each
        #[arg(long = "admin", value_name = "FILE", required = true)]
        admins: Vec<PathBuf>,
        /// How many admins must sign each version
        #[arg(long, value_name = "COUNT", default_value_t = 2)]
        threshold: u32,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
}

/// `desk admin agency …`.
#[derive(Debug, Subcommand)]
pub enum AgencyVerb {
    /// Add an agency; it gets the next number
    Add {
        /// What it is for
        #[arg(long, value_name = "KIND")]
        kind: Kind,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Take agencies' next keys into the draft, with the statements of their members
    Key {
        /// Number of an agency [default: each that has one ready]
        number: Option<u16>,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
}

/// `desk admin member …`.
#[derive(Debug, Subcommand)]
pub enum MemberVerb {
    /// Add a member from their enrolment file
    Add {
        /// The file
        enrolment: PathBuf,
        /// The words match what the member reads to you: do not ask
        #[arg(long)]
        yes: bool,
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
    },
}

/// Kinds of agencies, as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A help line that is not the police
    HelpLine,
    /// Child welfare
    ChildWelfare,
    /// Any police
    Police,
    /// Prosecutors
    Prosecutor,
    /// Anything else
    Other,
}

impl From<Kind> for AgencyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::HelpLine => Self::HelpLine,
            Kind::ChildWelfare => Self::ChildWelfare,
            Kind::Police => Self::Police,
            Kind::Prosecutor => Self::Prosecutor,
            Kind::Other => Self::Other,
        }
    }
}

//! The words of commands by which members work on tips.

use crate::crypto::event::{Checked, CloseReason, LinkAs, Outcome, SetStatus};
use clap::{Args, ValueEnum};

/// Which tips.
#[derive(Clone, Debug, Args)]
pub struct Targets {
    /// Ids of tips, such as T-7K3M
    #[arg(value_name = "ID", required_unless_present = "matching")]
    pub ids: Vec<String>,
    /// All open tips that a search finds; `desk help search` says what it may hold
    #[arg(long, value_name = "QUERY", conflicts_with = "ids")]
    pub matching: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask, however many tips they are
    #[arg(long)]
    pub yes: bool,
}

/// `desk next`.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// Hours for which the claim holds if you write nothing
    #[arg(long = "for", value_name = "HOURS", default_value_t = DEFAULT_CLAIM_HOURS, value_parser = clap::value_parser!(u32).range(1..=168))]
    pub hours: u32,
    /// Show which it would be, and claim nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How to read.
    #[command(flatten)]
    pub read: super::ReadArgs,
}

/// Hours that a claim holds: USERS.md C3.
const DEFAULT_CLAIM_HOURS: u32 = 2;

/// `desk claim`.
#[derive(Debug, Args)]
pub struct ClaimArgs {
    /// Hours for which it holds if you write nothing; whatever you write moves it on by as much
    #[arg(long = "for", value_name = "HOURS", default_value_t = DEFAULT_CLAIM_HOURS, value_parser = clap::value_parser!(u32).range(1..=168))]
    pub hours: u32,
    /// Which tips.
    #[command(flatten)]
    pub targets: Targets,
}

/// `desk assign`.
#[derive(Debug, Args)]
pub struct AssignArgs {
    /// The tip's id
    pub id: String,
    /// The colleague of your agency, as the keyring names the person
    #[arg(long, value_name = "PERSON")]
    pub to: String,
    /// Hours for which it holds if they write nothing
    #[arg(long = "for", value_name = "HOURS", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=168))]
    pub hours: u32,
}

/// Words that can be given on the line, or are read from standard input.
#[derive(Clone, Debug, Args)]
pub struct Message {
    /// The words; without it they are read from standard input, or asked for
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
}

/// `desk note`.
#[derive(Debug, Args)]
pub struct NoteArgs {
    /// The tip's id
    pub id: String,
    /// What it says.
    #[command(flatten)]
    pub words: Message,
}

/// `desk reply`.
#[derive(Debug, Args)]
pub struct ReplyArgs {
    /// The tip's id
    pub id: String,
    /// What it says.
    #[command(flatten)]
    pub words: Message,
    /// Words that are ready, in the language of the source's form
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "message")]
    pub template: Option<TemplateWord>,
    /// Cross the source's wish not to hear from you, for this reason, when someone of another agency says so too
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
    /// With `--override`: the tip's id; then nobody asks for it
    #[arg(long, value_name = "ID", requires = "override_reason")]
    pub confirm: Option<String>,
    /// Show what would be sent, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before it is sent
    #[arg(long)]
    pub yes: bool,
}

/// Replies that are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TemplateWord {
    /// A person has read what you wrote
    Read,
    /// Can you tell us more?
    More,
    /// Is it safe for you to write here?
    Safe,
    /// May we call you?
    Call,
    /// Asks the question that the source gave, so that you know that it is them
    Check,
    /// We are still here; this can take time
    Wait,
    /// People are at work to help
    Help,
    /// Thank you; you can write again
    Thanks,
}

impl TemplateWord {
    /// The name as it is typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::More => "more",
            Self::Safe => "safe",
            Self::Call => "call",
            Self::Check => "check",
            Self::Wait => "wait",
            Self::Help => "help",
            Self::Thanks => "thanks",
        }
    }
}

/// `desk label`.
#[derive(Debug, Args)]
pub struct LabelArgs {
    /// Put a label on; once for each
    #[arg(long, value_name = "LABEL", required_unless_present = "remove")]
    pub add: Vec<String>,
    /// Take a label off; once for each
    #[arg(long, value_name = "LABEL")]
    pub remove: Vec<String>,
    /// Which tips.
    #[command(flatten)]
    pub targets: Targets,
}

/// `desk status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Where the work stands
    #[arg(long = "to", value_name = "STATUS")]
    pub status: StatusWord,
    /// Why, when it is closed
    #[arg(long, value_name = "REASON", required_if_eq("status", "closed"))]
    pub reason: Option<ReasonWord>,
    /// In your own words
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Which tips.
    #[command(flatten)]
    pub targets: Targets,
}

/// `desk priority`.
#[derive(Debug, Args)]
pub struct PriorityArgs {
    /// The tip's id
    pub id: String,
    /// P1 to P4, or `rules` for what the rules say
    pub level: LevelWord,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `desk grade`.
#[derive(Debug, Args)]
pub struct GradeArgs {
    /// The tip's id
    pub id: String,
    /// What came of the check
    pub checked: CheckedWord,
    /// What was checked
    #[arg(short, long, value_name = "TEXT")]
    pub message: String,
}

/// `desk link`.
#[derive(Debug, Args)]
pub struct LinkArgs {
    /// The tip's id
    pub id: String,
    /// The other tip's id
    pub other: String,
    /// What they have to do with each other
    #[arg(long = "as", value_name = "HOW")]
    pub how: LinkWord,
    /// Take the link back
    #[arg(long)]
    pub undo: bool,
}

/// `desk recuse`.
#[derive(Debug, Args)]
pub struct RecuseArgs {
    /// The tip's id
    pub id: String,
    /// Why, such as conflict
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The colleague of your agency who takes it from you
    #[arg(long, value_name = "PERSON", conflicts_with = "agency")]
    pub to: Option<String>,
    /// Your whole agency leaves, and not you alone
    #[arg(long)]
    pub agency: bool,
    /// The tip's id once more: then nobody asks
    #[arg(long, value_name = "ID")]
    pub confirm: Option<String>,
}

/// `desk hold`.
#[derive(Debug, Args)]
pub struct HoldArgs {
    /// The tip's id
    pub id: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Your agency holds it no longer
    #[arg(long)]
    pub lift: bool,
}

/// `desk outcome`.
#[derive(Debug, Args)]
pub struct OutcomeArgs {
    /// The tip's id
    pub id: String,
    /// What became of the case
    pub result: OutcomeWord,
    /// In your own words
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident => $of:ident { $($(#[$line:meta])* $variant:ident),* $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
        pub enum $name { $($(#[$line])* $variant),* }

        impl From<$name> for $of {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => Self::$variant),* }
            }
        }
    };
}

words! {
    /// Statuses as they are typed.
    StatusWord => SetStatus {
        /// Nobody works on it yet
        New,
        /// Someone looks into it
        Assessing,
        /// Something is being done about it
        Acting,
        /// Nothing more will be done
        Closed,
    }
}

words! {
    /// Reasons for closing, as they are typed.
    ReasonWord => CloseReason {
        /// What it tells of was acted on
        Acted,
        /// Another agency has taken it
        Referred,
        /// Another tip tells the same
        Duplicate,
        /// There is too little to go by
        TooLittle,
        /// It was looked into and is not so
        Unfounded,
        /// It is not about trafficking
        NotTrafficking,
        /// It was false on purpose
        False,
        /// It was part of a flood, or empty
        Junk,
        /// The source asked for it
        SourceAsked,
        /// It was sent to try the site
        Test,
    }
}

words! {
    /// What came of a check, as it is typed.
    CheckedWord => Checked {
        /// Not checked
        Untested,
        /// Something else says so too
        Corroborated,
        /// It is not so
        Refuted,
    }
}

words! {
    /// Links as they are typed.
    LinkWord => LinkAs {
        /// They tell the same
        Duplicate,
        /// They are about the same suspect
        SameSuspect,
        /// They are about the same victim
        SameVictim,
        /// They are about the same place
        SamePlace,
    }
}

words! {
    /// What became of a case, as it is typed.
    OutcomeWord => Outcome {
        /// Someone is safe
        Safe,
        /// A case was opened
        CaseOpened,
        /// Someone was arrested
        Arrested,
        /// Someone was charged
        Charged,
        /// Someone was convicted
        Convicted,
        /// Someone was acquitted, or the charge was dropped
        Acquitted,
        /// It came to nothing
        Nothing,
    }
}

/// Levels as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LevelWord {
    /// At once
    P1,
    /// Within the hour
    P2,
    /// Within the day
    P3,
    /// When there is time
    P4,
    /// As the rules say
    Rules,
}

impl LevelWord {
    /// 1 to 4; none for the rules.
    pub const fn level(self) -> Option<u8> {
        match self {
            Self::P1 => Some(1),
            Self::P2 => Some(2),
            Self::P3 => Some(3),
            Self::P4 => Some(4),
            Self::Rules => None,
        }
    }
}

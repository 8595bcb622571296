//! The words that people type. What they mean is done by `verbs`.

use crate::model::hex::Sha256Hash;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

mod admin;
mod audit;
mod canary;
mod cover;
mod deconflict;
mod examples;
mod export;
mod keys;
mod reading;
mod recover;
mod settings;
mod sharing;
mod stats;
mod verify;
mod working;

pub use admin::{
    AdminVerb, AgencyVerb, DRAFT, DraftArgs, JunkArgs, Kind, MemberVerb, PurgeArgs, RECOVERY_DRAFT, RecoverAdminsVerb,
    RecoveryDraftArgs, SiteVerb, draft_flag,
};
pub use audit::{AuditLogArgs, AuditVerb};
pub use canary::CanaryArgs;
pub use cover::CoverArgs;
pub use deconflict::DeconflictArgs;
pub use export::{ExportArgs, ExportVerb, FormWord};
pub use keys::KeysVerb;
pub use reading::{AttachmentsArgs, SaveArgs, SearchArgs, SimilarArgs, WatchArgs};
pub use recover::{RecoverVerb, SharesArgs};
pub use settings::{ConfigVerb, Setting, Switch};
pub use sharing::{
    AcceptArgs, CountersignArgs, DeleteArgs, DisseminationsArgs, ObjectArgs, RedactArgs, ReferArgs, RefuseArgs,
    ShareWord, WithdrawArgs,
};
pub use stats::StatsArgs;
pub use verify::VerifyArgs;
pub use working::{
    AssignArgs, ClaimArgs, GradeArgs, HoldArgs, LabelArgs, LinkArgs, Message, NextArgs, NoteArgs, OutcomeArgs,
    PriorityArgs, RecuseArgs, ReplyArgs, StatusArgs, StatusWord, Targets, TemplateWord,
};

const TEMPLATE: &str = "{before-help}{about-with-newline}\n{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Read the tips that sources have sent to your agency.
#[derive(Debug, Parser)]
#[command(
    name = "desk",
    version,
    help_template = TEMPLATE,
    before_help = examples::DESK,
    after_help = "Exit codes: `desk help exit-codes`",
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// What all commands take.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What all commands take.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Directory of the profile [default: knothole/desk under the XDG data home]
    #[arg(long, global = true, value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// Take the passphrase from a file with one line
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Never ask anything: fail where a question would come
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Reach the server through this SOCKS proxy, as an onion needs it
    #[arg(long, global = true, value_name = "URL")]
    pub proxy: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make your keys on this machine and the file with which admins enrol you
    #[command(help_template = TEMPLATE, before_help = examples::INIT)]
    Init(MemberInit),
    /// Tie the profile to a site and its staff door
    #[command(help_template = TEMPLATE, before_help = examples::PIN)]
    Pin(SiteArgs),
    /// List the tips you may open, the most urgent first
    #[command(help_template = TEMPLATE, before_help = examples::INBOX)]
    Inbox(InboxArgs),
    /// Show one tip: what the source asks for, then what they tell
    #[command(help_template = TEMPLATE, before_help = examples::SHOW)]
    Show(ShowArgs),
    /// Claim the most urgent tip that nobody works on, and show it
    #[command(help_template = TEMPLATE, before_help = examples::NEXT)]
    Next(NextArgs),
    /// Ring when a tip of the highest level waits for someone
    #[command(help_template = TEMPLATE, before_help = examples::WATCH)]
    Watch(WatchArgs),
    /// The list, the tip and what was written on it, over the whole screen; for screen readers a dialogue
    #[command(help_template = TEMPLATE, before_help = examples::TUI)]
    Tui,
    /// Say that you work on a tip, to everyone who reads it
    #[command(help_template = TEMPLATE, before_help = examples::CLAIM)]
    Claim(ClaimArgs),
    /// Say that you work on it no longer
    #[command(help_template = TEMPLATE, before_help = examples::RELEASE)]
    Release(Targets),
    /// Hand a tip to a colleague of your agency
    #[command(help_template = TEMPLATE, before_help = examples::ASSIGN)]
    Assign(AssignArgs),
    /// Write a note beside a tip, for everyone who reads it
    #[command(help_template = TEMPLATE, before_help = examples::NOTE)]
    Note(NoteArgs),
    /// Write back to the source, who reads it with their code
    #[command(help_template = TEMPLATE, before_help = examples::REPLY)]
    Reply(ReplyArgs),
    /// Put labels on, or take them off
    #[command(help_template = TEMPLATE, before_help = examples::LABEL)]
    Label(LabelArgs),
    /// Say how far the work is: new, assessing, acting, closed
    #[command(help_template = TEMPLATE, before_help = examples::STATUS)]
    Status(StatusArgs),
    /// Set another urgency than the rules give
    #[command(help_template = TEMPLATE, before_help = examples::PRIORITY)]
    Priority(PriorityArgs),
    /// Say what came of checking what a tip says
    #[command(help_template = TEMPLATE, before_help = examples::GRADE)]
    Grade(GradeArgs),
    /// Say that two tips have to do with each other
    #[command(help_template = TEMPLATE, before_help = examples::LINK)]
    Link(LinkArgs),
    /// Leave a tip that you must not work on: you read on no further
    #[command(help_template = TEMPLATE, before_help = examples::RECUSE)]
    Recuse(RecuseArgs),
    /// Keep a tip from being deleted
    #[command(help_template = TEMPLATE, before_help = examples::HOLD)]
    Hold(HoldArgs),
    /// Say what became of a case, for the yearly figures
    #[command(help_template = TEMPLATE, before_help = examples::OUTCOME)]
    Outcome(OutcomeArgs),
    /// Offer a tip to another agency, as far as the source allows
    #[command(help_template = TEMPLATE, before_help = examples::REFER)]
    Refer(ReferArgs),
    /// Take a tip that another agency offers
    #[command(help_template = TEMPLATE, before_help = examples::ACCEPT)]
    Accept(AcceptArgs),
    /// Do not take it: your agency reads on no further
    #[command(help_template = TEMPLATE, before_help = examples::DECLINE)]
    Decline(RefuseArgs),
    /// Give back a tip that was taken: your agency reads on no further
    #[command(help_template = TEMPLATE, before_help = examples::RETURN)]
    Return(RefuseArgs),
    /// Keep fields or words of a tip from going to other agencies
    #[command(help_template = TEMPLATE, before_help = examples::REDACT)]
    Redact(RedactArgs),
    /// Say so, too: of an override or a request to delete
    #[command(help_template = TEMPLATE, before_help = examples::COUNTERSIGN)]
    Countersign(CountersignArgs),
    /// Stand against an override or a deletion
    #[command(help_template = TEMPLATE, before_help = examples::OBJECT)]
    Object(ObjectArgs),
    /// Take back your own offer, override, redaction, objection or request
    #[command(help_template = TEMPLATE, before_help = examples::WITHDRAW)]
    Withdraw(WithdrawArgs),
    /// Have a tip deleted for everyone: two members, 14 days, and nobody who objects
    #[command(help_template = TEMPLATE, before_help = examples::DELETE)]
    Delete(DeleteArgs),
    /// Print who was given what of which tip, why and when: 28 CFR 23.20
    #[command(help_template = TEMPLATE, before_help = examples::DISSEMINATIONS)]
    Disseminations(DisseminationsArgs),
    /// Check what members have written, and what this machine was used for; without a network
    #[command(subcommand, help_template = TEMPLATE, before_help = examples::AUDIT)]
    Audit(AuditVerb),
    /// Find tips among those that this machine knows, without asking the server
    #[command(help_template = TEMPLATE, before_help = examples::SEARCH, after_help = reading::search_help())]
    Search(SearchArgs),
    /// Show tips that may tell of the same thing as one, and why
    #[command(help_template = TEMPLATE, before_help = examples::SIMILAR)]
    Similar(SimilarArgs),
    /// List the photos and files that came with a tip
    #[command(help_template = TEMPLATE, before_help = examples::ATTACHMENTS)]
    Attachments(AttachmentsArgs),
    /// Save one of them: opened, checked, for you alone
    #[command(help_template = TEMPLATE, before_help = examples::SAVE)]
    Save(SaveArgs),
    /// Write tips into a file: for your own agency, or as their sources allow for somebody else
    #[command(help_template = TEMPLATE, before_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Learn which phones, plates and the like another agency holds, too, and whom to ask; neither learns anything else
    #[command(help_template = TEMPLATE, before_help = examples::DECONFLICT)]
    Deconflict(DeconflictArgs),
    /// Count what became of tips, so that no figure singles anyone out
    #[command(help_template = TEMPLATE, before_help = examples::STATS)]
    Stats(StatsArgs),
    /// Your agency's keys
    #[command(subcommand, help_template = TEMPLATE, before_help = examples::KEYS)]
    Keys(KeysVerb),
    /// Print your enrolment again, as `init` wrote it
    #[command(help_template = TEMPLATE, before_help = examples::ENROLMENT)]
    Enrolment {
        /// Where to write it [default: ID.json]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Keep your keys unlocked for a while, so that the passphrase is asked once
    #[command(help_template = TEMPLATE, before_help = examples::UNLOCK)]
    Unlock {
        /// Lock after so many minutes without use, 1 to 30 [default: 5, or what `desk config set auto-lock` says]
        #[arg(long = "for", value_name = "MINUTES", value_parser = settings::minutes())]
        minutes: Option<u8>,
    },
    /// Wipe the keys that `desk unlock` keeps
    #[command(help_template = TEMPLATE, before_help = examples::LOCK)]
    Lock,
    /// Your own settings: auto-lock, accessible, watch-bell, watch-command
    #[command(subcommand, help_template = TEMPLATE, before_help = examples::CONFIG)]
    Config(ConfigVerb),
    /// What `desk unlock` starts. Takes keys from its standard input
    #[command(hide = true)]
    Agent {
        /// Where it listens
        #[arg(long)]
        socket: PathBuf,
        /// When it locks
        #[arg(long)]
        minutes: u8,
    },
    /// Say what is wrong with this machine, this profile and the way to the server
    #[command(help_template = TEMPLATE, before_help = examples::DOCTOR)]
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Send tips that nobody can open, so that an unopenable one means nothing; needs no profile
    #[command(help_template = TEMPLATE, before_help = examples::COVER)]
    Cover(CoverArgs),
    /// Send a tip of your own through the form, or say which agencies the last ones have reached
    #[command(help_template = TEMPLATE, before_help = examples::CANARY)]
    Canary(CanaryArgs),
    /// Look at the form as a visitor, and say what is not what the admins signed
    #[command(help_template = TEMPLATE, before_help = examples::VERIFY_FORM)]
    Verify(VerifyArgs),
    /// An admin's work: who may read, signed by two
    #[command(subcommand, help_template = TEMPLATE, before_help = examples::ADMIN)]
    Admin(AdminVerb),
    /// Explain a command or a topic: accessible, exit-codes, files, legal, priority
    #[command(help_template = TEMPLATE, before_help = examples::HELP)]
    Help {
        /// A command, or a topic: accessible, exit-codes, files, legal, priority
        topic: Vec<String>,
    },
    /// Write pages of the manual, one for each command
    #[command(help_template = TEMPLATE, before_help = examples::MAN)]
    Man {
        /// Where to write them
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Print what your shell needs to complete these words
    #[command(help_template = TEMPLATE, before_help = examples::COMPLETIONS)]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Which site.
#[derive(Clone, Debug, Args)]
pub struct SiteArgs {
    /// Address of the staff door
    #[arg(long, value_name = "URL")]
    pub staff: Option<String>,
    /// Hash of the site's version 0, 64 hexadecimal digits
    #[arg(long, value_name = "HASH")]
    pub genesis: Option<Sha256Hash>,
}

/// `desk init`.
#[derive(Debug, Args)]
pub struct MemberInit {
    /// You, as your colleagues know you: the same on all your machines [default: the id]
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// What admins take as well.
    #[command(flatten)]
    pub init: InitArgs,
}

/// What `desk init` and `desk admin init` share.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Your id in the keyring, one for each machine, such as maria-laptop
    #[arg(long, value_name = "NAME")]
    pub id: String,
    /// Number of your agency
    #[arg(long, value_name = "NUMBER")]
    pub agency: u16,
    /// Where to write the enrolment file [default: ID.json]
    #[arg(long, value_name = "FILE")]
    pub enrolment: Option<PathBuf>,
    /// Identity file of an age plugin: its token opens the keys in the place of a passphrase
    #[arg(long, value_name = "FILE")]
    pub age_plugin: Option<PathBuf>,
    /// Which site.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// `desk inbox`.
#[derive(Debug, Args)]
pub struct InboxArgs {
    /// Print one record a line, with tabs between fields
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// List closed tips, too; `--json` and `--plain` always do
    #[arg(long)]
    pub all: bool,
    /// How to read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// `desk show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The tip's id, such as T-7K3M
    pub id: String,
    /// Print the tip as one line of `desk inbox --plain`
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Say nothing of photos and other files; none is ever opened, with this or without
    #[arg(long)]
    pub no_media: bool,
    /// How to read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// What commands that read share.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print to the terminal itself, where the words stay
    #[arg(long)]
    pub no_pager: bool,
    /// Show what is known without asking the server
    #[arg(long)]
    pub offline: bool,
}

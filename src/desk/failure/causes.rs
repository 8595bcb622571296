//! For each error of the library: the exit code it ends a command with, and what to do about it.

use super::{Exit, Failure};
use crate::crypto::keyring::KeyringError;
use crate::crypto::recovery::NoKey;
use crate::desk::admin::AdminError;
use crate::desk::admin::paper::PaperError;
use crate::desk::agency_keys::KeyError;
use crate::desk::chain::ChainError;
use crate::desk::client::ClientError;
use crate::desk::cover::CoverError;
use crate::desk::cover::page::PageError;
use crate::desk::events::outbox::OutboxError;
use crate::desk::events::seen::SeenError;
use crate::desk::events::write::WriteError;
use crate::desk::pointers::MemoryError;
use crate::desk::recipients::RecipientsError;
use crate::desk::recovery::RecoveryError;
use crate::desk::reseal::ResealError;
use crate::desk::sync::SyncError;

impl From<RecipientsError> for Failure {
    fn from(error: RecipientsError) -> Self {
        match error {
            RecipientsError::Client(error) => error.into(),
            RecipientsError::File(error) => error.into(),
            RecipientsError::NotTheirs(_) => Self::new(Exit::Integrity, &error)
                .hint("nothing was sealed; tell your admins, and do not go on before you have spoken with them"),
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let exit = match &error {
            ClientError::Unreachable(_) | ClientError::CutShort | ClientError::Busy => Exit::Network,
            ClientError::Garbled(_) => Exit::Integrity,
            ClientError::Conflict => Exit::Conflict,
            ClientError::BadAddress(_) => Exit::Usage,
            _ => Exit::Other,
        };
        let hint = match &error {
            ClientError::Unreachable(_) => {
                "check the network and the address in `profile.toml`; it is safe to try again"
            }
            ClientError::CutShort | ClientError::Busy => "it is safe to try again",
            ClientError::NotAccepted => {
                "if it never did: this is as it should be until the admins have published the version with you in it; if it did before: ask an admin \
                 whether you were taken out. Else make sure that this machine's clock is right, and that the genesis hash and the words that `desk pin` shows are the admins', to the last digit"
            }
            ClientError::Garbled(_) => "do not try again blindly: ask those who run the server",
            ClientError::Conflict => "nothing was overwritten; look at what is there",
            _ => return Self::new(exit, &error),
        };
        Self::new(exit, &error).hint(hint)
    }
}

impl From<MemoryError> for Failure {
    fn from(error: MemoryError) -> Self {
        match error {
            MemoryError::File(error) => error.into(),
            MemoryError::Damaged(_) => Self::new(Exit::Integrity, &error).hint(
                "move it away: desk reads the messages again. What it had answered this week it may then answer once more",
            ),
            MemoryError::Shorter => Self::new(Exit::Integrity, &error).hint(
                "nothing was sent; ask those who run the server. Where it was brought back from a backup, move `cache/pointers.age` of the profile away",
            ),
        }
    }
}

impl From<KeyringError> for Failure {
    fn from(error: KeyringError) -> Self {
        let exit = if matches!(error, KeyringError::UnknownFormat(_)) { Exit::Other } else { Exit::Integrity };
        Self::new(exit, &error)
    }
}

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        match error {
            ChainError::Client(error) => error.into(),
            ChainError::File(error) => error.into(),
            ChainError::Keyring(error) => {
                let failure = Self::from(error);
                failure.hint("nothing was changed here; do not go on before you have spoken with an admin")
            }
            ChainError::Lost(_) | ChainError::Unannounced(_) => Self::new(Exit::Integrity, &error)
                .hint("nothing was changed here; do not go on before you have spoken with an admin"),
            ChainError::Forgotten(_) => Self::new(Exit::Integrity, &error)
                .hint("it names the newest keyring that was seen here; bring it back from a copy, or ask an admin for the number and hash"),
            ChainError::Damaged(_) => {
                Self::new(Exit::Integrity, &error).hint("move it away: desk fetches and checks the keyring again")
            }
            ChainError::NoKeyring => {
                Self::new(Exit::Other, &error).hint("an admin publishes version 0 with `desk admin publish`")
            }
        }
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Client(error) => error.into(),
            KeyError::Keyring(error) => error.into(),
            KeyError::NoneGood(_) => Self::new(Exit::Integrity, &error)
                .hint("tell your admins; any reader of your agency can make another key with `desk keys rotate`"),
            KeyError::Pending { .. } => Self::new(Exit::Conflict, &error)
                .hint("a second member runs `desk keys confirm`, then the admins sign it"),
            KeyError::OwnKey => {
                Self::new(Exit::Conflict, &error).hint("another member of your agency runs `desk keys confirm`")
            }
            KeyError::NothingToConfirm => Self::new(Exit::NotFound, &error),
            KeyError::BadRecipient(_) => Self::new(Exit::Integrity, &error),
        }
    }
}

impl From<RecoveryError> for Failure {
    fn from(error: RecoveryError) -> Self {
        let whole = "take the right papers of one set, and the right words; nothing was changed";
        match error {
            RecoveryError::File(error) => error.into(),
            RecoveryError::NoSplit(_)
            | RecoveryError::NotOurs { .. }
            | RecoveryError::SeveralDevices { .. }
            | RecoveryError::SamePerson(_) => Self::new(Exit::Usage, &error),
            RecoveryError::NoCopy(_) => {
                Self::new(Exit::NoKey, &error).hint("a colleague who opens tips sealed to it can split it")
            }
            RecoveryError::Closed(_) => Self::new(Exit::NoKey, &error),
            RecoveryError::NotAShare { .. } => Self::new(Exit::Usage, &error).hint(whole),
            RecoveryError::NoKey(NoKey::TooFew { .. }) => {
                Self::new(Exit::NotFound, &error).hint("bring more shares of the same set; nothing was changed")
            }
            RecoveryError::NoKey(_) | RecoveryError::OtherKey { .. } | RecoveryError::BadRecipient(_) => {
                Self::new(Exit::Integrity, &error).hint(whole)
            }
        }
    }
}

impl From<ResealError> for Failure {
    fn from(error: ResealError) -> Self {
        match error {
            ResealError::Client(error) => {
                let failure = Self::from(error);
                failure.hint("what was sealed until now is kept: `desk keys reseal` goes on where it stopped")
            }
            ResealError::NoKey(_) => {
                Self::new(Exit::NoKey, &error).hint("`desk keys rotate` makes one, and the admins sign it")
            }
            ResealError::Missing(_) => Self::new(Exit::NoKey, &error).hint(
                "nothing was changed; a member whose copies open can do it, and then you can read all with the new key. Where only \
                 one is left who can, they make shares of that key for you both (`desk keys recover split --epoch N`), and you \
                 put them together (`desk keys recover join`)",
            ),
            ResealError::KeyChanged => {
                Self::new(Exit::Conflict, &error).hint("`desk keys reseal` begins anew, to the key that is in use now")
            }
            ResealError::Stopped => Self::new(Exit::Other, &error),
        }
    }
}

impl From<CoverError> for Failure {
    fn from(error: CoverError) -> Self {
        let refuses = "do not send there before you have spoken with an admin";
        match &error {
            CoverError::BadAddress(_) => Self::new(Exit::Usage, &error),
            CoverError::Unreachable => {
                Self::new(Exit::Network, &error).hint("check the network and the address; it is safe to try again")
            }
            CoverError::OtherKeyring(_)
            | CoverError::Page(PageError::OtherSite(_) | PageError::Inconsistent | PageError::Malformed) => {
                Self::new(Exit::Integrity, &error).hint(refuses)
            }
            CoverError::Page(_) | CoverError::Status(_) | CoverError::Compose(_) => Self::new(Exit::Other, &error),
        }
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Chain(error) => error.into(),
            SyncError::Client(error) => error.into(),
            SyncError::Cache(error) => error.into(),
            SyncError::File(error) | SyncError::Seen(SeenError::File(error)) => error.into(),
            SyncError::Profile(error) => error.into(),
            SyncError::NotAMember => {
                Self::new(Exit::NoKey, &error).hint("an admin adds you with `desk admin member add`")
            }
            SyncError::HiddenVersion(_) | SyncError::EventVersion(_) => {
                Self::new(Exit::Integrity, &error).hint("do not go on before you have spoken with an admin")
            }
            SyncError::Shorter => Self::shorter_list(),
            SyncError::Seen(error) => Self::new(Exit::Integrity, &error)
                .hint("it names the newest events that were seen here: bring it back from a copy, or move it away and know that what was removed meanwhile does not show"),
            SyncError::Stopped => Self::new(Exit::Other, &error),
        }
    }
}

impl From<OutboxError> for Failure {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Client(error) => Self::from(error).hint(
                "what you wrote is kept on this machine, sealed, and the next command that reaches the server sends it",
            ),
            OutboxError::Cache(error) => error.into(),
            OutboxError::File(error) => error.into(),
            OutboxError::Refused { source: ClientError::Gone, .. } => {
                Self::new(Exit::NotFound, &error).hint("the tip was deleted; nothing can be written on it any more")
            }
            OutboxError::Refused { source: ClientError::Forbidden, .. } => Self::new(Exit::NoKey, &error)
                .hint("the tip is gone from the server, or you read no longer for your agency: ask an admin"),
            OutboxError::Refused { .. } => Self::new(Exit::Other, &error),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Left => Self::new(Exit::NoKey, &error).hint("ask a colleague who still reads it"),
            WriteError::NoKey => Self::new(Exit::NoKey, &error)
                .hint("`desk audit verify ID` says who changed it; ask them, or a colleague of your agency"),
            WriteError::Event(error) => Self::new(Exit::Usage, &error).hint("nothing was written; make it shorter"),
            WriteError::File(error) => error.into(),
        }
    }
}

impl Failure {
    /// Events that were seen are gone.
    pub fn lost_events(short_ids: &[String]) -> Self {
        let what = format!(
            "the server no longer shows what was written on {}, which this desk has seen",
            short_ids.join(", ")
        );
        Self::new(Exit::Integrity, &what).hint(
            "it was brought back from a backup, or someone removed it: ask those who run the server. What this machine knows \
            is kept; `desk audit verify` names what is missing",
        )
    }

    /// What was written does not fit together.
    pub fn disordered(short_ids: &[String]) -> Self {
        let what = format!(
            "what the server shows of {} is not all that was written, or not what was shown to others",
            short_ids.join(", ")
        );
        Self::new(Exit::Integrity, &what).hint(
            "`desk show` says what is not in order; speak with the other readers of these tips: what do their desks show? \
            Nothing that this machine knows was changed",
        )
    }

    /// Tips that came now, were meant for us, and cannot be read.
    pub fn false_tips(short_ids: &[String]) -> Self {
        let what = format!("{} came, meant for you, and cannot be read as the server gave it", short_ids.join(", "));
        Self::new(Exit::Integrity, &what).hint(
            "`desk show` says why; someone sent a false tip, or the server changed a true one. What this machine knows is kept",
        )
    }

    /// Capsules of tips that were opened here open no more.
    pub fn shut(short_ids: &[String]) -> Self {
        let what = format!(
            "the server shows an old or false key to {}, which this desk has opened before: who has not opened it yet cannot",
            short_ids.join(", ")
        );
        Self::new(Exit::Integrity, &what).hint(
            "it was brought back from a backup, or someone changed it: ask those who run the server. What this machine knows is \
            kept; where the old key still opens, `desk keys reseal` seals it again",
        )
    }

    /// The server's list of tips ends before the last tip that was read here.
    pub fn shorter_list() -> Self {
        Self::new(Exit::Integrity, &SyncError::Shorter).hint(
            "it was brought back from a backup, or it lies now or lied before; ask an admin. \
            What it shows is read again from the beginning, and nothing that this machine knows is lost",
        )
    }
}

impl From<PaperError> for Failure {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::File(error) => error.into(),
            PaperError::Signed => Self::new(Exit::Conflict, &error)
                .hint("name a new file with `--draft FILE`, and have that signed instead"),
            other => Self::new(Exit::Other, &other),
        }
    }
}

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Client(ClientError::Conflict) => {
                Self::new(Exit::Conflict, "another version was published first")
                    .hint("start again from the newest version, with a new `--draft FILE`")
            }
            AdminError::Client(error) => error.into(),
            AdminError::Keyring(error) => error.into(),
            AdminError::NotAnAdmin(_) | AdminError::NotARecoveryAdmin(_) => Self::new(Exit::NoKey, &error),
            AdminError::NoAdmin(_) => Self::new(Exit::NotFound, &error).hint("`desk admin show` lists the admins"),
            AdminError::AdminExists(_) => Self::new(Exit::Conflict, &error)
                .hint("a new key takes a new id: whoever starts again runs `desk admin init` with another `--id`"),
            AdminError::MemberExists(_) => Self::new(Exit::Conflict, &error).hint(
                "nothing was changed; `desk admin show` says who is in the draft. Another machine, or a new start, takes an id and keys of its own \
                 (`desk init --id`)",
            ),
            AdminError::NoMember(_) => {
                Self::new(Exit::NotFound, &error).hint("`desk admin show` names all members of a draft")
            }
            AdminError::LastReader { .. } => Self::new(Exit::Conflict, &error).hint(
                "nothing was changed; enrol somebody else first, or nobody could open what is sent to this agency",
            ),
            AdminError::MadeForOneOut { .. } => Self::new(Exit::Conflict, &error).hint(
                "a member of the agency makes another one: `desk keys rotate`; a second one: `desk keys confirm`",
            ),
            AdminError::NoAgency(_) | AdminError::NoKeyReady(_) => Self::new(Exit::NotFound, &error),
        }
    }
}

//! The draft's file: what a change begins with, and what becomes of a file that lies in its way. Nothing is moved or written
//! before the change was made.

use super::publish::updated;
use crate::crypto::keyring::{AgencyKeyName, Draft, SignedVersion, Version};
use crate::desk::admin::paper::{Paper, PaperError};
use crate::desk::admin::{self, AdminError};
use crate::desk::chain::Chain;
use crate::desk::cli::DraftArgs;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::files;
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Profile, Site};
use crate::wire::Secrets;
use std::path::PathBuf;

/// What becomes of a draft in whose place another version was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overtaken {
    /// It stays, and the change is refused: it holds what somebody may not want to lose.
    Refused,
    /// It makes room, so that nothing keeps the change waiting.
    PutAside,
}

/// What a change begins with.
pub(super) struct Begun {
    /// To be changed.
    pub draft: Draft,
    /// Whether it begins here, from the newest version.
    pub is_new: bool,
    aside: Option<Aside>,
    notes: Vec<Line>,
}

/// Where the file goes that lies there.
struct Aside {
    path: PathBuf,
    note: String,
}

/// What lies there.
enum AtHand {
    Draft(Box<Draft>),
    Room(Option<Aside>),
}

impl Begun {
    /// Writes what was changed, and says what became of what lay there.
    pub(super) fn write(self, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
        let Self { mut draft, aside, notes, .. } = self;
        admin::pages::count_people(&mut draft);
        if let Some(Aside { path, note }) = aside {
            files::put_aside(&args.draft, &path)?;
            context.output.note(&Line::from(note));
        }
        for note in &notes {
            context.output.note(note);
        }
        Ok(Paper::Draft(Box::new(draft)).write(&args.draft)?)
    }
}

/// The draft that lies there, else a new one from the newest version.
pub(super) fn begin(
    args: &DraftArgs,
    profile: &Profile,
    overtaken: Overtaken,
    context: &mut Context,
) -> Result<Begun, Failure> {
    begin_with(args, profile, overtaken, context, |context| start(profile, args, context))
}

/// The same with a new one that is made otherwise, and what is to be said of it.
pub(super) fn begin_with(
    args: &DraftArgs,
    profile: &Profile,
    overtaken: Overtaken,
    context: &mut Context,
    start: impl FnOnce(&mut Context) -> Result<(Draft, Vec<Line>), Failure>,
) -> Result<Begun, Failure> {
    match at_hand(args, profile, overtaken, context)? {
        AtHand::Draft(draft) => Ok(Begun { draft: *draft, is_new: false, aside: None, notes: Vec::new() }),
        AtHand::Room(aside) => {
            let (draft, notes) = start(context)?;
            Ok(Begun { draft, is_new: true, aside, notes })
        }
    }
}

/// A version that is published makes room, so that nobody has to do it by hand: the file is free for the next.
fn at_hand(
    args: &DraftArgs,
    profile: &Profile,
    overtaken: Overtaken,
    context: &mut Context,
) -> Result<AtHand, Failure> {
    let file = args.draft.display();
    match Paper::read(&args.draft)? {
        None => Ok(AtHand::Room(None)),
        Some(Paper::Version(signed)) => {
            let number = signed.read().map_err(AdminError::from)?.public.version;
            let path = args.draft.with_extension(format!("{number}.json"));
            if path.exists() || !is_published(&signed, profile, context)? {
                return Err(PaperError::Signed.into());
            }
            let note = format!("note: {file} held version {number}, which is published: it is now {}", path.display());
            Ok(AtHand::Room(Some(Aside { path, note })))
        }
        Some(Paper::Draft(draft)) => {
            let number = draft.public.version;
            let Some(newest) = overtaken_by(&draft, profile, context)? else { return Ok(AtHand::Draft(draft)) };
            let path = args.draft.with_extension(format!("{number}-overtaken.json"));
            let what = format!("{file} is a draft of version {number}, and version {newest} was published without it");
            if overtaken == Overtaken::Refused || path.exists() {
                return Err(Failure::new(Exit::Conflict, &what).hint(
                    "move it away, or name another file with `--draft FILE`: a new draft begins with the newest version, and what \
                     else this one was to change has to be made again",
                ));
            }
            let note =
                format!("note: {what}: it is now {}, and what it was to change is not in the new one", path.display());
            Ok(AtHand::Room(Some(Aside { path, note })))
        }
    }
}

/// Whether a version stands in the keyring, by what this machine knows, else by what the server shows.
fn is_published(signed: &SignedVersion, profile: &Profile, context: &mut Context) -> Result<bool, Failure> {
    let hash = admin::hash(signed);
    let has = |chain: &Chain| chain.versions().any(|version| version.hash == hash);
    let Ok(Site { genesis, .. }) = profile.site() else { return Ok(false) }; // none is
    if Chain::load(profile, genesis)?.is_some_and(|chain| has(&chain)) {
        return Ok(true);
    }
    Ok(has(&updated(profile, context)?))
}

/// The newest version, where the draft does not follow it: by what the server shows, else by what this machine knows.
fn overtaken_by(draft: &Draft, profile: &Profile, context: &mut Context) -> Result<Option<u32>, Failure> {
    let Ok(Site { genesis, .. }) = profile.site() else { return Ok(None) }; // nothing is published
    let public = &draft.public;
    if public.version == 0 {
        return Ok(None);
    }
    let does_not_follow = |newest: &Version| {
        let is_next = newest.public.version + 1 == public.version;
        newest.public.version >= public.version || (is_next && public.previous != Some(newest.hash))
    };
    let newest =
        |chain: &Chain| Some(chain.newest()).filter(|newest| does_not_follow(newest)).map(|it| it.public.version);
    let known = Chain::load(profile, genesis)?;
    if let Some(number) = known.as_ref().and_then(newest) {
        return Ok(Some(number));
    }
    match updated(profile, context) {
        Err(failure) if failure.exit == Exit::Network => Ok(None),
        chain => Ok(newest(&chain?)),
    }
}

fn start(profile: &Profile, args: &DraftArgs, context: &mut Context) -> Result<(Draft, Vec<Line>), Failure> {
    let identity = context.unlock(profile)?;
    let client = context.client(profile, &identity)?;
    let (genesis, today) = (profile.site()?.genesis, context.clock.today());
    let (chain, secrets) = block_on(async {
        let chain = Chain::update(profile, genesis, &client).await?;
        let is_admin = chain.newest().admin(&identity.public_key()).is_some();
        let secrets = if is_admin { client.secrets().await? } else { Secrets::default() }; // recovery admins change nothing of it
        Ok((chain, secrets))
    })?;
    let number = chain.newest().public.version + 1;
    let mut notes = vec![Line::from(format!("note: {} is a new draft, of version {number}", args.draft.display()))];
    let mut draft = admin::next_draft(chain.newest(), today, args.valid_days());
    for name in admin::take_retired(&mut draft, &secrets, chain.newest(), today) {
        notes.push(Line::from("note: ").with(Style::Plain, &says_retired(&name)));
    }
    Ok((draft, notes))
}

pub(super) fn says_retired(name: &AgencyKeyName) -> String {
    format!("the draft says that key {} of agency {} is retired", name.epoch, name.agency)
}

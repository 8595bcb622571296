//! The end of a draft: what it changes, who has signed it, and its way to the server.

use crate::crypto::keyring::{SignedVersion, Version, words_of};
use crate::desk::admin::paper::Paper;
use crate::desk::admin::recover::signs_as_recovery_admin;
use crate::desk::admin::{self, AdminError, Standing, changes};
use crate::desk::chain::{Chain, ChainError};
use crate::desk::cli::DraftArgs;
use crate::desk::client::{ClientError, Sent};
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::verbs::init::can_be_reached;
use std::path::Path;

/// Says what the draft would change, and what it lacks.
pub(super) fn show(args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let version = read_version(args)?;
    let place = place(&profile, &version, context)?;
    print_changes(&version, place.before(), &profile, context)?;
    let last = match &place {
        Place::Published(_) => Line::from("it is published"),
        _ => say(admin::standing(&version, place.before())?),
    };
    Ok(context.output.print(&[last])?)
}

/// Signs the draft, which is fixed from then on, and publishes it where that was asked for and nothing is lacking.
pub(super) fn sign(yes: bool, publishes: bool, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(Some(Part::Admin))?;
    let mut version = read_version(args)?;
    let place = place(&profile, &version, context)?;
    if matches!(place, Place::Published(_)) {
        return Err(published_already(version.read().map_err(AdminError::from)?.public.version));
    }
    print_changes(&version, place.before(), &profile, context)?;
    context.confirm("sign this?", yes, "--yes")?;
    let identity = context.unlock(&profile)?;
    let standing = admin::sign(&mut version, place.before(), &identity)?;
    let mut lines = vec![Line::from(format!("signed {}", args.draft.display())), say(standing)];
    if matches!(place, Place::First) {
        let genesis = admin::hash(&version);
        profile.pin(genesis)?;
        lines.push(Line::from(format!("genesis: {genesis}")));
        lines.push(Line::from("its words, the site's name: ").with(Style::Bold, &words_of(&genesis)));
    }
    Paper::Version(version).write(&args.draft)?;
    context.output.print(&lines)?;
    if publishes && standing == Standing::Complete { publish(None, args, context) } else { Ok(()) }
}

/// Sends the signed version to the server.
pub(super) fn publish(staff: Option<&str>, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(Some(Part::Admin))?;
    let version = read_version(args)?;
    if let Some(staff) = staff {
        can_be_reached(staff, context.proxy().or(profile.settings().proxy.as_deref()))?;
        profile.set_server(staff, context.proxy())?;
    }
    let place = place(&profile, &version, context)?;
    if matches!(place, Place::First) {
        profile.pin(admin::hash(&version))?;
    }
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let (sent, newest) = block_on(async {
        let sent = match &place {
            Place::Published(_) => Sent::Same,
            _ => admin::publish(&client, &version, place.before()).await.map_err(refused)?,
        };
        let newest = match (sent, Chain::update(&profile, genesis, &client).await) {
            // Whoever published is in it no more: the server tells them nothing from now on.
            (Sent::New, Err(ChainError::Client(ClientError::NotAccepted))) => None,
            (_, chain) => Some(chain?.newest().public.version),
        };
        Ok((sent, newest))
    })?;
    let number = version.read().map_err(AdminError::from)?.public.version;
    let newest = newest.unwrap_or(number);
    let text = match sent {
        Sent::New => format!("published version {number}"),
        Sent::Same if newest > number => {
            format!("version {number} was published before, and others since: the newest is {newest}")
        }
        Sent::Same => format!("version {number} was published before"),
    };
    Ok(context.output.print(&[Line::from(text)])?)
}

/// What keeps every rule that can be seen here and is refused all the same was made before something that members did.
fn refused(error: AdminError) -> Failure {
    match error {
        AdminError::Client(ClientError::Refused) => Failure::new(
            Exit::Conflict,
            "the server refuses this version: something has changed since the draft was made",
        )
        .hint("make it anew with another `--draft FILE`; a new draft has in it which keys were destroyed meanwhile"),
        other => other.into(),
    }
}

fn read_version(args: &DraftArgs) -> Result<SignedVersion, Failure> {
    let hint = "`desk admin site new` makes the first; later ones are made by what changes them";
    Ok(read_paper(&args.draft, hint)?.into_version())
}

/// The draft, and what to do where there is none.
pub(super) fn read_paper(path: &Path, hint: &str) -> Result<Paper, Failure> {
    let none = || Failure::new(Exit::NotFound, &format!("there is no draft {}", path.display())).hint(hint);
    Paper::read(path)?.ok_or_else(none)
}

pub(super) fn published_already(number: u32) -> Failure {
    Failure::new(Exit::Conflict, &format!("version {number} is published already")).hint(
        "nothing is left to do with this file: whatever changes the keyring next puts it aside and begins a new draft",
    )
}

/// Where a version stands in the chain.
pub(super) enum Place {
    First,
    After(Box<Chain>),
    /// It is there, after this one.
    Published(Box<Version>),
}

impl Place {
    fn before(&self) -> Option<&Version> {
        match self {
            Self::After(chain) => Some(chain.newest()),
            Self::Published(before) => Some(before),
            Self::First => None,
        }
    }
}

/// Finds the place by what this machine knows, else by asking the server.
fn place(profile: &Profile, version: &SignedVersion, context: &mut Context) -> Result<Place, Failure> {
    let number = version.read()?.public.version;
    if number == 0 {
        return Ok(Place::First);
    }
    let known = Chain::load(profile, profile.site()?.genesis)?;
    let chain = match known.filter(|chain| chain.newest().public.version + 1 == number) {
        Some(chain) => chain,
        None => updated(profile, context)?,
    };
    place_in(chain, version, number).ok_or_else(|| {
        Failure::new(Exit::Conflict, &format!("another version {number} was published first"))
            .hint("start again from the newest version, with a new `--draft FILE`")
    })
}

/// The keyring as the server shows it now.
pub(super) fn updated(profile: &Profile, context: &mut Context) -> Result<Chain, Failure> {
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(profile)?;
    let client = context.client(profile, &identity)?;
    block_on(async { Ok(Chain::update(profile, genesis, &client).await?) })
}

/// The place of a version that is not the first; none where another has its number.
pub(super) fn place_in(chain: Chain, version: &SignedVersion, number: u32) -> Option<Place> {
    if chain.newest().public.version < number {
        return Some(Place::After(Box::new(chain)));
    }
    let hash = admin::hash(version);
    let mut before = None;
    for one in chain.versions() {
        if one.hash == hash {
            return before.map(|before| Place::Published(Box::new(before)));
        }
        before = Some(one);
    }
    None
}

/// Says what a version changes and lacks. One of recovery admins lacks no hashes of the page: it has none.
pub(super) fn print_changes(
    version: &SignedVersion,
    before: Option<&Version>,
    profile: &Profile,
    context: &mut Context,
) -> Result<(), Failure> {
    let read = version.read().map_err(AdminError::from)?;
    let is_recovery = before.is_some_and(|before| before.public.is_recovered_by(version))
        || signs_as_recovery_admin(&read.public, &profile.settings().id);
    let mut lines: Vec<_> = changes::describe(before, &read).into_iter().map(Line::from).collect();
    lines.extend(read.words.values().flat_map(admin::lacks).map(Line::from));
    if read.public.pages.is_empty() && read.offered().next().is_some() && !is_recovery {
        lines
            .push(Line::from("it has no hashes of the page, so that nobody can tell when the site shows another one:"));
        lines.push(Line::from("  `knothole page --manifest DRAFT`, then `desk admin pages FILE`"));
    }
    Ok(context.output.print(&lines)?)
}

/// So many signatures.
pub(super) fn more(count: u32) -> String {
    if count == 1 { "1 more signature".to_owned() } else { format!("{count} more signatures") }
}

fn say(standing: Standing) -> Line {
    match standing {
        Standing::Complete => Line::from("it has all the signatures it needs: `desk admin publish` sends it"),
        Standing::Lacks(count) => Line::from(format!("it lacks {}", more(count))),
        Standing::LacksSecondAgency => Line::from("it lacks the signature of an admin of another agency"),
    }
}

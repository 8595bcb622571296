//! `desk keys recover` and `drill`: shares of an agency's key are made, shown to their holders, tried, and put together.

use super::Bench;
use crate::crypto::keyring::AgencyKeyName;
use crate::crypto::recovery::{NotAShare, Share};
use crate::desk::agency_keys::{self, KeyError};
use crate::desk::chain::Chain;
use crate::desk::cli::{RecoverVerb, SharesArgs};
use crate::desk::client::ClientError;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::files;
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::recovery::drills::{self, Drill};
use crate::desk::recovery::{self, RecoveryError};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What stands between the words of two shares.
const BETWEEN: &str = "\n\n";

/// Does one step.
pub fn run(verb: &RecoverVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        RecoverVerb::Split { threshold, holders, epoch, output } => split(*threshold, holders, *epoch, output, context),
        RecoverVerb::Words { file, no_pager } => words(file, *no_pager, context),
        RecoverVerb::Join(shares) => join(shares, context),
    }
}

fn split(
    threshold: u8,
    holders: &[String],
    epoch: Option<u32>,
    dir: &Path,
    context: &mut Context,
) -> Result<(), Failure> {
    let bench = Bench::open(context)?;
    let Bench { version, member, .. } = &bench;
    let keys = block_on(bench.own_keys())?;
    let epoch = epoch.unwrap_or_else(|| agency_keys::next_epoch(version, member.agency) - 1);
    let shares = recovery::split(version, member, &keys, epoch, threshold, holders)?;
    let agency = member.agency;
    let path = |holder: &str| dir.join(format!("share-{agency}-{epoch}-{holder}.age"));
    if let Some(there) = shares.iter().map(|share| path(&share.holder)).find(|path| path.exists()) {
        return Err(Failure::new(Exit::Conflict, &format!("{} exists and is not overwritten", there.display()))
            .hint("name another directory with `-o DIR`"));
    }
    let mut lines = vec![Line::from(format!(
        "key {epoch} of agency {agency} in {} shares, any {threshold} of which give it back",
        shares.len()
    ))];
    for share in &shares {
        let path = path(&share.holder);
        files::write_new(&path, &share.sealed)?;
        lines.push(Line::from(format!("share {} for {}: {}", share.number, share.holder, path.display())));
    }
    lines.push(Line::from("next, within two weeks, each holder runs `desk keys recover words FILE`, writes the words on paper and puts it where no other share is; later the file opens no more;"));
    lines
        .push(Line::from("then some of them run `desk keys drill` together. A new key of the agency needs new shares"));
    Ok(context.output.print(&lines)?)
}

fn words(path: &Path, no_pager: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let page = recovery::open_page(path, Some(&identity))?;
    recovery::read_page(&page).map_err(|why| RecoveryError::NotAShare { path: path.to_owned(), why })?;
    let lines: Vec<_> = page.lines().map(Line::from).collect();
    Ok(context.output.print_private(&lines, !no_pager)?)
}

/// Tries shares without a network and without giving the key to anyone, and writes down the day and the result.
pub fn drill(args: &SharesArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let chain = Chain::load(&profile, profile.site()?.genesis)?.ok_or_else(|| {
        Failure::new(Exit::NotFound, "this machine has not seen the site's keyring yet").hint("run `desk inbox` once")
    })?;
    let shares = read(args, &profile, context)?;
    let joined = recovery::join(chain.newest(), &shares);
    if let Some(set) = shares.first().map(Share::set) {
        let (agency, epoch, day) = (set.agency, u32::from(set.epoch), context.clock.today());
        let kept = drills::remember(&profile, Drill { agency, epoch, day, has_passed: joined.is_ok() });
        if let Err(error) = kept {
            context
                .output
                .note(&Line::from("note: the day and result are not kept: ").with(Style::Plain, &error.to_string()));
        }
    }
    match joined {
        Ok((AgencyKeyName { agency, epoch, .. }, _)) => {
            let text = format!("{} shares give key {epoch} of agency {agency}", shares.len());
            Ok(context.output.print(&[Line::new().with(Style::Bold, "pass: ").with(Style::Plain, &text)])?)
        }
        Err(error) => {
            let Failure { exit, what, hint } = error.into();
            Err(Failure { exit, what: format!("fail: {what}"), hint })
        }
    }
}

fn join(args: &SharesArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let shares = read(args, &profile, context)?;
    let Bench { identity, client, version, member, .. } = &Bench::open(context)?;
    let (name, key) = recovery::join(version, &shares)?;
    if name.agency != member.agency {
        let text =
            format!("the shares give a key of agency {}, and you read for agency {}", name.agency, member.agency);
        return Err(Failure::new(Exit::NoKey, &text));
    }
    let AgencyKeyName { agency, epoch, .. } = name;
    block_on(async {
        let given = agency_keys::give_back(client, version, name, &key, identity).await;
        given.map_err(|error| match error {
            KeyError::Client(ClientError::Conflict) => Failure::new(
                Exit::Conflict,
                "you have handed round this key before, and what was handed round is not overwritten",
            )
            .hint("another member of your agency runs `desk keys recover join`"),
            other => other.into(),
        })
    })?;
    let text =
        format!("everyone who reads for agency {agency} now has key {epoch}: `desk inbox` opens what is sealed to it");
    let next = "the words were said: make the agency's next key with `desk keys rotate`, and new shares of that";
    Ok(context.output.print(&[Line::from(text), Line::from(next)])?)
}

/// Shares from files, else from what is typed: on a terminal one after the other, until there are enough.
fn read(args: &SharesArgs, profile: &Profile, context: &mut Context) -> Result<Vec<Share>, Failure> {
    if args.files.is_empty() {
        return typed(context);
    }
    let is_sealed = args.files.iter().map(|path| recovery::is_sealed(path)).collect::<Result<Vec<_>, _>>()?;
    let identity = if is_sealed.contains(&true) { Some(context.unlock(profile)?) } else { None };
    let mut shares = Vec::new();
    for path in &args.files {
        let page = recovery::open_page(path, identity.as_deref())?;
        let not_one = |why| RecoveryError::NotAShare { path: path.clone(), why };
        shares.push(recovery::read_page(&page).map_err(not_one)?);
    }
    Ok(shares)
}

fn typed(context: &mut Context) -> Result<Vec<Share>, Failure> {
    let is_terminal = std::io::stdin().is_terminal();
    let mut shares: Vec<Share> = Vec::new();
    loop {
        let text = context.words(&format!("The words of share {}", shares.len() + 1), "a FILE for each share")?;
        for page in text.split(BETWEEN).filter(|page| !page.trim().is_empty()) {
            let read = if is_terminal { read_mended(page, context)? } else { recovery::read_page(page) };
            match read {
                Ok(share) => shares.push(share),
                Err(why) if is_terminal => context.output.note(&Line::from(format!("note: {why}; type them again"))),
                Err(why) => return Err(RecoveryError::NotAShare { path: PathBuf::from("-"), why }.into()),
            }
        }
        let is_enough = shares.first().is_some_and(|first| shares.len() >= usize::from(first.set().threshold));
        if is_enough || !is_terminal {
            return Ok(shares);
        }
    }
}

/// The share on a page that was typed. A word that is on no list is asked for once more, and not all of them.
fn read_mended(page: &str, context: &mut Context) -> Result<Result<Share, NotAShare>, Failure> {
    let mut page = Zeroizing::new(page.to_owned());
    loop {
        match recovery::read_page(&page) {
            Err(why @ NotAShare::Unknown(place)) => {
                let word = context.words(&format!("{why}: type that word alone"), "a FILE for each share")?;
                page = recovery::with_word(&page, place, word.trim());
            }
            read => return Ok(read),
        }
    }
}

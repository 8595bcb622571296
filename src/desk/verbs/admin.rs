//! `desk admin`: the draft of the next version, changed step by step, then signed and published.

use super::init;
use crate::crypto::keyring::{Draft, SignedVersion, Version, words_of};
use crate::desk::admin::paper::{Paper, read_words};
use crate::desk::admin::{self, AdminError, NewSite, Standing, changes};
use crate::desk::chain::Chain;
use crate::desk::cli::{AdminVerb, AgencyVerb, DraftArgs, MemberVerb, SiteVerb};
use crate::desk::client::Sent;
use crate::desk::context::{Context, block_on};
use crate::desk::enrolment::Enrolment;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::model::agency::AgencyNumber;
use std::path::{Path, PathBuf};

/// Does one step.
pub fn run(verb: AdminVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        AdminVerb::Init(args) => init::admin(args, context),
        AdminVerb::Site(SiteVerb::New { agencies, admins, threshold, draft }) => {
            let agencies = agencies.into_iter().map(Into::into).collect();
            new_site(
                NewSite { agencies, admins: read_admins(&admins)?, threshold, valid_days: draft.valid_days },
                &draft,
                context,
            )
        }
        AdminVerb::Agency(AgencyVerb::Add { kind, draft }) => edit(&draft, context, |paper| {
            let number = admin::add_agency(paper, kind.into());
            Ok(vec![Line::from(format!("the draft has a new agency, number {number}"))])
        }),
        AdminVerb::Agency(AgencyVerb::Key { number, draft }) => take_keys(number, &draft, context),
        AdminVerb::Member(MemberVerb::Add { enrolment, yes, draft }) => add_member(&enrolment, yes, &draft, context),
        AdminVerb::Words { file, draft } => {
            let words = read_words(&file)?;
            edit(&draft, context, |paper| {
                let done = Line::from(format!("the draft has the words of language {}", words.lang));
                admin::set_words(paper, words);
                Ok(vec![done])
            })
        }
        AdminVerb::Show { draft } => show(&draft, context),
        AdminVerb::Sign { yes, draft } => sign(yes, &draft, context),
        AdminVerb::Publish { staff, draft } => publish(staff.as_deref(), &draft, context),
    }
}

fn read_admins(paths: &[PathBuf]) -> Result<Vec<crate::crypto::keyring::Admin>, Failure> {
    paths.iter().map(|path| Ok(Enrolment::read(path)?.into_admin()?)).collect()
}

fn new_site(new: NewSite, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    if args.draft.exists() {
        return Err(Failure::new(Exit::Conflict, &format!("{} exists and is not overwritten", args.draft.display()))
            .hint("name another file with `--draft FILE`"));
    }
    let mut lines: Vec<Line> = new
        .admins
        .iter()
        .map(|admin| {
            let words = Enrolment::Admin(admin.clone()).words();
            Line::from(format!("admin {}: ", admin.id)).with(Style::Bold, &words)
        })
        .collect();
    let draft = admin::first_draft(new, context.clock.today());
    Paper::Draft(Box::new(draft)).write(&args.draft)?;
    lines.push(Line::from(format!("made the draft of version 0 in {}", args.draft.display())));
    lines.push(Line::from("compare the words with each admin over the telephone before anyone signs"));
    Ok(context.output.print(&lines)?)
}

/// Changes the draft, which is made from the newest version that this machine knows where there is none yet.
fn edit(
    args: &DraftArgs,
    context: &mut Context,
    change: impl FnOnce(&mut Draft) -> Result<Vec<Line>, Failure>,
) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let mut draft = match Paper::read(&args.draft)? {
        Some(paper) => paper.into_draft()?,
        None => start(&profile, args, context)?,
    };
    let lines = change(&mut draft)?;
    Paper::Draft(Box::new(draft)).write(&args.draft)?;
    Ok(context.output.print(&lines)?)
}

fn start(profile: &Profile, args: &DraftArgs, context: &mut Context) -> Result<Draft, Failure> {
    let identity = context.unlock(profile)?;
    let client = context.client(profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let chain = block_on(async { Ok(Chain::update(profile, genesis, &client).await?) })?;
    let number = chain.newest().public.version + 1;
    context.output.note(&Line::from(format!("note: {} is a new draft, of version {number}", args.draft.display())));
    Ok(admin::next_draft(chain.newest(), context.clock.today(), args.valid_days))
}

fn take_keys(number: Option<u16>, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let (chain, secrets) = block_on(async {
        Ok((Chain::update(&profile, genesis, &client).await?, client.secrets().await.map_err(Failure::from)?))
    })?;
    let mut draft = match Paper::read(&args.draft)? {
        Some(paper) => paper.into_draft()?,
        None => admin::next_draft(chain.newest(), context.clock.today(), args.valid_days),
    };
    let taken = match number {
        Some(number) => vec![admin::take_agency_key(&mut draft, &secrets, AgencyNumber(number))?],
        None => admin::take_agency_keys(&mut draft, &secrets),
    };
    if taken.is_empty() {
        return Err(Failure::new(Exit::NotFound, "no agency has a new key that is ready")
            .hint("one member runs `desk keys rotate`, a second one `desk keys confirm`"));
    }
    Paper::Draft(Box::new(draft)).write(&args.draft)?;
    let lines: Vec<_> = taken
        .iter()
        .map(|name| Line::from(format!("the draft has key {} of agency {}", name.epoch, name.agency)))
        .collect();
    Ok(context.output.print(&lines)?)
}

fn add_member(path: &Path, yes: bool, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let enrolment = Enrolment::read(path)?;
    let words = enrolment.words();
    let member = enrolment.into_member()?;
    context.output.print(&[
        Line::from(format!("member {} ({}), of agency {}", member.id, member.person, member.agency)),
        Line::from("  ").with(Style::Bold, &words),
    ])?;
    context.confirm("are these the words that the member reads to you over the telephone?", yes, "--yes")?;
    let id = member.id.clone();
    edit(args, context, |draft| {
        admin::add_member(draft, member)?;
        Ok(vec![Line::from(format!("the draft has the member {id}"))])
    })
}

fn show(args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let version = read_version(args)?;
    let place = place(&profile, &version, context)?;
    print_changes(&version, place.before(), context)?;
    let last = match &place {
        Place::Published => Line::from("it is published"),
        _ => say(admin::standing(&version, place.before())?),
    };
    Ok(context.output.print(&[last])?)
}

fn sign(yes: bool, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(Some(Part::Admin))?;
    let mut version = read_version(args)?;
    let place = place(&profile, &version, context)?;
    if matches!(place, Place::Published) {
        return Err(Failure::new(Exit::Conflict, "this version is published already"));
    }
    print_changes(&version, place.before(), context)?;
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
    Ok(context.output.print(&lines)?)
}

fn publish(staff: Option<&str>, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(Some(Part::Admin))?;
    let version = read_version(args)?;
    if let Some(staff) = staff {
        profile.set_server(staff, context.proxy())?;
    }
    let place = place(&profile, &version, context)?;
    if matches!(place, Place::First) {
        profile.pin(admin::hash(&version))?;
    }
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let (sent, chain) = block_on(async {
        let sent = match &place {
            Place::Published => Sent::Same,
            _ => admin::publish(&client, &version, place.before()).await?,
        };
        Ok((sent, Chain::update(&profile, genesis, &client).await?))
    })?;
    let number = chain.newest().public.version;
    let text = match sent {
        Sent::New => format!("published version {number}"),
        Sent::Same => format!("version {number} was published before"),
    };
    Ok(context.output.print(&[Line::from(text)])?)
}

fn read_version(args: &DraftArgs) -> Result<SignedVersion, Failure> {
    let paper = Paper::read(&args.draft)?.ok_or_else(|| {
        Failure::new(Exit::NotFound, &format!("there is no draft {}", args.draft.display()))
            .hint("`desk admin site new` makes the first; later ones are made by what changes them")
    })?;
    Ok(paper.into_version())
}

/// Where a version stands in the chain.
enum Place {
    First,
    After(Box<Chain>),
    Published,
}

impl Place {
    fn before(&self) -> Option<&Version> {
        match self {
            Self::After(chain) => Some(chain.newest()),
            Self::First | Self::Published => None,
        }
    }
}

/// Finds the place by what this machine knows, else by asking the server.
fn place(profile: &Profile, version: &SignedVersion, context: &mut Context) -> Result<Place, Failure> {
    let number = version.read()?.public.version;
    if number == 0 {
        return Ok(Place::First);
    }
    let genesis = profile.site()?.genesis;
    let known = Chain::load(profile, genesis)?.filter(|chain| chain.newest().public.version + 1 == number);
    let chain = if let Some(chain) = known {
        chain
    } else {
        let identity = context.unlock(profile)?;
        let client = context.client(profile, &identity)?;
        block_on(async { Ok(Chain::update(profile, genesis, &client).await?) })?
    };
    if chain.newest().hash == admin::hash(version) {
        return Ok(Place::Published);
    }
    if chain.newest().public.version < number {
        return Ok(Place::After(Box::new(chain)));
    }
    Err(Failure::new(Exit::Conflict, &format!("another version {number} was published first"))
        .hint("start again from the newest version, with a new `--draft FILE`"))
}

fn print_changes(version: &SignedVersion, before: Option<&Version>, context: &mut Context) -> Result<(), Failure> {
    let read = version.read().map_err(AdminError::from)?;
    let lines: Vec<_> = changes::describe(before, &read).into_iter().map(Line::from).collect();
    Ok(context.output.print(&lines)?)
}

fn say(standing: Standing) -> Line {
    match standing {
        Standing::Complete => Line::from("it has all the signatures it needs: `desk admin publish` sends it"),
        Standing::Lacks(count) => Line::from(format!("it lacks {count} more signatures")),
        Standing::LacksSecondAgency => Line::from("it lacks the signature of an admin of another agency"),
    }
}

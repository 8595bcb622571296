//! `desk admin recover`: recovery admins replace admins who are lost, in everyone's sight.

use super::publish::{Place, more, place_in, print_changes, published_already, read_paper, updated};
use super::{edit, read_admins};
use crate::crypto::keyring::{SignedVersion, verify_next};
use crate::desk::admin::paper::Paper;
use crate::desk::admin::{self, Standing, changes, recover};
use crate::desk::chain::{Chain, IF_WRONG, Proposed};
use crate::desk::cli::{DraftArgs, RECOVERY_DRAFT, RecoverAdminsVerb, draft_flag};
use crate::desk::client::Sent;
use crate::desk::context::{Context, block_on};
use crate::desk::enrolment::Enrolment;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::model::day::Day;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Report {
    proposed: Vec<JsonProposed>,
}

#[derive(Serialize)]
struct JsonProposed {
    version: u32,
    first_day: Day,
    lost: Vec<String>,
    new: Vec<JsonAdmin>,
}

#[derive(Serialize)]
struct JsonAdmin {
    id: String,
    words: String,
}

pub(super) fn run(verb: RecoverAdminsVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        RecoverAdminsVerb::Name { enrolments, threshold, days, yes, draft } => {
            name(&enrolments, (threshold, days), yes, &draft, context)
        }
        RecoverAdminsVerb::Sign { yes, draft } => sign(yes, &draft.draft, context),
        RecoverAdminsVerb::Propose { draft } => propose(&draft.draft, context),
        RecoverAdminsVerb::Status { json } => status(json, context),
        RecoverAdminsVerb::Publish { draft } => publish(&draft.draft, context),
    }
}

fn name(
    paths: &[PathBuf],
    (threshold, days): (u32, u32),
    yes: bool,
    args: &DraftArgs,
    context: &mut Context,
) -> Result<(), Failure> {
    let admins = read_admins(paths)?;
    let words = admins.iter().map(|admin| {
        let words = Enrolment::Admin(admin.clone()).words();
        Line::from(format!("recovery admin {}, of agency {}: ", admin.id, admin.agency)).with(Style::Bold, &words)
    });
    context.output.print(&words.collect::<Vec<_>>())?;
    context.confirm("are these the words that they read to you?", yes, "--yes")?;
    edit(args, context, |draft| {
        recover::name(draft, admins, threshold, days)?;
        Ok(vec![Line::from(format!(
            "the draft has these recovery admins: {threshold} of them replace lost admins, {} days after everyone was told",
            draft.public.recovery.days()
        ))])
    })
}

fn sign(yes: bool, path: &Path, context: &mut Context) -> Result<(), Failure> {
    let (profile, paper) = (context.profile(Some(Part::Admin))?, read(path)?);
    let before = before(&profile, &paper.clone().into_version(), context)?;
    let mut version = match paper {
        Paper::Draft(draft) => recover::fix(*draft, before.newest(), context.clock.today()),
        Paper::Version(version) => version,
    };
    print_changes(&version, Some(before.newest()), &profile, context)?;
    context.confirm("replace the admins so, as a recovery admin?", yes, "--yes")?;
    let identity = context.unlock(&profile)?;
    let standing = recover::sign(&mut version, before.newest(), &identity)?;
    let last_day = before.newest().public.shown_by(version.read()?.public.issued);
    Paper::Version(version).write(path)?;
    let next = match standing {
        Standing::Complete => "it has all the signatures it needs".to_owned(),
        Standing::Lacks(count) => format!("it lacks {}, of recovery admins", more(count)),
        Standing::LacksSecondAgency => "it lacks the signature of a recovery admin of another agency".to_owned(),
    };
    Ok(context.output.print(&[
        Line::from(format!("signed {}", path.display())),
        Line::from(format!(
            "{next}; `desk admin recover propose{}` shows it to everyone, on {last_day} at the latest",
            draft_flag(path, RECOVERY_DRAFT)
        )),
    ])?)
}

fn propose(path: &Path, context: &mut Context) -> Result<(), Failure> {
    let (profile, version) = (context.profile(Some(Part::Admin))?, read(path)?.into_version());
    let before = before(&profile, &version, context)?;
    verify_next(before.newest(), &version).map_err(admin::AdminError::from)?;
    let (first_day, today) = (version.read()?.public.issued, context.clock.today());
    let last_day = before.newest().public.shown_by(first_day);
    if today > last_day {
        return Err(Failure::new(Exit::Conflict, &format!("it had to be proposed on {last_day} at the latest"))
            .hint("sign a new draft: everyone must be able to see it coming for the whole delay"));
    }
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let sent = block_on(async {
        let sent = recover::propose(&client, &version, before.newest()).await?;
        Chain::update(&profile, genesis, &client).await?; // so that this machine, too, was shown it
        Ok(sent)
    })?;
    let said = if sent == Sent::New { "every desk shows it from now on" } else { "it was proposed before" };
    Ok(context.output.print(&[
        Line::from(format!("{said}; keep {}", path.display())),
        Line::from(format!(
            "on {first_day} or later: `desk admin recover publish{}`, if no admin has stopped it",
            draft_flag(path, RECOVERY_DRAFT)
        )),
    ])?)
}

fn status(json: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let chain = block_on(async { Ok(Chain::update(&profile, genesis, &client).await?) })?;
    if json {
        let proposed = chain.proposed().iter().map(JsonProposed::of).collect();
        return Ok(context.output.print_json(&Report { proposed })?);
    }
    let mut lines = Vec::new();
    for one in chain.proposed() {
        lines.push(Line::new().with(Style::Alarm, &one.to_string()));
        let changes = changes::describe(Some(chain.newest()), &one.version);
        lines.extend(changes.into_iter().map(|line| Line::from(format!("  {line}"))));
        lines.push(Line::from(IF_WRONG));
    }
    if lines.is_empty() {
        lines.push(Line::from("nobody proposes to replace admins"));
    }
    Ok(context.output.print(&lines)?)
}

fn publish(path: &Path, context: &mut Context) -> Result<(), Failure> {
    let (profile, version) = (context.profile(Some(Part::Admin))?, read(path)?.into_version());
    let before = followed(updated(&profile, context)?, &version)?; // it may have been stopped meanwhile
    let (first_day, today) = (version.read()?.public.issued, context.clock.today());
    if today < first_day {
        return Err(Failure::new(Exit::Conflict, &format!("it counts from {first_day} on, and today is {today}"))
            .hint("nothing was changed: until then everyone can see it coming, and the admins can stop it"));
    }
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let chain = block_on(async {
        admin::publish(&client, &version, Some(before.newest())).await?;
        Ok(Chain::update(&profile, genesis, &client).await?)
    })?;
    Ok(context.output.print(&[
        Line::from(format!("published version {}", chain.newest().public.version)),
        Line::from("next, the new admins: a version with the hashes of the page, which this one could not have"),
    ])?)
}

fn read(path: &Path) -> Result<Paper, Failure> {
    let hint = format!("a recovery admin makes it: `desk admin replace OLD-ID NEW.json --draft {}`", path.display());
    read_paper(path, &hint)
}

/// The chain that a version follows, by what this machine knows, else by what the server shows; nothing else is of use here.
fn before(profile: &Profile, version: &SignedVersion, context: &mut Context) -> Result<Box<Chain>, Failure> {
    let number = version.read()?.public.version;
    let known = Chain::load(profile, profile.site()?.genesis)?;
    match known.filter(|chain| chain.newest().public.version + 1 == number) {
        Some(chain) => Ok(Box::new(chain)),
        None => followed(updated(profile, context)?, version),
    }
}

/// This chain, where the version follows it.
fn followed(chain: Chain, version: &SignedVersion) -> Result<Box<Chain>, Failure> {
    let number = version.read()?.public.version;
    if number == 0 {
        return Err(Failure::new(Exit::Usage, "nobody is lost before version 0").hint("make another draft of it"));
    }
    match place_in(chain, version, number) {
        Some(Place::After(chain)) => Ok(chain),
        Some(Place::Published(_) | Place::First) => Err(published_already(number)),
        None => Err(Failure::new(Exit::Conflict, &format!("it was stopped: another version {number} was published"))
            .hint(
                "any version that the admins publish stops what recovery admins propose: speak with them. Where admins are lost all the \
                 same, begin again from the newest version with another `--draft FILE`",
            )),
    }
}

impl JsonProposed {
    fn of(one: &Proposed) -> Self {
        let new = one.new.iter().map(|(id, words)| JsonAdmin { id: id.clone(), words: words.clone() }).collect();
        Self { version: one.version.public.version, first_day: one.first_day(), lost: one.shown.lost.clone(), new }
    }
}

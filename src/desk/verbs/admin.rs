//! `desk admin`: the draft of the next version, changed step by step, then signed and published.

mod draft;
mod junk;
mod publish;
mod recover;
mod revoke;
mod status;

use super::init;
use crate::crypto::keyring::Draft;
use crate::desk::admin::paper::{Paper, read_pages, read_words};
use crate::desk::admin::recover::signs_as_recovery_admin;
use crate::desk::admin::rules::Rules;
use crate::desk::admin::{self, NewSite};
use crate::desk::chain::Chain;
use crate::desk::cli::{AdminVerb, AgencyVerb, DRAFT, DraftArgs, MemberVerb, RECOVERY_DRAFT, SiteVerb, draft_flag};
use crate::desk::context::{Context, block_on};
use crate::desk::enrolment::Enrolment;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use crate::model::agency::AgencyNumber;
use draft::{Overtaken, begin, begin_with, says_retired};
use std::path::{Path, PathBuf};

/// Does one step.
pub fn run(verb: AdminVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        AdminVerb::Init(args) => init::admin(args, context),
        AdminVerb::Site(SiteVerb::New { agencies, admins, threshold, draft }) => {
            let agencies = agencies.into_iter().map(Into::into).collect();
            new_site(
                NewSite { agencies, admins: read_admins(&admins)?, threshold, valid_days: draft.valid_days() },
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
                let mut lines = vec![Line::from(format!("the draft has the words of language {}", words.lang))];
                lines.extend(admin::lacks(&words).into_iter().map(Line::from));
                admin::set_words(paper, words);
                Ok(lines)
            })
        }
        AdminVerb::Rules { file, draft } => {
            let rules = Rules::read(&file)?;
            edit(&draft, context, |paper| Ok(rules.put_into(paper).into_iter().map(Line::from).collect()))
        }
        AdminVerb::Pages { file, draft } => put_pages(&file, &draft, context),
        AdminVerb::Revoke { id, person, sign, yes, draft } => revoke::run((&id, person), (sign, yes), &draft, context),
        AdminVerb::Replace { id, enrolment, yes, draft } => replace(&id, &enrolment, yes, &draft, context),
        AdminVerb::Recover(verb) => recover::run(verb, context),
        AdminVerb::Status { json } => status::run(json, context),
        AdminVerb::Junk(args) => junk::show(&args, context),
        AdminVerb::Purge(args) => junk::purge(&args, context),
        AdminVerb::Show { draft } => publish::show(&draft, context),
        AdminVerb::Sign { yes, publish, draft } => publish::sign(yes, publish, &draft, context),
        AdminVerb::Publish { staff, draft } => publish::publish(staff.as_deref(), &draft, context),
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
    let mut begun = begin(args, &profile, Overtaken::Refused, context)?;
    let lines = change(&mut begun.draft)?;
    begun.write(args, context)?;
    Ok(context.output.print(&lines)?)
}

fn take_keys(number: Option<u16>, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let (chain, secrets) = block_on(async {
        Ok((Chain::update(&profile, genesis, &client).await?, client.secrets().await.map_err(Failure::from)?))
    })?;
    let today = context.clock.today();
    let new = || admin::next_draft(chain.newest(), today, args.valid_days());
    let mut begun = begin_with(args, &profile, Overtaken::Refused, context, |_| Ok((new(), Vec::new())))?;
    let draft = &mut begun.draft;
    let retired = admin::take_retired(draft, &secrets, chain.newest(), today);
    let (taken, refused) = match number.map(|number| admin::take_agency_key(draft, &secrets, AgencyNumber(number))) {
        Some(Ok(name)) => (vec![name], Vec::new()),
        Some(Err(error)) => (Vec::new(), vec![error]),
        None => admin::take_agency_keys(draft, &secrets),
    };
    if taken.is_empty() && retired.is_empty() {
        if let Some(error) = refused.into_iter().next() {
            return Err(error.into());
        }
        return Err(Failure::new(Exit::NotFound, "no agency has a new key that is ready")
            .hint("one member runs `desk keys rotate`, a second one `desk keys confirm`"));
    }
    for error in refused {
        context.output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &error.to_string()));
    }
    begun.write(args, context)?;
    let lines: Vec<_> = taken
        .iter()
        .map(|name| Line::from(format!("the draft has key {} of agency {}", name.epoch, name.agency)))
        .chain(retired.iter().map(|name| Line::from(says_retired(name))))
        .collect();
    Ok(context.output.print(&lines)?)
}

fn put_pages(file: &Path, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let pages = read_pages(file)?;
    let own = context.profile(Some(Part::Admin))?.settings().id.clone();
    edit(args, context, |draft| {
        if signs_as_recovery_admin(&draft.public, &own) {
            return Err(Failure::new(Exit::Usage, "what recovery admins sign has no hashes of the page")
                .hint("the new admins put them into a version of their own, the first one that they make"));
        }
        let tags = pages.keys().cloned().collect::<Vec<_>>().join(", ");
        draft.public.pages = pages;
        Ok(vec![Line::from(format!("the draft has the hashes of the page in: {tags}"))])
    })
}

fn replace(lost: &str, path: &Path, yes: bool, args: &DraftArgs, context: &mut Context) -> Result<(), Failure> {
    let enrolment = Enrolment::read(path)?;
    let words = enrolment.words();
    let admin = enrolment.into_admin()?;
    context.output.print(&[
        Line::from(format!("admin {}, of agency {}", admin.id, admin.agency)),
        Line::from("  ").with(Style::Bold, &words),
    ])?;
    context.confirm("are these the words that the new admin reads to you over the telephone?", yes, "--yes")?;
    let (id, own) = (admin.id.clone(), context.profile(Some(Part::Admin))?.settings().id.clone());
    edit(args, context, |draft| {
        let is_recovery = signs_as_recovery_admin(&draft.public, &own);
        admin::replace_admin(draft, lost, admin)?;
        Ok(vec![
            Line::from(format!(
                "the draft has the admin {id} in the place of {lost}, whose key counts no more once it is published"
            )),
            Line::from(if is_recovery {
                let flag = draft_flag(&args.draft, RECOVERY_DRAFT);
                format!(
                    "next, when no other admin is lost: `desk admin recover sign{flag}` by the recovery admins, of two agencies, then `desk admin recover propose{flag}`"
                )
            } else {
                let flag = draft_flag(&args.draft, DRAFT);
                format!(
                    "next: `desk admin show{flag}`, `desk admin sign{flag}` by the other admins, of two agencies, then `desk admin publish{flag}`"
                )
            }),
        ])
    })
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

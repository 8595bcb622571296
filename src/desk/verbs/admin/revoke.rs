//! `desk admin revoke`: out of the keyring, with all that has to be said and done about it.

use super::draft::{Overtaken, begin};
use super::publish;
use crate::crypto::keyring::{Draft, Member, Version};
use crate::desk::admin::pages::keep_pages;
use crate::desk::admin::revoke::{Exposure, exposure, revoke};
use crate::desk::chain::Chain;
use crate::desk::cli::DraftArgs;
use crate::desk::context::Context;
use crate::desk::failure::Failure;
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use std::collections::BTreeSet;

const UNSEEN: &str =
    "what they have opened cannot be unseen, and nothing here takes it back from them or their machines";

/// Takes a member out of the draft, says what they could open, and what comes next and by whom; and signs it where that was
/// asked for. The rest is for others: no admin takes anyone out alone, and none holds an agency's keys.
pub(super) fn run(
    (id, with_all_devices): (&str, bool),
    (signs, yes): (bool, bool),
    args: &DraftArgs,
    context: &mut Context,
) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let genesis = profile.site()?.genesis;
    let mut begun = begin(args, &profile, Overtaken::PutAside, context)?;
    let is_new = begun.is_new && args.valid_days.is_none();
    let draft = &mut begun.draft;
    let gone = revoke(draft, id, with_all_devices)?;
    // The draft was made from it, or from one that is older still.
    let chain = Chain::load(&profile, genesis)?;
    let of = |member: &Member| chain.as_ref().map(|chain| exposure(chain.versions(), member));
    let mut lines: Vec<Line> = gone.iter().map(|member| taken_out(member, of(member))).collect();
    let had_key = gone.iter().filter_map(of).any(|of| of.is_in_use);
    lines.push(Line::new().with(Style::Alarm, UNSEEN));
    let before = chain.as_ref().map(Chain::newest).filter(|_| is_new);
    lines.extend(page(draft, before));
    lines.push(Line::from("next, now: `desk admin sign` by admins of two agencies, then `desk admin publish`; from then on the server refuses them"));
    let mine = &profile.settings().agency;
    let others = draft.public.admins.iter().filter(|admin| admin.agency != *mine).map(|admin| admin.id.as_str());
    lines.push(Line::from(format!("  of another agency than yours: {}", names(others))));
    if let Some(agency) = gone.first().filter(|_| had_key).map(|member| member.agency) {
        lines.push(Line::from(format!(
            "then, the same day, agency {agency}: `desk keys renew` by a member, and by a second one; `desk admin agency key`, `desk admin pages`, sign, publish; `desk keys renew` by two of them"
        )));
        lines.push(Line::from(format!(
            "which tips they could open: a member of agency {agency} runs `desk keys seen-by {id}`"
        )));
        let left = draft.staff.members.iter().filter(|member| member.agency == agency);
        let people: BTreeSet<&str> = left.map(|member| member.person.as_str()).collect();
        lines.push(Line::from(format!("  members of agency {agency}: {}", names(people.into_iter()))));
    }
    lines.push(Line::from("and on the server: delete their machine's `.auth` file and restart tor"));
    begun.write(args, context)?;
    context.output.print(&lines)?;
    if signs { publish::sign(yes, false, args, context) } else { Ok(()) }
}

/// What becomes of the page: the one that was signed, where it can stay. A version without one leaves nobody to tell whether the
/// site shows another, on the worst of days.
fn page(draft: &mut Draft, before: Option<&Version>) -> Option<Line> {
    if before.is_some_and(|before| keep_pages(draft, before)) {
        let until = draft.public.expires;
        return Some(Line::from(format!("the form stays as it was signed, and the keyring good until {until}")));
    }
    let has_none = draft.public.pages.is_empty() && !draft.words.is_empty();
    has_none.then(|| {
        Line::new().with(
            Style::Alarm,
            "no page is signed with it: before anyone signs, `knothole page --manifest DRAFT >pages.json`, `desk admin pages pages.json`; \
             signed without, nobody can tell whether the site shows another form, until the next version",
        )
    })
}

fn names<'a>(people: impl Iterator<Item = &'a str>) -> String {
    let names = people.collect::<Vec<_>>().join(", ");
    if names.is_empty() { "nobody".to_owned() } else { names }
}

fn taken_out(member: &Member, exposure: Option<Exposure>) -> Line {
    let Member { id, person, agency, .. } = member;
    let had = match exposure {
        Some(Exposure { epochs, given, .. }) if !epochs.is_empty() => {
            let list = |epochs: &[u32]| epochs.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            let given = match &given[..] {
                [] => String::new(),
                given => format!(
                    "; whether they were given key {}, from before they came, nothing shows: it counts",
                    list(given)
                ),
            };
            format!(
                "could open every tip for agency {agency} that was sealed to key {}, and what was written on it{given}",
                list(&epochs)
            )
        }
        Some(_) => format!("had no key of agency {agency}"),
        None => format!("could open what their agency {agency} could"),
    };
    Line::from(format!("the draft is without {id} ({person}), who {had}"))
}

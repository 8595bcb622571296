//! What a version would change, said in words, so that whoever signs knows what they sign.

use crate::crypto::keyring::{Admin, Agency, AgencyStatus, Public, Staff, Version};
use crate::model::agency::AgencyKind;

/// One line for each change from `before` to `after`; everything is new in version 0.
pub fn describe(before: Option<&Version>, after: &Version) -> Vec<String> {
    let public = &after.public;
    let mut lines = vec![format!("version {}, issued {}, expires {}", public.version, public.issued, public.expires)];
    admins(before.map(|version| &version.public), public, &mut lines);
    agencies(before, after, &mut lines);
    members(before.map(|version| &version.staff), &after.staff, &mut lines);
    words(before, after, &mut lines);
    rules(before, after, &mut lines);
    lines
}

/// The word for a kind of agency.
pub fn kind_name(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::HelpLine => "help line",
        AgencyKind::ChildWelfare => "child welfare",
        AgencyKind::Police => "police",
        AgencyKind::Prosecutor => "prosecutor",
        AgencyKind::Other => "other",
    }
}

fn admins(before: Option<&Public>, after: &Public, lines: &mut Vec<String>) {
    if before.map(|public| public.threshold) != Some(after.threshold) {
        lines.push(format!("{} of {} admins must sign the next version", after.threshold, after.admins.len()));
    }
    let none = Vec::new();
    let lists = [
        ("admin", before.map_or(&none, |public| &public.admins), &after.admins),
        ("recovery admin", before.map_or(&none, |public| &public.recovery.admins), &after.recovery.admins),
    ];
    for (title, old, new) in lists {
        people(title, old, new, lines);
    }
    if before.is_some_and(|public| {
        (public.recovery.threshold, public.recovery.delay_days) != (after.recovery.threshold, after.recovery.delay_days)
    }) {
        let recovery = &after.recovery;
        lines.push(format!("recovery: {} must sign, after {} days", recovery.threshold, recovery.delay_days));
    }
}

fn people(title: &str, old: &[Admin], new: &[Admin], lines: &mut Vec<String>) {
    for admin in new {
        match old.iter().find(|known| known.id == admin.id) {
            None => lines.push(format!("new {title} {}, of agency {}", admin.id, admin.agency)),
            Some(known) if known.key != admin.key => lines.push(format!("{title} {} has another key", admin.id)),
            Some(known) if known.agency != admin.agency => {
                lines.push(format!("{title} {} moves from agency {} to {}", admin.id, known.agency, admin.agency));
            }
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|known| new.iter().all(|admin| admin.id != known.id));
    lines.extend(gone.map(|admin| format!("{title} {} is taken away", admin.id)));
}

fn agencies(before: Option<&Version>, after: &Version, lines: &mut Vec<String>) {
    for agency in &after.public.agencies {
        let number = agency.number;
        let old = before.and_then(|version| version.public.agencies.get(usize::from(number.0)));
        if old.is_none() {
            lines.push(format!("new agency {number}: {}", kind_name(agency.kind)));
        }
        if old.map_or(AgencyStatus::Open, |old| old.status) != agency.status {
            let now = if agency.status == AgencyStatus::Closed { "closed" } else { "open again" };
            lines.push(format!("agency {number} is {now}"));
        }
        if old.map_or(0, |old| old.epoch) != agency.epoch {
            lines.push(new_key(agency, &after.staff));
        }
        if old.is_some_and(|old| old.one_member) != agency.one_member {
            let now = if agency.one_member { "has one member only" } else { "has not one member only" };
            lines.push(format!("agency {number} {now}"));
        }
        if old.map_or(&[][..], |old| &old.share_holders) != agency.share_holders {
            let names: Vec<_> = agency.share_holders.iter().map(|holder| holder.name.as_str()).collect();
            lines.push(format!("shares of the key of agency {number} are held by: {}", names.join(", ")));
        }
    }
}

fn new_key(agency: &Agency, staff: &Staff) -> String {
    let key = staff.agency_keys.iter().find(|key| key.agency == agency.number && key.epoch == agency.epoch);
    let made_by = key.map_or("nobody", |key| &key.made.member);
    let opened: Vec<_> = key.iter().flat_map(|key| &key.opened).map(|said| said.member.as_str()).collect();
    let confirmed = if opened.is_empty() { "nobody".to_owned() } else { opened.join(", ") };
    format!("agency {} has key {}, made by {made_by}, confirmed by {confirmed}", agency.number, agency.epoch)
}

fn members(before: Option<&Staff>, after: &Staff, lines: &mut Vec<String>) {
    let old = before.map_or(&[][..], |staff| &staff.members);
    for member in &after.members {
        match old.iter().find(|known| known.id == member.id) {
            None => lines.push(format!("new member {} ({}), of agency {}", member.id, member.person, member.agency)),
            Some(known) if known != member => lines.push(format!("member {} is changed", member.id)),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|known| after.members.iter().all(|member| member.id != known.id));
    lines.extend(gone.map(|member| format!("member {} is taken away", member.id)));
}

fn words(before: Option<&Version>, after: &Version, lines: &mut Vec<String>) {
    for (lang, words) in &after.words {
        let old = before.and_then(|version| version.words.get(lang));
        if old == Some(words) {
            continue;
        }
        lines.push(format!("the words of language {lang} are {}", if old.is_some() { "changed" } else { "new" }));
        for (number, agency) in &words.agencies {
            if old.and_then(|old| old.agencies.get(number)) != Some(agency) {
                lines.push(format!("  agency {number} is called {:?}: {:?}", agency.name, agency.line));
            }
        }
        if words.review.is_none() {
            lines.push(format!("  nobody has checked the translation of {lang}"));
        }
    }
    let gone =
        before.into_iter().flat_map(|version| version.words.keys()).filter(|lang| !after.words.contains_key(*lang));
    lines.extend(gone.map(|lang| format!("language {lang} is taken away")));
}

fn rules(before: Option<&Version>, after: &Version, lines: &mut Vec<String>) {
    let Some(before) = before else { return };
    let changed = [
        ("the rules of priority", before.staff.priority != after.staff.priority),
        ("the legal clocks", before.staff.clocks != after.staff.clocks),
        ("how long things are kept", before.staff.retention != after.staff.retention),
        ("the hashes of the page", before.public.pages != after.public.pages),
    ];
    lines.extend(changed.iter().filter(|(_, is)| *is).map(|(what, _)| format!("{what}: changed")));
}

//! What a version would change, with every value that was and that would be, so that whoever signs knows what they sign.
//! The documents are compared as JSON: a field that is added later is shown without anything being added here.

use crate::crypto::keyring::{Agency, PageHashes, Staff, Version};
use crate::crypto::shape::is_hybrid_recipient;
use crate::desk::enrolment::Enrolment;
use crate::model::agency::AgencyKind;
use crate::model::hex::Sha256Hash;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What stands for nothing at all.
const NONE: &str = "none";
const SIGNATURE_LEN: usize = 128;
const SHORT_LEN: usize = 24;
const SHORT_HASH_LEN: usize = 16;

/// What people think of as one thing, and its values by name.
struct Section {
    title: String,
    values: BTreeMap<String, String>,
}

/// The version in one line, each new agency key in another and whoever has two roles in another; then, under the name of each thing that is new, changed or
/// taken away, one line for each value; and one for each page that stays as it is. Everything is new in version 0.
pub fn describe(before: Option<&Version>, after: &Version) -> Vec<String> {
    let public = &after.public;
    let mut lines = vec![format!("version {}, issued {}, expires {}", public.version, public.issued, public.expires)];
    for agency in &public.agencies {
        let old = before.and_then(|version| version.public.agencies.get(usize::from(agency.number.0)));
        if old.map_or(0, |old| old.epoch) != agency.epoch {
            lines.push(new_key(agency, &after.staff));
        }
    }
    lines.extend(in_two_roles(after));
    let (old, new) = (before.map_or_else(Vec::new, sections), sections(after));
    let known = |title: &str| old.iter().find(|section| section.title == title);
    for section in &new {
        match known(&section.title) {
            Some(known) => compare(known, section, &mut lines),
            None => list(section, "new", &mut lines),
        }
    }
    let gone = old.iter().filter(|known| new.iter().all(|section| section.title != known.title));
    gone.for_each(|section| list(section, "taken away", &mut lines));
    lines.extend(before.into_iter().flat_map(|before| kept_pages(before, after)));
    lines
}

/// A line for each language whose page is to stay as it is: it is signed once more, and whoever signs compares it with one of
/// their own.
fn kept_pages(before: &Version, after: &Version) -> Vec<String> {
    let short = |hash: &Sha256Hash| format!("{}…", &hash.to_string()[..SHORT_HASH_LEN]);
    let is_kept = |lang: &String, page: &PageHashes| before.public.pages.get(lang) == Some(page);
    let kept = after.public.pages.iter().filter(|(lang, page)| is_kept(lang, page));
    let line = |(lang, page): (&String, &PageHashes)| {
        let PageHashes { html, script, offline } = page;
        let lang = text(lang);
        format!("page {lang}: as before, html {}, script {}, offline {}", short(html), short(script), short(offline))
    };
    kept.map(line).collect()
}

/// Who signs and reads, too, as far as names tell: a sentence for each. They may (USERS.md D1), with two keys, and everyone is
/// to know.
pub fn in_two_roles(version: &Version) -> Vec<String> {
    let members = &version.staff.members;
    let both = version.public.admins.iter().filter_map(|admin| {
        let member = members.iter().find(|member| member.id == admin.id || member.person == admin.id)?;
        Some(format!("{} signs the keyring, and reads for agency {} with another key", text(&admin.id), member.agency))
    });
    both.collect()
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

fn new_key(agency: &Agency, staff: &Staff) -> String {
    let key = staff.agency_keys.iter().find(|key| key.agency == agency.number && key.epoch == agency.epoch);
    let made_by = key.map_or("nobody", |key| &key.made.member);
    let opened: Vec<_> = key.iter().flat_map(|key| &key.opened).map(|said| said.member.as_str()).collect();
    let confirmed = if opened.is_empty() { "nobody".to_owned() } else { opened.join(", ") };
    format!("agency {} has key {}, made by {made_by}, confirmed by {confirmed}", agency.number, agency.epoch)
}

fn compare(old: &Section, new: &Section, lines: &mut Vec<String>) {
    let mut names: Vec<_> = old.values.keys().chain(new.values.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let value = |section: &Section, name: &String| section.values.get(name).map_or(NONE.to_owned(), Clone::clone);
    let changed = names.into_iter().map(|name| (name, value(old, name), value(new, name)));
    let changed: Vec<_> = changed.filter(|(_, old, new)| old != new).collect();
    if !changed.is_empty() {
        lines.push(new.title.clone());
    }
    lines.extend(changed.into_iter().map(|(name, old, new)| match (shorten(&old), shorten(&new)) {
        (short_old, short_new) if short_old != short_new => format!("  {name}: {short_old} → {short_new}"),
        _ => format!("  {name}: {old} → {new}"),
    }));
}

fn list(section: &Section, what: &str, lines: &mut Vec<String>) {
    lines.push(format!("{}: {what}", section.title));
    lines.extend(section.values.iter().map(|(name, value)| format!("  {name}: {}", shorten(value))));
}

/// All of a version in sections with different titles.
fn sections(version: &Version) -> Vec<Section> {
    let (mut public, mut staff) = (json(&version.public), json(&version.staff));
    let mut recovery = json(&version.public.recovery);
    // What has sections of its own, and hashes of what has.
    let taken = [
        (&mut public, &["agencies", "admins", "recovery", "pages", "staff", "languages"][..]),
        (&mut recovery, &["admins"]),
        (&mut staff, &["members", "agency_keys", "priority", "clocks"]),
    ];
    for (document, names) in taken {
        document
            .as_object_mut()
            .into_iter()
            .for_each(|fields| fields.retain(|name, _| !names.contains(&name.as_str())));
    }
    let mut all = vec![Section::of("keyring", &public), Section::of("staff document", &staff)];
    all.push(Section::of("recovery", &recovery));
    let recovery = version.public.recovery.admins.iter().map(|admin| ("recovery admin", admin));
    for (part, admin) in version.public.admins.iter().map(|admin| ("admin", admin)).chain(recovery) {
        let section = Section::of(&format!("{part} {}", text(&admin.id)), admin);
        all.push(section.with_words(&Enrolment::Admin(admin.clone())));
    }
    for (number, agency) in version.public.agencies.iter().enumerate() {
        all.push(Section::of(&format!("agency {number}"), agency));
    }
    for member in &version.staff.members {
        let section = Section::of(&format!("member {}", text(&member.id)), member);
        all.push(section.with_words(&Enrolment::Member(member.clone())));
    }
    for key in &version.staff.agency_keys {
        all.push(Section::of(&format!("key {} of agency {}", key.epoch, key.agency), key));
    }
    let rules = version.staff.priority.iter().enumerate();
    all.extend(rules.map(|(index, rule)| Section::of(&format!("priority rule {}", index + 1), rule)));
    let clocks = version.staff.clocks.iter().enumerate();
    all.extend(clocks.map(|(index, clock)| Section::of(&format!("legal clock {}", index + 1), clock)));
    all.extend(version.public.pages.iter().map(|(lang, page)| Section::of(&format!("page {}", text(lang)), page)));
    all.extend(version.words.iter().map(|(lang, words)| Section::of(&format!("words {}", text(lang)), words)));
    set_apart(all)
}

/// Nothing hides behind another of its name, not even in a draft that nobody may sign.
fn set_apart(mut all: Vec<Section>) -> Vec<Section> {
    let mut counts = BTreeMap::new();
    for section in &mut all {
        let count = counts.entry(section.title.clone()).or_insert(0_usize);
        *count += 1;
        if *count > 1 {
            section.title = format!("{}, for the time {count}", section.title);
        }
    }
    all
}

impl Section {
    fn of(title: &str, thing: &impl Serialize) -> Self {
        let mut values = BTreeMap::new();
        flatten("", &json(thing), &mut values);
        Self { title: title.to_owned(), values }
    }

    /// Adds the words that whoever enrolled reads out over the telephone.
    fn with_words(mut self, enrolment: &Enrolment) -> Self {
        self.values.insert("words of the enrolment".to_owned(), text(&enrolment.words()));
        self
    }
}

fn json(thing: &impl Serialize) -> Value {
    serde_json::to_value(thing).expect("strings and numbers always serialize")
}

/// Each value by its path. What is empty is there as nothing.
fn flatten(path: &str, value: &Value, values: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { step(name) } else { format!("{path}.{}", step(name)) };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(name, field)| flatten(&below(name), field, values));
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.iter().zip(1..).for_each(|(item, place)| flatten(&below(&place.to_string()), item, values));
        }
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<_> = items.iter().map(scalar).collect();
            values.insert(path.to_owned(), items.join(", "));
        }
        other => _ = values.insert(path.to_owned(), scalar(other)),
    }
}

/// One step of a path, in quotes where it could be taken for more than one.
fn step(name: &str) -> String {
    if name.contains('.') { json_text(name) } else { text(name) }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(string) => text(string),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => NONE.to_owned(),
    }
}

/// Text as it is where it cannot be taken for anything else, in quotes everywhere else.
fn text(string: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_itself = !string.is_empty() && string != NONE && string.bytes().all(is_plain);
    if is_itself { string.to_owned() } else { json_text(string) }
}

fn json_text(string: &str) -> String {
    Value::from(string).to_string()
}

/// The beginning of a recipient or signature, of which nobody reads more; anything else whole.
fn shorten(value: &str) -> String {
    let is_signature = value.len() == SIGNATURE_LEN && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_signature || is_hybrid_recipient(value) { format!("{}…", &value[..SHORT_LEN]) } else { value.to_owned() }
}

#[cfg(test)]
mod tests;

use super::*;
use crate::crypto::keyring::{Draft, Spent, hash_of};
use crate::crypto::shape::{LongBech32, RECIPIENT_PREFIX};
use serde_json::json;

fn recipient(byte: u8) -> String {
    bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &[byte; 1216]).unwrap()
}

/// A draft in which every value is something, and every list has one item.
fn draft() -> Value {
    let (hash, signature) = ("5a".repeat(32), "c3".repeat(64));
    let admin = |id: &str| json!({ "id": id, "agency": 0, "key": hash, "proof": signature });
    let statement = |id: &str| json!({ "member": id, "signature": signature });
    let conditions = json!([{ "field": "minor", "any_of": ["yes"] }]);
    json!({
        "public": {
            "format": 1, "site": "11".repeat(16), "version": 3, "previous": hash,
            "issued": "2026-11-01", "expires": "2027-02-01",
            "agencies": [{
                "number": 0, "kind": "help_line", "status": "open", "epoch": 1, "recipient": recipient(1),
                "one_member": false, "share_holders": [{ "name": "A. Notary", "agency": 2 }],
            }],
            "admins": [admin("ada")], "threshold": 2,
            "recovery": { "admins": [admin("safe")], "threshold": 2, "delay_days": 30 },
            "languages": {}, "pages": { "en": { "html": hash, "script": hash, "offline": hash } }, "staff": hash,
        },
        "staff": {
            "salt": "22".repeat(16),
            "members": [{
                "id": "maria-1", "person": "maria", "agency": 0, "roles": ["reader"], "key": hash,
                "recipient": recipient(2), "proof": signature,
            }],
            "agency_keys": [{
                "agency": 0, "epoch": 1, "recipient": recipient(1), "made": statement("maria-1"),
                "sealed_to": ["maria-1"], "opened": [statement("tom-1")], "retired": "2026-10-01",
            }],
            "priority": [{ "level": 1, "when": conditions, "reason": "a child" }],
            "clocks": [{ "name": "by phone", "agency_kinds": ["police"], "when": conditions, "hours": 12 }],
            "retention": { "tip": 730 },
        },
        "words": { "en": {
            "lang": "en", "agencies": { "0": { "name": "The help line", "line": "They listen." } },
            "site": {
                "state": "Connecticut", "hotline_phone": "1-888-373-7888", "hotline_text": "233733",
                "exit_url": "https://www.weather.gov/", "urgent_time": "1 hour", "normal_time": "3 days",
            },
            "legal": { "sent-free": { "text": "You are free.", "reviewed_by": "A. Lawyer", "reviewed_on": "2026-10-01" } },
            "review": { "translator": "T", "back_translator": "B", "on": "2026-10-02" },
        } },
    })
}

fn parse(draft: &Value) -> Option<Draft> {
    serde_json::from_value(draft.clone()).ok()
}

/// The version of a draft, whether or not anyone could sign it.
fn version(draft: &Value) -> Version {
    let Draft { public, staff, words } = parse(draft).unwrap();
    Version { hash: hash_of("x"), public, staff, words, spent: Spent::default() }
}

/// Where each value stands that is no object or list.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| leaves(field, &format!("{path}/{name}"), found));
        }
        Value::Array(items) => (0..).zip(items).for_each(|(at, item)| leaves(item, &format!("{path}/{at}"), found)),
        _ => found.push(path.to_owned()),
    }
}

fn all_leaves() -> Vec<String> {
    let mut found = Vec::new();
    leaves(&draft(), "", &mut found);
    // The hash of a document that is shown itself.
    found.retain(|path| path != "/public/staff");
    found
}

/// Every field and item, and what it is in.
fn parts(value: &Value, path: &str) -> Vec<(String, String)> {
    let items: Vec<_> = match value {
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
        Value::Array(items) => (0..).zip(items).map(|(at, item): (usize, _)| (at.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    let part = |(key, item): (String, _)| {
        let below = parts(item, &format!("{path}/{key}"));
        [(path.to_owned(), key)].into_iter().chain(below)
    };
    items.into_iter().flat_map(part).collect()
}

/// The draft with each other value that a leaf can have.
fn variants(path: &str) -> Vec<Value> {
    let old = draft().pointer(path).unwrap().clone();
    let others: Vec<Value> = match &old {
        Value::String(text) => {
            let last = format!("{}{}", &text[..text.len() - 1], if text.ends_with('3') { "4" } else { "3" });
            [&last, &format!("4{}", &text[1..]), &format!("{text}x"), "police", "other", "closed", "2026-12-24"]
                .map(Value::from)
                .into()
        }
        Value::Number(number) => vec![json!(number.as_u64().unwrap() + 7)],
        Value::Bool(truth) => vec![json!(!truth)],
        other => panic!("{path} is {other}"),
    };
    let variant = |other: Value| {
        let mut draft = draft();
        *draft.pointer_mut(path).unwrap() = other.clone();
        (other != old && parse(&draft).is_some()).then_some(draft)
    };
    others.into_iter().chain([Value::Null]).filter_map(variant).collect()
}

/// How a value may be shown.
fn forms(value: &Value) -> Vec<String> {
    match value {
        Value::String(string) if string.len() > 100 => vec![string.clone(), format!("{}…", &string[..24])],
        Value::String(string) => vec![string.clone(), value.to_string()],
        Value::Null => vec!["none".into()],
        other => vec![other.to_string()],
    }
}

fn new_lines(before: &Value, after: &Value) -> Vec<String> {
    let unchanged = describe(Some(&version(after)), &version(after));
    let lines = describe(Some(&version(before)), &version(after));
    lines.into_iter().filter(|line| !unchanged.contains(line)).collect()
}

/// What a section is called by, so that a change of it is one section gone and another there.
fn is_name(path: &str) -> bool {
    path.ends_with("/id") || ["/staff/agency_keys/0/agency", "/staff/agency_keys/0/epoch"].contains(&path)
}

#[test]
fn every_value_that_changes_is_shown_as_it_was_and_as_it_would_be() {
    let mut without_other_value = Vec::new();
    for path in all_leaves() {
        let variants = variants(&path);
        if variants.is_empty() {
            without_other_value.push(path.clone());
        }
        for changed in variants {
            let lines = new_lines(&draft(), &changed);
            let (old, new) = (forms(draft().pointer(&path).unwrap()), forms(changed.pointer(&path).unwrap()));
            let ends = |end: &str| lines.iter().any(|line| line.ends_with(end));
            let is_shown = if is_name(&path) {
                old.iter().any(|old| ends(&format!(": {old}"))) && new.iter().any(|new| ends(&format!(": {new}")))
            } else {
                let shown = old.iter().flat_map(|old| new.iter().map(move |new| (old, new)));
                shown.filter(|(old, new)| old != new).any(|(old, new)| ends(&format!(": {old} → {new}")))
            };
            assert!(is_shown, "{path} is not shown by {lines:#?}");
        }
    }
    assert_eq!(without_other_value, ["/staff/members/0/roles/0"]);
}

#[test]
fn every_value_of_what_is_new_or_taken_away_is_shown() {
    let leaves = all_leaves();
    let mut tried = 0;
    for (container, key) in parts(&draft(), "") {
        let mut without = draft();
        match without.pointer_mut(&container) {
            Some(Value::Object(fields)) => _ = fields.remove(&key),
            Some(Value::Array(items)) => _ = items.remove(key.parse().unwrap()),
            _ => panic!("{container}"),
        }
        if parse(&without).is_none() {
            continue; // a field that has to be there
        }
        tried += 1;
        let (gone, new) = (new_lines(&draft(), &without), new_lines(&without, &draft()));
        let is_in_it = |path: &str| format!("{path}/").starts_with(&format!("{container}/{key}/"));
        for path in leaves.iter().filter(|path| is_in_it(path)) {
            let forms = forms(draft().pointer(path).unwrap());
            let is_in = |lines: &[String], before: &str, after: &str| {
                let is_end = |line: &String, form: &String| {
                    line.ends_with(&format!(": {form}")) || line.ends_with(&format!(": {before}{form}{after}"))
                };
                lines.iter().any(|line| forms.iter().any(|form| is_end(line, form)))
            };
            assert!(is_in(&gone, "", " → none"), "{path} is not shown as gone by {gone:#?}");
            assert!(is_in(&new, "none → ", ""), "{path} is not shown as new by {new:#?}");
        }
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn every_value_of_version_0_is_shown() {
    let lines = describe(None, &version(&draft()));
    for path in all_leaves() {
        let forms = forms(draft().pointer(&path).unwrap());
        let is_shown = lines.iter().any(|line| forms.iter().any(|form| line.ends_with(&format!(": {form}"))));
        assert!(is_shown, "{path} is not shown by {lines:#?}");
    }
}

#[test]
fn a_member_whose_key_and_recipient_were_replaced_is_shown_with_both_and_the_words_to_ask_for() {
    let mut changed = draft();
    changed["staff"]["members"][0]["key"] = "0d".repeat(32).into();
    changed["staff"]["members"][0]["recipient"] = recipient(9).into();
    let words = |draft: &Value| Enrolment::Member(version(draft).staff.members[0].clone()).words();
    let lines = describe(Some(&version(&draft())), &version(&changed));
    assert_eq!(
        lines[1..],
        [
            "member maria-1".to_owned(),
            format!("  key: {} → {}", "5a".repeat(32), "0d".repeat(32)),
            format!("  recipient: {}… → {}…", &recipient(2)[..24], &recipient(9)[..24]),
            format!("  words of the enrolment: {:?} → {:?}", words(&draft()), words(&changed)),
            page_as_before(),
        ]
    );
}

#[test]
fn what_is_written_twice_is_shown_twice() {
    let mut changed = draft();
    let mut again = changed["staff"]["members"][0].clone();
    again["person"] = "somebody".into();
    changed["staff"]["members"].as_array_mut().unwrap().push(again);
    let lines = describe(Some(&version(&draft())), &version(&changed));
    assert!(lines.contains(&"member maria-1, for the time 2: new".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"  person: somebody".to_owned()), "{lines:#?}");
}

#[test]
fn words_that_look_like_a_change_are_in_quotes() {
    let mut changed = draft();
    changed["words"]["en"]["site"]["state"] = "Ohio → Maine".into();
    let lines = describe(Some(&version(&draft())), &version(&changed));
    assert_eq!(lines[1..], ["words en", "  site.state: Connecticut → \"Ohio → Maine\"", &page_as_before()]);
}

fn page_as_before() -> String {
    let short = "5a".repeat(8);
    format!("page en: as before, html {short}…, script {short}…, offline {short}…")
}

#[test]
fn a_page_that_stays_as_it_was_is_said_to_with_its_hashes_and_one_that_changes_is_not() {
    let same = describe(Some(&version(&draft())), &version(&draft()));
    assert_eq!(same[1..], [page_as_before()]);
    let mut changed = draft();
    changed["public"]["pages"]["en"]["script"] = "0d".repeat(32).into();
    for (before, after) in [(Some(draft()), changed), (None, draft())] {
        let lines = describe(before.as_ref().map(version).as_ref(), &version(&after));
        assert!(lines.iter().all(|line| !line.contains("as before")), "{lines:#?}");
    }
}

//! The rules document, which people write by hand: by what a tip is urgent, which legal clocks run, and how long things are kept.
//! What would quietly never hold is refused here: a rule with a word that no form has orders nothing, and nobody would see it.

use super::paper::{PaperError, read_document};
use crate::crypto::keyring::{Condition, Draft, LegalClock, PriorityRule};
use crate::crypto::letter::{About, Basis, ContactMode, Route, Share, Urgency, YesNo};
use crate::desk::fields::{FREE, NAMES, SIGNS};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;

/// The one field of which people pick several.
const MANY: &str = "signs";
/// The languages that there is a form in, which letters name as they do.
const LANGUAGES: [&str; 11] = ["ar", "en", "es", "fr", "ht", "ko", "pt-BR", "ru", "tl", "vi", "zh-Hans"];
/// Any answer at all.
const ANY: &str = "*";
const MAX_RULES: usize = 200;
const MAX_TEXT_CHARS: usize = 120;
const MAX_HOURS: u32 = 366 * 24;
/// What is read under `retention`, and from what to what it may go.
const RETENTION: [(&str, RangeInclusive<u32>); 2] = [("mailbox", 7..=3_650), ("read_note", 0..=1)];

/// The document. A part that it lacks stays in the draft as it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    priority: Option<Vec<PriorityRule>>,
    clocks: Option<Vec<LegalClock>>,
    retention: Option<BTreeMap<String, u32>>,
}

impl Rules {
    /// Reads it from a file: TOML where its name ends so, else JSON.
    pub fn read(path: &Path) -> Result<Self, PaperError> {
        let rules: Self = read_document(path).map_err(|error| error.or(PaperError::Rules))?;
        rules.check().map_err(PaperError::Rules)?;
        Ok(rules)
    }

    /// From TOML that is part of the program.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), String> {
        if *self == (Self { priority: None, clocks: None, retention: None }) {
            return Err("it has none of priority, clocks, retention".into());
        }
        for (rule, number) in self.priority.iter().flatten().zip(1..) {
            check_rule(rule).map_err(|why| format!("priority rule {number}: {why}"))?;
        }
        let mut names = BTreeSet::new();
        for clock in self.clocks.iter().flatten() {
            check_clock(clock).map_err(|why| format!("clock {:?}: {why}", clock.name))?;
            if !names.insert(&clock.name) {
                return Err(format!("two clocks are called {:?}", clock.name));
            }
        }
        if self.priority.as_ref().map_or(0, Vec::len).max(names.len()) > MAX_RULES {
            return Err(format!("it has more than {MAX_RULES} rules or clocks"));
        }
        for (name, days) in self.retention.iter().flatten() {
            match RETENTION.iter().find(|(known, _)| known == name) {
                None => {
                    return Err(format!("retention has no {name:?}; it has {}", list(RETENTION.map(|(name, _)| name))));
                }
                Some((_, range)) if !range.contains(days) => {
                    return Err(format!("{name} is from {} to {}", range.start(), range.end()));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Puts what the document has in the place of what the draft had, and says in lines what the draft has now.
    pub fn put_into(self, draft: &mut Draft) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(rules) = self.priority {
            lines.push(format!("the draft has {}", count(rules.len(), "priority rule")));
            if !rules.is_empty() && rules.iter().all(|rule| !rule.when.is_empty()) {
                lines.push("  a tip for which none of them holds is P4, \"no rule speaks of it\"".into());
            }
            if rules.is_empty() {
                lines.push("  without rules no tip has a priority: `desk next` gives the oldest first".into());
            }
            draft.staff.priority = rules;
        }
        if let Some(clocks) = self.clocks {
            lines.push(format!("the draft has {}", count(clocks.len(), "legal clock")));
            let kinds: Vec<_> = draft.public.agencies.iter().map(|agency| agency.kind).collect();
            let idle = clocks.iter().filter(|clock| !clock.agency_kinds.iter().any(|kind| kinds.contains(kind)));
            lines.extend(idle.map(|clock| format!("  {:?} binds no agency of this site", clock.name)));
            draft.staff.clocks = clocks;
        }
        if let Some(retention) = self.retention {
            let parts: Vec<_> = retention.iter().map(|(name, days)| format!("{name} = {days}")).collect();
            lines.push(format!(
                "the draft has retention: {}",
                if parts.is_empty() { "none".into() } else { parts.join(", ") }
            ));
            draft.public.pages.clear();
            draft.staff.retention = retention;
        }
        lines
    }
}

fn check_rule(rule: &PriorityRule) -> Result<(), String> {
    if !(1..=4).contains(&rule.level) {
        return Err("the level is 1 (the most urgent) to 4".into());
    }
    check_text("reason", &rule.reason)?;
    check_conditions(&rule.when)
}

fn check_clock(clock: &LegalClock) -> Result<(), String> {
    check_text("name", &clock.name)?;
    if clock.agency_kinds.is_empty() {
        return Err("it binds no kind of agency, so that it never starts".into());
    }
    if !(1..=MAX_HOURS).contains(&clock.hours) {
        return Err(format!("hours are from 1 to {MAX_HOURS}"));
    }
    check_conditions(&clock.when)
}

/// Each alone, and all together: no letter has two answers to what people pick one answer to.
fn check_conditions(when: &[Condition]) -> Result<(), String> {
    when.iter().try_for_each(check_condition)?;
    let mut left: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Condition { field, any_of } in when {
        if field == MANY || any_of.iter().any(|value| value == ANY) {
            continue;
        }
        let values: BTreeSet<&str> = any_of.iter().map(String::as_str).collect();
        let shared = left.get(field.as_str()).map_or_else(|| values.clone(), |left| left & &values);
        if shared.is_empty() {
            return Err(format!("its conditions on {field} share no value, so that they never hold together"));
        }
        left.insert(field, shared);
    }
    Ok(())
}

/// It is printed in one line beside tips.
fn check_text(name: &str, text: &str) -> Result<(), String> {
    let is_fit =
        !text.trim().is_empty() && text.chars().count() <= MAX_TEXT_CHARS && !text.chars().any(char::is_control);
    if is_fit { Ok(()) } else { Err(format!("{name} is one line of up to {MAX_TEXT_CHARS} characters")) }
}

fn check_condition(Condition { field, any_of }: &Condition) -> Result<(), String> {
    if !NAMES.contains(&field.as_str()) {
        return Err(format!("a letter has no field {field:?}; it has {}", list(NAMES)));
    }
    if any_of.is_empty() {
        return Err(format!("{field} has no values, so that it never holds"));
    }
    any_of.iter().filter(|value| *value != ANY).try_for_each(|value| match answers(field) {
        Some(answers) if !answers.contains(&value.as_str()) => {
            Err(format!("{field} is never {value:?}; it is {} or \"{ANY}\" for any", list(answers)))
        }
        None if FREE.contains(&field.as_str()) => {
            Err(format!("{field} is the source's own words: a rule can ask with \"{ANY}\" whether there are any"))
        }
        _ => Ok(()),
    })
}

/// What the form lets people pick, and the languages that it is in; none where they write.
fn answers(field: &str) -> Option<Vec<&'static str>> {
    Some(match field {
        "urgency" => Urgency::KNOWN.iter().map(Urgency::as_str).collect(),
        "about" => About::KNOWN.iter().map(About::as_str).collect(),
        "minor" => YesNo::KNOWN.iter().map(YesNo::as_str).collect(),
        "basis" => Basis::KNOWN.iter().map(Basis::as_str).collect(),
        "share" => Share::KNOWN.iter().map(Share::as_str).collect(),
        "contact" => ContactMode::KNOWN.iter().map(ContactMode::as_str).collect(),
        "route" => Route::KNOWN.iter().map(Route::as_str).collect(),
        "lang" => LANGUAGES.to_vec(),
        MANY => SIGNS.to_vec(),
        _ => return None,
    })
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROPOSALS: &str = include_str!("../../../deploy/rules.toml");

    fn refused(text: &str) -> String {
        Rules::from_toml(text).unwrap_err()
    }

    #[test]
    fn the_proposals_that_a_site_starts_from_are_sound() {
        let rules = Rules::from_toml(PROPOSALS).unwrap();
        assert!(rules.priority.unwrap().iter().any(|rule| rule.level == 1));
        assert!(!rules.clocks.unwrap().is_empty() && !rules.retention.unwrap().is_empty());
    }

    #[test]
    fn a_rule_that_would_never_hold_is_refused_with_what_would() {
        let rule = |level: u8, when: &str| format!("[[priority]]\nlevel = {level}\nreason = \"r\"\nwhen = [{when}]\n");
        for (text, why) in [
            (rule(0, ""), "priority rule 1: the level is 1 (the most urgent) to 4"),
            (rule(1, r#"{ field = "urgncy", any_of = ["now"] }"#), r#"a letter has no field "urgncy""#),
            (rule(1, r#"{ field = "urgency", any_of = ["nwo"] }"#), r#"urgency is never "nwo"; it is now, soon, "#),
            (rule(1, r#"{ field = "urgency", any_of = [] }"#), "urgency has no values"),
            (rule(1, r#"{ field = "story", any_of = ["knife"] }"#), "story is the source's own words"),
            (rule(1, r#"{ field = "signs", any_of = ["hurts"] }"#), "hurt_family"),
            (rule(1, r#"{ field = "lang", any_of = ["es", "pt"] }"#), r#"lang is never "pt"; it is ar, en, es, "#),
            (rule(1, &never(&[&["now"], &["soon", "not_now"]])), "its conditions on urgency share no value"),
            (rule(1, &never(&[&["now", "soon"], &["soon", "not_now"], &["not_now", "now"]])), "never hold together"),
            (rule(2, "").replace('r', "R").replace("RulEs", ""), "unknown field"),
            (rule(2, "").replace("\"r\"", "\" \""), "reason is one line"),
        ] {
            let said = refused(&text);
            assert!(said.contains(why), "{said}");
        }
        for when in [
            r#"{ field = "lang", any_of = ["ht"] }"#,
            r#"{ field = "story", any_of = ["*"] }"#,
            r#"{ field = "signs", any_of = ["debt"] }, { field = "signs", any_of = ["hurt"] }"#,
            &never(&[&["now", "soon"], &["*"], &["soon"]]),
        ] {
            Rules::from_toml(&rule(3, when)).unwrap();
        }
    }

    /// So many conditions on one answer.
    fn never(all: &[&[&str]]) -> String {
        let one = |any_of: &&[&str]| format!("{{ field = \"urgency\", any_of = {any_of:?} }}");
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_letter_names_its_language_as_rules_do() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/locales");
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let forms: BTreeSet<_> = names.filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect();
        assert!(forms.iter().eq(LANGUAGES), "{forms:?}");
    }

    fn draft() -> Draft {
        let agency = |number: u16, kind: &str| {
            serde_json::json!({
                "number": number, "kind": kind, "status": "open", "epoch": 0, "one_member": false, "share_holders": []
            })
        };
        let draft = serde_json::json!({
            "public": {
                "format": 1, "site": "11".repeat(16), "version": 3, "previous": "5a".repeat(32), "issued": "2026-11-01",
                "expires": "2027-02-01", "agencies": [agency(0, "help_line"), agency(1, "police")], "admins": [],
                "threshold": 2, "recovery": { "admins": [], "threshold": 2, "delay_days": 30 }, "languages": {},
                "pages": { "en": { "html": "5a".repeat(32), "script": "5a".repeat(32), "offline": "5a".repeat(32) } },
                "staff": "5a".repeat(32),
            },
            "staff": {
                "salt": "22".repeat(16), "members": [], "agency_keys": [], "priority": [], "clocks": [], "retention": {},
            },
            "words": {},
        });
        serde_json::from_value(draft).unwrap()
    }

    #[test]
    fn what_a_document_does_to_a_draft_is_said_and_what_it_lacks_stays() {
        let put = |text: &str, draft: &mut Draft| Rules::from_toml(text).unwrap().put_into(draft).join("\n");
        let mut draft = draft();
        let rule = "[[priority]]\nlevel = 1\nreason = \"r\"\nwhen = [{ field = \"urgency\", any_of = [\"now\"] }]\n";
        let said = put(rule, &mut draft);
        assert_eq!(
            said,
            "the draft has 1 priority rule\n  a tip for which none of them holds is P4, \"no rule speaks of it\""
        );
        let always = "[[priority]]\nlevel = 4\nreason = \"r\"\nwhen = []\n";
        assert_eq!(put(&format!("{rule}{always}"), &mut draft), "the draft has 2 priority rules");
        let clock = |kind: &str| {
            format!("[[clocks]]\nname = \"{kind} reports\"\nagency_kinds = [\"{kind}\"]\nhours = 12\nwhen = []\n")
        };
        assert_eq!(
            put(&(clock("police") + &clock("prosecutor")), &mut draft),
            "the draft has 2 legal clocks\n  \"prosecutor reports\" binds no agency of this site"
        );
        assert_eq!((draft.staff.priority.len(), draft.staff.clocks.len(), draft.public.pages.len()), (2, 2, 1));
        // The page says for how long answers are kept, so that its hashes are to be signed anew.
        assert_eq!(put("[retention]\nmailbox = 30\n", &mut draft), "the draft has retention: mailbox = 30");
        assert!(draft.public.pages.is_empty() && draft.staff.retention["mailbox"] == 30);
        let none = put("priority = []\n", &mut draft);
        assert_eq!(
            none,
            "the draft has 0 priority rules\n  without rules no tip has a priority: `desk next` gives the oldest first"
        );
        assert_eq!((draft.staff.priority.len(), draft.staff.clocks.len()), (0, 2));
    }

    #[test]
    fn a_clock_that_would_never_start_or_is_named_as_another_is_refused() {
        let clock = |name: &str, kinds: &str, hours: u32| {
            format!("[[clocks]]\nname = \"{name}\"\nagency_kinds = [{kinds}]\nhours = {hours}\nwhen = []\n")
        };
        let good = clock("a", "\"police\"", 12);
        Rules::from_toml(&good).unwrap();
        assert!(refused(&clock("a", "", 12)).contains("never starts"));
        assert!(refused(&clock("a", "\"police\"", 0)).contains("hours are from 1"));
        assert!(refused(&clock("a", "\"fire\"", 1)).contains("unknown variant"));
        assert!(refused(&(good.clone() + &good)).contains("two clocks"));
        assert!(refused("").contains("none of"));
        assert!(refused("[retention]\ntip = 3").contains("it has mailbox, read_note"));
        assert!(refused("[retention]\nmailbox = 3").contains("from 7 to 3650"));
    }
}

//! How urgent a tip is, and why: by the rules that admins of the agencies have signed into the keyring, never by rules of
//! this program. How complete a tip is says nothing about it.

use super::case::PrioritySet;
use super::fields;
use crate::crypto::keyring::{Condition, PriorityRule};
use crate::crypto::letter::Letter;
use std::fmt;

/// Said of a tip for which no rule holds.
const NO_RULE: &str = "no rule speaks of it";

/// How urgent a tip is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The most urgent is 1.
    pub level: Level,
    /// Why: the reasons of every rule of that level that holds. An admin's words, or a member's: hostile like any.
    pub reasons: Vec<String>,
}

/// P1 (the most urgent) to P4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// Read at once.
    pub const FIRST: Self = Self(1);
    /// Every level, the most urgent first.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// The level with this number; the nearest one there is for any other number.
    pub fn nearest(number: u8) -> Self {
        Self(number.clamp(1, 4))
    }

    /// 1 to 4.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Minutes within which someone should have read it. USERS.md (c).
    pub const fn first_read_minutes(self) -> u64 {
        match self.0 {
            1 => 15,
            2 => 60,
            3 => 24 * 60,
            _ => 72 * 60,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", self.0)
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.level, self.reasons.join(", "))
    }
}

impl Priority {
    /// What a member has said, against the rules or where there are none.
    pub fn set(set: &PrioritySet) -> Self {
        let reasons = vec![format!("{} (set by {})", set.reason, set.stamp.by.person)];
        Self { level: Level::nearest(set.level), reasons }
    }
}

/// The priority of a letter by these rules; none where there are no rules. The most urgent rule that holds decides.
pub fn of(letter: &Letter, rules: &[PriorityRule]) -> Option<Priority> {
    if rules.is_empty() {
        return None;
    }
    let holding: Vec<_> = rules.iter().filter(|rule| hold(letter, &rule.when)).collect();
    let Some(level) = holding.iter().map(|rule| Level::nearest(rule.level)).min() else {
        return Some(Priority { level: Level(4), reasons: vec![NO_RULE.to_owned()] });
    };
    let mut reasons: Vec<String> = Vec::new();
    for rule in holding.iter().filter(|rule| Level::nearest(rule.level) == level) {
        if !reasons.contains(&rule.reason) {
            reasons.push(rule.reason.clone());
        }
    }
    Some(Priority { level, reasons })
}

/// Whether a letter meets every condition. One that asks for a field that no letter has is never met.
pub fn hold(letter: &Letter, conditions: &[Condition]) -> bool {
    conditions.iter().all(|Condition { field, any_of }| {
        fields::values(letter, field)
            .is_some_and(|mut values| values.any(|value| any_of.iter().any(|any| any == "*" || any == value)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::letter::{Route, Urgency, YesNo};
    use crate::model::tip::TipId;

    fn letter(change: impl FnOnce(&mut Letter)) -> Letter {
        let mut letter = Letter::new(TipId([1; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, Vec::new());
        change(&mut letter);
        letter
    }

    fn rule(level: u8, when: &[(&str, &[&str])], reason: &str) -> PriorityRule {
        let condition = |(field, any_of): &(&str, &[&str])| Condition {
            field: (*field).to_owned(),
            any_of: any_of.iter().map(|any| (*any).to_owned()).collect(),
        };
        PriorityRule { level, when: when.iter().map(condition).collect(), reason: reason.to_owned() }
    }

    fn rules() -> Vec<PriorityRule> {
        vec![
            rule(4, &[], "nothing yet"),
            rule(2, &[("minor", &["yes", "unsure"])], "minor"),
            rule(1, &[("urgency", &["now"])], "danger right now"),
            rule(1, &[("minor", &["yes"]), ("where", &["*"])], "minor, place known"),
        ]
    }

    fn said(letter: &Letter) -> String {
        of(letter, &rules()).unwrap().to_string()
    }

    #[test]
    fn the_most_urgent_rule_that_holds_decides_whatever_the_order() {
        assert_eq!(said(&letter(|_| ())), "P4 nothing yet");
        assert_eq!(said(&letter(|letter| letter.answers.minor = Some(YesNo::Unsure))), "P2 minor");
        assert_eq!(said(&letter(|letter| letter.answers.urgency = Some(Urgency::Now))), "P1 danger right now");
    }

    #[test]
    fn every_reason_of_that_level_is_given_and_each_once() {
        let letter = letter(|letter| {
            letter.answers.urgency = Some(Urgency::Now);
            letter.answers.minor = Some(YesNo::Yes);
            letter.answers.place = Some("Main St".into());
        });
        let mut rules = rules();
        rules.push(rule(1, &[("where", &["*"])], "danger right now"));
        assert_eq!(of(&letter, &rules).unwrap().reasons, ["danger right now", "minor, place known"]);
    }

    #[test]
    fn any_answer_is_no_blank_one_and_all_conditions_must_hold() {
        let blank = letter(|letter| {
            letter.answers.minor = Some(YesNo::Yes);
            letter.answers.place = Some("  ".into());
        });
        assert_eq!(said(&blank), "P2 minor");
    }

    #[test]
    fn one_of_several_signs_is_enough() {
        let letter = letter(|letter| letter.answers.signs = vec!["debt".into(), "hurt".into()]);
        let rules = [rule(2, &[("signs", &["cannot_leave", "hurt"])], "hurt"), rule(4, &[], "nothing yet")];
        assert_eq!(of(&letter, &rules).unwrap().to_string(), "P2 hurt");
    }

    #[test]
    fn without_rules_there_is_no_priority_and_where_none_holds_it_says_so() {
        assert_eq!(of(&letter(|_| ()), &[]), None);
        let unknown_field = [rule(1, &[("urgencey", &["*"])], "never"), rule(2, &[("minor", &[])], "never")];
        assert_eq!(of(&letter(|_| ()), &unknown_field).unwrap().to_string(), "P4 no rule speaks of it");
    }

    #[test]
    fn a_level_that_is_none_becomes_the_nearest() {
        let letter = letter(|_| ());
        assert_eq!(of(&letter, &[rule(0, &[], "zero")]).unwrap().level, Level::FIRST);
        assert_eq!(of(&letter, &[rule(9, &[], "nine")]).unwrap().level.number(), 4);
    }
}

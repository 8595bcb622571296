//! Legal clocks: from the first opening by an agency that must report, as the signed keyring says, until the law's hours are
//! over. Which clocks there are, whom they bind and when they start is data of the keyring.

use super::case::Case;
use super::inbox::Rules;
use super::output::Style;
use super::priority::hold;
use crate::crypto::keyring::LegalClock;
use crate::crypto::letter::Letter;
use crate::model::agency::AgencyNumber;
use serde::Serialize;

const HOUR: u64 = 3600;
/// A clock with less left than this is close.
const CLOSE: u64 = 3 * HOUR;
/// A member says with this label, and the clock's name behind it, that what the clock asks for was done.
pub const DONE_LABEL: &str = "done:";

/// One clock of one tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Running {
    /// As the keyring has it: hostile like any text of another agency.
    pub name: String,
    /// Those that must do what it asks for, and have opened the tip.
    pub agencies: Vec<AgencyNumber>,
    /// When it started, in seconds since 1970.
    pub started: u64,
    /// When it runs out.
    pub due: u64,
    /// Whether a member has said that it was done, and when.
    pub done: Option<u64>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its time is over, by so many seconds.
    Breached(u64),
    /// Little is left.
    Close(u64),
    /// So many seconds are left.
    Left(u64),
    /// It was done.
    Done,
}

/// The clocks of a tip for an agency, the one that runs out first before the others: its own, each from the moment at which it opened
/// the tip, since each must report by itself. What it has not opened yet has those of others, from the first of them on.
pub fn of(letter: &Letter, case: &Case, rules: &Rules, viewer: AgencyNumber) -> Vec<Running> {
    let holding = rules.clocks.iter().filter(|clock| hold(letter, &clock.when));
    let mut running: Vec<Running> = holding.filter_map(|clock| start(clock, case, rules, viewer)).collect();
    running.sort_by_key(|clock| clock.due);
    running
}

fn start(clock: &LegalClock, case: &Case, rules: &Rules, viewer: AgencyNumber) -> Option<Running> {
    let mut bound: Vec<(AgencyNumber, u64)> = case
        .opened
        .iter()
        .filter(|(agency, _)| rules.binds(clock, **agency))
        .map(|(agency, opening)| (*agency, opening.stamp.at))
        .collect();
    if let Some(own) = bound.iter().find(|(agency, _)| *agency == viewer) {
        bound = vec![*own];
    }
    let started = bound.iter().map(|(_, at)| *at).min()?;
    let label = format!("{DONE_LABEL}{}", clock.name);
    Some(Running {
        name: clock.name.clone(),
        started,
        due: started.saturating_add(u64::from(clock.hours) * HOUR),
        done: bound.iter().filter_map(|(agency, _)| case.labelled_by(&label, *agency)).min(),
        agencies: bound.into_iter().map(|(agency, _)| agency).collect(),
    })
}

/// The clocks that an agency starts by opening a tip: their names, and the hours that they run.
pub fn starting(letter: &Letter, case: &Case, rules: &Rules, agency: AgencyNumber) -> Vec<(String, u32)> {
    if case.opened.contains_key(&agency) {
        return Vec::new();
    }
    let holding = rules.clocks.iter().filter(|clock| rules.binds(clock, agency) && hold(letter, &clock.when));
    holding.map(|clock| (clock.name.clone(), clock.hours)).collect()
}

/// The clocks of a tip once an agency has opened it at this time: those that it starts, and others that run.
pub fn once_opened(running: &[Running], starting: &[(String, u32)], agency: AgencyNumber, now: u64) -> Vec<Running> {
    let stays = |clock: &&Running| starting.iter().all(|(name, _)| clock.name != *name);
    let started = starting.iter().map(|(name, hours)| Running {
        name: name.clone(),
        agencies: vec![agency],
        started: now,
        due: now.saturating_add(u64::from(*hours) * HOUR),
        done: None,
    });
    running.iter().filter(stays).cloned().chain(started).collect()
}

/// `by phone (within 12 h), in writing (within 48 h)`.
pub fn starting_words(starting: &[(String, u32)]) -> String {
    starting.iter().map(|(name, hours)| format!("{name} (within {hours} h)")).collect::<Vec<_>>().join(", ")
}

/// Whether a clock of these has run out and nobody has said that it was done.
pub fn is_breached(clocks: &[Running], now: u64) -> bool {
    clocks.iter().any(|clock| matches!(clock.state(now), State::Breached(_)))
}

impl Running {
    /// How it stands at this time.
    pub fn state(&self, now: u64) -> State {
        match self.due.checked_sub(now) {
            _ if self.done.is_some() => State::Done,
            None | Some(0) => State::Breached(now - self.due),
            Some(left) if left <= CLOSE => State::Close(left),
            Some(left) => State::Left(left),
        }
    }

    /// `report by phone: 3 h left`.
    pub fn words(&self, now: u64) -> String {
        match self.state(now) {
            State::Breached(by) => format!("{}: OVERDUE by {}", self.name, span(by)),
            State::Close(left) => format!("{}: only {} left", self.name, span(left)),
            State::Left(left) => format!("{}: {} left", self.name, span(left)),
            State::Done => format!("{}: done", self.name),
        }
    }

    /// How it is shown where there is colour.
    pub fn style(&self, now: u64) -> Style {
        match self.state(now) {
            State::Breached(_) => Style::Alarm,
            State::Close(_) => Style::Bold,
            State::Left(_) => Style::Plain,
            State::Done => Style::Faint,
        }
    }
}

/// `47 h`, `3 d`, `12 min`: rounded down, for people.
pub fn span(seconds: u64) -> String {
    match seconds {
        0..HOUR => format!("{} min", seconds / 60),
        HOUR..259_200 => format!("{} h", seconds / HOUR),
        _ => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::event::{Author, Event, Kind, NamedEvent};
    use crate::crypto::keyring::Condition;
    use crate::crypto::letter::{Route, YesNo};
    use crate::desk::admin::{NewSite, first_draft};
    use crate::model::agency::AgencyKind;
    use crate::model::hex::Hex;
    use crate::model::tip::TipId;

    const NOON: u64 = 1_795_521_600;

    fn rules() -> Rules {
        let agencies = vec![AgencyKind::HelpLine, AgencyKind::Police];
        let new = NewSite { agencies, admins: Vec::new(), threshold: 2, valid_days: 90 };
        let mut draft = first_draft(new, "2026-11-24".parse().unwrap());
        let when = vec![Condition { field: "minor".into(), any_of: vec!["yes".into()] }];
        let clock = |name: &str, hours| LegalClock {
            name: name.into(),
            agency_kinds: vec![AgencyKind::Police],
            when: when.clone(),
            hours,
        };
        draft.staff.clocks = vec![clock("in writing", 48), clock("by phone", 12)];
        Rules {
            priority: Vec::new(),
            clocks: draft.staff.clocks,
            kinds: draft.public.agencies.iter().map(|agency| agency.kind).collect(),
        }
    }

    fn letter(minor: YesNo) -> Letter {
        let mut letter = Letter::new(TipId([1; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, Vec::new());
        letter.answers.minor = Some(minor);
        letter
    }

    fn case(events: &[(u16, u64, Kind)]) -> Case {
        let named = events.iter().zip(1_u8..).map(|((agency, at, what), number)| NamedEvent {
            hash: Hex([number; 32]),
            event: Event {
                format: 1,
                tip: TipId([1; 32]),
                author: Author {
                    member: format!("m{agency}"),
                    person: format!("m{agency}"),
                    agency: AgencyNumber(*agency),
                },
                at: *at,
                keyring: 0,
                heads: if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] },
                previous: None,
                log: None,
                what: what.clone(),
            },
        });
        Case::fold(TipId([1; 32]), named)
    }

    fn opened(agency: u16, at: u64) -> (u16, u64, Kind) {
        (agency, at, Kind::Opened { letter: Hex([0; 32]) })
    }

    #[test]
    fn a_clock_starts_when_an_agency_that_must_report_first_opens_the_tip() {
        let before = case(&[opened(0, NOON)]);
        assert_eq!(of(&letter(YesNo::Yes), &before, &rules(), AgencyNumber(1)), []);
        let after = case(&[opened(0, NOON), opened(1, NOON + HOUR)]);
        let clocks = of(&letter(YesNo::Yes), &after, &rules(), AgencyNumber(1));
        assert_eq!(
            clocks.iter().map(|clock| clock.words(NOON + 2 * HOUR)).collect::<Vec<_>>(),
            ["by phone: 11 h left", "in writing: 47 h left"]
        );
        assert_eq!(of(&letter(YesNo::No), &after, &rules(), AgencyNumber(1)), []);
    }

    #[test]
    fn an_agency_that_must_report_is_told_what_it_starts_by_opening_a_tip() {
        let (nobody, helpline) = (case(&[]), case(&[opened(0, NOON)]));
        let started = |letter, case, agency| starting(&letter, case, &rules(), AgencyNumber(agency));
        let both = [("in writing".to_owned(), 48), ("by phone".to_owned(), 12)];
        assert_eq!(started(letter(YesNo::Yes), &nobody, 1), both);
        assert_eq!(started(letter(YesNo::Yes), &helpline, 1), both, "another's opening binds only them");
        assert_eq!(starting_words(&both), "in writing (within 48 h), by phone (within 12 h)");
        let police = case(&[opened(1, NOON)]);
        assert_eq!(started(letter(YesNo::Yes), &police, 1), []);
        assert_eq!(started(letter(YesNo::Yes), &nobody, 0), []);
        assert_eq!(started(letter(YesNo::No), &nobody, 1), []);
    }

    #[test]
    fn what_is_over_is_said_in_words_and_in_colour() {
        let clocks = of(&letter(YesNo::Yes), &case(&[opened(1, NOON)]), &rules(), AgencyNumber(1));
        let phone = &clocks[0];
        assert_eq!(phone.words(NOON + 10 * HOUR), "by phone: only 2 h left");
        assert_eq!(
            (phone.words(NOON + 12 * HOUR), phone.style(NOON + 12 * HOUR)),
            ("by phone: OVERDUE by 0 min".into(), Style::Alarm)
        );
        assert_eq!(phone.words(NOON + 90 * HOUR), "by phone: OVERDUE by 3 d");
        assert!(!is_breached(&clocks, NOON + 12 * HOUR - 1) && is_breached(&clocks, NOON + 12 * HOUR));
    }

    #[test]
    fn a_member_says_with_a_label_that_it_was_done() {
        let label = Kind::Label { add: vec!["done:by phone".into()], remove: Vec::new() };
        let case = case(&[opened(1, NOON), (1, NOON + HOUR, label)]);
        let clocks = of(&letter(YesNo::Yes), &case, &rules(), AgencyNumber(1));
        assert_eq!(clocks[0].words(NOON + 100 * HOUR), "by phone: done");
        assert_eq!(clocks[1].words(NOON + 2 * HOUR), "in writing: 46 h left");
        assert!(!is_breached(&clocks[..1], NOON + 100 * HOUR));
    }

    #[test]
    fn each_agency_that_must_report_has_its_own_clock_and_no_other_one_says_that_it_was_done() {
        let (mut rules, done) = (rules(), |by, hours| {
            (by, NOON + hours * HOUR, Kind::Label { add: vec!["done:by phone".into()], remove: Vec::new() })
        });
        rules.clocks[1].agency_kinds.push(AgencyKind::HelpLine);
        let events = [opened(1, NOON), done(1, 1), opened(0, NOON + 2 * HOUR), done(0, 3)];
        let by_phone = |events: &[_], viewer| {
            let clocks = of(&letter(YesNo::Yes), &case(events), &rules, AgencyNumber(viewer));
            clocks.into_iter().find(|clock| clock.name == "by phone").unwrap()
        };
        assert_eq!(
            by_phone(&events[..2], 0).words(NOON + 2 * HOUR),
            "by phone: done",
            "of another: nobody here opened it"
        );
        let own = by_phone(&events[..3], 0);
        assert_eq!((own.words(NOON + 2 * HOUR), own.agencies.len()), ("by phone: 12 h left".into(), 1));
        assert_eq!(by_phone(&events, 0).done, Some(NOON + 3 * HOUR), "they said so later than the other agency");
        assert_eq!(by_phone(&events, 1).done, Some(NOON + HOUR));
        let started =
            once_opened(&[by_phone(&events[..2], 0)], &[("by phone".into(), 12)], AgencyNumber(0), NOON + 2 * HOUR);
        assert_eq!(started, [own], "what is said before it is opened is what is said afterwards");
    }
}

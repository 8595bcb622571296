use super::*;
use crate::crypto::event::{Author, Event, Kind, NamedEvent, SetStatus};
use crate::crypto::letter::{Letter, Route};
use crate::desk::cache::{Known, KnownTip, ThreadSecret};
use crate::desk::case::Case;
use crate::desk::inbox::Rules;
use crate::desk::inbox::Viewer;
use crate::desk::priority::Priority;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;

/// 2026-11-24T01:59:59Z.
const NOW: u64 = 1_795_485_599;
/// When the letter says that it was written: 01:45Z that day.
const WRITTEN: u64 = 1_795_484_700;

/// An inbox with one tip of this level, on which this was written.
fn inbox(level: u8, created: &str, written: &[(u64, Kind)]) -> Inbox {
    let id = TipId([7; 32]);
    let letter = Letter::new(id, created.into(), "en".into(), Route::Fast, vec![AgencyNumber(0)]);
    let tip = KnownTip::new(1, "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter);
    let viewer = Viewer { agency: AgencyNumber(0), person: "mia".into(), now: NOW };
    let mut inbox = Inbox::new(Known { tips: vec![tip], ..Known::default() }, viewer, &Rules::default());
    let named = written.iter().zip(1_u8..).map(|((at, what), number)| NamedEvent {
        hash: Hex([number; 32]),
        event: Event {
            format: 1,
            tip: id,
            author: Author { member: "ned".into(), person: "ned".into(), agency: AgencyNumber(0) },
            at: *at,
            keyring: 0,
            heads: if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] },
            previous: if number == 1 { None } else { Some(Hex([number - 1; 32])) },
            log: None,
            what: what.clone(),
        },
    });
    *inbox.tips[0].case = Case::fold(id, named);
    inbox.tips[0].priority = Some(Priority { level: Level::nearest(level), reasons: Vec::new() });
    inbox
}

fn one(created: &str, written: &[(u64, Kind)]) -> Option<(u64, bool)> {
    waiting(&inbox(1, created, written)).first().map(|one| (one.since, one.is_unread))
}

fn opened() -> (u64, Kind) {
    (WRITTEN, Kind::Opened { letter: Hex([0; 32]) })
}

const CREATED: &str = "2026-11-24T01:45Z";

#[test]
fn what_nobody_opened_waits_since_it_was_written() {
    assert_eq!(one(CREATED, &[]), Some((WRITTEN, true)));
    assert_eq!(one(CREATED, &[opened()]), Some((WRITTEN, false)));
    assert!(waiting(&inbox(2, CREATED, &[])).is_empty(), "lower levels have time");
}

#[test]
fn a_time_that_cannot_be_is_not_believed() {
    let day = WRITTEN - 105 * 60;
    for lie in ["", "\u{1b}[2J", "2031-01-01T00:00Z", "2026-11-22T23:59Z", "2026-11-24T02:00Z", "1970-01-01T00:00Z"] {
        assert_eq!(one(lie, &[]), Some((day, true)), "{lie:?}");
    }
    assert_eq!(one("2026-11-23T23:45Z", &[]), Some((day - 900, true)), "written before midnight, sent after");
}

#[test]
fn what_someone_works_on_waits_for_nobody_until_their_claim_runs_out() {
    let claim = |until| [opened(), (WRITTEN, Kind::Claim { until })];
    assert_eq!(one(CREATED, &claim(NOW + 1)), None);
    assert_eq!(one(CREATED, &claim(NOW - 60)), Some((NOW - 60, false)));
    let acting = Kind::Status { status: SetStatus::Acting, reason: None, text: None };
    assert_eq!(one(CREATED, &[opened(), (WRITTEN, acting)]), None);
    let released = [&claim(NOW + 60)[..], &[(WRITTEN + 60, Kind::Release)]].concat();
    assert_eq!(one(CREATED, &released), Some((WRITTEN, false)));
}

#[test]
fn the_longest_waiting_are_named_and_the_rest_counted() {
    let waits = |id: &str, since| Waiting { short_id: id.into(), since, is_unread: false };
    let all: Vec<Waiting> = (0..5).map(|number| waits(&format!("T-000{number}"), NOW - 3_600)).collect();
    assert_eq!(words(&[], NOW), None);
    assert_eq!(
        words(&all, NOW).unwrap(),
        "5 P1 wait: T-0000, unclaimed for 1 h; T-0001, unclaimed for 1 h; T-0002, unclaimed for 1 h; and 2 more (wanted within 15 min)"
    );
    assert!(!waits("x", NOW - 900).is_late(NOW) && waits("x", NOW - 901).is_late(NOW));
}

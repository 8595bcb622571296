use super::*;
use crate::crypto::letter::{Answers, Route};
use crate::crypto::sign::public_key;
use crate::model::hex::Hex;

const NOW: u64 = 1_795_485_599;

fn canary(seed: u8, hours_ago: u64, readers: &[u16]) -> KnownCanary {
    let readers = readers.iter().map(|number| AgencyNumber(*number)).collect();
    KnownCanary {
        tip: TipId([seed; 32]),
        hash: Hex([seed; 32]),
        at: NOW - hours_ago * 3_600,
        by: "mia".into(),
        readers,
    }
}

fn word(seed: u8, agency: u16) -> CanaryRecord {
    word_of("2026-11-24", seed, agency)
}

fn word_of(day: &str, seed: u8, agency: u16) -> CanaryRecord {
    let day = day.parse().unwrap();
    let word = CanaryWord { canary: Hex([seed; 32]), day, signature: Hex([0; 64]) };
    CanaryRecord { agency: AgencyNumber(agency), member: "mia".into(), word }
}

#[test]
fn of_each_canary_it_is_said_who_has_opened_it_the_newest_first_and_old_ones_no_longer() {
    let known = [canary(1, 30, &[0, 1]), canary(2, 1, &[0]), canary(2, 1, &[0]), canary(3, 24 * 28, &[0])];
    let flights = flights(&known, &[word(1, 1), word(2, 1)], NOW);
    let said: Vec<_> = flights
        .iter()
        .map(|flight| (flight.canary.hash.0[0], flight.opened.values().map(Option::is_some).collect()))
        .collect();
    assert_eq!(said, [(2, vec![false]), (1, vec![false, true])]);
}

/// Who is quiet on a day, by its number, and since when.
fn quiet_on(
    day: &str,
    known: &[KnownCanary],
    words: &[CanaryRecord],
    offered: [&str; 2],
) -> Vec<(u16, Option<String>)> {
    let offered = (0..).map(AgencyNumber).zip(offered.map(|day| day.parse().unwrap())).collect();
    let quiet = quiet(known, words, &offered, day.parse().unwrap());
    quiet.into_iter().map(|one| (one.agency.0, one.last.map(|day| day.to_string()))).collect()
}

#[test]
fn an_agency_without_a_word_since_yesterday_is_quiet_and_nobody_is_where_canaries_are_not_in_use() {
    let long = ["2026-10-01"; 2];
    let words = [word_of("2026-11-22", 1, 0), word_of("2026-11-23", 2, 0), word_of("2026-11-22", 1, 1)];
    assert_eq!(quiet_on("2026-11-23", &[], &words, long), []);
    assert_eq!(quiet_on("2026-11-24", &[], &words, long), [(1, Some("2026-11-22".into()))]);
    let none = [(0, Some("2026-11-23".into())), (1, Some("2026-11-22".into()))];
    assert_eq!(quiet_on("2026-11-25", &[], &words, long), none);
    assert_eq!(quiet_on("2026-11-25", &[], &[], long), []);
}

#[test]
fn who_never_said_a_word_has_a_day_from_the_first_canary_on_or_from_when_the_form_began_to_offer_them() {
    let words = [word_of("2026-11-23", 1, 0), word_of("2026-11-25", 2, 0)];
    assert_eq!(quiet_on("2026-11-24", &[], &words[..1], ["2026-10-01"; 2]), []);
    assert_eq!(quiet_on("2026-11-25", &[], &words, ["2026-10-01"; 2]), [(1, None)]);
    assert_eq!(quiet_on("2026-11-25", &[], &words, ["2026-10-01", "2026-11-24"]), []);
}

#[test]
fn canaries_that_were_known_here_are_missed_though_the_server_shows_no_word_of_any_and_no_clock_that_is_ahead_helps() {
    let known = [canary(1, 24 * 40, &[0, 1])];
    assert_eq!(quiet_on("2026-11-24", &known, &[], ["2026-10-01"; 2]), [(0, None), (1, None)]);
    let ahead = [word_of("2027-11-24", 1, 0)];
    assert_eq!(quiet_on("2026-11-24", &known, &ahead, ["2026-10-01"; 2]), [(0, None), (1, None)]);
}

#[test]
fn a_mark_of_another_day_than_the_one_on_which_it_came_makes_no_canary_of_a_tip() {
    let (site, tip, mia) = (Hex([1; 32]), TipId([2; 32]), SigningKey::from_bytes(&[5; 32]));
    let signers = Signers { site, keys: vec![("mia".into(), public_key(&mia))] };
    let is_canary = |at: u64, came: &str| {
        let mark = Mark::make(site, tip, "mia", at, Hex([3; 16]), &mia);
        let mut letter = Letter::new(tip, "2026-11-24T01:45Z".into(), "en".into(), Route::Fast, vec![]);
        letter.answers = Answers { canary: Some(mark.to_text()), ..Answers::default() };
        signers.canary(&letter, came.parse().unwrap()).is_some()
    };
    for (day, is_one) in
        [("2026-11-22", false), ("2026-11-23", true), ("2026-11-24", true), ("2026-11-25", true), ("2026-11-26", false)]
    {
        assert_eq!(is_canary(NOW, day), is_one, "{day}");
    }
    for ahead in [NOW + 40 * DAY, u64::MAX] {
        assert!(!is_canary(ahead, "2026-11-24"));
    }
}

#[test]
fn one_of_the_time_to_come_that_was_known_before_counts_for_nothing() {
    let ahead = KnownCanary { at: NOW + 40 * DAY, ..canary(1, 0, &[0, 1]) };
    let flights = flights(&[ahead, canary(2, 30, &[1])], &[word(1, 1)], NOW);
    assert_eq!(flights.iter().map(|flight| flight.canary.hash.0[0]).collect::<Vec<_>>(), [2]);
}

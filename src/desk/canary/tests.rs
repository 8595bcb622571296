use super::*;
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
    let day = "2026-11-24".parse().unwrap();
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

use super::super::tests::site;
use super::*;
use crate::crypto::keyring::{AgencyKey, Statement};
use crate::desk::events::gone::gone;
use crate::model::hex::Hex;

const AGENCY: AgencyNumber = AgencyNumber(0);

/// The agency's key of one epoch, made for these.
fn key(epoch: u32, sealed_to: &[&str]) -> AgencyKey {
    AgencyKey {
        agency: AGENCY,
        epoch,
        recipient: format!("key {epoch}"),
        made: Statement { member: "mia".into(), signature: Hex([0; 64]) },
        sealed_to: sealed_to.iter().copied().map(str::to_owned).collect(),
        opened: Vec::new(),
        retired: None,
    }
}

/// Versions with these readers and keys, one after the other.
fn versions(of: &[(&[&str], &[AgencyKey])]) -> Vec<Version> {
    let (template, _, _) = site();
    let member = |id: &&str| Member { id: (*id).to_owned(), ..template.staff.members[0].clone() };
    let version = |(number, (readers, keys)): (u32, &(&[&str], &[AgencyKey]))| {
        let mut version = template.clone();
        version.public.version = number;
        version.public.agencies[0].epoch = keys.last().map_or(0, |key| key.epoch);
        version.staff.members = readers.iter().map(member).collect();
        version.staff.agency_keys = keys.to_vec();
        version
    };
    (0..).zip(of).map(version).collect()
}

fn had(versions: &[Version], id: &str) -> (Vec<u32>, Vec<u32>, bool) {
    let member = versions.iter().flat_map(|version| &version.staff.members).find(|member| member.id == id).unwrap();
    let Exposure { epochs, given, is_in_use, .. } = exposure(versions.iter().cloned(), member);
    (epochs, given, is_in_use)
}

fn left(versions: &[Version]) -> Vec<String> {
    left_with_the_key(versions.iter().cloned(), AGENCY)
}

#[test]
fn whoever_came_after_a_key_was_made_may_have_been_given_it() {
    let one = key(1, &["mia"]);
    let keys = std::slice::from_ref(&one);
    let versions = versions(&[(&["mia"], &[]), (&["mia"], keys), (&["mia", "zoe"], keys), (&["mia"], keys)]);
    assert_eq!(had(&versions, "zoe"), (vec![1], vec![1], true));
    assert_eq!(had(&versions, "mia"), (vec![1], vec![], true));
    assert_eq!(left(&versions), ["zoe"]);
    let gone = gone(versions.into_iter());
    assert_eq!((gone.len(), gone[0].id.as_str(), gone[0].until, gone[0].before), (1, "zoe", None, None));
}

#[test]
fn a_key_that_was_destroyed_before_somebody_came_is_none_that_they_had() {
    let (one, two) = (key(1, &["mia"]), key(2, &["mia"]));
    let end = AgencyKey { retired: Some("2026-11-20".parse().unwrap()), ..one.clone() };
    let keys = [end, two];
    let versions = versions(&[(&["mia"], &[one]), (&["mia"], &keys), (&["mia", "zoe"], &keys), (&["mia"], &keys)]);
    assert_eq!(had(&versions, "zoe"), (vec![2], vec![2], true));
}

#[test]
fn who_is_gone_when_an_agency_begins_to_use_a_key_has_not_had_it() {
    let (one, two) = (key(1, &["mia", "ned"]), key(2, &["mia"]));
    let both: &[&str] = &["mia", "ned"];
    let versions = versions(&[(both, &[]), (both, std::slice::from_ref(&one)), (&["mia"], &[one.clone(), two])]);
    assert_eq!(had(&versions, "ned"), (vec![1], vec![], false));
    assert_eq!(left(&versions), [""; 0]);
}

#[test]
fn who_left_an_agency_that_had_no_key_yet_had_none() {
    let versions = versions(&[(&["mia", "ned"], &[]), (&["mia"], &[])]);
    assert_eq!((had(&versions, "ned"), left(&versions).len()), ((vec![], vec![], false), 0));
}

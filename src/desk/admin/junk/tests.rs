use super::*;
use crate::desk::admin::{NewSite, first_draft, freeze};
use crate::desk::enrolment::Enrolment;
use crate::desk::identity::Identity;
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::tip::TipId;

const SITE: Sha256Hash = Hex([9; 32]);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    day("2026-12-24")
}

/// Three admins, the first and the third of the same agency, and the version that names them.
fn site() -> ([Identity; 3], Version) {
    let people = [(); 3].map(|()| Identity::generate());
    let enrolled = people.iter().zip([("ada", 0), ("bea", 1), ("cyd", 0)]);
    let admins = enrolled
        .map(|(identity, (id, agency))| Enrolment::of_admin(identity, id, AgencyNumber(agency)).into_admin().unwrap());
    let agencies = vec![AgencyKind::HelpLine, AgencyKind::Police];
    let new = NewSite { agencies, admins: admins.collect(), threshold: 2, valid_days: 90 };
    (people, freeze(first_draft(new, day("2026-11-24"))).read().unwrap())
}

fn tip(seed: u8, came: &str) -> JunkTip {
    JunkTip { id: TipId([seed; 32]), day: day(came) }
}

fn junk(list: Vec<JunkTip>) -> Junk {
    Junk { through: 9, list, bytes: 5, kept: 1, waiting: 0, agencies: vec![], requests: vec![] }
}

fn two() -> Junk {
    junk(vec![tip(1, "2026-11-01"), tip(2, "2026-11-24")])
}

fn named(junk: &Junk) -> String {
    junk_hash(&junk.list).to_string()[..SET_LEN].to_owned()
}

/// What this admin's word for the set would do.
fn word(junk: &Junk, at: usize, site: &([Identity; 3], Version)) -> Result<Step, JunkError> {
    let me = admin(&site.1, &site.0[at].signing).unwrap();
    step(junk, &named(junk), me, &site.1, today())
}

fn asked(junk: &mut Junk, at: usize, site: &([Identity; 3], Version)) -> PurgeAsked {
    let me = admin(&site.1, &site.0[at].signing).unwrap();
    let PurgePost::Ask(record) = post(Step::Ask, junk, SITE, me, &site.0[at].signing, today()) else { panic!("asks") };
    junk.requests.push(record.clone());
    record.asked
}

#[test]
fn the_first_word_asks_and_that_of_another_agency_does_it() {
    let (site, mut junk) = (site(), two());
    assert_eq!(word(&junk, 0, &site), Ok(Step::Ask));
    let asked = asked(&mut junk, 0, &site);
    assert_eq!(word(&junk, 0, &site), Err(JunkError::Alone));
    assert_eq!(word(&junk, 2, &site), Err(JunkError::SameAgency("ada".into())));
    assert_eq!(word(&junk, 1, &site), Ok(Step::Second(asked)));
}

#[test]
fn only_the_set_that_was_looked_at_is_signed() {
    let (site, junk) = (site(), two());
    let (identities, version) = &site;
    let me = admin(version, &identities[0].signing).unwrap();
    let typed = |text: &str| step(&junk, text, me, version, today());
    let name = named(&junk);
    assert_eq!(typed(&format!("{}-{}", &name[..4], name[4..].to_uppercase())), Ok(Step::Ask));
    assert_eq!(typed(&name[..11]), Err(JunkError::TooShort(name[..11].into())));
    assert_eq!(typed("000000000000"), Err(JunkError::OtherSet("000000000000".into())));
    let changed = super::Junk { list: junk.list[..1].to_vec(), ..junk.clone() };
    assert!(matches!(step(&changed, &name, me, version, today()), Err(JunkError::OtherSet(_))));
}

#[test]
fn a_request_for_another_set_or_of_last_week_is_none() {
    let (site, mut junk) = (site(), two());
    asked(&mut junk, 0, &site);
    junk.list.push(tip(3, "2026-11-20"));
    assert_eq!(word(&junk, 1, &site), Ok(Step::Ask));
    let mut old = two();
    asked(&mut old, 0, &site);
    let me = admin(&site.1, &site.0[1].signing).unwrap();
    assert_eq!(step(&old, &named(&old), me, &site.1, day("2027-01-01")), Ok(Step::Ask));
}

#[test]
fn a_server_that_lists_what_cannot_be_junk_or_forges_a_request_gets_no_signature() {
    let site = site();
    let young = junk(vec![tip(1, "2026-11-25")]);
    assert!(matches!(word(&young, 0, &site), Err(JunkError::False(_))));
    let twice = junk(vec![tip(1, "2026-11-01"), tip(1, "2026-11-02")]);
    assert!(matches!(word(&twice, 0, &site), Err(JunkError::False(_))));
    let mut forged = two();
    asked(&mut forged, 0, &site);
    forged.requests[0].asked.admin = "bea".into();
    assert_eq!(word(&forged, 1, &site), Err(JunkError::Forged("bea".into())));
}

#[test]
fn the_hash_is_that_of_the_list_as_it_is_printed() {
    let id = TipId([1; 32]);
    let text = format!("{id} 2026-11-01\n");
    let printed = <sha2::Sha256 as sha2::Digest>::digest(text);
    assert_eq!(junk_hash(&[tip(1, "2026-11-01")]), Hex(printed.into()));
    assert_ne!(junk_hash(&[tip(1, "2026-11-02")]), Hex(printed.into()), "the day is signed, too");
}

#[test]
fn ages_are_counted_apart() {
    let list = [tip(1, "2026-11-24"), tip(2, "2026-10-26"), tip(3, "2026-10-25"), tip(4, "2025-01-01")];
    assert_eq!(ages(&list, today()), [(30, Some(60), 2), (60, Some(90), 1), (180, None, 1)]);
}

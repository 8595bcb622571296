use super::*;
use crate::crypto::keyring::{Agency, AgencyStatus, Recovery};
use crate::crypto::page::{BLOCK_END as END, BLOCK_START as START};
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::hex::Hex;
use std::collections::BTreeMap;

const GENESIS: [u8; 32] = [7; 32];

fn public() -> Public {
    let agency = |number| Agency {
        number: AgencyNumber(number),
        kind: AgencyKind::Police,
        status: AgencyStatus::Open,
        epoch: 1,
        recipient: None,
        one_member: false,
        share_holders: vec![],
    };
    Public {
        format: FORMAT,
        site: Hex([1; 16]),
        version: 3,
        previous: Some(Hex([2; 32])),
        issued: "2026-11-01".parse().unwrap(),
        expires: "2026-12-01".parse().unwrap(),
        agencies: vec![agency(0), agency(1), agency(2)],
        admins: vec![],
        threshold: 2,
        recovery: Recovery { admins: vec![], threshold: 2, delay_days: 30 },
        languages: BTreeMap::new(),
        pages: BTreeMap::new(),
        staff: Hex([3; 32]),
    }
}

fn page(public: &Public) -> String {
    let json = canonical(public);
    let (hash, genesis) = (hash_of(&json), Hex(GENESIS));
    let words = words_of(&genesis);
    format!(
        r#"<!doctype html><head>{START}{{"public":{json},"words":null,"hash":"{hash}","genesis":"{words}","genesis_hash":"{genesis}"}}{END}</head>"#
    )
}

fn read(html: &str) -> Result<Page, PageError> {
    Page::read(html, Some(&words_of(&Hex(GENESIS))), "2026-11-24".parse().unwrap())
}

#[test]
fn a_page_gives_the_version_what_each_offered_agency_is_sealed_to_and_the_site() {
    let mut public = public();
    public.agencies[1].recipient = Some("age1pq1x".into());
    public.agencies[2] = Agency { status: AgencyStatus::Closed, ..public.agencies[1].clone() };
    public.agencies[2].number = AgencyNumber(2);
    let hash = hash_of(&canonical(&public));
    let recipients = vec![None, Some("age1pq1x".into()), None];
    assert_eq!(read(&page(&public)), Ok(Page { version: 3, recipients, hash, site: words_of(&Hex(GENESIS)) }));
}

#[test]
fn a_page_without_a_keyring_is_closed() {
    assert_eq!(read("<!doctype html><title>Sorry</title>"), Err(PageError::Closed));
}

#[test]
fn a_page_that_contradicts_itself_is_refused() {
    let good = page(&public());
    let other_words = words_of(&Hex([8; 32]));
    for bad in [
        good.replace(r#""version":3"#, r#""version":4"#),
        page(&Public { agencies: vec![], ..public() }),
        page(&Public { agencies: public().agencies[1..].to_vec(), ..public() }),
        page(&Public { version: 0, previous: None, ..public() }),
        good.replace(&words_of(&Hex(GENESIS)), "twelve words"),
        good.replace(&words_of(&Hex(GENESIS)), &other_words),
    ] {
        assert_eq!(read(&bad), Err(PageError::Inconsistent), "{bad}");
    }
    let other = good.replace(&words_of(&Hex(GENESIS)), &other_words);
    let other = other.replace(&Hex(GENESIS).to_string(), &Hex([8; 32]).to_string());
    assert_eq!(read(&other), Err(PageError::OtherSite(other_words)));
}

#[test]
fn a_page_that_is_not_written_as_it_must_be_is_refused() {
    let good = page(&public());
    for bad in [
        good.replace(END, ""),
        good.replace(r#""words":null,"#, r#""words":null,"more":1,"#),
        good.replace(r#""words":null"#, r#""words":7"#),
        format!("{good}{good}"),
    ] {
        assert_eq!(read(&bad), Err(PageError::Malformed), "{bad}");
    }
    assert_eq!(read(&page(&Public { format: 2, ..public() })), Err(PageError::UnknownFormat));
}

#[test]
fn an_expired_page_is_refused() {
    let expires = "2026-11-23".parse().unwrap();
    assert_eq!(read(&page(&Public { expires, ..public() })), Err(PageError::Expired(expires)));
}

#[test]
fn the_site_can_be_typed_as_words_or_as_a_hash() {
    let words = words_of(&Hex(GENESIS));
    assert_eq!(typed_genesis(&"07".repeat(32)).as_ref(), Some(&words));
    assert_eq!(typed_genesis(&format!("  {}  ", words.to_uppercase().replace(' ', "  "))), Some(words.clone()));
    assert_eq!(typed_genesis(&words.replacen(' ', "x ", 1)), None);
    assert_eq!(typed_genesis("07"), None);
}

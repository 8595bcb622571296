use crate::support::app::TestApp;
use crate::support::staff::Person;
use crate::support::tip::{TipParts, sealed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::shape::CAPSULE_PLAIN_LEN;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::wire::{MAX_REFERRALS, NewReferral};

fn target(tip: TipId) -> String {
    format!("/v1/tips/{tip}/capsules")
}

/// Capsules for both agencies, filled with what `fill` makes.
fn referral(tip: TipParts, fill: u8) -> NewReferral {
    let capsule = |agency: u8| STANDARD.encode(sealed(CAPSULE_PLAIN_LEN, fill ^ agency));
    NewReferral { token: Hex(tip.custody_token().0), keyring: 1, capsules: vec![capsule(0), capsule(1)] }
}

async fn refer(person: &Person, tip: TipParts, fill: u8) -> u16 {
    person.post(&target(tip.id()), &referral(tip, fill)).await.status
}

#[tokio::test]
async fn a_referral_adds_capsules_for_every_agency_and_takes_none_away() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    assert_eq!(refer(&app.person("mia"), tip, 0x40).await, 201);
    assert_eq!(refer(&app.person("mia"), tip, 0x40).await, 200);
    for (member, agency) in [("mia", 0), ("pam", 1)] {
        let person = app.person(member);
        let (listed, _) = person.tips(0).await;
        assert_eq!(listed[0].capsule, tip.capsule(agency), "what was there before is there still");
        let (added, end) = person.list("/v1/referrals", 0).await;
        assert_eq!((added.len(), added[0].line.seq, end), (1, 1, 1));
        assert_eq!((added[0].line.id, &added[0].letter), (tip.id(), &tip.letter()));
        assert_eq!(added[0].capsule, sealed(CAPSULE_PLAIN_LEN, 0x40 ^ agency));
        assert_eq!(person.list("/v1/referrals", 1).await.0, []);
    }
}

#[tokio::test]
async fn nobody_refers_a_tip_that_they_have_not_opened() {
    let app = TestApp::new().await;
    let (tip, other) = (TipParts::new(1), TipParts::new(2));
    app.put(tip).await;
    app.put(other).await;
    let pam = app.person("pam");
    assert_eq!(pam.post(&target(tip.id()), &referral(other, 1)).await.status, 404, "another tip's token");
    assert_eq!(refer(&pam, TipParts::new(3), 1).await, 404, "no such tip");
    let by_id = NewReferral { token: Hex(tip.id().0), ..referral(tip, 1) };
    assert_eq!(pam.post(&target(tip.id()), &by_id).await.status, 404, "the id is no token");
    for (person, status) in [("ada", 403), ("nobody", 401)] {
        assert_eq!(refer(&app.person(person), tip, 1).await, status, "{person}");
    }
    assert_eq!(pam.list("/v1/referrals", 0).await, (vec![], 0));
}

#[tokio::test]
async fn what_is_not_one_sealed_capsule_for_each_agency_is_refused() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    let mia = app.person("mia");
    let good = referral(tip, 1);
    let mut one_more = good.capsules.clone();
    one_more.push(one_more[0].clone());
    let long = STANDARD.encode(sealed(CAPSULE_PLAIN_LEN + 1, 1));
    for capsules in [vec![], vec![good.capsules[0].clone()], one_more, vec![long, good.capsules[1].clone()]] {
        let bad = NewReferral { capsules, ..good.clone() };
        assert_eq!(mia.post(&target(tip.id()), &bad).await.status, 422);
    }
    let signed = mia.sign("POST", &target(tip.id()), b"{}");
    assert_eq!(mia.send(&signed).await.status, 400);
    assert_eq!(mia.post("/v1/tips/short/capsules", &good).await.status, 400);
    assert_eq!(mia.list("/v1/referrals", 0).await.1, 0);
}

#[tokio::test]
async fn a_holder_who_sends_rubbish_fills_the_room_for_referrals_and_spoils_nothing() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    let (mia, pam) = (app.person("mia"), app.person("pam"));
    assert_eq!(refer(&mia, tip, 0).await, 201);
    for fill in 1..MAX_REFERRALS {
        assert_eq!(refer(&pam, tip, u8::try_from(fill).unwrap() * 2).await, 201);
    }
    assert_eq!(refer(&pam, tip, 255).await, 409);
    let (added, _) = mia.list("/v1/referrals", 0).await;
    assert_eq!(added[0].capsule, sealed(CAPSULE_PLAIN_LEN, 0));
    assert_eq!(mia.tips(0).await.0[0].capsule, tip.capsule(0));
}

#[tokio::test]
async fn a_member_brings_the_facts_of_a_tip_as_a_tip_that_is_like_any_other() {
    let app = TestApp::new().await;
    let (from_a_source, from_a_desk) = (TipParts::new(1), TipParts::new(2));
    app.put(from_a_source).await;
    let mia = app.person("mia");
    let put = |tip: TipParts| mia.sign("PUT", &format!("/v1/tips/{}", tip.id()), &tip.body());
    assert_eq!(mia.send(&put(from_a_desk)).await.status, 201);
    assert_eq!(mia.send(&put(from_a_desk)).await.status, 200);
    let (listed, end) = app.person("pam").tips(0).await;
    let mut as_from_a_source = listed[0].line.clone();
    (as_from_a_source.seq, as_from_a_source.id) = (2, from_a_desk.id());
    assert_eq!((listed[1].line.clone(), end), (as_from_a_source, 2));
    let ada = app.person("ada");
    let by_admin = ada.sign("PUT", &format!("/v1/tips/{}", from_a_desk.id()), &from_a_desk.body());
    assert_eq!(ada.send(&by_admin).await.status, 403);
}

//! Referrals, deletions and junk: what every backend must do.

use super::{open, tip};
use crate::support::site::{genesis, key};
use knothole::crypto::statement::{PurgeAsked, Statement as _};
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::store::{DeletionOutcome, NewDeletion, NewSecond, ReadMark, ReferralOutcome, Store, TipOutcome};
use knothole::wire::{MAX_DELETION_REQUESTS, PurgeRecord, junk_hash};

fn day(number: i32) -> Day {
    Day::from_epoch_days(number).unwrap()
}

fn request(seed: u8) -> NewDeletion {
    let (hash, nonce, signature) = (Hex([seed; 32]), Hex([seed; 16]), Hex([seed; 64]));
    NewDeletion { hash, member: "mia".into(), nonce, day: day(20_000), signature }
}

fn second(seed: u8) -> NewSecond {
    let (request, signature, tag) = (Hex([seed; 32]), Hex([seed ^ 1; 64]), Hex([seed ^ 2; 32]));
    NewSecond { request, member: "pam".into(), day: day(20_001), signature, tag, noticed: day(20_002) }
}

fn mark(agency: u16, on: i32, tips: u64) -> ReadMark {
    ReadMark { agency: AgencyNumber(agency), day: day(on), tips }
}

async fn note(store: &dyn Store, agency: u16, on: i32, tips: u64, notices: u64) {
    store.note_read(mark(agency, on, tips), notices, day(on - 30)).await.unwrap();
}

#[tokio::test]
async fn a_referral_stands_beside_what_was_there_and_is_kept_once() {
    let (store, _dir) = open().await;
    store.put_tip(tip(9)).await.unwrap();
    let capsules = [vec![1; 1886], vec![2; 1886]];
    assert_eq!(store.put_referral(tip(8).id, 3, &capsules).await, Ok(ReferralOutcome::NoTip));
    assert_eq!(store.put_referral(tip(9).id, 3, &capsules).await, Ok(ReferralOutcome::Stored));
    assert_eq!(store.put_referral(tip(9).id, 3, &capsules).await, Ok(ReferralOutcome::StoredBefore));
    let listed = store.referrals_after(0, AgencyNumber(1)).await.unwrap();
    let [found] = &listed[..] else { panic!("{} referrals", listed.len()) };
    assert_eq!((found.seq, found.id, found.keyring, found.day), (1, tip(9).id, 3, tip(9).day));
    assert_eq!((&found.letter, found.capsule.as_ref()), (&tip(9).letter, Some(&capsules[1])));
    assert_eq!(store.referrals_after(0, AgencyNumber(2)).await.unwrap()[0].capsule, None);
    assert_eq!(store.referrals_after(1, AgencyNumber(1)).await, Ok(vec![]));
    let own = store.tips_after(0, AgencyNumber(1)).await.unwrap();
    assert_eq!(own[0].capsule.as_ref(), tip(9).capsules.get(1));
    assert_eq!(store.last_referral().await, Ok(1));
}

#[tokio::test]
async fn a_deletion_is_asked_for_seconded_once_and_carried_out_once() {
    let (store, _dir) = open().await;
    store.put_tip(tip(9)).await.unwrap();
    store.put_referral(tip(9).id, 3, &[vec![1; 1886]]).await.unwrap();
    assert_eq!(store.ask_deletion(tip(8).id, &request(1)).await, Ok(DeletionOutcome::Missing));
    assert_eq!(store.second_deletion(tip(9).id, &second(1)).await, Ok(DeletionOutcome::Missing));
    assert_eq!(store.ask_deletion(tip(9).id, &request(1)).await, Ok(DeletionOutcome::Done));
    assert_eq!(store.ask_deletion(tip(9).id, &request(1)).await, Ok(DeletionOutcome::DoneBefore));
    assert_eq!(store.second_deletion(tip(9).id, &second(1)).await, Ok(DeletionOutcome::Done));
    assert_eq!(store.second_deletion(tip(9).id, &second(1)).await, Ok(DeletionOutcome::DoneBefore));
    let records = store.deletions_of(tip(9).id, &genesis()).await.unwrap().unwrap();
    let seconded = records[0].seconded.as_ref().unwrap();
    assert_eq!((records[0].asked.member.as_str(), seconded.member.as_str(), seconded.seq), ("mia", "pam", 1));
    let notices = store.open_notices().await.unwrap();
    assert_eq!(
        (notices[0].day, notices[0].tag, &notices[0].members),
        (day(20_002), Hex([3; 32]), &["mia".to_owned(), "pam".to_owned()])
    );
    assert_eq!(store.delete_noticed(1, day(20_030)).await, Ok(true));
    assert_eq!(store.delete_noticed(1, day(20_030)).await, Ok(false));
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::Deleted));
    assert_eq!(store.deletions_of(tip(9).id, &genesis()).await, Ok(None));
    assert_eq!(store.referrals_after(0, AgencyNumber(0)).await, Ok(vec![]));
    assert_eq!((store.last_notice().await, store.last_referral().await), (Ok(1), Ok(1)));
}

#[tokio::test]
async fn an_objection_closes_a_request_for_ever() {
    let (store, _dir) = open().await;
    store.put_tip(tip(9)).await.unwrap();
    store.ask_deletion(tip(9).id, &request(1)).await.unwrap();
    store.second_deletion(tip(9).id, &second(1)).await.unwrap();
    assert_eq!(store.object_to_deletion(tip(9).id, &Hex([2; 32])).await, Ok(DeletionOutcome::Missing));
    assert_eq!(store.object_to_deletion(tip(9).id, &Hex([1; 32])).await, Ok(DeletionOutcome::Done));
    assert_eq!(store.object_to_deletion(tip(9).id, &Hex([1; 32])).await, Ok(DeletionOutcome::DoneBefore));
    assert_eq!(store.open_notices().await, Ok(vec![]));
    assert_eq!(store.delete_noticed(1, day(30_000)).await, Ok(false));
    assert_eq!(store.second_deletion(tip(9).id, &second(1)).await, Ok(DeletionOutcome::Closed));
    assert_eq!(store.ask_deletion(tip(9).id, &request(1)).await, Ok(DeletionOutcome::Closed));
    for number in 2..=MAX_DELETION_REQUESTS {
        let new = request(u8::try_from(number).unwrap());
        assert_eq!(store.ask_deletion(tip(9).id, &new).await, Ok(DeletionOutcome::Done));
    }
    assert_eq!(store.ask_deletion(tip(9).id, &request(200)).await, Ok(DeletionOutcome::Closed));
}

#[tokio::test]
async fn what_agencies_have_read_grows_and_old_marks_go() {
    let (store, _dir) = open().await;
    store.put_tip(tip(9)).await.unwrap();
    store.ask_deletion(tip(9).id, &request(1)).await.unwrap();
    store.second_deletion(tip(9).id, &second(1)).await.unwrap();
    let store = store.as_ref();
    for (on, tips, notices) in [(20_000, 5, 0), (20_000, 3, 0), (20_010, 6, 1), (20_020, 7, 0), (20_030, 8, 1)] {
        note(store, 1, on, tips, notices).await;
    }
    note(store, 0, 20_000, 1, 0).await;
    let wanted = [mark(0, 20_000, 1), mark(1, 20_000, 5), mark(1, 20_010, 6), mark(1, 20_020, 7), mark(1, 20_030, 8)];
    assert_eq!(store.read_marks().await.unwrap(), wanted);
    let notices = store.open_notices().await.unwrap();
    assert_eq!(notices[0].seen, [(AgencyNumber(1), day(20_010), day(20_030))]);
    note(store, 1, 20_055, 9, 1).await;
    let wanted = [mark(0, 20_000, 1), mark(1, 20_020, 7), mark(1, 20_030, 8), mark(1, 20_055, 9)];
    assert_eq!(store.read_marks().await.unwrap(), wanted);
}

#[tokio::test]
async fn a_purge_takes_exactly_what_it_names_or_nothing() {
    let (store, _dir) = open().await;
    for seed in 1..=4 {
        store.put_tip(tip(seed)).await.unwrap();
    }
    store.keep_tips(&[tip(2).id]).await.unwrap();
    let found = store.junk(3).await.unwrap();
    let list: Vec<_> = found.list.iter().map(|junk| junk.id).collect();
    assert_eq!((list, found.through), (vec![tip(1).id, tip(3).id], 3));
    assert_eq!((found.kept, found.later, found.bytes), (1, 1, 2 * (5755 + 2 * 1886)));
    let (ids, nonce) = (junk_hash(&found.list), Hex([1; 16]));
    let asked = PurgeAsked { site: genesis(), admin: "ada".into(), through: 3, tips: 2, ids, nonce, day: day(20_000) };
    let record = PurgeRecord { signature: asked.sign(&key("ada")), asked: asked.clone() };
    assert_eq!(store.purge_junk(&asked.hash(), &asked, day(20_000)).await, Ok(None), "nobody asked");
    store.ask_purge(&asked.hash(), &record).await.unwrap();
    assert_eq!(store.purge_requests(&genesis()).await, Ok(vec![record]));
    let other = PurgeAsked { ids: Hex([0; 32]), ..asked.clone() };
    assert_eq!(store.purge_junk(&asked.hash(), &other, day(20_000)).await, Ok(None));
    assert_eq!(store.purge_junk(&asked.hash(), &asked, day(20_000)).await, Ok(Some(2)));
    assert_eq!(store.put_tip(tip(1)).await, Ok(TipOutcome::Deleted));
    assert_eq!(store.put_tip(tip(2)).await, Ok(TipOutcome::StoredBefore));
    assert_eq!(store.put_tip(tip(4)).await, Ok(TipOutcome::StoredBefore));
    assert_eq!(store.purge_requests(&genesis()).await, Ok(vec![]));
}

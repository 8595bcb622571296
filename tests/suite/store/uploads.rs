//! Files that follow a letter: how far each is, and what of their bytes is waste.

use super::{open, tip};
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::store::{
    NewPart, NewUpload, PartOutcome, Store, StoredPart, StoredUpload, UploadOutcome, UploadRight, UploadRoom,
};

const ROOM: UploadRoom = UploadRoom { max_files: 2, max_bytes: 1_000 };
const GOES: u64 = 7_200;

const fn new(name: u8, length: u64) -> NewUpload {
    NewUpload { name: Hex([name; 16]), length, is_manifest: false, goes: GOES }
}

const fn part(object: u8, offset: u64, length: u64) -> NewPart {
    NewPart { object: Hex([object; 16]), offset, length, goes: GOES }
}

/// Puts bytes that were announced, as an intake does.
async fn add(store: &dyn Store, name: u8, part: NewPart) -> PartOutcome {
    store.announce_object(&part.object, GOES).await.unwrap();
    store.add_part(&Hex([name; 16]), &part).await.unwrap()
}

async fn waste(store: &dyn Store, now: u64) -> Vec<u8> {
    let mut waste: Vec<u8> = store.waste(now).await.unwrap().iter().map(|object| object.0[0]).collect();
    waste.sort_unstable();
    waste
}

#[tokio::test]
async fn a_tip_that_is_there_was_there_or_never_was_is_told_apart() {
    let (store, _dir) = open().await;
    store.put_tip(tip(1)).await.unwrap();
    assert_eq!(store.upload_right(tip(1).id).await, Ok(UploadRight::Token(tip(1).upload_hash)));
    assert_eq!(store.upload_right(tip(2).id).await, Ok(UploadRight::NoTip));
    assert_eq!(store.put_upload(tip(2).id, &new(1, 10), &ROOM).await, Ok(UploadOutcome::NoTip));
}

#[tokio::test]
async fn a_file_moves_by_parts_that_fit_and_is_whole_in_the_end() {
    let (store, _dir) = open().await;
    let store = store.as_ref();
    store.put_tip(tip(1)).await.unwrap();
    assert_eq!(store.put_upload(tip(1).id, &new(7, 10), &ROOM).await, Ok(UploadOutcome::Placed));
    let at = |offset, goes| StoredUpload { name: Hex([7; 16]), length: 10, offset, is_manifest: false, goes };
    assert_eq!(add(store, 7, part(1, 0, 6)).await, PartOutcome::Added(at(6, Some(GOES))));
    for unfit in [part(2, 0, 6), part(3, 7, 3), part(4, 6, 5)] {
        assert_eq!(add(store, 7, unfit).await, PartOutcome::DoesNotFit, "{unfit:?}");
    }
    assert_eq!(add(store, 9, part(5, 0, 1)).await, PartOutcome::DoesNotFit, "no such file");
    assert_eq!(add(store, 7, part(6, 6, 4)).await, PartOutcome::Added(at(10, None)));
    assert_eq!(store.upload(tip(1).id, &Hex([7; 16])).await, Ok(Some(at(10, None))));
    assert_eq!(store.upload(TipId([9; 32]), &Hex([7; 16])).await, Ok(None));
    let parts = store.parts_of(&Hex([7; 16])).await.unwrap();
    let of = |object, range| StoredPart { object: Hex([object; 16]), range };
    assert_eq!(parts, [of(1, 0..6), of(6, 6..10)]);
    assert_eq!((waste(store, GOES - 1).await, waste(store, GOES).await), (vec![], vec![2, 3, 4, 5]));
}

#[tokio::test]
async fn bytes_that_were_not_announced_or_were_given_up_become_no_part() {
    let (store, _dir) = open().await;
    store.put_tip(tip(1)).await.unwrap();
    store.put_upload(tip(1).id, &new(7, 10), &ROOM).await.unwrap();
    assert_eq!(store.add_part(&Hex([7; 16]), &part(1, 0, 6)).await, Ok(PartOutcome::DoesNotFit));
    store.announce_object(&Hex([1; 16]), GOES).await.unwrap();
    store.forget_waste(&[Hex([1; 16])]).await.unwrap();
    assert_eq!(store.add_part(&Hex([7; 16]), &part(1, 0, 6)).await, Ok(PartOutcome::DoesNotFit));
    assert_eq!(store.upload(tip(1).id, &Hex([7; 16])).await.unwrap().unwrap().offset, 0);
}

#[tokio::test]
async fn a_tip_has_room_for_so_much_and_no_more() {
    let (store, _dir) = open().await;
    store.put_tip(tip(1)).await.unwrap();
    assert_eq!(store.put_upload(tip(1).id, &new(1, 600), &ROOM).await, Ok(UploadOutcome::Placed));
    assert_eq!(store.put_upload(tip(1).id, &new(2, 401), &ROOM).await, Ok(UploadOutcome::Full));
    assert_eq!(store.put_upload(tip(1).id, &new(3, 400), &ROOM).await, Ok(UploadOutcome::Placed));
    let wide = UploadRoom { max_bytes: 10_000, ..ROOM };
    assert_eq!(store.put_upload(tip(1).id, &new(4, 1), &wide).await, Ok(UploadOutcome::Full));
    assert_eq!(store.uploads_of(tip(1).id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_not_whole_goes_in_its_hour_and_its_bytes_are_waste_at_once() {
    let (store, _dir) = open().await;
    let store = store.as_ref();
    store.put_tip(tip(1)).await.unwrap();
    for name in [1, 2] {
        store.put_upload(tip(1).id, &new(name, 10), &ROOM).await.unwrap();
    }
    add(store, 1, part(1, 0, 10)).await;
    add(store, 2, part(2, 0, 5)).await;
    assert_eq!(store.expire_uploads(GOES - 1, 9_000).await, Ok(0));
    assert_eq!(store.expire_uploads(GOES, 9_000).await, Ok(1));
    assert_eq!(store.uploads_of(tip(1).id).await.unwrap().iter().map(|file| file.name.0[0]).collect::<Vec<_>>(), [1]);
    assert_eq!(waste(store, 0).await, [2]);
    store.forget_waste(&[Hex([2; 16])]).await.unwrap();
    assert_eq!(waste(store, GOES).await, [0_u8; 0]);
}

#[tokio::test]
async fn a_file_that_went_is_remembered_under_its_tip_for_a_while() {
    let (store, _dir) = open().await;
    for seed in [1, 2] {
        store.put_tip(tip(seed)).await.unwrap();
    }
    store.put_upload(tip(1).id, &new(7, 10), &ROOM).await.unwrap();
    let has_expired = async |seed, name| store.has_upload_expired(tip(seed).id, &Hex([name; 16])).await.unwrap();
    assert!(!has_expired(1, 7).await);
    store.expire_uploads(GOES, 9_000).await.unwrap();
    assert!(has_expired(1, 7).await && !has_expired(2, 7).await && !has_expired(1, 8).await);
    store.expire_uploads(8_999, 20_000).await.unwrap();
    assert!(has_expired(1, 7).await);
    store.expire_uploads(9_000, 20_000).await.unwrap();
    assert!(!has_expired(1, 7).await);
}

#[tokio::test]
async fn bytes_of_tips_that_somebody_keeps_are_not_counted() {
    let (store, _dir) = open().await;
    let store = store.as_ref();
    for seed in [1, 2] {
        store.put_tip(tip(seed)).await.unwrap();
        store.put_upload(tip(seed).id, &new(seed, 10), &ROOM).await.unwrap();
        add(store, seed, part(seed, 0, 5)).await;
    }
    assert_eq!(store.unkept_bytes().await, Ok(10));
    store.keep_tips(&[tip(1).id]).await.unwrap();
    assert_eq!(store.unkept_bytes().await, Ok(5));
}

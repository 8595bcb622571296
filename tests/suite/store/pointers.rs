//! Messages by which agencies compare have a room of their own: whoever fills it spoils nothing else.

use super::{open, tip};
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::store::{NewPointer, Outcome, TipOutcome};
use knothole::wire::MAX_POINTERS;

fn message(number: i64, day: i32) -> NewPointer {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&number.to_be_bytes());
    NewPointer { hash: Hex(hash), day: Day::from_epoch_days(day).unwrap(), sealed: number.to_be_bytes().to_vec() }
}

#[tokio::test]
async fn a_room_that_is_full_takes_no_more_until_some_are_gone_and_tips_come_as_ever() {
    let (store, _dir) = open().await;
    for number in 1..=MAX_POINTERS {
        let day = if number <= 3 { 20_000 } else { 20_001 };
        assert_eq!(store.put_pointer(&message(number, day)).await, Ok(Outcome::Stored));
    }
    let more = message(MAX_POINTERS + 1, 20_001);
    assert_eq!(store.put_pointer(&more).await, Ok(Outcome::Taken));
    assert_eq!(store.put_pointer(&message(5, 20_001)).await, Ok(Outcome::StoredBefore));
    assert_eq!(store.put_tip(tip(1)).await, Ok(TipOutcome::Stored));
    store.forget_pointers(Day::from_epoch_days(20_001).unwrap()).await.unwrap();
    assert_eq!(store.put_pointer(&more).await, Ok(Outcome::Stored));
    let listed = store.pointers_after(0).await.unwrap();
    assert_eq!((listed.len(), listed[0].seq, listed[0].sealed.as_slice()), (8, 4, &4_i64.to_be_bytes()[..]));
    assert_eq!(store.last_pointer().await, Ok(u64::try_from(MAX_POINTERS).unwrap() + 1));
}

use crate::support::app::{NOW, TestApp};
use crate::support::http::Answer;
use crate::support::site::{give_key, key, key_name};
use crate::support::staff::Person;
use crate::support::tip::{TipParts, sealed};
use knothole::crypto::shape::CAPSULE_PLAIN_LEN;
use knothole::model::hex::Hex;
use knothole::wire::{
    CheckedCapsule, CheckedCapsules, Epochs, MAX_RESEALED, NewOpened, NewSecret, Replaced, Reseal, SignedPlace,
};
use sha2::{Digest as _, Sha256};

/// Under version 2 agency 0 has key 2; the tip was sealed under version 1.
async fn rotated() -> (TestApp, TipParts) {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    app.publish(|draft| give_key(draft, 0, "mia", "ned")).await;
    (app, tip)
}

fn new_capsule() -> Vec<u8> {
    sealed(CAPSULE_PLAIN_LEN, 0x77)
}

fn body(epoch: u32, tip: TipParts, referral: u64, bytes: &[u8]) -> Vec<u8> {
    let place = SignedPlace { tip: tip.id(), referral, signature: Hex([3; 64]) };
    let line = serde_json::to_vec(&Reseal { epoch, capsules: vec![place] }).unwrap();
    [&line, b"\n".as_slice(), bytes].concat()
}

async fn put(person: &Person, body: &[u8]) -> u16 {
    person.send(&person.sign("PUT", "/v1/capsules", body)).await.status
}

async fn check(person: &Person, seq: u64, capsule: &[u8]) -> u64 {
    let checked = vec![CheckedCapsule { seq, sha256: Hex(Sha256::digest(capsule).into()) }];
    let answer = person.post("/v1/resealed", &CheckedCapsules { checked }).await;
    serde_json::from_slice::<Replaced>(&answer.body).unwrap().replaced
}

/// Whether a list holds these bytes.
fn holds(answer: &Answer, bytes: &[u8]) -> bool {
    answer.body.windows(bytes.len()).any(|window| window == bytes)
}

async fn epochs(person: &Person) -> Epochs {
    serde_json::from_slice(&person.get("/v1/epochs").await.body).unwrap()
}

#[tokio::test]
async fn the_old_capsule_stays_until_another_person_of_the_agency_has_checked_the_new_one() {
    let (app, tip) = rotated().await;
    let (mia, ned, pam) = (app.person("mia"), app.person("ned"), app.person("pam"));
    assert!(holds(&mia.get("/v1/capsules").await, &tip.capsule(0)));
    assert!(!holds(&pam.get("/v1/capsules").await, &tip.capsule(1)), "her agency's key is its newest");
    assert_eq!(put(&mia, &body(2, tip, 0, &new_capsule())).await, 201);
    assert!(!holds(&mia.get("/v1/capsules").await, &tip.capsule(0)), "done already");
    assert!(holds(&ned.get("/v1/capsules").await, &tip.capsule(0)));
    let waiting = ned.get("/v1/resealed").await;
    assert!(holds(&waiting, &tip.capsule(0)) && holds(&waiting, &new_capsule()));
    assert!(!holds(&pam.get("/v1/resealed").await, &new_capsule()));
    assert_eq!((epochs(&ned).await.epochs[0].tips, epochs(&ned).await.unchecked), (1, 1));

    assert_eq!(check(&mia, 1, &new_capsule()).await, 0, "her own");
    assert_eq!(check(&pam, 1, &new_capsule()).await, 0, "another agency's");
    assert_eq!(check(&ned, 1, &tip.capsule(0)).await, 0, "not what lies there");
    assert_eq!(check(&ned, 2, &new_capsule()).await, 0, "no such number");
    assert_eq!(ned.tips(0).await.0[0].capsule, tip.capsule(0));
    assert_eq!(check(&ned, 1, &new_capsule()).await, 1);
    assert_eq!(check(&ned, 1, &new_capsule()).await, 0);
    assert_eq!(ned.tips(0).await.0[0].capsule, new_capsule());
    assert_eq!(pam.tips(0).await.0[0].capsule, tip.capsule(1));
    assert_eq!((epochs(&ned).await.epochs[0].tips, epochs(&ned).await.unchecked), (0, 0));
    assert_eq!(app.put(tip).await.status, 200, "a retry is known after a rotation, too");
}

#[tokio::test]
async fn who_asks_for_all_is_given_what_seems_to_be_sealed_to_the_newest_key_too_and_what_they_have_sealed_again_not_twice()
 {
    let (app, tip) = rotated().await;
    let pam = app.person("pam");
    assert!(!holds(&pam.get("/v1/capsules").await, &tip.capsule(1)));
    let all = pam.get("/v1/capsules?all").await;
    assert!(holds(&all, &tip.capsule(1)) && !holds(&all, &tip.capsule(0)), "her own agency's alone");
    assert_eq!(put(&pam, &body(1, tip, 0, &new_capsule())).await, 201);
    assert!(!holds(&pam.get("/v1/capsules?all").await, &tip.capsule(1)));
    assert_eq!(check(&app.person("quin"), 1, &new_capsule()).await, 1);
    assert!(holds(&pam.get("/v1/capsules?all").await, &new_capsule()), "who asks again seals again");
    for wrong in ["all=1", "every"] {
        assert_eq!(pam.get(&format!("/v1/capsules?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_is_not_a_capsule_for_each_place_or_not_sealed_to_the_newest_key_changes_nothing() {
    let (app, tip) = rotated().await;
    let mia = app.person("mia");
    let good = body(2, tip, 0, &new_capsule());
    for (wrong, status) in [
        (body(1, tip, 0, &new_capsule()), 409),
        (body(3, tip, 0, &new_capsule()), 409),
        (body(2, tip, 0, &[]), 422),
        (body(2, tip, 0, &[new_capsule(), new_capsule()].concat()), 422),
        (body(2, tip, 0, &[7; 1886]), 422),
        (b"{}\n".to_vec(), 400),
        (b"no line".to_vec(), 400),
    ] {
        assert_eq!(put(&mia, &wrong).await, status);
    }
    for (person, status) in [("ada", 403), ("nobody", 401)] {
        assert_eq!(put(&app.person(person), &good).await, status, "{person}");
        for target in ["/v1/capsules", "/v1/resealed", "/v1/epochs"] {
            assert_eq!(app.person(person).get(target).await.status, status, "{person} {target}");
        }
    }
    assert_eq!(epochs(&mia).await.unchecked, 0);
    // A tip or a referral that is not there is passed over.
    for (tip, referral) in [(TipParts::new(9), 0), (tip, 5)] {
        assert_eq!(put(&mia, &body(2, tip, referral, &new_capsule())).await, 201);
    }
    assert_eq!(epochs(&mia).await.unchecked, 0);
    let many = CheckedCapsules { checked: vec![CheckedCapsule { seq: 1, sha256: Hex([0; 32]) }; MAX_RESEALED + 1] };
    assert_eq!(mia.post("/v1/resealed", &many).await.status, 422);
}

#[tokio::test]
async fn a_key_is_not_retired_while_something_needs_it_or_while_it_is_the_newest() {
    let (app, tip) = rotated().await;
    let retired = |id: &str, epoch| {
        let name = key_name(0, epoch);
        let signature = name.sign_retired(&key(id));
        NewSecret::Retired(NewOpened { name, signature })
    };
    let post =
        async |app: &TestApp, id: &str, secret: &NewSecret| app.person(id).post("/v1/secrets", secret).await.status;
    assert_eq!(post(&app, "mia", &retired("mia", 2)).await, 422, "in use");
    assert_eq!(post(&app, "mia", &retired("mia", 1)).await, 409, "a tip needs it");
    assert_eq!(post(&app, "mia", &retired("ned", 1)).await, 422, "not her signature");
    assert_eq!(post(&app, "pam", &retired("pam", 1)).await, 403, "another agency's");
    put(&app.person("mia"), &body(2, tip, 0, &new_capsule())).await;
    check(&app.person("ned"), 1, &new_capsule()).await;
    assert_eq!(post(&app, "mia", &retired("mia", 1)).await, 409, "an old page may still seal to it");
    let until = epochs(&app.person("mia")).await.epochs[0].sealed_until.unwrap();
    assert_eq!(until.to_string(), "2027-02-08");
    let app = app.again_at(NOW + 77 * 86_400).await;
    assert_eq!(post(&app, "mia", &retired("mia", 1)).await, 201);
    assert_eq!(post(&app, "mia", &retired("mia", 1)).await, 200);
}

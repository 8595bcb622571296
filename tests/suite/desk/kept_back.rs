//! A reader who changes the key of a tip and gives the new one to nobody, or to some: the others notice, say so and change it again.

use super::commands::{Said, says_at};
use super::flow::synced;
use super::site::{NOW, Person};
use super::true_site::TrueSite;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::capsule::Capsule as Text;
use knothole::crypto::event::{Capsule, Event, Excluded, FORMAT, Kind, SealedFor, SignedEvent};
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::admin::revoke::revoke;
use knothole::desk::case::Fault;
use knothole::desk::events::authors::author;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::wire::PostedEvent;

async fn says(it: &TrueSite, member: usize, words: &[&str]) -> Said {
    let said = says_at(&it.site, member, NOW, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

/// A tip for both agencies on which both have written, and from which ned of agency 0 was taken out since.
async fn with_cause() -> (TrueSite, TipId) {
    let mut it = TrueSite::open().await;
    let tip = it.send("open", &it.newest, &[0, 1]).await;
    says(&it, 0, &["note", &tip.to_string(), "-m", "before"]).await;
    says(&it, 2, &["note", &tip.to_string(), "-m", "before, too"]).await;
    it.publish(NOW, |draft| drop(revoke(draft, "ned", false).unwrap())).await;
    for member in [0, 2, 3] {
        says(&it, member, &["inbox"]).await;
    }
    (it, tip)
}

/// Pam changes the key, with whatever capsules she likes.
async fn pam_rekeys(it: &TrueSite, tip: TipId, capsules: impl FnOnce(&Text) -> Vec<Capsule>) -> ThreadKey {
    let (_, known) = synced(&it.site.members[2]).await.unwrap();
    let new = ThreadKey::generate();
    let text = Text { id: new.id(), letter_sha256: known.tips[0].opened_sha256(), thread: new.clone() };
    let without = vec![Excluded::Member("ned".into())];
    writes(it, &it.site.members[2], tip, Kind::Rekey { thread: new.id(), without, capsules: capsules(&text) }).await;
    new
}

/// Somebody writes whatever they like, under the first key of their one tip.
pub async fn writes(it: &TrueSite, person: &Person, tip: TipId, what: Kind) {
    let (_, known) = synced(person).await.unwrap();
    let (case, first) = (known.case(tip), known.tips[0].thread_key().unwrap());
    let author = author(&person.as_member());
    let previous = case.last_of(&author.member).map(|named| named.hash);
    let keyring = it.newest.read().unwrap().public.version;
    let event = Event { format: FORMAT, tip, author, at: NOW, keyring, heads: case.heads, previous, log: None, what };
    let sealed = STANDARD.encode(SignedEvent::new(&event, &person.identity.signing).seal(&first).unwrap());
    let label = first.event_labels().label(3);
    let posted = PostedEvent { token: Hex(first.custody_token().0), slot: 3, label, sealed };
    person.client().post_event(tip, &posted).await.unwrap();
}

fn sealed_for(text: &Text, agency: u16, to: &HybridIdentity) -> Capsule {
    let to_agency = SealedFor::Agency { number: AgencyNumber(agency), epoch: 1 };
    Capsule { to: to_agency, sealed: STANDARD.encode(text.seal(&to.to_recipient())) }
}

/// What everyone who still holds the tip reads on it.
async fn all_read(it: &TrueSite, tip: TipId, words: &[&str]) {
    for member in [0, 2, 3] {
        says(it, member, &["inbox"]).await;
        let shown = says(it, member, &["show", &tip.to_string()]).await;
        for words in words {
            assert!(shown.out.contains(words), "{member}: {words}: {shown:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_given_to_nobody_keeps_nobody_from_writing_and_reading_what_comes_later() {
    let (it, tip) = with_cause().await;
    let kept = pam_rekeys(&it, tip, |_| vec![]).await;
    let id = tip.to_string();
    let told = says(&it, 0, &["inbox"]).await;
    assert!(told.notes.contains("pam has changed its key and given you none: `desk keys rekey`"), "{told:?}");
    says(&it, 0, &["note", &id, "-m", "by mia"]).await;
    says(&it, 3, &["note", &id, "-m", "by quin"]).await;
    all_read(&it, tip, &["before", "by mia", "by quin", "changed the key, without ned"]).await;
    let (_, known) = synced(&it.site.members[0]).await.unwrap();
    let case = known.case(tip);
    assert!(case.kept_back.contains(&kept.id()), "{:?}", case.void);
    assert!(case.threads.len() == 1 && case.void.is_empty());
    let names = |fault: &Fault| matches!(fault, Fault::KeptBack { event, .. } if case.event(event).unwrap().event.author.member == "pam");
    assert!(case.faults.iter().all(names), "{:?}", case.faults);

    pam_rekeys(&it, tip, |_| vec![]).await; // costs her one more event, and the others nothing: it leaves out nobody more
    says(&it, 0, &["note", &id, "-m", "by mia again"]).await;
    all_read(&it, tip, &["by mia again"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_sealed_to_somebody_else_in_our_name_is_one_that_we_were_not_given() {
    let (it, tip) = with_cause().await;
    let stranger = HybridIdentity::from_seed([9; 32]);
    pam_rekeys(&it, tip, |text| vec![sealed_for(text, 0, &stranger), sealed_for(text, 1, &stranger)]).await;
    assert_eq!(
        says(&it, 0, &["keys", "rekey"]).await.out,
        "1 open tips have a new key, as some were not given the last one\n"
    );
    says(&it, 0, &["note", &tip.to_string(), "-m", "by mia"]).await;
    all_read(&it, tip, &["by mia"]).await;
    assert_eq!(says(&it, 0, &["keys", "rekey"]).await.out, "no open tip waits for a new key\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_given_a_key_that_others_were_not_changes_it_before_they_write() {
    let (it, tip) = with_cause().await;
    let recipient = super::site::recipient(&it.newest, 1);
    pam_rekeys(&it, tip, |text| {
        let to = SealedFor::Agency { number: AgencyNumber(1), epoch: 1 };
        vec![Capsule { to, sealed: STANDARD.encode(text.seal(&recipient)) }]
    })
    .await;
    says(&it, 3, &["note", &tip.to_string(), "-m", "by quin"]).await;
    all_read(&it, tip, &["by quin"]).await;
}

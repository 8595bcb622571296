//! What recovery admins propose, at the public door: whoever asks sees it, and `desk verify` catches a server that hides it there.

use super::super::site::{Person, today};
use super::{Form, Lie};
use knothole::desk::admin::{self, recover};
use knothole::desk::failure::Exit;
use knothole::desk::verify::{Errand, Look};

#[tokio::test(flavor = "multi_thread")]
async fn that_admins_are_to_be_replaced_is_there_for_all_and_who_hides_it_at_the_public_door_is_caught() {
    const SAID: &str = "recovery admins will put bea-2 in the place of the admins bea on 2026-12-31";
    let mut recovery = Vec::new();
    let mut form = Form::of(
        |_, _| {},
        |site, draft| {
            recovery = vec![site.new_admin("rex", 0), site.new_admin("sue", 1)];
            recover::name(draft, recovery.iter().map(Person::as_admin).collect(), 2, 30).unwrap();
        },
    )
    .await;
    let before = form.newest.read().unwrap();
    let mut draft = admin::next_draft(&before, today(), 90);
    admin::replace_admin(&mut draft, "bea", form.site.new_admin("bea-2", 1).as_admin()).unwrap();
    let mut version = recover::fix(draft, &before, today());
    for person in &recovery {
        recover::sign(&mut version, &before, &person.identity).unwrap();
    }
    recover::propose(&recovery[0].client(), &version, &before).await.unwrap();

    let done = form.verified(&[]).await;
    assert!(done.exit == Exit::Ok && done.notes.matches(SAID).count() == 1, "{done:?}");
    let json = form.verified(&["--json"]).await;
    assert!(json.exit == Exit::Ok && json.out.contains(&format!("\"proposed\":[\"{SAID}\"]")), "{json:?}");
    let locked = form.verified_with(&[], &[]).await;
    assert!(locked.exit == Exit::Ok && locked.notes.matches(SAID).count() == 1, "keys are not needed: {locked:?}");

    let look = async |is_watch| {
        let (form, genesis) = (form.address.as_str(), &admin::hash(&form.site.zero));
        let errand = Errand { form, proxy: None, version: &before, genesis, proposed: Some(&[]), is_watch };
        errand.look(&Look::Notice).await.unwrap()
    };
    let (once, watched) = (look(false).await, look(true).await);
    assert_eq!((once.differences.len(), once.proposed.as_slice()), (1, [SAID.to_owned()].as_slice()));
    assert_eq!(
        (watched.differences.len(), watched.proposed),
        (0, once.proposed),
        "what came during a watch hides nothing"
    );

    let lies: [(Lie, String); 3] = [
        (
            |head, shown| {
                if head.starts_with("GET /recovery ") {
                    shown.body = "{\"proposed\":[]}".into();
                }
            },
            format!("/recovery: it does not say that {SAID}\n"),
        ),
        (
            |head, shown| {
                if head.starts_with("GET /recovery ") {
                    shown.swap("\"first_day\":\"2026-12-31\"", "\"first_day\":\"2027-12-31\"");
                }
            },
            "/recovery: it names new admins, and no recovery admin signed that\n".into(),
        ),
        (
            |head, shown| {
                if head.starts_with("GET /recovery ") {
                    shown.body = "nothing".into();
                }
            },
            "/recovery: what it says of recovery admins makes no sense\n".into(),
        ),
    ];
    for (lie, said) in lies {
        form.lie(lie).await;
        let done = form.verified(&[]).await;
        assert_eq!((done.exit, done.out), (Exit::Integrity, said), "{}", done.notes);
    }
}

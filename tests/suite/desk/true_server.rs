//! `desk` and the true server together, both doors on loopback.

use super::flow::{stories, synced};
use super::site::{NOW, Site, recipient, today};
use crate::support::app::data_dir;
use crate::support::http::{exchange, request};
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::compose::{Draft, Readership, compose};
use knothole::crypto::letter::{Answers, Route};
use knothole::desk::admin;
use knothole::desk::client::{ClientError, Sent};
use knothole::http::accept::Address;
use knothole::http::limits::Limits;
use knothole::http::serve::{Settings, start};
use knothole::model::agency::AgencyNumber;
use std::sync::Arc;

#[tokio::test]
async fn a_tip_put_to_the_public_door_is_read_by_whom_it_was_sealed_to() {
    let dir = data_dir();
    // The genesis is known before the server starts, its address only afterwards.
    let mut site = Site::new("http://127.0.0.1:1");
    let any = || "127.0.0.1:0".parse().unwrap();
    let genesis = admin::hash(&site.zero);
    let settings =
        Settings { data_dir: dir.path().into(), public: any(), staff: any(), genesis, limits: Limits::default() };
    let running = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    let Address::Tcp(staff) = running.staff() else { panic!("tests use TCP") };
    for person in site.admins.iter_mut().chain(&mut site.members) {
        person.profile.set_server(&format!("http://{staff}"), None).unwrap();
    }
    let newest = site.publish_all().await;

    let agencies = [0_u16, 1].map(|number| (AgencyNumber(number), Some(recipient(&newest, usize::from(number)))));
    let answers = Answers { story: Some("in the blue house".into()), ..Answers::default() };
    let draft = Draft { created: FixedClock(NOW).quarter_hour(), lang: "en".into(), route: Route::Fast, answers };
    let tip = compose(draft, &Readership { keyring: 2, agencies: &agencies }, &[AgencyNumber(0)]).unwrap();
    let headers = [("content-type", "application/x-tar")];
    let put = request("PUT", &format!("/tips/{}", tip.id), &headers, &tip.tar);
    assert_eq!(exchange(running.public(), &put).await.status, 201);

    assert_eq!(stories(&synced(&site.members[1]).await.unwrap().1), ["in the blue house"]);
    assert_eq!(synced(&site.members[2]).await.unwrap().1.tips.len(), 0);

    let ada = site.admins[0].client();
    let before = ada.keyring_from(1).await.unwrap().remove(0).read().unwrap();
    assert_eq!(admin::publish(&ada, &newest, Some(&before)).await.unwrap(), Sent::Same);
    assert!(matches!(ada.tips_after(0).await.err(), Some(ClientError::Forbidden)));
    let other = site.next(&site.zero, |draft| draft.public.expires = today());
    let taken = admin::publish(&ada, &other, Some(&site.zero.read().unwrap())).await;
    assert!(matches!(taken, Err(admin::AdminError::Client(ClientError::Conflict))));
}

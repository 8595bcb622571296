use super::file;
use crate::support::app::TestApp;
use crate::support::tip::sealed;
use crate::support::uploads::{Sender, objects};
use knothole::intake::UploadLimits;
use knothole::model::hex::Hex;
use knothole::wire::KeepTokens;

/// A site with other limits.
async fn site(change: impl FnOnce(&mut UploadLimits)) -> TestApp {
    let app = TestApp::new().await;
    let change = |settings: &mut knothole::http::serve::Settings| change(settings.uploads.as_mut().unwrap());
    app.again_with(change).await
}

#[tokio::test]
async fn a_file_that_is_longer_than_the_site_takes_is_refused_before_it_is_sent() {
    let app = site(|limits| limits.max_file_bytes = 3 << 20).await;
    let sender = Sender::at(&app, 1).await;
    assert_eq!(sender.announce(sealed((3 << 20) + 65_536, 1).len(), &[]).await.status, 413);
    sender.put_file(&file()).await;
}

#[tokio::test]
async fn one_tip_brings_so_many_files_and_so_many_bytes_and_another_its_own() {
    let app = site(|limits| (limits.max_files, limits.max_tip_bytes) = (2, 8 << 20)).await;
    let (sender, other) = (Sender::at(&app, 1).await, Sender::at(&app, 2).await);
    for _ in 0..2 {
        sender.create(sealed(4096, 1).len()).await;
    }
    assert_eq!(sender.announce(sealed(4096, 1).len(), &[]).await.status, 413, "too many");
    other.create(file().len()).await;
    assert_eq!(other.announce(sealed(6 << 20, 1).len(), &[]).await.status, 413, "too large together");
    other.create(file().len()).await;
}

#[tokio::test]
async fn what_nobody_has_kept_has_a_room_of_its_own() {
    let app = site(|limits| limits.max_unkept_bytes = 4 << 20).await;
    let sender = Sender::at(&app, 1).await;
    let announced = sender.create(file().len()).await;
    sender.put_file(&file()).await;
    assert_eq!(sender.put(&announced, 0, &file()).await.status, 507, "also of what was announced before");
    assert_eq!(sender.offset(&announced).await, Some(0));
    let refused = sender.announce(file().len(), &[]).await;
    assert_eq!((refused.status, refused.text()), (507, "no room for now: try again later\n"));
    assert_eq!(refused.header("retry-after"), "600");
    let tokens = KeepTokens { tokens: vec![Hex(sender.tip.custody_token().0)] };
    assert_eq!(app.person("mia").post("/v1/keep", &tokens).await.status, 200);
    sender.create(file().len()).await;
}

#[tokio::test]
async fn where_the_disk_has_no_room_left_for_letters_no_file_comes_and_letters_do() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    // More than any disk has free.
    let app = app.again_with(|settings| settings.uploads.as_mut().unwrap().keep_free_percent = 101).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.announce(file.len(), &[]).await.status, 507);
    assert_eq!(sender.put(&path, 0, &file).await.status, 507);
    assert_eq!((sender.offset(&path).await, objects(app.dir.path())), (Some(0), (0, 0)));
    assert_eq!(app.put(crate::support::tip::TipParts::new(2)).await.status, 201);
}

#[tokio::test]
async fn a_site_that_takes_no_files_has_no_such_address_and_offers_none() {
    let app = TestApp::new().await;
    assert!(app.get("/en/later.js").await.text().contains("\"files\":1073"));
    let app = app.again_with(|settings| settings.uploads = None).await;
    assert_eq!(Sender::at(&app, 1).await.announce(file().len(), &[]).await.status, 404);
    assert!(!app.get("/en/later.js").await.text().contains("\"files\":"));
}

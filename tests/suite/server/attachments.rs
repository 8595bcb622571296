//! Files at the staff door: for whoever opened the tip, whole or in ranges, and for nobody else.

use crate::support::app::TestApp;
use crate::support::http::Answer;
use crate::support::tip::{TipParts, sealed};
use crate::support::uploads::Sender;
use knothole::model::hex::Hex;
use knothole::wire::{AttachmentLine, Attachments};

const MIB: usize = 1 << 20;

/// A file no two of whose places are alike.
fn file() -> Vec<u8> {
    let mut file = sealed(3 * MIB, 7);
    let payload = file.len() - 3 * MIB;
    for (at, four) in (0_u32..).zip(file[payload..].chunks_mut(4)) {
        four.copy_from_slice(&at.to_be_bytes()[..four.len()]);
    }
    file
}

async fn get(app: &TestApp, member: &str, tip: TipParts, path: &str, more: &[(&'static str, String)]) -> Answer {
    let custody = ("authorization", format!("Bearer {}", Hex(tip.custody_token().0)));
    let target = format!("/v1/tips/{}/attachments{path}", tip.id());
    app.person(member).get_with(&target, &[&[custody], more].concat()).await
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A site, a tip, and a file in three parts that is whole.
async fn site() -> (TestApp, TipParts, String, Vec<u8>) {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    for (at, part) in [(0, &file[..MIB]), (MIB, &file[MIB..2 * MIB]), (2 * MIB, &file[2 * MIB..])] {
        assert_eq!(sender.put(&path, at, part).await.status, 204);
    }
    (app, sender.tip, format!("/{}", name(&path)), file)
}

#[tokio::test]
async fn whoever_opened_the_tip_gets_the_list_and_the_very_bytes_whole_or_in_ranges() {
    let (app, tip, path, file) = site().await;
    let sender = Sender::of(app.running.public(), tip);
    let begun = sender.create(sealed(4096, 1).len()).await;
    let manifest = sender.announce(sealed(4096, 1).len(), &[("upload-metadata", "manifest")]).await;
    assert_eq!(sender.put(manifest.header("location"), 0, &sealed(4096, 1)).await.status, 204);
    let listed: Attachments = serde_json::from_slice(&get(&app, "mia", tip, "", &[]).await.body).unwrap();
    let line = |path: &str, length: usize, offset: usize, is_manifest| {
        let (length, offset) = (length as u64, offset as u64);
        AttachmentLine { upload: name(path).parse().unwrap(), length, offset, is_manifest }
    };
    let short = sealed(4096, 1).len();
    let expected = [
        line(&path, file.len(), file.len(), false),
        line(&begun, short, 0, false),
        line(manifest.header("location"), short, short, true),
    ];
    assert_eq!(listed.files, expected);

    let whole = get(&app, "mia", tip, &path, &[]).await;
    assert_eq!((whole.status, whole.header("accept-ranges"), whole.body == file), (200, "bytes", true));
    for (from, to) in [(0, 1), (MIB - 3, MIB + 3), (5, 3 * MIB), (file.len() - 1, file.len())] {
        let range = [("range", format!("bytes={from}-{}", to - 1))];
        let part = get(&app, "pam", tip, &path, &range).await;
        let said = format!("bytes {from}-{}/{}", to - 1, file.len());
        assert_eq!((part.status, part.header("content-range")), (206, said.as_str()));
        assert!(part.body == file[from..to] && part.header("content-length") == (to - from).to_string());
    }
    let rest = get(&app, "mia", tip, &path, &[("range", format!("bytes={}-", 2 * MIB))]).await;
    assert!(rest.body == file[2 * MIB..]);
}

#[tokio::test]
async fn nobody_gets_anything_who_did_not_open_the_tip() {
    let (app, tip, path, _) = site().await;
    let other = TipParts::new(2);
    app.put(other).await;
    let target = |path: &str| format!("/v1/tips/{}/attachments{path}", tip.id());
    let wrong = [("authorization", format!("Bearer {}", Hex(other.custody_token().0)))];
    let nowhere = TipParts::new(9);
    for path in ["", path.as_str()] {
        assert_eq!(app.person("mia").get_with(&target(path), &wrong).await.status, 404, "another's token");
        assert_eq!(get(&app, "mia", nowhere, path, &[]).await.status, 404, "no such tip");
        assert_eq!(get(&app, "ada", tip, path, &[]).await.status, 403, "an admin");
        assert_eq!(get(&app, "nobody", tip, path, &[]).await.status, 401);
        assert_eq!(app.person("mia").get(&target(path)).await.status, 400, "no token");
    }
    assert_eq!(get(&app, "mia", other, &path, &[]).await.status, 404, "of another tip");
}

#[tokio::test]
async fn what_is_not_whole_not_there_or_not_that_long_is_told_apart() {
    let (app, tip, path, file) = site().await;
    let begun = Sender::of(app.running.public(), tip).create(file.len()).await;
    let range = |text: &str| [("range", text.to_owned())];
    let status = async |path: &str, more: &[(&'static str, String)]| get(&app, "mia", tip, path, more).await.status;
    assert_eq!(status(&format!("/{}", name(&begun)), &[]).await, 409);
    assert_eq!(status(&format!("/{}", "0".repeat(32)), &[]).await, 404);
    assert_eq!(status("/x", &[]).await, 404);
    assert_eq!(status(&path, &range(&format!("bytes={}-", file.len()))).await, 416);
    assert_eq!(status(&path, &range("bytes=9-3")).await, 416);
    assert_eq!(status(&path, &range("bytes=-3")).await, 400);
    assert_eq!(status(&path, &range(&format!("bytes=0-{}", u64::MAX))).await, 206);
}

#[tokio::test]
async fn files_stay_for_staff_where_a_site_takes_no_more() {
    let (app, tip, path, file) = site().await;
    let app = app.again_with(|settings| settings.uploads = None).await;
    assert!(get(&app, "mia", tip, &path, &[]).await.body == file);
}

#[tokio::test]
async fn bytes_that_are_gone_from_the_folder_are_told() {
    let (app, tip, path, _) = site().await;
    for (object, _) in crate::support::files::files_under(&app.dir.path().join("uploads")) {
        std::fs::remove_file(object).unwrap();
    }
    assert_eq!(get(&app, "mia", tip, &path, &[]).await.status, 503);
}

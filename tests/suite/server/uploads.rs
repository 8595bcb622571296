//! Files that follow a letter, as tus 1.0 has them: whole in the end, whatever broke, and each refusal by its own status.

#[cfg(feature = "bucket")]
mod bucket;
mod ends;
mod limits;
mod refusals;

use crate::support::app::TestApp;
use crate::support::http::{exchange, request};
use crate::support::tip::sealed;
use crate::support::uploads::{Sender, objects};

const MIB: usize = 1 << 20;
/// One of the lengths that files have once they are sealed: three mebibytes and what is around them.
const PLAIN: usize = 3 * MIB;

fn file() -> Vec<u8> {
    sealed(PLAIN, 7)
}

#[tokio::test]
async fn a_file_comes_in_parts_each_told_as_it_is_safe_and_is_whole() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.offset(&path).await, Some(0));
    let mut at = 0;
    for part in file.chunks(MIB) {
        let answer = sender.put(&path, at, part).await;
        at += part.len();
        assert_eq!((answer.status, answer.header("upload-offset")), (204, at.to_string().as_str()));
        assert_eq!(sender.offset(&path).await, Some(at));
        assert_eq!(answer.headers.contains_key("upload-expires"), at < file.len(), "what is whole goes no more");
    }
    let told = sender.send("HEAD", &path, &[], b"").await;
    assert_eq!(
        (told.header("upload-length"), told.header("cache-control")),
        (file.len().to_string().as_str(), "no-store")
    );
    assert_eq!(objects(app.dir.path()), (4, file.len()));
}

#[tokio::test]
async fn a_client_that_sends_all_at_once_is_stored_in_parts() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, sealed(12 * MIB, 7));
    let path = sender.create(file.len()).await;
    // A broken line costs the part that it broke in: here the third.
    let broken = sender.part(&path, 0, &file);
    let head = broken.len() - file.len();
    let answer = exchange_and_hang_up(&sender, &broken[..head + 10 * MIB]).await;
    assert_eq!(answer, None);
    let mut at = sender.offset(&path).await;
    while at != Some(2 * ((4 << 20) + 1024 + 1643)) {
        at = sender.offset(&path).await; // until the server has taken in what came
    }
    let mut answer = sender.put(&path, at.unwrap(), &file[at.unwrap()..]).await;
    while answer.status == 423 {
        answer = sender.put(&path, at.unwrap(), &file[at.unwrap()..]).await; // until it has noticed
    }
    assert_eq!((answer.status, sender.offset(&path).await), (204, Some(file.len())));
    assert_eq!(objects(app.dir.path()), (3, file.len()));
}

/// Sends, and closes without waiting for an answer.
async fn exchange_and_hang_up(sender: &Sender, bytes: &[u8]) -> Option<()> {
    use tokio::io::AsyncWriteExt as _;
    let mut stream = crate::support::http::connect(&sender.door).await;
    stream.write_all(bytes).await.unwrap();
    stream.shutdown().await.unwrap();
    None
}

#[tokio::test]
async fn what_the_server_can_do_is_told_to_whoever_asks() {
    let app = TestApp::new().await;
    for path in ["/uploads", "/uploads/x", "/uploads/x/y"] {
        let answer = exchange(app.running.public(), &request("OPTIONS", path, &[], b"")).await;
        let said = ["tus-resumable", "tus-version", "tus-extension", "tus-max-size"].map(|name| answer.header(name));
        assert_eq!((answer.status, said), (204, ["1.0.0", "1.0.0", "creation,expiration", "1074005611"]), "{path}");
    }
}

#[tokio::test]
async fn a_manifest_has_the_length_of_a_letter() {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, 1).await;
    let manifest = [("upload-metadata", "manifest")];
    for bucket in [4096, 16_384, 65_536, 262_144] {
        let answer = sender.announce(sealed(bucket, 1).len(), &manifest).await;
        assert_eq!(answer.status, 201, "{bucket}");
        let manifest = sealed(bucket, 1);
        assert_eq!(sender.put(answer.header("location"), 0, &manifest).await.status, 204);
    }
    assert_eq!(sender.announce(sealed(8192, 1).len(), &manifest).await.status, 400);
}

#[tokio::test]
async fn names_are_no_two_alike_and_each_is_under_its_own_tip() {
    let app = TestApp::new().await;
    let (sender, other) = (Sender::at(&app, 1).await, Sender::at(&app, 2).await);
    let (one, two) = (sender.create(file().len()).await, sender.create(file().len()).await);
    assert_ne!(one, two);
    let name = one.rsplit('/').next().unwrap();
    assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let elsewhere = format!("/uploads/{}/{name}", other.tip.id());
    assert_eq!(other.send("HEAD", &elsewhere, &[], b"").await.status, 404);
}

#[tokio::test]
async fn another_server_on_the_same_store_goes_on_where_the_first_was() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    let app = app.again_with(|_| ()).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.put(&path, MIB, &file[MIB..]).await.status, 204);
    assert_eq!(objects(app.dir.path()), (2, file.len()));
}

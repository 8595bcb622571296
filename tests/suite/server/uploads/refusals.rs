use super::{MIB, PLAIN, file};
use crate::support::app::{NOW, TestApp, data_dir, public_limits};
use crate::support::http::{connect, exchange, request};
use crate::support::tip::{TipParts, sealed};
use crate::support::uploads::{Sender, objects};
use knothole::http::limits::Rate;
use knothole::store::pause::{self, Pause};
use tokio::io::AsyncWriteExt as _;

#[tokio::test]
async fn whoever_lacks_the_token_learns_nothing_of_what_is_there() {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, 1).await;
    let path = sender.create(file().len()).await;
    let stranger = Sender { token: "0".repeat(64), ..Sender::of(&sender.door, sender.tip) };
    let nowhere = Sender::of(&sender.door, TipParts::new(9));
    for (method, target) in [("HEAD", &path), ("PATCH", &path)] {
        let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", "0")];
        assert_eq!(stranger.send(method, target, &headers, b"").await.status, 404, "{method}");
    }
    let wrong = stranger.announce(file().len(), &[]).await;
    let unknown = nowhere.announce(file().len(), &[]).await;
    assert_eq!((wrong.status, &wrong), (404, &unknown));
    for bad in ["", "Bearer ", "Basic 00", "bearer x"] {
        let headers = [("tus-resumable", "1.0.0"), ("upload-length", "5755"), ("authorization", bad)];
        let asked = request("POST", &format!("/uploads/{}", sender.tip.id()), &headers, b"");
        assert_eq!(exchange(&sender.door, &asked).await.status, 401, "{bad}");
    }
    assert_eq!(sender.offset(&path).await, Some(0));
}

#[tokio::test]
async fn a_length_that_no_file_has_is_refused() {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, 1).await;
    let length = file().len();
    for bad in [0, 1, 4096, length - 1, length + 1, sealed(4095, 1).len(), sealed(4100, 1).len()] {
        assert_eq!(sender.announce(bad, &[]).await.status, 400, "{bad}");
    }
    let path = format!("/uploads/{}", sender.tip.id());
    for bad in [("upload-length", "x"), ("upload-length", "-1"), ("upload-length", "9999999999999999"), ("x", "y")] {
        assert_eq!(sender.send("POST", &path, &[bad], b"").await.status, 400, "{bad:?}");
    }
    assert_eq!(sender.announce(length, &[("upload-metadata", "filename bWFyaWEuanBn")]).await.status, 400, "a name");
    assert_eq!(sender.send("POST", &path, &[("upload-length", "5755")], b"body").await.status, 413);
}

#[tokio::test]
async fn a_part_that_is_not_where_the_file_is_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    for offset in [0, MIB - 1, MIB + 1, file.len()] {
        assert_eq!(sender.put(&path, offset, &file[MIB..2 * MIB]).await.status, 409, "{offset}");
    }
    assert_eq!(sender.offset(&path).await, Some(MIB));
    assert_eq!(objects(app.dir.path()), (1, MIB));
}

#[tokio::test]
async fn more_than_was_announced_is_refused_whether_or_not_it_says_so() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &[&file[..], b"x"].concat()).await.status, 413);
    assert_eq!(sender.offset(&path).await, Some(0));
    let headers =
        [("content-type", "application/offset+octet-stream"), ("upload-offset", "0"), ("transfer-encoding", "chunked")];
    let chunk = [format!("{:x}\r\n", file.len() + 1).as_bytes(), &file, b"x\r\n0\r\n\r\n"].concat();
    let streamed = [sender.request("PATCH", &path, &headers, b""), chunk].concat();
    assert_eq!(exchange(&sender.door, &streamed).await.status, 413);
    assert_eq!(sender.offset(&path).await, Some(0));
    assert_eq!(sender.put(&path, 0, &file).await.status, 204);
    assert_eq!(sender.put(&path, file.len(), b"x").await.status, 413, "past the end");
    assert_eq!(sender.put(&path, file.len(), b"").await.status, 204, "nothing more is no mistake");
    assert_eq!(objects(app.dir.path()), (1, file.len()));
}

#[tokio::test]
async fn a_part_that_is_too_short_and_what_is_not_sealed_are_refused() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..65_535]).await.status, 400);
    let open = vec![b'm'; file.len()];
    assert_eq!(sender.put(&path, 0, &open).await.status, 400);
    assert_eq!((sender.offset(&path).await, objects(app.dir.path())), (Some(0), (0, 0)));
    assert_eq!(sender.put(&path, 0, &file[..PLAIN]).await.status, 204);
    assert_eq!(sender.put(&path, PLAIN, &file[PLAIN..]).await.status, 204, "the last one may be short");
}

#[tokio::test]
async fn what_is_not_tus_is_refused() {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, 1).await;
    let path = sender.create(file().len()).await;
    let right = format!("Bearer {}", sender.token);
    for version in [None, Some("0.2.2")] {
        let mut headers = vec![("authorization", right.as_str())];
        headers.extend(version.map(|version| ("tus-resumable", version)));
        let answer = exchange(&sender.door, &request("HEAD", &path, &headers, b"")).await;
        assert_eq!((answer.status, answer.header("tus-version")), (412, "1.0.0"));
    }
    let typed = |kind| [("content-type", kind), ("upload-offset", "0")];
    assert_eq!(sender.send("PATCH", &path, &typed("application/octet-stream"), b"x").await.status, 415);
    let kind = [("content-type", "application/offset+octet-stream")];
    assert_eq!(sender.send("PATCH", &path, &kind, b"x").await.status, 400, "no offset");
    for (method, target) in [("DELETE", path.as_str()), ("GET", path.as_str()), ("POST", "/uploads")] {
        assert_eq!(sender.send(method, target, &[], b"").await.status, 405, "{method} {target}");
    }
    for target in ["/uploads/x/y", "/uploads/%FF/y"] {
        assert_eq!(sender.send("HEAD", target, &[], b"").await.status, 400, "{target}");
    }
    let unknown = format!("/uploads/{}/{}", sender.tip.id(), "0".repeat(32));
    assert_eq!(sender.send("HEAD", &unknown, &[], b"").await.status, 404);
}

#[tokio::test]
async fn while_one_writes_another_is_told_to_wait_and_goes_on_when_the_first_is_gone() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    let mut first = connect(&sender.door).await;
    let whole = sender.part(&path, 0, &file);
    first.write_all(&whole[..whole.len() - MIB]).await.unwrap();
    // At a wrong place nothing is stored, whether or not the first has begun.
    let mut second = sender.put(&path, 1, &file[..MIB]).await;
    while second.status != 423 {
        assert_eq!(second.status, 409);
        second = sender.put(&path, 1, &file[..MIB]).await;
    }
    assert_eq!((second.text(), second.header("retry-after")), ("another is at it: try again soon\n", "5"));
    drop(first);
    let mut after = sender.put(&path, 0, &file[..MIB]).await;
    while after.status == 423 {
        after = sender.put(&path, 0, &file[..MIB]).await;
    }
    assert_eq!((after.status, sender.offset(&path).await), (204, Some(MIB)));
}

#[tokio::test]
async fn a_form_that_is_closed_takes_no_files_either_and_goes_on_when_it_opens() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    pause::close(app.dir.path(), Pause { until: None }).unwrap();
    for answer in [sender.announce(file.len(), &[]).await, sender.put(&path, 0, &file).await] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, "3600"));
    }
    pause::open(app.dir.path()).unwrap();
    assert_eq!(sender.put(&path, 0, &file).await.status, 204);
}

#[tokio::test]
async fn files_of_one_peer_wait_for_each_other_and_letters_do_not_wait_for_them() {
    let limits = public_limits(|public| {
        public.peer.file_kibibytes = Rate::new(5_000, 1);
    });
    let app = TestApp::with_limits(data_dir(), NOW, limits).await;
    for version in [crate::support::site::version_0(), crate::support::site::version_1()] {
        assert_eq!(app.person("ada").post("/v1/keyring", &version).await.status, 201);
    }
    let (sender, file) = (Sender::at(&app, 1).await, file());
    sender.put_file(&file).await;
    let path = sender.create(file.len()).await;
    let refused = sender.put(&path, 0, &file).await;
    assert_eq!((refused.status, refused.header("retry-after").is_empty()), (429, false));
    assert_eq!(app.put(TipParts::new(2)).await.status, 201);
}

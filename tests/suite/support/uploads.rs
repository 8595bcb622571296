//! A stranger who puts files under a tip, request by request.

use super::app::TestApp;
use super::http::{Answer, exchange, request};
use super::tip::TipParts;
use knothole::http::accept::Address;
use std::path::Path;

/// Where they send, and to which tip.
pub struct Sender {
    pub door: Address,
    pub tip: TipParts,
    pub token: String,
}

impl Sender {
    /// Somebody whose letter is stored.
    pub async fn at(app: &TestApp, seed: u8) -> Self {
        let tip = TipParts::new(seed);
        assert_eq!(app.put_body(&tip.id().to_string(), &tip.body_with_files()).await.status, 201);
        Self::of(app.running.public(), tip)
    }

    /// The same at a server that has the letter already.
    pub fn of(door: &Address, tip: TipParts) -> Self {
        Self { door: door.clone(), tip, token: tip.upload_token().to_string() }
    }

    /// Any request, with what every one has.
    pub fn request(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        let right = format!("Bearer {}", self.token);
        let headers = [&[("tus-resumable", "1.0.0"), ("authorization", right.as_str())], more].concat();
        request(method, path, &headers, body)
    }

    pub async fn send(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        exchange(&self.door, &self.request(method, path, more, body)).await
    }

    pub async fn announce(&self, length: usize, more: &[(&str, &str)]) -> Answer {
        let length = length.to_string();
        let headers = [&[("upload-length", length.as_str())], more].concat();
        self.send("POST", &format!("/uploads/{}", self.tip.id()), &headers, b"").await
    }

    /// The address of a new file.
    pub async fn create(&self, length: usize) -> String {
        let answer = self.announce(length, &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.header("location").to_owned()
    }

    /// The request that puts a part there.
    pub fn part(&self, path: &str, offset: usize, part: &[u8]) -> Vec<u8> {
        let offset = offset.to_string();
        let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
        self.request("PATCH", path, &headers, part)
    }

    pub async fn put(&self, path: &str, offset: usize, part: &[u8]) -> Answer {
        exchange(&self.door, &self.part(path, offset, part)).await
    }

    /// How far the server is.
    pub async fn offset(&self, path: &str) -> Option<usize> {
        let answer = self.send("HEAD", path, &[], b"").await;
        (answer.status == 200).then(|| answer.header("upload-offset").parse().unwrap())
    }

    /// What whoever asks how far the server is hears.
    pub async fn status(&self, path: &str) -> u16 {
        self.send("HEAD", path, &[], b"").await.status
    }

    /// A whole file, in one request; gives its address.
    pub async fn put_file(&self, file: &[u8]) -> String {
        let path = self.create(file.len()).await;
        assert_eq!(self.put(&path, 0, file).await.status, 204);
        path
    }
}

/// How many objects lie there, and how many bytes they have.
pub fn objects(data_dir: &Path) -> (usize, usize) {
    let files = super::files::files_under(&data_dir.join("uploads"));
    (files.len(), files.iter().map(|(_, bytes)| bytes.len()).sum())
}

//! Files that came with tips, behind the door.

use super::{State, header};
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::padme::padme;
use knothole::crypto::thread::ThreadKey;
use knothole::model::hex::Hex;
use knothole::model::tip::{CustodyToken, TipId};
use knothole::wire::{AttachmentLine, Attachments};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A file behind the door.
#[derive(Clone)]
pub struct StoredFile {
    pub upload: Hex<16>,
    pub is_manifest: bool,
    /// What is there of it.
    pub sealed: Vec<u8>,
    /// How long it was announced.
    pub length: usize,
}

impl StoredFile {
    pub fn whole(upload: u8, is_manifest: bool, sealed: Vec<u8>) -> Self {
        Self { upload: Hex([upload; 16]), is_manifest, length: sealed.len(), sealed }
    }
}

/// A file as the page seals it under this number, and what a manifest says of it.
pub fn sealed(upload: u8, kind: &str, bytes: &[u8]) -> (StoredFile, Value) {
    let key = HybridIdentity::from_seed([upload; 32]);
    let mut plain = bytes.to_vec();
    plain.resize(usize::try_from(padme(bytes.len() as u64)).unwrap(), 0);
    let stored = StoredFile::whole(upload, false, file::seal(&key.to_recipient(), &plain));
    let sha256 = Hex::<32>(Sha256::digest(bytes).into());
    let listed = json!({ "upload": stored.upload, "type": kind, "size": bytes.len(), "sha256": sha256, "key": *key.expose_text() });
    (stored, listed)
}

/// The manifest that lists files of a tip, under this number.
pub fn manifest(thread: &ThreadKey, upload: u8, files: &[Value]) -> StoredFile {
    let mut text = json!({ "format": 1, "id": thread.id(), "files": files }).to_string().into_bytes();
    text.resize(if text.len() > 4096 { 16_384 } else { 4096 }, b' ');
    StoredFile::whole(upload, true, file::seal(&thread.to_recipient(), &text))
}

impl State {
    /// `GET /v1/tips/{id}/attachments…` for whoever shows the custody token.
    pub(super) fn files(&self, words: &str, head: &str) -> (u16, Vec<u8>) {
        let token =
            header(head, "authorization").and_then(|said| said.strip_prefix("Bearer ")?.parse::<Hex<32>>().ok());
        let Some(tip) = token.map(|token| CustodyToken(token.0).tip_id()) else { return (400, Vec::new()) };
        let rest = words.split_once(&format!("/v1/tips/{tip}/attachments")).map(|(_, rest)| rest);
        let is_there = self.tips.iter().any(|known| known.id == tip);
        let Some(rest) = rest.filter(|_| is_there) else { return (404, Vec::new()) };
        let files = self.files.get(&tip).map(Vec::as_slice).unwrap_or_default();
        let Some(name) = rest.strip_prefix('/') else { return (200, list(files)) };
        let Some(file) = files.iter().find(|file| file.upload.to_string() == name) else { return (404, Vec::new()) };
        let from =
            header(head, "range").map(|said| said["bytes=".len()..].trim_end_matches('-').parse::<usize>().unwrap());
        (206, file.sealed[from.unwrap()..].to_vec())
    }

    /// What came with a tip.
    pub fn bring(&mut self, tip: TipId, files: Vec<StoredFile>) {
        self.files.insert(tip, files);
    }
}

fn list(files: &[StoredFile]) -> Vec<u8> {
    let line = |file: &StoredFile| AttachmentLine {
        upload: file.upload,
        length: file.length as u64,
        offset: file.sealed.len() as u64,
        is_manifest: file.is_manifest,
    };
    serde_json::to_vec(&Attachments { files: files.iter().map(line).collect() }).unwrap()
}

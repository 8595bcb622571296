//! The files of a tip: which there are, by the server's list and the manifests that the source sealed, and each of them saved to a disk
//! by somebody who asked for it by name. Nothing here opens a file in any other sense.

use super::client::{Client, ClientError, Garbled};
use crate::crypto::manifest::{ListedFile, Manifest, ManifestError, Note};
use crate::crypto::padme::padme;
use crate::crypto::shape::{LETTER_BUCKETS, plain_len};
use crate::crypto::thread::ThreadKey;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::{CustodyToken, TipId};
use crate::wire::{AttachmentLine, Attachments};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub mod fetch;
pub mod kind;
pub mod remembered;
pub mod save;
pub mod words;

/// One file as a member sees it. What a stranger typed is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// By which it is asked for: from 1 on, in the order in which they came.
    pub number: usize,
    /// Where the server has it.
    pub upload: Hex<16>,
    /// How far it is, or why it cannot be had.
    pub state: State,
    /// How many bytes the server has of it, sealed.
    pub sealed: u64,
    /// What the manifest says of it.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// What it is by its own first bytes, once it was saved here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It can be saved.
    Whole,
    /// Sent, and in no manifest: nobody has its key.
    NotListed,
    /// Not all of it is there yet.
    OnItsWay,
    /// A manifest lists it, and the server has no such file, or another one.
    Missing,
}

impl State {
    /// As it is printed for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::NotListed => "not_listed",
            Self::OnItsWay => "on_its_way",
            Self::Missing => "missing",
        }
    }
}

/// What a manifest says of a file, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// True length.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: Sha256Hash,
    /// What the source calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What became of what a camera writes beside a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// The files of one tip, just as they were asked for. No `Debug`: it holds their keys.
pub struct Listing {
    /// In the order in which they came.
    pub files: Vec<File>,
    /// Manifests that did not open, and why.
    pub unreadable: Vec<ManifestError>,
    keys: BTreeMap<Hex<16>, ListedFile>,
}

impl Listing {
    /// Asks the server, which sees by it that we hold the tip, and opens every manifest.
    pub async fn ask(client: &Client, thread: &ThreadKey) -> Result<Self, ClientError> {
        let (tip, token) = (thread.id(), thread.custody_token());
        let Attachments { files } = client.attachments(tip, &token).await?;
        let (mut keys, mut unreadable) = (BTreeMap::new(), Vec::new());
        for line in files.iter().filter(|line| line.is_manifest && line.is_whole()) {
            match Manifest::open(thread, &manifest(client, (tip, line), &token).await?) {
                Ok(manifest) => {
                    for file in manifest.files {
                        // What cannot be a name of this server's is no file of it.
                        let Ok(upload) = file.upload.parse() else { continue };
                        keys.entry(upload).or_insert(file);
                    }
                }
                Err(error) => unreadable.push(error),
            }
        }
        Ok(Self { files: numbered(&files, &keys), unreadable, keys })
    }

    /// What opens a file that can be saved.
    pub fn key_of(&self, file: &File) -> Option<&ListedFile> {
        self.keys.get(&file.upload).filter(|_| file.state == State::Whole)
    }
}

async fn manifest(
    client: &Client,
    (tip, line): (TipId, &AttachmentLine),
    token: &CustodyToken,
) -> Result<Vec<u8>, ClientError> {
    let is_one =
        plain_len(line.length).is_some_and(|plain| LETTER_BUCKETS.iter().any(|bucket| *bucket as u64 == plain));
    if !is_one {
        return Err(Garbled::Length.into());
    }
    let mut stream = client.attachment((tip, line.upload), token, (0, line.length)).await?;
    let mut sealed = Vec::new();
    while let Some(piece) = stream.next_piece().await? {
        sealed.extend_from_slice(piece.as_ref());
    }
    Ok(sealed)
}

/// What the server has, in its order, and after it what it should have and has not.
fn numbered(lines: &[AttachmentLine], keys: &BTreeMap<Hex<16>, ListedFile>) -> Vec<File> {
    let on_server = lines.iter().filter(|line| !line.is_manifest).map(|line| {
        let listed = keys.get(&line.upload);
        let state = match listed {
            _ if !line.is_whole() => State::OnItsWay,
            None => State::NotListed,
            Some(listed) if plain_len(line.length) == Some(padme(listed.size)) => State::Whole,
            Some(_) => State::Missing,
        };
        (line.upload, state, line.offset, listed)
    });
    let is_there = |upload: &Hex<16>| lines.iter().any(|line| line.upload == *upload);
    let missing = keys.iter().filter(|(upload, _)| !is_there(upload));
    let missing = missing.map(|(upload, listed)| (*upload, State::Missing, 0, Some(listed)));
    (1..)
        .zip(on_server.chain(missing))
        .map(|(number, (upload, state, sealed, listed))| File {
            number,
            upload,
            state,
            sealed,
            listed: listed.map(Listed::from),
            found: None,
        })
        .collect()
}

impl From<&ListedFile> for Listed {
    fn from(file: &ListedFile) -> Self {
        let ListedFile { media_type, size, sha256, name, note, .. } = file.clone();
        Self { media_type, size, sha256, name, note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::hybrid::HybridIdentity;
    use crate::crypto::shape::sealed_len;

    fn line(byte: u8, plain: usize, is_whole: bool, is_manifest: bool) -> AttachmentLine {
        let length = sealed_len(plain) as u64;
        AttachmentLine { upload: Hex([byte; 16]), length, offset: if is_whole { length } else { 5 }, is_manifest }
    }

    fn listed(size: u64) -> ListedFile {
        ListedFile {
            upload: String::new(),
            media_type: "image/png".into(),
            size,
            sha256: Hex([1; 32]),
            key: HybridIdentity::from_seed([1; 32]),
            name: None,
            note: None,
        }
    }

    #[test]
    fn each_file_has_a_number_by_its_place_and_what_does_not_fit_together_is_missing() {
        let lines = [
            line(1, 4096, true, false),
            line(2, 4096, true, true),
            line(3, 8192, true, false),
            line(4, 8192, false, false),
            line(5, 8192, true, false),
        ];
        let keys = BTreeMap::from([
            (Hex([1; 16]), listed(4_000)),
            (Hex([5; 16]), listed(4_000)),
            (Hex([9; 16]), listed(4_000)),
        ]);
        let files = numbered(&lines, &keys);
        let seen: Vec<_> = files.iter().map(|file| (file.number, file.upload.0[0], file.state)).collect();
        assert_eq!(
            seen,
            [
                (1, 1, State::Whole),
                (2, 3, State::NotListed),
                (3, 4, State::OnItsWay),
                (4, 5, State::Missing),
                (5, 9, State::Missing)
            ]
        );
    }
}

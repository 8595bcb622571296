//! The manifest of the files of a tip: what each is, and the key that opens it. `docs/PROTOCOL.md` section 4.4.
//!
//! Whoever holds the thread key can make one, and what it says was typed by a stranger.

use super::file::{self, OpenError};
use super::hybrid::HybridIdentity;
use super::thread::ThreadKey;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use serde::{Deserialize, Deserializer};

const FORMAT: u32 = 1;
/// Of one manifest, as many as a reader keeps of any list.
const MAX_FILES: usize = 1_000;
/// Of a name or a type, so many characters.
const MAX_CHARACTERS: usize = 120;

/// The files that one manifest lists. No `Debug`: it holds their keys.
pub struct Manifest {
    /// In its own order.
    pub files: Vec<ListedFile>,
}

/// One file. No `Debug`: it holds the key.
#[derive(Clone)]
pub struct ListedFile {
    /// Where the server has it.
    pub upload: String,
    /// Media type, as the page says: of a photo by its first bytes, else as the source's system has it.
    pub media_type: String,
    /// True length.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: Sha256Hash,
    /// Opens it.
    pub key: HybridIdentity,
    /// What the source calls it.
    pub name: Option<String>,
    /// Of a photo, what became of the note that a camera writes beside it.
    pub note: Option<Note>,
}

/// What became of what a camera writes beside a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// It is out.
    Removed,
    /// Left in, because the source said so.
    Kept,
}

/// Why sealed bytes are no manifest of a tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The thread key does not open it.
    #[error("it does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something else, or onto another format.
    #[error("it opened, and is no list of files that this version reads")]
    NotAManifest,
    /// It names another tip.
    #[error("it opened, and names another tip")]
    OtherTip,
}

/// Fields that a reader does not know are passed over, and so is a `note` of another kind.
#[derive(Deserialize)]
struct Opened {
    format: u32,
    id: TipId,
    files: Vec<OpenedFile>,
}

#[derive(Deserialize)]
struct OpenedFile {
    upload: String,
    #[serde(rename = "type")]
    media_type: String,
    size: u64,
    sha256: Hex<32>,
    key: String,
    name: Option<String>,
    #[serde(default, deserialize_with = "known_note")]
    note: Option<Note>,
}

impl Manifest {
    /// Opens the manifest that came for the tip of this thread. A file whose key is none is left out.
    pub fn open(thread: &ThreadKey, sealed: &[u8]) -> Result<Self, ManifestError> {
        let plain = file::open(thread.identity(), sealed)?;
        let opened: Opened = serde_json::from_slice(&plain).map_err(|_| ManifestError::NotAManifest)?;
        if opened.format != FORMAT {
            return Err(ManifestError::NotAManifest);
        }
        if opened.id != thread.id() {
            return Err(ManifestError::OtherTip);
        }
        Ok(Self { files: opened.files.into_iter().take(MAX_FILES).filter_map(OpenedFile::into_listed).collect() })
    }
}

impl OpenedFile {
    fn into_listed(self) -> Option<ListedFile> {
        let Self { upload, media_type, size, sha256, key, name, note } = self;
        let name = name.map(cut).filter(|name| !name.trim().is_empty());
        Some(ListedFile { upload, media_type: cut(media_type), size, sha256, key: key.parse().ok()?, name, note })
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

fn known_note<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Note>, D::Error> {
    let said = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(said).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::{Value, json};

    fn vector() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/attachment.json")).unwrap()
    }

    fn thread() -> ThreadKey {
        ThreadKey::from_identity(vector()["thread"].as_str().unwrap().parse().unwrap())
    }

    fn sealed(manifest: &Value) -> Vec<u8> {
        file::seal(&thread().to_recipient(), manifest.to_string().as_bytes())
    }

    #[test]
    fn a_manifest_of_the_page_is_read() {
        let vector = vector();
        let manifest = STANDARD.decode(vector["manifest"].as_str().unwrap()).unwrap();
        let opened = Manifest::open(&thread(), &manifest).unwrap();
        let ([file], listed) = (&opened.files[..], &vector["opened"]["files"][0]) else { panic!("one file") };
        assert_eq!(
            (file.upload.as_str(), file.media_type.as_str()),
            ("0123456789abcdef0123456789abcdef", "image/jpeg")
        );
        assert_eq!((file.size, file.name.as_deref(), file.note), (65_600, Some("la puerta"), Some(Note::Removed)));
        assert_eq!(file.sha256.to_string(), listed["sha256"].as_str().unwrap());
        assert_eq!(*file.key.expose_text(), listed["key"].as_str().unwrap());
    }

    #[test]
    fn what_is_none_of_this_tip_is_told_apart() {
        let other = ThreadKey::from_identity(HybridIdentity::from_seed([9; 32]));
        let whole = STANDARD.decode(vector()["manifest"].as_str().unwrap()).unwrap();
        let error = |thread: &ThreadKey, sealed: &[u8]| Manifest::open(thread, sealed).err();
        assert_eq!(error(&other, &whole), Some(ManifestError::Sealed(OpenError::NotForUs)));
        assert_eq!(error(&thread(), &whole[..whole.len() - 1]), Some(ManifestError::Sealed(OpenError::Damaged)));
        let of = |change: &dyn Fn(&mut Value)| {
            let mut manifest = vector()["opened"].clone();
            change(&mut manifest);
            error(&thread(), &sealed(&manifest))
        };
        assert_eq!(of(&|manifest| manifest["id"] = json!(other.id())), Some(ManifestError::OtherTip));
        assert_eq!(of(&|manifest| manifest["format"] = json!(2)), Some(ManifestError::NotAManifest));
        assert_eq!(of(&|manifest| manifest["files"] = json!(3)), Some(ManifestError::NotAManifest));
    }

    #[test]
    fn what_a_stranger_wrote_takes_no_more_room_than_it_needs_and_what_is_unknown_is_passed_over() {
        let mut manifest = vector()["opened"].clone();
        let file = &mut manifest["files"][0];
        file["name"] = json!("ñ".repeat(5_000));
        file["note"] = json!({ "later": 1 });
        file["later"] = json!("x");
        let mut keyless = file.clone();
        keyless["key"] = json!("AGE-SECRET-KEY-PQ-1NONE");
        manifest["files"].as_array_mut().unwrap().push(keyless);
        let opened = Manifest::open(&thread(), &sealed(&manifest)).unwrap();
        let [file] = &opened.files[..] else { panic!("{} files", opened.files.len()) };
        assert_eq!((file.name.as_ref().unwrap().chars().count(), file.note), (MAX_CHARACTERS, None));
    }
}

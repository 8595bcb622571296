//! What a file is by its own first bytes, whatever anybody says that it is.

/// How many bytes are looked at.
pub const LOOKED_AT: usize = 8 << 10;

/// Its media type; none where its first bytes are none that we know.
pub fn found(first: &[u8]) -> Option<&'static str> {
    infer::get(first).map(|kind| kind.mime_type())
}

/// Whether a file is something else than it was said to be, as far as can be told: of pictures, sound and films all kinds are known.
pub fn differs(said: &str, found: Option<&str>) -> bool {
    match found {
        Some(found) => !is_same(said, found),
        None => ["image/", "video/", "audio/"].iter().any(|family| said.starts_with(family)) && said != "image/svg+xml",
    }
}

/// Some kinds have several names, and a container can hold sound alone.
fn is_same(said: &str, found: &str) -> bool {
    const ALIKE: [[&str; 2]; 8] = [
        ["image/heic", "image/heif"],
        ["audio/wav", "audio/x-wav"],
        ["audio/mp4", "audio/m4a"],
        ["audio/mp4", "video/mp4"],
        ["audio/ogg", "video/ogg"],
        ["audio/webm", "video/webm"],
        ["video/quicktime", "video/mp4"],
        ["application/x-zip-compressed", "application/zip"],
    ];
    let said = said.split(';').next().unwrap_or_default().trim();
    said == found || ALIKE.iter().any(|pair| pair.contains(&said) && pair.contains(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F'];

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(found(JPEG), Some("image/jpeg"));
        let elf = [&b"\x7fELF\x02\x01\x01"[..], &[0; 57]].concat();
        assert_eq!(found(&elf), Some("application/x-executable"));
        assert_eq!((found(b"just words"), found(b"")), (None, None));
    }

    #[test]
    fn a_picture_that_is_none_differs_from_what_it_was_said_to_be() {
        assert!(!differs("image/jpeg", found(JPEG)));
        assert!(differs("image/png", found(JPEG)));
        assert!(differs("text/plain", Some("application/zip")));
        assert!(differs("image/jpeg", None) && !differs("text/plain", None));
        assert!(!differs("audio/webm;codecs=opus", Some("video/webm")));
    }
}

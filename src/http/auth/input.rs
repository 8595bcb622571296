//! The signature headers in the one form we take. Anything else, however valid elsewhere, is none.

use crate::model::hex::VerifyingKeyBytes;
use crate::wire::{COVERED_COMPONENTS, SIGNATURE_LABEL};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const MIN_NONCE_LEN: usize = 16;
const MAX_NONCE_LEN: usize = 64;
/// Eleven digits would be a year past 5000.
const MAX_CREATED_DIGITS: usize = 10;

/// What `Signature-Input` says.
#[derive(Debug, PartialEq, Eq)]
pub struct SignatureInput<'a> {
    /// Seconds since 1970.
    pub created: u64,
    /// As written: base64 of 16 to 64 bytes.
    pub nonce: &'a str,
    /// The `keyid`.
    pub key: VerifyingKeyBytes,
    /// As written.
    pub tag: &'a str,
}

impl<'a> SignatureInput<'a> {
    /// Reads exactly one signature input with our label, our components and our parameters, in our order.
    pub fn parse(value: &'a str) -> Option<Self> {
        let components = COVERED_COMPONENTS.map(|name| format!("\"{name}\"")).join(" ");
        let rest = value.strip_prefix(&format!("{SIGNATURE_LABEL}=({components});created="))?;
        let (created, rest) = rest.split_once(";nonce=\"")?;
        let (nonce, rest) = rest.split_once("\";alg=\"ed25519\";keyid=\"")?;
        let (key, rest) = rest.split_once("\";tag=\"")?;
        let tag = rest.strip_suffix('"')?;
        let is_number = created.len() <= MAX_CREATED_DIGITS && created.bytes().all(|byte| byte.is_ascii_digit());
        let is_nonce = STANDARD.decode(nonce).is_ok_and(|nonce| (MIN_NONCE_LEN..=MAX_NONCE_LEN).contains(&nonce.len()));
        let is_tag = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':');
        if !(is_number && is_nonce && is_tag) {
            return None;
        }
        Some(Self { created: created.parse().ok()?, nonce, key: key.parse().ok()?, tag })
    }
}

/// The digest that `Content-Digest` names: SHA-256 and no other.
pub fn content_digest(value: &str) -> Option<[u8; 32]> {
    let text = value.strip_prefix("sha-256=:")?.strip_suffix(':')?;
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Whether `Signature` is one signature with our label and of Ed25519's length.
pub fn check_signature(value: &str) -> Option<()> {
    let text = value.strip_prefix(SIGNATURE_LABEL)?.strip_prefix("=:")?.strip_suffix(':')?;
    let signature: [u8; 64] = STANDARD.decode(text).ok()?.try_into().ok()?;
    (signature != [0; 64]).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hex::Hex;

    const GOOD: &str = concat!(
        r#"sig1=("@method" "@path" "@query" "content-digest");created=1795485599;nonce="AAAAAAAAAAAAAAAAAAAAAA==";"#,
        r#"alg="ed25519";keyid="0707070707070707070707070707070707070707070707070707070707070707";tag="knothole:00""#
    );

    #[test]
    fn the_one_form_is_read() {
        let read = SignatureInput::parse(GOOD).unwrap();
        assert_eq!((read.created, read.key, read.tag), (1_795_485_599, Hex([7; 32]), "knothole:00"));
    }

    #[test]
    fn every_other_form_is_none() {
        let changes = [
            ("sig1=", "sig2="),
            (r#""@query" "#, ""),
            (r#""@path" "@query""#, r#""@query" "@path""#),
            (r#""content-digest""#, r#""content-digest" "date""#),
            (r#""content-digest""#, r#""content-digest";sf"#),
            ("created=1795485599", "created=-1"),
            ("created=1795485599", "created=17954855990"),
            ("created=1795485599;", ""),
            (";nonce=", ";expires=1795485700;nonce="),
            ("AAAAAAAAAAAAAAAAAAAAAA==", "AAAA"),
            ("AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAA"),
            ("ed25519", "hmac-sha256"),
            ("0707", "07"),
            ("0707", "0Z07"),
            (r#"tag="knothole:00""#, r#"tag="knothole:00", sig2=("@method")"#),
            (r#"tag="knothole:00""#, r#"tag="knothole:00";secret="x""#),
            (r#"tag="knothole:00""#, "tag=\"knothole:00\" "),
        ];
        for (from, to) in changes {
            let value = GOOD.replacen(from, to, 1);
            assert_ne!(value, GOOD);
            assert_eq!(SignatureInput::parse(&value), None, "{value}");
        }
    }

    #[test]
    fn one_digest_and_one_signature_of_the_right_length_are_read() {
        let digest = format!("sha-256=:{}:", STANDARD.encode([1; 32]));
        assert_eq!(content_digest(&digest), Some([1; 32]));
        assert_eq!(content_digest(&format!("{digest}, {digest}")), None);
        assert_eq!(content_digest(&digest.replace("256", "512")), None);
        let signature = format!("sig1=:{}:", STANDARD.encode([1; 64]));
        assert_eq!(check_signature(&signature), Some(()));
        assert_eq!(check_signature(&format!("{signature}, {signature}")), None);
        assert_eq!(check_signature(&format!("sig1=:{}:", STANDARD.encode([1; 63]))), None);
    }
}

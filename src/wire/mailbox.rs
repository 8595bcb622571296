//! Bodies of `POST /mailbox` (public door) and `POST /v1/replies` (staff door). `docs/PROTOCOL.md` section 13.

use crate::crypto::shape::{REPLY_LEN, sealed_len};
use crate::model::hex::{Hex, Sha256Hash};
use serde::{Deserialize, Serialize};

/// The one length of a request to a mailbox.
pub const MAILBOX_REQUEST_LEN: usize = 256;
/// The one length of its answer.
pub const MAILBOX_ANSWER_LEN: usize = 65_536;
/// The one length of a sealed reply.
pub const SEALED_REPLY_LEN: usize = sealed_len(REPLY_LEN);
/// Replies that one answer has room for.
pub const MAX_SHOWN_REPLIES: usize = (MAILBOX_ANSWER_LEN - COUNT_LEN) / (COUNT_LEN + SEALED_REPLY_LEN);
/// Replies that one mailbox has room for, with those that were deleted and whose day is not over.
pub const MAX_REPLIES_OF_MAILBOX: i64 = 96;
/// The largest body of `POST /v1/replies`, in bytes: base64 of a sealed reply, and what is around it.
pub const MAX_REPLY_BODY: usize = SEALED_REPLY_LEN.div_ceil(3) * 4 + 256;

const COUNT_LEN: usize = 4;

/// Body of `POST /mailbox`, then spaces. Has no `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxRequest {
    /// The mailbox.
    pub id: Hex<32>,
    /// Opens it.
    pub token: Hex<32>,
    /// What to do.
    pub act: MailboxAct,
    /// So many of the newest replies are not given: those that came with answers before. Below [`MAX_REPLIES_OF_MAILBOX`].
    #[serde(default, skip_serializing_if = "is_none_skipped")]
    pub skip: u8,
}

/// What can be done with a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailboxAct {
    /// Give what is there.
    Read,
    /// Take away what is there.
    Delete,
}

/// Body of `POST /v1/replies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostedReply {
    /// The mailbox that the letter names.
    pub mailbox: Hex<32>,
    /// The hash that stands beside it.
    pub token_hash: Sha256Hash,
    /// Base64 of the sealed reply.
    pub sealed: String,
}

impl MailboxRequest {
    /// The body. It has one length, so that what is done with a mailbox does not show on the way.
    pub fn to_body(&self) -> Vec<u8> {
        let mut body = serde_json::to_vec(self).expect("ASCII strings always serialize");
        body.resize(MAILBOX_REQUEST_LEN, b' ');
        body
    }

    /// None of what is not exactly such a body.
    pub fn from_body(body: &[u8]) -> Option<Self> {
        let asked = (body.len() == MAILBOX_REQUEST_LEN).then(|| serde_json::from_slice(body).ok()).flatten();
        asked.filter(|asked: &Self| i64::from(asked.skip) < MAX_REPLIES_OF_MAILBOX)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_none_skipped(skip: &u8) -> bool {
    *skip == 0
}

/// Writes replies over the start of random bytes that are as long as the answer.
pub fn write_answer<'a>(mut noise: Vec<u8>, replies: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let (mut count, mut end) = (0_u32, COUNT_LEN);
    for sealed in replies.take(MAX_SHOWN_REPLIES) {
        let len = u32::try_from(sealed.len()).expect("a reply has one length, which fits");
        let after = end + COUNT_LEN + sealed.len();
        noise[end..end + COUNT_LEN].copy_from_slice(&len.to_be_bytes());
        noise[end + COUNT_LEN..after].copy_from_slice(sealed);
        (count, end) = (count + 1, after);
    }
    noise[..COUNT_LEN].copy_from_slice(&count.to_be_bytes());
    noise
}

/// The replies of an answer. None when it is no answer.
pub fn read_answer(answer: &[u8]) -> Option<Vec<&[u8]>> {
    if answer.len() != MAILBOX_ANSWER_LEN {
        return None;
    }
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u32::from_be_bytes);
    let (count, mut rest) = answer.split_at(COUNT_LEN);
    let mut replies = Vec::new();
    for _ in 0..number(count)? {
        let (len, after) = rest.split_at_checked(COUNT_LEN)?;
        let (sealed, after) = after.split_at_checked(usize::try_from(number(len)?).ok()?)?;
        replies.push(sealed);
        rest = after;
    }
    Some(replies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_one_length_and_reads_back() {
        let replies = [vec![1; SEALED_REPLY_LEN], vec![2; SEALED_REPLY_LEN]];
        for count in 0..=2 {
            let answer = write_answer(vec![7; MAILBOX_ANSWER_LEN], replies[..count].iter().map(Vec::as_slice));
            assert_eq!(answer.len(), MAILBOX_ANSWER_LEN);
            assert_eq!(read_answer(&answer).unwrap(), replies[..count]);
        }
        let full = vec![vec![3; SEALED_REPLY_LEN]; 40];
        let answer = write_answer(vec![7; MAILBOX_ANSWER_LEN], full.iter().map(Vec::as_slice));
        assert_eq!(read_answer(&answer).unwrap().len(), MAX_SHOWN_REPLIES);
    }

    #[test]
    fn what_is_no_answer_gives_nothing() {
        assert_eq!(read_answer(&[0; 100]), None);
        assert_eq!(read_answer(&vec![0xff; MAILBOX_ANSWER_LEN]), None);
    }

    #[test]
    fn a_request_has_one_length_whatever_it_asks_for() {
        for (act, skip) in [(MailboxAct::Read, 0), (MailboxAct::Read, 95), (MailboxAct::Delete, 0)] {
            let body = MailboxRequest { id: Hex([1; 32]), token: Hex([2; 32]), act, skip }.to_body();
            assert_eq!(body.len(), MAILBOX_REQUEST_LEN);
            assert!(MailboxRequest::from_body(&body).is_some_and(|read| (read.act, read.skip) == (act, skip)));
            assert!(MailboxRequest::from_body(&body[1..]).is_none());
        }
        let too_far = MailboxRequest { id: Hex([1; 32]), token: Hex([2; 32]), act: MailboxAct::Read, skip: 96 };
        assert!(MailboxRequest::from_body(&too_far.to_body()).is_none());
    }
}

//! The files of a tip, asked for with the tip's custody token, and their bytes piece by piece.

use super::{Client, ClientError, Garbled, read_json};
use crate::model::hex::Hex;
use crate::model::tip::{CustodyToken, TipId};
use crate::wire::Attachments;
use http::header::{AUTHORIZATION, RANGE};
use http::{HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

/// Far more than the files of one tip that any site takes.
const MAX_LIST: usize = 4 << 20;

/// Sealed bytes of a file as they come in.
pub struct AttachmentStream {
    answer: reqwest::Response,
    left: u64,
}

impl Client {
    /// All files of a tip. Shows the server that we hold the tip.
    pub async fn attachments(&self, tip: TipId, token: &CustodyToken) -> Result<Attachments, ClientError> {
        let path = format!("/v1/tips/{tip}/attachments");
        let answer = self.send_with(Method::GET, &path, Vec::new(), &[custody(token)]).await?;
        read_json(answer, MAX_LIST).await
    }

    /// The sealed bytes of a file of so many bytes, from one of them on. It has to be one that is whole.
    pub async fn attachment(
        &self,
        (tip, upload): (TipId, Hex<16>),
        token: &CustodyToken,
        (from, length): (u64, u64),
    ) -> Result<AttachmentStream, ClientError> {
        let path = format!("/v1/tips/{tip}/attachments/{upload}");
        let range = HeaderValue::try_from(format!("bytes={from}-")).expect("digits are ASCII");
        let answer = self.send_with(Method::GET, &path, Vec::new(), &[custody(token), (RANGE, range)]).await?;
        let left = length.saturating_sub(from);
        let is_what_was_asked = answer.status() == http::StatusCode::PARTIAL_CONTENT
            && answer.content_length().is_none_or(|announced| announced == left);
        if is_what_was_asked { Ok(AttachmentStream { answer, left }) } else { Err(Garbled::Length.into()) }
    }
}

impl AttachmentStream {
    /// The next bytes; none at the end.
    pub async fn next_piece(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, ClientError> {
        let piece = self.answer.chunk().await.map_err(ClientError::Unreachable)?;
        let Some(piece) = piece else {
            return if self.left == 0 { Ok(None) } else { Err(ClientError::CutShort) };
        };
        self.left = self.left.checked_sub(piece.len() as u64).ok_or(Garbled::TooLarge)?;
        Ok(Some(piece))
    }
}

fn custody(token: &CustodyToken) -> (HeaderName, HeaderValue) {
    let text = Zeroizing::new(format!("Bearer {}", Hex(token.0)));
    let mut value = HeaderValue::try_from(text.as_str()).expect("hex digits are ASCII");
    value.set_sensitive(true);
    (AUTHORIZATION, value)
}

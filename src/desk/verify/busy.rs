//! The server's own way to say that one must wait. Nobody signed it, so it is taken for that only where nothing else can be in it: a line,
//! word for word, or a page that runs nothing, loads nothing and has nothing to type into. What such a page says is not known.

use super::explain;
use crate::crypto::page::Headers;
use crate::desk::cover::visit::Answer;
use crate::wire::headers::{Allowed, TOO_MANY_LINE, UNAVAILABLE_LINE, WORK_HEADER};
use http::StatusCode;

/// What a page to wait has no use for. `<input` it has for a file, and nothing else.
const NEVER: [&str; 5] = ["<script", "<textarea", "<select", "http-equiv", "contenteditable"];
const FILE_INPUT: &str = "<input type=\"file\" ";

/// Whether it says to wait, as this site's server does where it has too much to do, and no more.
pub fn is_honest(got: &Answer) -> bool {
    let line = match got.status {
        StatusCode::TOO_MANY_REQUESTS => TOO_MANY_LINE,
        StatusCode::SERVICE_UNAVAILABLE => UNAVAILABLE_LINE,
        _ => return false,
    };
    let Some(body) = got.body.as_ref().ok().and_then(|body| std::str::from_utf8(body).ok()) else { return false };
    let named = [http::header::RETRY_AFTER.as_str(), WORK_HEADER];
    let headers: Headers = got.headers.iter().filter(|(name, _)| !named.contains(&name.as_str())).cloned().collect();
    if body == line {
        return headers == explain::of_line();
    }
    let expected =
        [true, false].map(|posts| explain::of_document(body, &Allowed { posts, ..Allowed::default() }, false));
    let told = body.to_ascii_lowercase();
    let inputs = told.matches("<input").count();
    expected.contains(&headers)
        && NEVER.iter().all(|part| !told.contains(part))
        && inputs == told.matches(FILE_INPUT).count()
}

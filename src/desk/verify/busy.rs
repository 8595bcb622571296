//! The server's own way to say that one must wait, or that there is nothing. Nobody signed it, so it is taken for that only where nothing else can be in it: a line,
//! word for word, or a page that runs nothing, loads nothing, has nothing to type into and no form but that for a locked file. What such a
//! page says, and where its links lead, is not known.

use super::explain;
use crate::crypto::page::Headers;
use crate::desk::cover::visit::Answer;
use crate::wire::headers::{Allowed, NOT_FOUND_LINE, TOO_MANY_LINE, UNAVAILABLE_LINE, WORK_HEADER};
use http::StatusCode;

/// What a page to wait has no use for.
const NEVER: [&str; 5] = ["<script", "<textarea", "<select", "http-equiv", "contenteditable"];
/// The beginnings of elements of which it has one at most, and how that is written.
const ONCE: [(&str, &str); 3] = [
    ("<form", "<form class=\"upload\" id=\"upload\" action=\"/"),
    ("<input", "<input type=\"file\" id=\"tip\" name=\"tip\" "),
    ("<button", "<button class=\"go\">"),
];
/// How the address of that form ends, and what follows it.
const SEALED: &str = "/sealed\" method=\"post\" enctype=\"multipart/form-data\" autocomplete=\"off\">";

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
    expected.contains(&headers) && NEVER.iter().all(|part| !told.contains(part)) && asks_for_a_locked_file_alone(&told)
}

/// Whether it says that there is nothing, as this site's server does, and no more.
pub fn is_absent(got: &Answer, body: &[u8]) -> bool {
    got.status == StatusCode::NOT_FOUND && body == NOT_FOUND_LINE.as_bytes() && got.headers == explain::of_line()
}

/// Whether a page in small letters has no form, or one for a locked file and nothing beside it.
fn asks_for_a_locked_file_alone(told: &str) -> bool {
    let is_once = |(start, whole): &(&str, &str)| {
        let count = told.matches(start).count();
        count <= 1 && count == told.matches(whole).count()
    };
    let (_, form) = ONCE[0];
    let address = told.split_once(form).map(|(_, rest)| rest.split_once(SEALED).map_or("?", |(tag, _)| tag));
    ONCE.iter().all(is_once) && address.is_none_or(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_to_wait_asks_for_a_locked_file_or_nothing() {
        let form = "<form class=\"upload\" id=\"upload\" action=\"/pt-br/sealed\" method=\"post\" enctype=\"multipart/form-data\" \
                    autocomplete=\"off\"><input type=\"file\" id=\"tip\" name=\"tip\" required><button class=\"go\">x</button></form>";
        assert!(asks_for_a_locked_file_alone("<p>come back</p>") && asks_for_a_locked_file_alone(form));
        let lies = [
            &form.replace("/pt-br/sealed", "/x"),
            &form.replace("/pt-br/sealed", "/\" formaction=\"/y/sealed"),
            &form.replace("<button class=\"go\">", "<button name=\"a\" value=\"yes\">"),
            &form.replace("</form>", "<button class=\"go\">no</button></form>"),
            &form.replace("<input type=\"file\"", "<input type=\"file\" accept=\"image/*\""),
            &form.repeat(2),
            "<form action=\"/x\"><button class=\"go\">yes</button></form>",
        ];
        for lie in lies {
            assert!(!asks_for_a_locked_file_alone(lie), "{lie}");
        }
    }
}

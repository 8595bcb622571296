//! Marks that the page puts around some of its words: a number to call stays on one line, and the name of a button stands out.
//!
//! Both take plain text and give HTML in which everything else is escaped.

use minijinja::{HtmlEscape, Value};
use std::fmt::Write as _;

/// Shorter ones hardly ever break.
const LONG_NUMBER: usize = 7;

/// Keeps each long number in one piece, where a line has the room for it.
pub fn numbers(text: &str) -> Value {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, number, after)) = next_number(rest) {
        let _infallible = write!(html, "{}<span class=\"number\">{number}</span>", HtmlEscape(before));
        rest = after;
    }
    html.push_str(&HtmlEscape(rest).to_string());
    Value::from_safe_string(html)
}

/// Makes `part` stand out wherever it is in the text.
pub fn strong(text: &str, part: &str) -> Value {
    let strong = format!("<strong>{}</strong>", HtmlEscape(part));
    let pieces: Vec<_> = text.split(part).map(|piece| HtmlEscape(piece).to_string()).collect();
    Value::from_safe_string(pieces.join(&strong))
}

/// What stands before the first long number, the number, and what follows.
fn next_number(text: &str) -> Option<(&str, &str, &str)> {
    let is_part = |c: char| c.is_ascii_digit() || c == '-';
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find(|c: char| c.is_ascii_digit())?;
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        let number = text[start..start + length].trim_end_matches('-');
        if number.len() >= LONG_NUMBER {
            return Some((&text[..start], number, &text[start + number.len()..]));
        }
        from = start + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_number_is_kept_together_and_a_short_one_is_left_alone() {
        let html = numbers("Call 911 or <1-888-373-7888>. Text 233733.").to_string();
        assert_eq!(html, "Call 911 or &lt;<span class=\"number\">1-888-373-7888</span>&gt;. Text 233733.");
        assert_eq!(
            numbers("\u{2068}1-888-373-7888\u{2069}").to_string(),
            "\u{2068}<span class=\"number\">1-888-373-7888</span>\u{2069}"
        );
        assert_eq!(numbers("1234567-").to_string(), "<span class=\"number\">1234567</span>-");
        assert_eq!(numbers("none").to_string(), "none");
    }

    #[test]
    fn the_name_of_a_button_stands_out_wherever_it_is() {
        assert_eq!(
            strong("Tap Go. Go & run.", "Go").to_string(),
            "Tap <strong>Go</strong>. <strong>Go</strong> &amp; run."
        );
        assert_eq!(strong("Stay", "Go").to_string(), "Stay");
    }
}

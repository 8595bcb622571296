//! Sheets as Markdown in which a source's words are only words: no heading, link, picture, table or tag of theirs.

use super::sheet::Block;
use crate::desk::output::Shown;

/// The text of a sheet.
pub fn render(blocks: &[Block]) -> Vec<u8> {
    let mut out = String::new();
    let mut label = String::new();
    for block in blocks {
        let text = match block {
            Block::Page { title, handling, conditions } => {
                let rule = if out.is_empty() { "" } else { "\n---\n\n" };
                label = format!("**{}**", escaped(handling));
                let conditions: Vec<String> =
                    conditions.iter().map(|line| format!("> {}\n>\n", escaped(line))).collect();
                format!("{rule}{label}\n\n{}\n# {}\n", conditions.concat(), escaped(title))
            }
            Block::Heading(text) => format!("\n## {}\n\n", escaped(text)),
            Block::Field(name, value) => format!("- **{}:** {}\n", escaped(name), lines(value).join("\\\n  ")),
            Block::Text(text) => lines(text).iter().map(|line| format!("> {line}  \n")).collect::<Vec<_>>().concat(),
            Block::Note(text) => format!("\n*{}*\n", escaped(text)),
        };
        out.push_str(&text);
    }
    out.extend(["\n", &label, "\n"]);
    out.into_bytes()
}

fn lines(text: &str) -> Vec<String> {
    Shown::lines(text).iter().map(|line| escaped(line.as_str())).collect()
}

/// One line in which nothing is markup, and nothing is obeyed by a terminal.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in Shown::new(text).as_str().chars() {
        match c {
            // Not every reader of Markdown knows a backslash before these, and every one knows what stands for them.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            ',' | ';' | '?' | '\'' | '%' | '/' => out.push(c),
            // Every other ASCII mark may be written behind a backslash. Addresses are broken, so that no reader makes links.
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sources_words_are_no_markup() {
        let text = "# big\n![x](http://evil.example/p.png) <img src=x> | a | `b` **c** [l](javascript:1)\n- list\n1. one\u{1b}[2J";
        let blocks = [
            Block::Page { title: "T".into(), handling: "TLP:RED".into(), conditions: vec![text.into()] },
            Block::Field("n".into(), text.into()),
            Block::Text(text.into()),
        ];
        let out = String::from_utf8(render(&blocks)).unwrap();
        for raw in ["![", "<img", "](", " | a", "`b`", "> # big", "\n# big", "\n- list", "\n1. ", "\u{1b}"] {
            assert!(!out.contains(raw), "{raw} in {out}");
        }
        assert!(out.starts_with("**TLP\\:RED**") && out.ends_with("**TLP\\:RED**\n"), "{out}");
    }
}

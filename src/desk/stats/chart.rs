//! Bars as SVG inside a page: no script, nothing from elsewhere, each with its number beside it.

use crate::desk::output::{Shown, escaped_markup};
use std::fmt::Write as _;

const ROW: u64 = 30;
const BAR: u64 = 18;
const NAME: u64 = 250;
const WIDTH: u64 = 680;
const NUMBER: u64 = 60;
const BASELINE: u64 = 14;

/// One bar; no length where the figure is not shown.
pub struct Bar {
    /// What it stands for. Hostile text.
    pub name: String,
    /// How long.
    pub count: Option<u64>,
    /// What is written at its end.
    pub label: String,
}

/// Bars from left to right below each other, each as long as its share of `most`: none has no bar, and a few are seen.
pub fn bars(title: &str, bars: &[Bar], most: u64) -> String {
    let height = ROW * bars.len() as u64;
    let figures: Vec<String> = bars.iter().map(|bar| format!("{} {}", Shown::new(&bar.name), bar.label)).collect();
    let label = escaped_markup(&format!("{title}: {}", figures.join("; "))); // a picture's own words are not read out
    let mut out = format!("<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" aria-label=\"{label}\">\n");
    for (bar, at) in bars.iter().zip(0..) {
        let top = ROW * at;
        let room = WIDTH - NAME - NUMBER;
        let length = bar.count.map_or(0, |count| (count * room / most.max(1)).max(count.min(1)));
        let name = Shown::beginning(&bar.name, 36);
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            NAME - 10,
            top + BASELINE + 4,
            escaped_markup(name.as_str())
        );
        if length > 0 {
            let _ = writeln!(
                out,
                "<rect class=\"bar\" x=\"{NAME}\" y=\"{}\" width=\"{length}\" height=\"{BAR}\" rx=\"2\"/>",
                top + 4
            );
        }
        let class = if bar.count.is_some() { "number" } else { "hidden" };
        let _ = writeln!(
            out,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
            NAME + length + 8,
            top + BASELINE + 4,
            escaped_markup(&bar.label)
        );
    }
    out.push_str("</svg>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_none_is_drawn_for_nothing() {
        let of = |count: Option<u64>| {
            let label = count.map_or_else(|| "fewer than 11".to_owned(), |count| count.to_string());
            Bar { name: "<b>".to_owned(), count, label }
        };
        let chart = bars("By <month>", &[of(Some(200)), of(Some(50)), of(Some(1)), of(Some(0)), of(None)], 200);
        let widths: Vec<u64> = chart
            .split("<rect class=\"bar\"")
            .skip(1)
            .map(|rect| rect.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(widths, [370, 92, 1], "{chart}");
        for told in [">200<", ">50<", ">1<", ">0<", "class=\"hidden\"", ">fewer than 11<", "&lt;b&gt; 200"] {
            assert!(chart.contains(told), "{told}: {chart}");
        }
        assert!(!chart.contains("<b>") && !chart.contains("<month>"), "{chart}");
    }

    #[test]
    fn where_all_are_none_nothing_is_drawn_and_nothing_divided() {
        let chart = bars("x", &[Bar { name: "a".to_owned(), count: Some(0), label: "0".to_owned() }], 0);
        assert!(!chart.contains("<rect"), "{chart}");
    }
}

//! The figures as one page that needs nothing else: no script, no font, no picture, no address of anything. Good to print.

use super::chart::{Bar, bars};
use super::text::{HIDDEN, duration, heading, rule, time_name, value};
use super::{Report, Table};
use crate::desk::output::escaped_markup;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --faint: #5b6675; --line: #d9dee5; --bar: #2f6690; --card: #f5f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf1; --paper: #14181e; --faint: #9aa6b4; --line: #303844; --bar: #6ba3d0; --card: #1c222b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .25rem; }
p { margin: .25rem 0 .75rem; max-width: 42rem; }
.faint, footer { color: var(--faint); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.cards li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.cards b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.cards b.hidden { font-size: 1rem; line-height: 1.92rem; font-weight: 500; color: var(--faint); }
.cards span { color: var(--faint); font-size: .9rem; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; }
text { font-size: 14px; fill: var(--ink); dominant-baseline: auto; }
text.name { text-anchor: end; }
text.number { font-variant-numeric: tabular-nums; }
text.hidden { fill: var(--faint); font-style: italic; }
rect.bar { fill: var(--bar); }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; font-size: .9rem; }
@media print { body { padding: 0; max-width: none; } section { break-inside: avoid; } rect.bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
";

/// The page.
pub fn page(report: &Report) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Nothing may be fetched, whatever should ever stand in here.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.extend([
        "<title>Figures</title>\n<style>",
        STYLE,
        "</style>\n</head>\n<body>\n<h1>What became of the tips</h1>\n",
    ]);
    out.extend(["<p>", &escaped_markup(&heading(report)), ".</p>\n"]);
    out.push_str(&cards(report));
    out.push_str("<p class=\"faint\">Times are medians, of the tips that came so far.</p>\n");
    let most = report.total.unwrap_or(0);
    let stages: Vec<Bar> = report.funnel.iter().map(|stage| bar(stage.stage.to_owned(), stage.count)).collect();
    section(
        &mut out,
        "How far they came",
        "A tip that came further counts for the steps before.",
        &bars("How far they came", &stages, most),
    );
    for table in &report.tables {
        let (title, note) = titled(table);
        let most = table.rows.iter().map(|row| row.count).max().unwrap_or(0);
        let mut rows: Vec<Bar> = table.rows.iter().map(|row| bar(value(table, row), Some(row.count))).collect();
        if rows.is_empty() {
            rows.push(bar("all".to_owned(), None));
        }
        section(&mut out, &title, note, &bars(&title, &rows, most));
    }
    out.extend(["<footer>\n<p>", &escaped_markup(&rule(report))]);
    out.push_str(
        " Medians are rounded. They count from when a tip was written, by the clock of whoever wrote it.</p>\n",
    );
    if let Some(month) = report.running_month() {
        out.extend(["<p>", month.as_str(), " was not over when this was counted.</p>\n"]);
    }
    out.push_str(concat!(
        "<p>Made by knothole desk ",
        env!("CARGO_PKG_VERSION"),
        ".</p>\n</footer>\n</body>\n</html>\n"
    ));
    out
}

fn cards(report: &Report) -> String {
    let mut out = String::from("<ul class=\"cards\">\n");
    let total = report.total.map_or_else(|| HIDDEN.to_owned(), |total| total.to_string());
    let times = report.times.iter().map(|time| (time_name(time), duration(time.median_minutes)));
    for (name, figure) in std::iter::once(("tips".to_owned(), total)).chain(times) {
        let class = if figure == HIDDEN { " class=\"hidden\"" } else { "" };
        let (figure, name) = (escaped_markup(&figure), escaped_markup(&name));
        out.extend(["<li><b", class, ">", &figure, "</b><span>", &name, "</span></li>\n"]);
    }
    out.push_str("</ul>\n");
    out
}

fn section(out: &mut String, title: &str, note: &str, chart: &str) {
    out.extend([
        "<section>\n<h2>",
        &escaped_markup(title),
        "</h2>\n<p class=\"faint\">",
        note,
        "</p>\n",
        chart,
        "</section>\n",
    ]);
}

fn bar(name: String, count: Option<u64>) -> Bar {
    Bar { name, count, label: count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string()) }
}

fn titled(table: &Table) -> (String, &'static str) {
    let note = match table.by {
        "month" => "By the day on which the server took it.",
        "language" => "The language of the form, not always that of the words.",
        "route" => "How much of the form was gone through.",
        "priority" => "By the rules that the agencies have signed.",
        _ => "Where the work stands, or how it ended.",
    };
    (format!("By {}", table.by), note)
}

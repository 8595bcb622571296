//! The figures for a terminal.

use super::{Report, Row, Table, Time};
use crate::desk::output::{Line, Shown, Style};

const VALUE_WIDTH: usize = 36;
const COUNT_WIDTH: usize = 8;
const MAX_BAR: u64 = 40;

/// Said in place of a figure that is not shown.
pub const HIDDEN: &str = "not shown";

/// Lines for a terminal of this width; read out, they have no bars.
pub fn lines(report: &Report, width: usize, is_read_out: bool) -> Vec<Line> {
    let mut lines = vec![
        Line::new().with(Style::Bold, &heading(report)),
        Line::from(rule(report)),
        Line::from(before_publishing(report)),
    ];
    let mut section = |title: &str, rows: Vec<Line>| {
        lines.push(Line::new());
        lines.push(Line::new().with(Style::Bold, title));
        lines.extend(rows);
    };
    section("How long it took (median, of tips that came so far)", report.times.iter().map(time).collect());
    let bar = Bar { width, is_drawn: !is_read_out, most: report.total.unwrap_or(0) };
    let stages = report.funnel.iter().map(|stage| bar.row(stage.stage, stage.count));
    section("How far they came (who came further counts for the steps before)", stages.collect());
    for table in &report.tables {
        let most = table.rows.iter().map(|row| row.count).max().unwrap_or(0);
        let bar = Bar { width, is_drawn: !is_read_out, most };
        let rows = table.rows.iter().map(|row| bar.row(&value(table, row), Some(row.count)));
        let nothing = table.rows.is_empty().then(|| bar.row("all", None));
        section(&format!("By {}", table.by), rows.chain(nothing).collect());
    }
    lines
}

/// One figure a line: what is counted, of which, how many; nothing in the place of one that is not shown.
pub fn records(report: &Report) -> Vec<Line> {
    let shown = |figure: Option<u64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let record = |what: &str, of: &str, figure: Option<u64>| Line::of_fields([what, of, &shown(figure)]);
    let mut lines = vec![record("tips", "all", report.total)];
    let minutes = |time: &Time| record(&format!("median minutes until {}", time.until), &time.of, time.median_minutes);
    lines.extend(report.times.iter().map(minutes));
    lines.extend(report.funnel.iter().map(|stage| record("came as far as", stage.stage, stage.count)));
    for table in &report.tables {
        let by = format!("by {}", table.by);
        lines.extend(table.rows.iter().map(|row| record(&by, &value(table, row), Some(row.count))));
    }
    lines
}

/// `432 tips, came in 2026-01 to 2026-12, counted on 2027-01-05`.
pub fn heading(report: &Report) -> String {
    let total = report.total.map_or_else(|| format!("fewer than {} tips", report.k), |total| format!("{total} tips"));
    let period = match (&report.from, &report.to) {
        (Some(from), Some(to)) if from == to => format!(", came in {from}"),
        (Some(from), Some(to)) => format!(", came in {from} to {to}"),
        (Some(from), None) => format!(", came in {from} or later"),
        (None, Some(to)) => format!(", came in {to} or before"),
        (None, None) => String::new(),
    };
    format!("{total}{period}, counted on {}", report.as_of)
}

/// What is not shown, and why.
pub fn rule(report: &Report) -> String {
    let k = report.k;
    format!(
        "No figure stands for fewer than {k} tips. What would is counted under \"others\", or not shown. Tips sent to try the site are not counted."
    )
}

/// What must be heeded before figures leave the house.
pub fn before_publishing(report: &Report) -> String {
    let running = report.running_month();
    let running = running.map(|month| format!("{month} is not over: leave it out with `--to`. ")).unwrap_or_default();
    format!(
        "Before you publish: {running}One report for each period, and none of periods that overlap: what two of them \
         differ by can be reckoned."
    )
}

/// What a row is called.
pub fn value(table: &Table, row: &Row) -> String {
    match (&row.value, table.by) {
        (None, _) => "others, each too few to show".to_owned(),
        (Some(value), "language") => language(value),
        (Some(value), _) => value.clone(),
    }
}

/// `12 min`, `3 h`, `5 d`.
pub fn duration(minutes: Option<u64>) -> String {
    match minutes {
        None => HIDDEN.to_owned(),
        Some(minutes @ 0..120) => format!("{minutes} min"),
        Some(minutes @ 120..2880) => format!("{} h", minutes / 60),
        Some(minutes) => format!("{} d", minutes / 1440),
    }
}

/// `until first event, P1`.
pub fn time_name(time: &Time) -> String {
    format!("until {}{}", time.until, if time.of == "all" { String::new() } else { format!(", {}", time.of) })
}

fn time(time: &Time) -> Line {
    let style = if time.median_minutes.is_none() { Style::Faint } else { Style::Plain };
    Line::from(format!("  {:VALUE_WIDTH$}", time_name(time))).with(style, &duration(time.median_minutes))
}

struct Bar {
    width: usize,
    is_drawn: bool,
    most: u64,
}

impl Bar {
    fn row(&self, name: &str, count: Option<u64>) -> Line {
        let name = Shown::beginning(name, VALUE_WIDTH);
        let gap = " ".repeat(VALUE_WIDTH - name.width());
        let line = Line::from("  ").with_shown(Style::Plain, name).with(Style::Plain, &gap);
        let Some(count) = count else { return line.with(Style::Faint, HIDDEN) };
        let line = line.with(Style::Plain, &format!("{count:>COUNT_WIDTH$}"));
        if !self.is_drawn {
            return line;
        }
        let room = self.width.saturating_sub(VALUE_WIDTH + COUNT_WIDTH + 4) as u64;
        let length = count * room.min(MAX_BAR) / self.most.max(1);
        line.with(Style::Faint, &format!("  {}", "█".repeat(usize::try_from(length).unwrap_or(0))))
    }
}

/// Languages of the form by their English names; any other tag as it came.
fn language(tag: &str) -> String {
    const NAMES: [(&str, &str); 16] = [
        ("ar", "Arabic"),
        ("en", "English"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("ht", "Haitian Creole"),
        ("hi", "Hindi"),
        ("ko", "Korean"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("pt-BR", "Portuguese (Brazil)"),
        ("ru", "Russian"),
        ("th", "Thai"),
        ("tl", "Tagalog"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh-Hans", "Chinese (simplified)"),
    ];
    NAMES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name).to_owned()
}

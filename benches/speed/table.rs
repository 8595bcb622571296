//! The table and how numbers look in it.

use std::fmt::Write as _;
use std::time::Duration;

/// Rows in the order in which they were measured.
#[derive(Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// A row that compares: `result` is a ratio.
    pub fn ratio(&mut self, what: &str, ratio: f64, target: &str, detail: String) {
        self.row(what, format!("{ratio:.2}"), target, detail);
    }

    /// A row of a figure alone.
    pub fn row(&mut self, what: &str, result: String, target: &str, detail: String) {
        self.rows.push([what.to_owned(), result, target.to_owned(), detail]);
    }

    /// Prints it, ratios first, with what was measured on above it.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub fn print(mut self, machine: &str) {
        self.rows.sort_by_key(|[_, result, ..]| result.parse::<f64>().is_err());
        let mut text = format!("{machine}\n\n| what | measured | target | in figures |\n|---|---|---|---|\n");
        for [what, result, target, detail] in &self.rows {
            let _infallible = writeln!(text, "| {what} | {result} | {target} | {detail} |");
        }
        println!("{text}");
    }
}

/// `1.23 s` or `4.5 ms`.
pub fn time(time: Duration) -> String {
    if time >= Duration::from_secs(1) {
        format!("{:.2} s", time.as_secs_f64())
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    }
}

//! Rows for spreadsheets (RFC 4180), in which no cell is taken for a formula.

use crate::desk::output::Shown;

/// Adds one row.
pub fn row<S: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = S>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&quoted(cell.as_ref()));
    }
    out.push_str("\r\n");
}

/// A cell: harmless on a terminal, on one line, and with `'` wherever a spreadsheet would begin to calculate: at the
/// beginning, and behind what other countries' spreadsheets take for the end of a cell.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut may_begin = true;
    for c in Shown::new(text).as_str().chars() {
        if may_begin && begins_formula(c) {
            out.push('\'');
        }
        may_begin = c == ';' || may_begin && c.is_whitespace();
        out.push(c);
        if c == '"' {
            out.push('"');
        }
    }
    out.push('"');
    out
}

/// `\` is what escapes begin with that stand for a control character.
const fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_leaves_its_place() {
        let mut out = String::new();
        row(
            &mut out,
            ["=1+1", " @SUM(A1)", "a\"b", "one\ntwo", "\t=x", "-5", "plain", "\u{200b}=1", "＝1", "a; =1;-2"],
        );
        assert_eq!(
            out,
            "\"'=1+1\",\" '@SUM(A1)\",\"a\"\"b\",\"one\\ntwo\",\"'\\t=x\",\"'-5\",\"plain\",\"'\\u{200b}=1\",\"'＝1\",\"a; '=1;'-2\"\r\n"
        );
    }
}

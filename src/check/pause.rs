//! Whether the form was closed for a while, so that nobody forgets to open it.

use super::Finding;
use crate::model::day::Day;
use crate::store::pause;
use std::path::Path;

const NAME: &str = "pause";
const HINT: &str = "knothole resume opens it";

/// Of a form that is closed; none while it is open.
pub fn finding(data_dir: &Path, today: Day) -> Option<Finding> {
    match pause::read(data_dir) {
        Ok(None) => None,
        Ok(Some(pause)) => Some(match pause.until {
            None => Finding::warn(NAME, "the form is closed, and says no day to come back", HINT),
            Some(until) if until <= today => {
                Finding::fail(NAME, format!("the form is closed, and its day to come back, {until}, has come"), HINT)
            }
            Some(until) => Finding::warn(NAME, format!("the form is closed, and says to come back on {until}"), HINT),
        }),
        Err(error) => Some(Finding::fail(NAME, format!("cannot be looked at: {error}"), "is the disk well?")),
    }
}

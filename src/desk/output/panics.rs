//! What is said when the program itself is wrong.

use std::io::Write as _;

/// From now on a panic says where it was and never what it says, which may hold a source's words or a key.
pub fn say_only_where() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let _unheard = writeln!(std::io::stderr(), "desk: stopped by a mistake of its own at {place}");
    }));
}

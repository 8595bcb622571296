//! Which key does what to a tip. Each is a command that people type, too: the bottom line, the help and what a key does are
//! taken from here.

/// A key and its command.
pub struct Key {
    /// What is pressed.
    pub key: char,
    /// The commands that it gives: most give one.
    pub verbs: &'static [&'static str],
    /// Its name at the bottom.
    pub word: &'static str,
}

/// Keys that do something to a tip, the most needed first.
pub const KEYS: [Key; 21] = [
    key('n', &["next"], "next"),
    key('c', &["claim"], "claim"),
    key('w', &["note"], "write"),
    key('l', &["label"], "label"),
    key('s', &["status"], "status"),
    key('r', &["release"], "release"),
    key('f', &["refer"], "refer"),
    key('i', &["similar"], "similar"),
    key('p', &["priority"], "priority"),
    key('=', &["link"], "link"),
    key('a', &["assign"], "assign"),
    key('e', &["grade"], "grade"),
    key('o', &["outcome"], "outcome"),
    key('m', &["redact"], "mark"),
    key('h', &["hold"], "hold"),
    key('y', &["accept"], "accept"),
    key('d', &["decline", "return"], "decline"),
    key('D', &["delete"], "delete"),
    key('O', &["object"], "object"),
    key('V', &["countersign"], "countersign"),
    key('x', &["recuse"], "leave"),
];

/// Keys that do nothing to a tip, as they stand at the bottom.
pub const ALWAYS: [&str; 3] = ["? help", "q end", "/ search"];

const fn key(key: char, verbs: &'static [&'static str], word: &'static str) -> Key {
    Key { key, verbs, word }
}

/// What `?` shows: at most as many lines as there is room for at 80×24.
pub const HELP: [(&str, &str); 20] = [
    ("up, down, j, k", "another tip; g the first, G the last"),
    ("space, b", "on and back in the tip; also PgDn, PgUp"),
    ("Enter, Esc", "the tip over the whole screen, and back"),
    ("/, i", "search, as `desk search`; tips like this one; Esc: all"),
    ("t, .", "list closed ones, too, or not; ask the server for what is new"),
    ("n", "next: claim the most urgent tip that waits"),
    ("c, r, a", "claim, release, assign to a colleague: hand it over"),
    ("w, l", "write a note; labels: `motel` puts on, `-motel` takes off"),
    ("s, p", "status: new, assessing, acting, closed; priority, and why"),
    ("=", "link to another tip"),
    ("e, o", "grade what was checked; outcome of the case"),
    ("f", "refer to an agency as the source allows; asks for a yes"),
    ("y, d", "accept an offer; decline or return it: asks for its id"),
    ("m", "mark words or a field that go to no other agency (redact)"),
    ("h", "hold, so that it cannot be deleted; lift"),
    ("D, O", "delete it, or agree: asks for its id; object to that"),
    ("V", "countersign what crosses a wish: asks for its id"),
    ("x", "leave it (recuse): asks for its id"),
    ("u", "undo: claims, releases, labels, links, offers, marks"),
    ("q, Ctrl-C", "end; Ctrl-C first stops what is done. All are commands, too"),
];

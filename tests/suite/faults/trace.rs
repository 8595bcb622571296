//! What `strace -f` wrote, read as calls in the order in which they ended.

use std::collections::BTreeMap;

/// One system call. Its place is the line on which it began, and the one on which it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    /// As printed, without parentheses.
    pub arguments: String,
    /// As printed: a number, and what it means.
    pub result: String,
    pub began: usize,
    pub ended: usize,
}

impl Call {
    /// The number before the first comma: the file of most calls.
    pub fn file(&self) -> Option<i32> {
        self.arguments.split(',').next()?.trim().parse().ok()
    }

    /// The result, when it is a number that is no error.
    pub fn value(&self) -> Option<i32> {
        self.result.split_whitespace().next()?.parse().ok().filter(|value| *value >= 0)
    }
}

/// Every call that ended.
pub fn read(text: &str) -> Vec<Call> {
    let mut open = BTreeMap::new();
    let mut calls = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let (_name, tail) = resumed.split_once(" resumed>").unwrap();
            if let Some((began, head)) = open.remove(thread) {
                calls.extend(call(&format!("{head}{tail}"), began, at));
            }
        } else if let Some(head) = rest.strip_suffix(" <unfinished ...>") {
            open.insert(thread, (at, head));
        } else {
            calls.extend(call(rest, at, at));
        }
    }
    calls
}

fn call(text: &str, began: usize, ended: usize) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?.to_owned();
    Some(Call { name: name.into(), arguments, result: result.into(), began, ended })
}

#[test]
fn calls_that_another_thread_interrupts_are_put_together() {
    let text = "7 pwrite64(9, \"ab\", 2, 0) = 2\n\
        7 fdatasync(9 <unfinished ...>\n\
        8 accept4(3, NULL, NULL, SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)\n\
        7 <... fdatasync resumed>)           = 0\n\
        8 +++ exited with 0 +++\n";
    let calls = read(text);
    let seen = calls.iter().map(|call| (call.name.as_str(), call.file(), call.value(), call.began, call.ended));
    let expected =
        [("pwrite64", Some(9), Some(2), 0, 0), ("accept4", Some(3), None, 2, 2), ("fdatasync", Some(9), Some(0), 1, 3)];
    assert_eq!(seen.collect::<Vec<_>>(), expected);
}

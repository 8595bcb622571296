//! A letter that a stranger sealed: what is read can be written and read again, and is harmless however it is shown.

#![no_main]

use knothole::crypto::letter::Letter;
use knothole::crypto::pad;
use knothole::desk::cache::{Known, KnownTip, ThreadSecret};
use knothole::desk::inbox::{Inbox, Rules, Viewer, json, table, view};
use knothole::desk::names::AgencyNames;
use knothole::desk::output;
use knothole::model::agency::AgencyNumber;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let _not_padded = Letter::from_padded_json(text);
    let Ok(padded) = pad::to_bucket(text.to_vec()) else { return };
    let Ok(letter) = Letter::from_padded_json(&padded) else { return };
    if let Ok(written) = letter.to_padded_json() {
        assert!(Letter::from_padded_json(&written).is_ok_and(|again| again == letter));
    }
    let tip = KnownTip::new(1, "2026-11-24".parse().unwrap(), ThreadSecret::new(""), letter);
    let viewer = Viewer { agency: AgencyNumber(0), person: String::new(), now: 0 };
    let inbox = Inbox::new(Known { tips: vec![tip], ..Known::default() }, viewer, &Rules::default());
    let mut shown = output::json(&json::inbox(&inbox));
    let lines = [
        table::table(&inbox, true, 80),
        table::plain(&inbox).collect(),
        view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Columns(80)),
    ];
    for line in lines.iter().flatten() {
        line.render(&mut shown, false);
    }
    assert!(shown.chars().all(|c| c == '\n' || c == '\t' || !output::is_obeyed(c)));
});

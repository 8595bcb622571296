//! Letters whose every string is hostile: a source can write what the form would never let them.

use super::super::door::StoredTip;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::letter::{Answers, Contact, Letter};
use knothole::crypto::pad;
use knothole::crypto::thread::ThreadKey;
use knothole::model::agency::AgencyNumber;
use knothole::model::tip::TipId;

/// A letter with `text` wherever a letter has text, words from fixed sets too.
pub fn letter(id: TipId, text: &str) -> Letter {
    let said = || Some(text.to_owned());
    let mut letter = Letter::new(id, text.into(), text.into(), text.to_owned().into(), vec![AgencyNumber(0)]);
    letter.answers = Answers {
        story: said(),
        urgency: said().map(Into::into),
        about: said().map(Into::into),
        minor: said().map(Into::into),
        signs: vec![text.into(), text.into()],
        place: said(),
        when: said(),
        suspects: said(),
        checkable: said(),
        exclude_text: said(),
        basis: said().map(Into::into),
        share: said().map(Into::into),
        contact: Some(Contact {
            mode: text.to_owned().into(),
            how: said(),
            when: said(),
            ask_for: said(),
            message_ok: said().map(Into::into),
            cover_story: said(),
        }),
        reply_to: said(),
        follow_up_key: said(),
        mailbox: None, // the same
        check_question: said(),
        canary: said(),
        link: None, // holds hex digits and nothing else
    };
    letter
}

/// The same, sealed to the first agency.
pub fn tip(text: &str, agencies: &[Option<HybridRecipient>]) -> StoredTip {
    let thread = ThreadKey::generate();
    let sealed = file::seal(&thread.to_recipient(), &letter(thread.id(), text).to_padded_json().unwrap());
    StoredTip::with_letter(thread, sealed, agencies)
}

/// A letter that is no JSON, by what stands between the quotes of its story.
pub fn unreadable(letter_string: &str, agencies: &[Option<HybridRecipient>]) -> StoredTip {
    let thread = ThreadKey::generate();
    let letter = letter(thread.id(), "STORY").to_padded_json().unwrap();
    let json = String::from_utf8(letter.trim_ascii_end().to_vec()).unwrap();
    let json = json.replacen("\"STORY\"", &format!("\"{letter_string}\""), 1);
    let sealed = file::seal(&thread.to_recipient(), &pad::to_bucket(json.into_bytes()).unwrap());
    StoredTip::with_letter(thread, sealed, agencies)
}

//! Receipt codes of the samples whose sources asked to be answered: a file of them lies beside the site, so that whoever looks at
//! a demo can come back as one of them. No real site ever knows such words.

use super::DemoError;
use crate::crypto::letter::{Answers, ContactMode, Mailbox};
use crate::crypto::receipt::{Receipt, ReceiptCode, WordList};
use crate::desk::files;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const NAME: &str = "codes";

/// A code and what it gives at the site.
pub(super) struct Code {
    code: ReceiptCode,
    receipt: Receipt,
}

impl Code {
    /// A new one, as a page takes it. Costs the rounds of a code: not for a thread that serves.
    pub fn take(genesis: &Sha256Hash) -> Self {
        let code = ReceiptCode::generate();
        let receipt = code.derive(genesis);
        Self { code, receipt }
    }

    /// Puts into a letter what a page puts there.
    pub fn put_into(&self, answers: &mut Answers) {
        let Self { receipt, .. } = self;
        answers.reply_to = Some(receipt.reply_identity().to_recipient().to_string());
        answers.mailbox = Some(Mailbox { id: receipt.mailbox(), token_hash: receipt.token_hash() });
        answers.follow_up_key = Some(receipt.follow_up_public_key().to_string());
    }
}

/// Whether whoever wrote this wants to be answered for a code.
pub(super) fn is_wanted(answers: &Answers) -> bool {
    answers.contact.as_ref().is_some_and(|contact| contact.mode == ContactMode::Code)
}

/// Lines of the file: what a desk calls the tip, the language of its form, the words.
#[derive(Default)]
pub(super) struct Codes(String);

impl Codes {
    /// Adds the code of a tip.
    pub fn add(&mut self, tip: TipId, lang: &str, code: &Code) {
        let words = code.code.expose_words(WordList::for_language(lang));
        let _ = writeln!(self.0, "T-{}  {lang}  {}", tip.prefix(TipId::SHORT_LEN), *words); // a String takes whatever comes
    }

    /// Writes the file into the demo's directory.
    pub fn write(&self, dir: &Path) -> Result<(), DemoError> {
        Ok(files::write_new(&dir.join(NAME), self.0.as_bytes())?)
    }
}

/// Where the file is, if this demo has one.
pub(super) fn path(dir: &Path) -> Option<PathBuf> {
    Some(dir.join(NAME)).filter(|path| path.exists())
}

//! The fields of a letter as they stand in its JSON, side by side. Nothing is read into memory that is not kept, and of
//! lists no more than any form could have written.

use super::link::MaybeLink;
use super::mailbox::MaybeMailbox;
use super::{About, Answers, Basis, Contact, Format, Letter, Route, Share, Urgency, YesNo};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use serde::de::{self, DeserializeSeed, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// Readers that are kept: as many as a site can have agencies.
pub const MAX_READERS: usize = 64;
/// Signs that are kept: the form has fourteen.
pub const MAX_SIGNS: usize = 64;
/// Characters of a sign that are kept: each is one short word.
pub const MAX_SIGN_CHARS: usize = 64;

/// As `Letter`. Not by `flatten`, which reads every unknown value into memory first.
#[derive(Deserialize)]
pub struct Fields {
    format: Format,
    id: TipId,
    created: String,
    lang: String,
    route: Route,
    #[serde(deserialize_with = "readers")]
    readers: Vec<AgencyNumber>,
    #[serde(default)]
    story: Option<String>,
    #[serde(default)]
    urgency: Option<Urgency>,
    #[serde(default)]
    about: Option<About>,
    #[serde(default)]
    minor: Option<YesNo>,
    #[serde(default, deserialize_with = "signs")]
    signs: Vec<String>,
    #[serde(default, rename = "where")]
    place: Option<String>,
    #[serde(default)]
    when: Option<String>,
    #[serde(default)]
    suspects: Option<String>,
    #[serde(default)]
    checkable: Option<String>,
    #[serde(default)]
    exclude_text: Option<String>,
    #[serde(default)]
    basis: Option<Basis>,
    #[serde(default)]
    share: Option<Share>,
    #[serde(default)]
    contact: Option<Contact>,
    #[serde(default)]
    reply_to: Option<String>,
    #[serde(default)]
    mailbox: Option<MaybeMailbox>,
    #[serde(default)]
    check_question: Option<String>,
    #[serde(default)]
    follow_up_key: Option<String>,
    #[serde(default)]
    canary: Option<String>,
    #[serde(default)]
    link: Option<MaybeLink>,
}

impl From<Fields> for Letter {
    fn from(fields: Fields) -> Self {
        let Fields { format, id, created, lang, route, readers, .. } = fields;
        let answers = Answers {
            story: fields.story,
            urgency: fields.urgency,
            about: fields.about,
            minor: fields.minor,
            signs: fields.signs,
            place: fields.place,
            when: fields.when,
            suspects: fields.suspects,
            checkable: fields.checkable,
            exclude_text: fields.exclude_text,
            basis: fields.basis,
            share: fields.share,
            contact: fields.contact,
            reply_to: fields.reply_to,
            mailbox: fields.mailbox.and_then(|MaybeMailbox(mailbox)| mailbox),
            check_question: fields.check_question,
            follow_up_key: fields.follow_up_key,
            canary: fields.canary,
            link: fields.link.and_then(|MaybeLink(link)| link),
        };
        Self { format, id, created, lang, route, readers, answers }
    }
}

fn readers<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<AgencyNumber>, D::Error> {
    from.deserialize_seq(First { max: MAX_READERS, of: PhantomData::<AgencyNumber> })
}

fn signs<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    from.deserialize_seq(First { max: MAX_SIGNS, of: Sign })
}

/// A list, of which so many are kept and the rest is passed over.
struct First<S> {
    max: usize,
    of: S,
}

impl<'de, S: DeserializeSeed<'de> + Clone> Visitor<'de> for First<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < self.max {
            match seq.next_element_seed(self.of.clone())? {
                Some(next) => kept.push(next),
                None => return Ok(kept),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(kept)
    }
}

/// One sign, cut.
#[derive(Clone)]
struct Sign;

impl<'de> DeserializeSeed<'de> for Sign {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Sign {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sign")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.chars().take(MAX_SIGN_CHARS).collect())
    }
}

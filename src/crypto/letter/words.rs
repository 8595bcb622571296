//! Answers picked from a fixed set. A word that this version does not know is kept as it came, so that a newer form's
//! letter stays readable; such a word is the source's text and as hostile as any.

use crate::model::parsed;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::convert::Infallible;
use std::str::FromStr;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// Every word that this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The word as the letter has it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(text.into())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                parsed::from(from)
            }
        }
    };
}

words! {
    /// How much of the form the source went through.
    Route {
        /// A few lines, sent in a hurry.
        Fast = "fast",
        /// All screens.
        Full = "full",
        /// Spoken.
        Voice = "voice",
    }
}

words! {
    /// Whether someone is in danger, as the source sees it.
    Urgency {
        /// Right now.
        Now = "now",
        /// In the next day or so.
        Soon = "soon",
        /// Not right now.
        NotNow = "not_now",
        /// Not sure.
        Unsure = "unsure",
    }
}

words! {
    /// Whom the tip is about.
    About {
        /// The source.
        Themself = "self",
        /// Someone the source knows.
        Known = "other",
        /// Someone the source saw or heard about.
        Seen = "seen",
        /// A group of people.
        Group = "group",
    }
}

words! {
    /// A plain question.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not sure.
        Unsure = "unsure",
    }
}

words! {
    /// How the source knows.
    Basis {
        /// It is happening to them.
        Themself = "self",
        /// They saw it.
        Saw = "saw",
        /// The person told them.
        PersonTold = "person_told",
        /// Someone else told them.
        OtherTold = "other_told",
        /// They saw it online.
        Online = "online",
    }
}

words! {
    /// What the readers may pass on to get help.
    Share {
        /// Nothing before asking.
        Nothing = "none",
        /// The facts, not a word about the source.
        Facts = "facts",
        /// All of it.
        All = "all",
    }
}

words! {
    /// Whether and how the source can be written to.
    ContactMode {
        /// Not at all.
        Never = "none",
        /// By the receipt code.
        Code = "code",
        /// Some other way, given in words.
        OtherWay = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_word_reads_back_and_an_unknown_one_is_kept() {
        for word in Urgency::KNOWN {
            assert_eq!(&Urgency::from(word.as_str().to_owned()), word);
        }
        let unknown: Urgency = serde_json::from_str(r#""next_week""#).unwrap();
        assert_eq!(unknown, Urgency::Other("next_week".into()));
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#""next_week""#);
    }
}

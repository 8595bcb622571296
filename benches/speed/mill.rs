//! Tips by the thousand without sealing each: a few that were sealed as a page seals them, under ever new ids. From
//! outside, which is all a server sees, they are as good as any.

use super::site::Site;
use anyhow::Result;
use knothole::crypto::compose::{ComposedTip, Draft, compose};
use knothole::crypto::letter::{Answers, Route, Urgency};
use knothole::crypto::tar::{self, About, TipTar};
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::store::NewTip;
use sha2::{Digest as _, Sha256};

const TEMPLATES: usize = 16;
const STORY: &str = "They keep four girls in the house behind the car wash. One of them told me that they take their \
    papers and lock the door at night. A white van comes for them every evening at six.";

/// Makes tips under ids that never come again.
pub struct Mill {
    templates: Vec<ComposedTip>,
    made: u64,
}

impl Mill {
    /// Seals a few tips to the first agency of the site.
    pub fn new(site: &Site) -> Result<Self> {
        Ok(Self::of((0..TEMPLATES).map(|_| sealed(site)).collect::<Result<_>>()?))
    }

    /// Makes tips after these.
    pub fn of(templates: Vec<ComposedTip>) -> Self {
        Self { templates, made: 0 }
    }

    /// The first that it makes others after.
    pub fn template(&self) -> &ComposedTip {
        &self.templates[0]
    }

    /// The next tips as they travel.
    pub fn tips(&mut self, count: usize) -> Vec<ComposedTip> {
        (0..count).map(|_| self.next()).collect()
    }

    /// The next tips as they are stored.
    pub fn rows(&mut self, count: usize) -> Vec<NewTip> {
        (0..count).map(|_| self.next_row()).collect()
    }

    fn next(&mut self) -> ComposedTip {
        let mut name = [0; 40];
        name[..8].copy_from_slice(&self.made.to_be_bytes());
        name[8..].copy_from_slice(&self.templates[0].id.0);
        let id = TipId(Sha256::digest(name).into());
        let mut tar = self.templates[usize::from(name[7]) % self.templates.len()].tar.clone();
        let about = About { id, ..tar::parse(&tar).expect("compose made it").about };
        tar[ABOUT_AT..ABOUT_AT + tar::ABOUT_LEN].copy_from_slice(&about.to_bytes());
        self.made += 1;
        ComposedTip { id, tar }
    }

    fn next_row(&mut self) -> NewTip {
        let tip = self.next();
        let TipTar { about, letter, capsules } = tar::parse(&tip.tar).expect("compose made it");
        NewTip {
            id: tip.id,
            day: "2026-11-24".parse().expect("it is a day"),
            keyring: about.keyring,
            body_hash: Hex(Sha256::digest(&tip.tar).into()),
            upload_hash: about.upload,
            letter: letter.to_vec(),
            capsules: capsules.into_iter().map(<[u8]>::to_vec).collect(),
        }
    }
}

/// Where the content of `about` begins: behind its header.
const ABOUT_AT: usize = 512;

/// A tip of usual length to the first agency, sealed as a page seals it.
pub fn sealed(site: &Site) -> Result<ComposedTip> {
    let answers = Answers { story: Some(STORY.into()), urgency: Some(Urgency::Soon), ..Answers::default() };
    let draft = Draft { created: "2026-11-24T01:45Z".into(), lang: "en".into(), route: Route::Fast, answers };
    Ok(compose(draft, &site.readership(), &[AgencyNumber(0)])?)
}

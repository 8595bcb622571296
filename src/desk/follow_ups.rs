//! Letters by which a source came back. Only who holds the first letter knows the key that they are linked and signed with;
//! what is not signed with it belongs to nobody else, whoever put it there.

use super::cache::{Known, KnownTip};
use super::case::Case;
use super::export::withhold::without_marked;
use super::wishes::excluded::names;
use crate::crypto::event::{Event, Kind};
use crate::crypto::letter::{Answers, Contact, ContactMode, Letter, LinkKey, Linked, Share, YesNo, follows, is_linked};
use crate::model::hex::VerifyingKeyBytes;
use crate::model::tip::TipId;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Before the name of a follow-up: a member has decided that what the first letter asked for stands. Who must not see it by the
/// follow-up stays named until a second member says the same.
pub const DECIDED: &str = "decided:";
/// The same: where it asks for less, that counts; where it asks for more, or for another way, that counts for nothing still.
pub const LESS: &str = "less:";
/// The same: all that the follow-up asks for was confirmed in the safe way that the first letter names, and counts.
pub const CONFIRMED: &str = "confirmed:";
/// On a first letter, by two members: its code is in other hands. Nothing that came with it, or comes yet, counts unless two say that it
/// does, and nothing is written back to it: a letter an hour would else keep a tip on hold for ever.
pub const CODE_LOST: &str = "code-lost";
/// How often keys are tried on letters, once for new letters and once for earlier ones, when some come: a second or two.
/// `desk show` tries all.
const MAX_TRIES: usize = 4_000_000;
/// Characters of an id that name a follow-up in a label: 130 bits, as whoever writes letters picks their ids, and could else have one of
/// two that share a name confirmed for the other.
const NAME_LEN: usize = 26;

/// What has become of what a follow-up asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Nothing else than what counts already.
    Nothing,
    /// Less than what counts: nothing is passed on until a member has decided.
    Less,
    /// More than what counts, or another way: counts for nothing until a member has confirmed it.
    More,
    /// Less in one point and more in another: the first waits for a decision, the second to be confirmed.
    Both,
    /// What it asks for less counts, and nothing else of it.
    Narrowed,
    /// It was confirmed, and counts.
    Confirmed,
    /// A member has decided that it does not, but for who must not see it.
    Decided,
    /// Two members have decided that nothing of it does, who must not see it among that.
    Lifted,
    /// Two members, whom it does not name, have said that the code is in other hands: nothing of it counts unless two say so.
    Unheard,
}

/// What the source asks for now.
pub struct Wishes {
    /// The first letter with what was confirmed since.
    pub letter: Letter,
    /// Whether less was asked for, and no member has decided.
    pub is_waiting: bool,
    /// What has become of each follow-up, in order.
    pub asked: Vec<Asked>,
}

/// What the source of a first letter and of those that follow it asks for by now, in few words for sheets and scripts. What a later
/// letter itself asks for may be anybody's who has the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AsksNow {
    /// Who must not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_text: Option<String>,
    /// How much may be passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// How they can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Whether less was asked for, and no member has decided.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_waiting: bool,
}

impl Wishes {
    /// The same in few words; none where no letter came later.
    pub fn asks_now(&self) -> Option<AsksNow> {
        let Answers { exclude_text, share, contact, .. } = self.letter.answers.clone();
        (!self.asked.is_empty()).then_some(AsksNow { exclude_text, share, contact, is_waiting: self.is_waiting })
    }
}

/// The tips whose ids begin with this, as [`normalize_typed_id`] gives it, and those whose words belong to them: first letters
/// and later ones, and the copies that were made of them for others.
///
/// [`normalize_typed_id`]: crate::model::tip::normalize_typed_id
pub fn beside(known: &Known, typed: &str) -> HashSet<TipId> {
    let named: Vec<&KnownTip> = known.tips.iter().filter(|tip| tip.letter.id.starts_with(typed)).collect();
    let mut meant: HashSet<TipId> = named.iter().map(|tip| tip.letter.id).collect();
    for tip in named {
        let related = first_of(tip, known.tips.iter()).into_iter().chain(of(tip, known.tips.iter()));
        meant.extend(related.map(|tip| tip.letter.id));
        meant.extend(known.case(tip.letter.id).referrals.iter().filter_map(|offer| offer.new_tip));
    }
    meant
}

/// Those that follow a first letter, in the order in which they came.
pub fn of<'a>(first: &KnownTip, tips: impl Iterator<Item = &'a KnownTip>) -> Vec<&'a KnownTip> {
    let Some(key) = key_of(first) else { return Vec::new() };
    let linked = LinkKey::new(&key);
    let fits = |tip: &&KnownTip| Linked::of(&tip.letter).is_some_and(|link| linked.fits(&link));
    let mut later: Vec<&KnownTip> = tips.filter(fits).filter(|tip| is_later(tip, first, &key)).collect();
    later.sort_by_key(|tip| tip.seq);
    later
}

/// The first letter that a letter follows.
pub fn first_of<'a>(later: &KnownTip, mut tips: impl Iterator<Item = &'a KnownTip>) -> Option<&'a KnownTip> {
    let later = Later::of(later)?;
    tips.find(|first| First::of(first).is_some_and(|first| first.has(&later)))
}

/// Which letters follow which where one of the two is new, the later one before the first, so that no list need look for
/// them. Of the newest no more than [`MAX_TRIES`] allows.
pub fn find(known: &Known, new: &[KnownTip]) -> Vec<(TipId, TipId)> {
    let new_firsts: Vec<First<'_>> = new.iter().filter_map(First::of).collect();
    let firsts: Vec<First<'_>> =
        known.tips.iter().filter_map(First::of).chain(new.iter().filter_map(First::of)).collect();
    let is_alone = |tip: &&KnownTip| !known.links.contains_key(&tip.letter.id);
    let earlier = known.tips.iter().rev().filter(is_alone).filter_map(Later::of);
    let new: Vec<Later<'_>> = new.iter().rev().filter_map(Later::of).take(MAX_TRIES / firsts.len().max(1)).collect();
    let earlier: Vec<Later<'_>> = earlier.take(MAX_TRIES / new_firsts.len().max(1)).collect();
    let mut found = links_between(&new, &firsts);
    found.extend(links_between(&earlier, &new_firsts));
    found
}

/// Letters of the same sources as some tips.
pub struct Threads<'a> {
    links: HashMap<TipId, TipId>,
    by_first: HashMap<TipId, Vec<&'a KnownTip>>,
}

impl<'a> Threads<'a> {
    /// Looks for them once for all these tips, and where a list has found a link already, no more: but however many are known,
    /// what a source asked for is not missed.
    pub fn of(known: &'a Known, ids: &HashSet<TipId>) -> Self {
        let mut links = known.links.clone();
        let mut firsts: Vec<First<'_>> = known.tips.iter().filter_map(First::of).collect();
        let is_alone = |tip: &&KnownTip| !links.contains_key(&tip.letter.id);
        let alone = known.tips.iter().filter(is_alone).filter_map(Later::of);
        let (meant, others): (Vec<_>, Vec<_>) = alone.partition(|later| ids.contains(&later.tip.letter.id));
        links.extend(links_between(&meant, &firsts));
        let starts: HashSet<TipId> = ids.iter().map(|id| *links.get(id).unwrap_or(id)).collect();
        firsts.retain(|first| starts.contains(&first.tip.letter.id));
        links.extend(links_between(&others, &firsts));
        let mut by_first: HashMap<TipId, Vec<&KnownTip>> = HashMap::new();
        for tip in &known.tips {
            let first = links.get(&tip.letter.id).unwrap_or(&tip.letter.id);
            if starts.contains(first) {
                by_first.entry(*first).or_default().push(tip);
            }
        }
        Self { links, by_first }
    }

    /// All that the source of one of them wrote, that tip among them.
    pub fn around(&self, id: TipId) -> &[&'a KnownTip] {
        self.by_first.get(self.links.get(&id).unwrap_or(&id)).map_or(&[], Vec::as_slice)
    }
}

fn links_between(later: &[Later<'_>], firsts: &[First<'_>]) -> Vec<(TipId, TipId)> {
    let first_of = |later: &Later<'_>| {
        firsts.iter().find(|first| first.has(later)).map(|first| (later.tip.letter.id, first.tip.letter.id))
    };
    later.par_iter().filter_map(first_of).collect()
}

/// A letter that others may follow.
struct First<'a> {
    tip: &'a KnownTip,
    key: LinkKey,
}

impl<'a> First<'a> {
    fn of(tip: &'a KnownTip) -> Option<Self> {
        let key = tip.letter.answers.follow_up_key.as_deref()?.parse().ok()?;
        Some(Self { tip, key: LinkKey::new(&key) })
    }

    /// Signatures are looked at where the link fits, and nowhere else: they cost a hundred times as much.
    fn has(&self, later: &Later<'_>) -> bool {
        self.key.fits(&later.linked) && key_of(self.tip).is_some_and(|key| is_later(later.tip, self.tip, &key))
    }
}

/// A letter that may follow another.
struct Later<'a> {
    tip: &'a KnownTip,
    linked: Linked,
}

impl<'a> Later<'a> {
    fn of(tip: &'a KnownTip) -> Option<Self> {
        let linked = Linked::of(&tip.letter).filter(|_| tip.letter.answers.follow_up_key.is_none())?;
        Some(Self { tip, linked })
    }
}

/// What counts for a tip, be it a first letter or a later one: who has only the code widens nothing by writing anew.
pub fn standing<'a>(
    tip: &KnownTip,
    tips: impl Iterator<Item = &'a KnownTip> + Clone,
    case: impl FnOnce(TipId) -> Case,
) -> Wishes {
    let first = first_of(tip, tips.clone());
    let start = first.unwrap_or(tip);
    let mut wishes = wishes(&start.letter, &of(start, tips), &case(start.letter.id));
    if first.is_some() {
        let Answers { exclude_text, share, contact, check_question, .. } = wishes.letter.answers;
        wishes.letter = Letter::clone(&tip.letter);
        wishes.letter.answers = Answers { exclude_text, share, contact, check_question, ..tip.letter.answers.clone() };
    }
    wishes
}

/// What the source asks for, after all that came later.
pub fn wishes(first: &Letter, later: &[&KnownTip], case: &Case) -> Wishes {
    let mut wishes = Wishes { letter: first.clone(), is_waiting: false, asked: Vec::new() };
    for tip in later {
        let asked = asked(&wishes.letter, tip, case);
        wishes.is_waiting |= matches!(asked, Asked::Less | Asked::Both);
        count(&mut wishes.letter.answers, asked, (&tip.letter, &tip.letter));
        wishes.asked.push(asked);
    }
    wishes
}

/// A tip's letter with what counts by now, without anything that members have marked in it or in the letters that changed what counts;
/// and whether anything is missing. Marks are places in the text of one letter, so that each is taken out before they are joined.
pub fn unmarked<'a>(
    tip: &KnownTip,
    tips: impl Iterator<Item = &'a KnownTip> + Clone,
    case: impl Fn(TipId) -> Case,
) -> (Letter, bool) {
    let first = first_of(tip, tips.clone());
    let start = first.unwrap_or(tip);
    let later = of(start, tips);
    let asked = wishes(&start.letter, &later, &case(start.letter.id)).asked;
    let without = |tip: &KnownTip| without_marked(&tip.letter, &case(tip.letter.id));
    let (mut now, mut is_marked) = without(start);
    for (later, asked) in later.iter().zip(asked).filter(|(_, asked)| *asked != Asked::Nothing) {
        let (goes, has_marks) = without(later);
        is_marked |= has_marks;
        count(&mut now.answers, asked, (&later.letter, &goes));
    }
    if first.is_none() {
        return (now, is_marked);
    }
    let Answers { exclude_text, share, contact, check_question, .. } = now.answers;
    let (mut own, has_marks) = without(tip);
    own.answers = Answers { exclude_text, share, contact, check_question, ..own.answers };
    (own, is_marked || has_marks)
}

/// Makes what a letter asks for count as far as it does. `goes` is that letter, or what of it may be told.
fn count(now: &mut Answers, asked: Asked, (said, goes): (&Letter, &Letter)) {
    let is_less_shared = is_less_shared(now, &said.answers);
    let is_less_reached = is_less_reached(now, &said.answers);
    let (said, goes) = (&said.answers, &goes.answers);
    if !matches!(asked, Asked::Nothing | Asked::Lifted | Asked::Unheard) {
        // Nobody lifts it alone, least of all whom it names.
        exclude(&mut now.exclude_text, goes.exclude_text.as_deref());
    }
    // Who asks to be left alone, or takes back a way to them, is heard at once: that way may be in other hands by now.
    let is_heard = matches!(asked, Asked::Less | Asked::Both | Asked::Narrowed) && is_less_reached;
    if said.contact.is_some() && (asked == Asked::Confirmed || is_heard) {
        now.contact.clone_from(&goes.contact);
    }
    if said.share.is_some() && (asked == Asked::Confirmed || asked == Asked::Narrowed && is_less_shared) {
        now.share.clone_from(&goes.share);
    }
}

/// How a follow-up is named in a label.
pub fn name(later: &KnownTip) -> String {
    later.letter.id.prefix(NAME_LEN).to_lowercase()
}

fn asked(counts: &Letter, later: &KnownTip, case: &Case) -> Asked {
    let name = name(later);
    let said_on_it = |start: &str| said_by(case, &format!("{start}{name}"));
    let is_named = |person: &&str| names(&later.letter, person);
    let is_lost = said_by(case, CODE_LOST).iter().filter(|person| !is_named(person)).count() > 1;
    let is_decided = said_on_it(DECIDED).len() > 1;
    // Whom the letter names says nothing about it alone, and nobody alone undoes what two have said.
    let least = if is_lost || is_decided { 2 } else { 1 };
    let is_said = |by: &BTreeSet<&str>| by.len() >= least && (by.len() > 1 || !by.iter().any(is_named));
    let has = |start: &str| is_said(&said_on_it(start));
    let (now, said) = (&counts.answers, &later.letter.answers);
    let is_other_share = said.share.is_some() && said.share != now.share;
    let is_other_contact = said.contact.is_some() && said.contact != now.contact;
    let (is_less_shared, is_less_reached) = (is_less_shared(now, said), is_less_reached(now, said));
    let is_excluding = said.exclude_text.is_some() && said.exclude_text != now.exclude_text;
    let is_less = is_less_shared || is_excluding || is_less_reached;
    let is_more = is_other_share && !is_less_shared || is_other_contact && !is_less_reached;
    match (is_less, is_more) {
        (false, false) => Asked::Nothing,
        _ if has(CONFIRMED) => Asked::Confirmed,
        (true, _) if has(LESS) => Asked::Narrowed,
        _ if is_lost => Asked::Unheard,
        _ if is_excluding && is_decided => Asked::Lifted,
        _ if has(DECIDED) => Asked::Decided,
        (true, true) => Asked::Both,
        (true, false) => Asked::Less,
        (false, true) => Asked::More,
    }
}

/// Whether two members have said that the code of this first letter is in other hands.
pub fn is_code_lost(case: &Case) -> bool {
    said_by(case, CODE_LOST).len() > 1
}

/// Who has put a label on since it was last taken off. That a code is lost each takes back for themselves alone: what comes with it would
/// else count again by one word.
fn said_by<'a>(case: &'a Case, label: &str) -> BTreeSet<&'a str> {
    let mut by = BTreeSet::new();
    let counts = case.events.iter().filter(|named| !case.void.contains_key(&named.hash));
    for Event { author, what, .. } in counts.map(|named| &named.event) {
        let Kind::Label { add, remove } = what else { continue };
        if remove.iter().any(|one| one == label) {
            by.retain(|person| label == CODE_LOST && *person != author.person);
        }
        if add.iter().any(|one| one == label) {
            by.insert(author.person.as_str());
        }
    }
    by
}

/// Whether a letter lets less be passed on than what counts; "nothing" is less than no answer, too.
fn is_less_shared(now: &Answers, said: &Answers) -> bool {
    let (is, was) = (rank(said.share.as_ref()), rank(now.share.as_ref()));
    said.share != now.share && said.share.is_some() && (is < was || said.share == Some(Share::Nothing))
}

/// Whether a letter takes a way to the source away and brings none: nobody is to contact them; or no longer but in the mailbox; or no
/// message is to be left any more.
fn is_less_reached(now: &Answers, said: &Answers) -> bool {
    let Some(said) = &said.contact else { return false };
    let Some(now) = &now.contact else { return said.mode == ContactMode::Never };
    let silent = |contact: &Contact| Contact { message_ok: None, ..contact.clone() };
    let leaves_no_message = now.message_ok == Some(YesNo::Yes) && silent(now) == silent(said);
    let is_less = match said.mode {
        ContactMode::Never => true,
        ContactMode::Code => now.mode == ContactMode::OtherWay,
        _ => leaves_no_message,
    };
    is_less && now != said
}

/// Whoever must not see it stays named beside those who are named since.
fn exclude(now: &mut Option<String>, said: Option<&str>) {
    let Some(said) = said else { return };
    match now {
        // In its place: whoever has a code can send a thousand long ones.
        Some(all) => all.extend(["\n", said]),
        None => *now = Some(said.to_owned()),
    }
}

/// How much may be passed on.
const fn rank(share: Option<&Share>) -> u8 {
    match share {
        None | Some(Share::Nothing | Share::Other(_)) => 0,
        Some(Share::Facts) => 1,
        Some(Share::All) => 2,
    }
}

/// The key of a first letter. It has signed that letter, too: whoever has read a first letter could else send another with
/// the same key, and have what follows shown under theirs.
fn key_of(first: &KnownTip) -> Option<VerifyingKeyBytes> {
    let key = first.letter.answers.follow_up_key.as_deref()?.parse().ok()?;
    (is_linked(&first.letter, &key) && follows(&first.opened_letter(), &first.letter, &key)).then_some(key)
}

fn is_later(later: &KnownTip, first: &KnownTip, key: &VerifyingKeyBytes) -> bool {
    later.letter.id != first.letter.id
        && later.letter.answers.follow_up_key.is_none()
        && is_linked(&later.letter, key)
        && follows(&later.opened_letter(), &later.letter, key)
}

#[cfg(test)]
#[path = "follow_ups/tests.rs"]
mod tests;

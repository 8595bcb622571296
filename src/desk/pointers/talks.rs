//! Exchanges, put together from the messages that came, in whatever order; and whose turn it is by this desk's own calendar. Pure.

use super::{LIVE_DAYS, PAUSE_DAYS};
use crate::crypto::pointers::{Exchange, Message, Step};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use std::collections::BTreeMap;

/// A message and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// SHA-256 of its text.
    pub hash: Sha256Hash,
    /// What it says.
    pub message: Message,
}

/// One exchange with another agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Which.
    pub exchange: Exchange,
    /// The first message.
    pub ask: Said,
    /// The second, once it came.
    pub answer: Option<Said>,
    /// The third, once it came. Of one's own agency it counts whatever it answers.
    pub finish: Option<Said>,
}

/// How an exchange stands, for one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The other side has not asked us in vain: we are to answer, or to finish.
    Ours,
    /// The other side is to go on.
    Theirs,
    /// This side knows what both hold.
    Known,
}

/// What an agency is to do next with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn<'a> {
    /// Ask.
    Begin,
    /// Answer what the other has asked.
    Answer(&'a Talk),
    /// Answer what the other has asked in its answer.
    Finish(&'a Talk),
    /// Wait for the other, or for the week to end.
    Wait,
    /// The same, while the other asks more than once a week.
    TooSoon(&'a Talk),
}

/// Puts exchanges of an agency together, in the order of their ids. What answers nothing that is there is left out. Of two
/// answers to one message the first counts, or that with which the other agency went on.
pub fn talks(said: &[Said], me: AgencyNumber) -> Vec<Talk> {
    let mut talks: BTreeMap<&Exchange, Talk> = BTreeMap::new();
    for one in said.iter().filter(|one| matches!(one.message.what, Step::Ask { .. })) {
        let exchange = &one.message.exchange;
        talks.entry(exchange).or_insert_with(|| Talk {
            exchange: exchange.clone(),
            ask: one.clone(),
            answer: None,
            finish: None,
        });
    }
    let of_step = |talk: &Talk, is_step: fn(&Step) -> bool| {
        let is_meant = |one: &&Said| one.message.exchange == talk.exchange && is_step(&one.message.what);
        said.iter().filter(is_meant).cloned().collect::<Vec<_>>()
    };
    for talk in talks.values_mut() {
        let mut answers = of_step(talk, |step| matches!(step, Step::Answer { .. }));
        answers.retain(|answer| answer.message.follows == Some(talk.ask.hash));
        let finishes = of_step(talk, |step| matches!(step, Step::Finish { .. }));
        let followed = |finish: &Said| answers.iter().find(|answer| finish.message.follows == Some(answer.hash));
        let finish = finishes.iter().find(|finish| finish.message.from() == me || followed(finish).is_some());
        talk.answer = finish.and_then(followed).or(answers.first()).cloned();
        talk.finish = finish.filter(|_| talk.answer.is_some()).cloned();
    }
    talks.into_values().collect()
}

impl Talk {
    /// Whether it is one of these two agencies.
    pub fn is_of(&self, one: AgencyNumber, other: AgencyNumber) -> bool {
        let Exchange { asks, answers, .. } = self.exchange;
        (asks, answers) == (one, other) || (asks, answers) == (other, one)
    }

    /// How it stands for one of the two.
    pub fn state(&self, me: AgencyNumber) -> State {
        let asks = self.exchange.asks == me;
        match (&self.answer, &self.finish) {
            (None, _) if asks => State::Theirs,
            (None, _) => State::Ours,
            (Some(_), None) if asks => State::Ours,
            (Some(_), None) => State::Theirs,
            (Some(_), Some(_)) => State::Known,
        }
    }

    /// The last message of one side.
    pub fn last_of(&self, agency: AgencyNumber) -> Option<&Said> {
        let all = [self.finish.as_ref(), self.answer.as_ref(), Some(&self.ask)];
        all.into_iter().flatten().find(|said| said.message.from() == agency)
    }

    /// The day of the last message of either.
    pub fn day(&self) -> Day {
        let last = self.finish.as_ref().or(self.answer.as_ref()).unwrap_or(&self.ask);
        last.message.day
    }

    /// The last day on which one side answered, and so let guesses through.
    fn answered_on(&self, agency: AgencyNumber) -> Option<Day> {
        let said = if self.exchange.asks == agency { &self.finish } else { &self.answer };
        said.as_ref().map(|said| said.message.day)
    }
}

/// What `me` is to do next with another agency. By this alone each side lets through no more than one exchange a week, whatever
/// the other and the server say.
pub fn turn(talks: &[Talk], (me, with): (AgencyNumber, AgencyNumber), today: Day) -> Turn<'_> {
    let since = |day: Day| day.days_until(today);
    let is_recent = |day: Day| since(day) < PAUSE_DAYS; // one of tomorrow is, too
    let ours: Vec<&Talk> = talks.iter().filter(|talk| talk.is_of(me, with)).collect();
    let has_answered = |but: &Talk| {
        ours.iter().any(|talk| talk.exchange != but.exchange && talk.answered_on(me).is_some_and(is_recent))
    };
    let is_live = |talk: &&&Talk| (-1..LIVE_DAYS).contains(&since(talk.ask.message.day));
    let waiting: Vec<&&Talk> = ours.iter().filter(is_live).filter(|talk| talk.state(me) == State::Ours).collect();
    let (finish, answer): (Vec<&Talk>, Vec<&Talk>) =
        waiting.into_iter().copied().partition(|talk| talk.exchange.asks == me);
    if let Some(talk) = finish.into_iter().find(|talk| !has_answered(talk)) {
        return Turn::Finish(talk);
    }
    // Where both have asked, the same of the two goes on for both.
    let own = ours.iter().filter(is_live).find(|talk| talk.state(me) == State::Theirs && talk.exchange.asks == me);
    let goes_before = |talk: &Talk| own.is_none_or(|own| talk.exchange.id < own.exchange.id);
    if let Some(talk) = answer.iter().copied().find(|talk| !has_answered(talk) && goes_before(talk)) {
        return Turn::Answer(talk);
    }
    let is_quiet = ours.iter().all(|talk| {
        let own = talk.last_of(me).map(|said| said.message.day);
        !own.is_some_and(is_recent)
    });
    match answer.first() {
        _ if is_quiet => Turn::Begin,
        Some(talk) if own.is_none() => Turn::TooSoon(talk),
        _ => Turn::Wait,
    }
}

#[cfg(test)]
#[path = "talks/tests.rs"]
mod tests;

//! The messages that this desk sends, and what both agencies turn out to hold.

use super::{Partner, is_ours};
use crate::crypto::event::Kind as EventKind;
use crate::crypto::pointers::{Exchange, FORMAT, FalseReplies, Message, Side, SignedMessage, Step};
use crate::desk::agency_keys::AgencyKeys;
use crate::desk::client::ClientError;
use crate::desk::context::block_on;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::pointers::{FORM, Held, Memory, Reading, Said, State, Talk, Turn, talks, turn};
use crate::desk::random;
use crate::desk::similar::identifiers::Kind;
use crate::desk::verbs::session::Session;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;

/// A member's desk, with what it knows of exchanges.
pub struct Desk<'a, 'b> {
    pub session: &'a mut Session<'b>,
    pub memory: &'a mut Memory,
    pub keys: &'a AgencyKeys,
    pub site: Sha256Hash,
    pub today: Day,
}

/// Something that this agency and another hold.
pub struct Found {
    /// The tip that it stands in here.
    pub tip: TipId,
    /// What it is.
    pub kind: Kind,
    /// As it was written here.
    pub written: String,
    /// Who holds it, too.
    pub with: String,
    /// Whom to ask there.
    pub ask: String,
    /// The day of the last message.
    pub day: Day,
}

/// How it stands with another agency.
pub struct Standing {
    /// Its name.
    pub with: String,
    /// In words.
    pub state: &'static str,
    /// Since when.
    pub day: Option<Day>,
}

impl Desk<'_, '_> {
    /// Does what is this agency's turn, with each of these. Gives who has sent an answer that is made up.
    pub fn go_on(&mut self, partners: &[Partner], is_said: bool) -> Result<Vec<String>, Failure> {
        let all = self.talks();
        let me = self.session.me.agency;
        let turns: Vec<_> = partners.iter().map(|partner| turn(&all, (me, partner.number), self.today)).collect();
        let ours: Vec<_> = partners.iter().zip(&turns).filter(|(partner, turn)| is_ours(turn, partner)).collect();
        if !ours.is_empty() {
            let question = question(&ours.iter().map(|(partner, _)| *partner).collect::<Vec<_>>());
            self.session.context.confirm(&question, is_said, "--yes")?;
        }
        let mut faults = Vec::new();
        for (partner, turn) in &ours {
            self.note(partner, turn)?;
            let sent = match turn {
                Turn::Begin => self.begin(partner)?,
                Turn::Answer(talk) => self.answer(partner, talk)?,
                Turn::Finish(talk) => {
                    let Ok(sent) = self.finish(partner, talk)? else {
                        faults.push(partner.party.name.clone());
                        continue;
                    };
                    sent
                }
                Turn::Wait | Turn::TooSoon(_) => continue,
            };
            self.send(partner, &sent)?;
        }
        for (partner, _) in partners.iter().zip(&turns).filter(|(_, turn)| matches!(turn, Turn::TooSoon(_))) {
            let text = format!(
                "note: {} asks more than once a week, and is not answered before that is over",
                partner.party.name
            );
            self.session.context.output.note(&Line::new().with(Style::Alarm, &text));
        }
        Ok(faults)
    }

    /// What is known now, and how it stands with each.
    pub fn results(
        &mut self,
        partners: &[Partner],
        faults: &mut Vec<String>,
    ) -> Result<(Vec<Found>, Vec<Standing>), Failure> {
        let (all, me) = (self.talks(), self.session.me.agency);
        let (mut found, mut states) = (Vec::new(), Vec::new());
        for partner in partners {
            let ours = || all.iter().filter(|talk| talk.is_of(me, partner.number));
            let known = ours().filter(|talk| talk.state(me) == State::Known).max_by_key(|talk| talk.day());
            if let Some(talk) = known {
                match self.shared(partner, talk)? {
                    Ok(held) => {
                        let ask = self.whom_to_ask(talk, partner);
                        self.disclose(partner, &held)?;
                        found.extend(held.iter().flat_map(|held| founds(held, partner, &ask, talk.day())));
                    }
                    Err(FalseReplies) => faults.push(partner.party.name.clone()),
                }
            }
            let newest = ours().max_by_key(|talk| talk.day());
            let state = match (newest, known) {
                (Some(newest), _) if newest.state(me) == State::Theirs => "it is their turn since",
                (Some(newest), _) if newest.state(me) == State::Ours => "this is to be answered since",
                (_, Some(_)) => "compared on",
                _ => "nothing to compare",
            };
            states.push(Standing { with: partner.party.name.clone(), state, day: newest.map(Talk::day) });
        }
        Ok((found, states))
    }

    fn talks(&self) -> Vec<Talk> {
        talks(&self.said(), self.session.me.agency)
    }

    fn said(&self) -> Vec<Said> {
        self.memory.said(&self.reading())
    }

    fn reading(&self) -> Reading<'_> {
        let Session { version, me, .. } = &*self.session;
        Reading { site: self.site, version, me: me.agency, keys: &self.keys.keys, today: self.today }
    }

    fn begin(&self, partner: &Partner) -> Result<Message, Failure> {
        let me = self.session.me.agency;
        let exchange = Exchange { site: self.site, id: Hex(random::bytes()), asks: me, answers: partner.number };
        let epoch = self.newest_epoch()?;
        let questions = self.side(&exchange, epoch)?.questions(&partner.taking.values());
        Ok(self.message(exchange, epoch, None, Step::Ask { questions }))
    }

    fn answer(&self, partner: &Partner, talk: &Talk) -> Result<Message, Failure> {
        let Step::Ask { questions: asked } = &talk.ask.message.what else {
            unreachable!("an exchange begins with one")
        };
        let epoch = self.newest_epoch()?;
        let (side, values) = (self.side(&talk.exchange, epoch)?, partner.taking.values());
        let (replies, tokens, questions) = (side.replies(asked), side.tokens(&values), side.questions(&values));
        let step = Step::Answer { replies, tokens, questions };
        Ok(self.message(talk.exchange.clone(), epoch, Some(talk.ask.hash), step))
    }

    /// What both hold is written down before the other agency learns of it.
    fn finish(&mut self, partner: &Partner, talk: &Talk) -> Result<Result<Message, FalseReplies>, Failure> {
        let held = match self.shared(partner, talk)? {
            Ok(held) => held,
            Err(FalseReplies) => return Ok(Err(FalseReplies)),
        };
        self.disclose(partner, &held)?;
        let (Step::Ask { questions: own }, Some(answer)) = (&talk.ask.message.what, &talk.answer) else {
            unreachable!("only what was answered is finished")
        };
        let Step::Answer { questions: asked, .. } = &answer.message.what else { unreachable!("an answer is one") };
        let epoch = talk.ask.message.epoch;
        let side = self.side(&talk.exchange, epoch)?;
        let values = side.asked(&partner.taking.values(), own); // what came since then waits for the next time
        let step = Step::Finish { replies: side.replies(asked), tokens: side.tokens(&values) };
        Ok(Ok(self.message(talk.exchange.clone(), epoch, Some(answer.hash), step)))
    }

    /// What both hold, by what the other side has said so far.
    fn shared(&self, partner: &Partner, talk: &Talk) -> Result<Result<Vec<Held>, FalseReplies>, Failure> {
        let me = self.session.me.agency;
        let (own, theirs) = match (&talk.answer, &talk.finish) {
            (Some(answer), _) if talk.exchange.asks == me => (&talk.ask, answer),
            (Some(answer), Some(finish)) => (answer, finish),
            _ => return Ok(Ok(Vec::new())),
        };
        let (Step::Ask { questions } | Step::Answer { questions, .. }) = &own.message.what else {
            unreachable!("the third message asks nothing, and answers the second")
        };
        let (Step::Answer { replies, tokens, .. } | Step::Finish { replies, tokens }) = &theirs.message.what else {
            unreachable!("the first message answers nothing")
        };
        let side = self.side(&talk.exchange, own.message.epoch)?;
        let shared = side.shared(&partner.taking.values(), questions, (replies, tokens));
        Ok(shared
            .map(|shared| partner.taking.held.iter().filter(|held| shared.contains(&held.value)).cloned().collect()))
    }

    /// Leaves the record on each tip, once: who was told what of it, why and when.
    fn disclose(&mut self, partner: &Partner, held: &[Held]) -> Result<(), Failure> {
        for one in held {
            let what =
                format!("that a tip with the {} {} is held here, and nothing else", one.kind.as_str(), one.written);
            for id in &one.tips {
                let is_said = |known: &crate::desk::case::Disclosure| {
                    known.form == FORM && known.what == what && known.to == partner.party.name
                };
                if self.session.case(*id).disclosures.iter().any(is_said) {
                    continue;
                }
                let tip = self.session.tip(&id.to_string())?;
                let why = "deconfliction: they hold it, too".to_owned();
                self.session.context.acting.record(*id, Some(partner.number.to_string()))?;
                let kind = EventKind::Disclose {
                    to: partner.party.name.clone(),
                    what: what.clone(),
                    why,
                    form: FORM.to_owned(),
                };
                self.session.write(&tip, kind)?;
            }
        }
        Ok(())
    }

    fn whom_to_ask(&self, talk: &Talk, partner: &Partner) -> String {
        let (said, reading) = (talk.last_of(partner.number), self.reading());
        let sender = said.and_then(|said| reading.sender(&said.message));
        sender.map_or_else(|| partner.party.name.clone(), |member| member.person.clone())
    }

    fn side(&self, exchange: &Exchange, epoch: u32) -> Result<Side, Failure> {
        let at = self.keys.epochs.iter().position(|known| *known == epoch);
        let key = at.and_then(|at| self.keys.keys.get(at)).ok_or_else(|| {
            let what = format!("key {epoch} of your agency, with which this exchange began, is gone or not yours");
            Failure::new(Exit::NoKey, &what).hint("a colleague who has it can go on; else it begins anew in two weeks")
        })?;
        Ok(Side::new(key, exchange.clone(), self.session.me.agency))
    }

    fn newest_epoch(&self) -> Result<u32, Failure> {
        let epoch = self.keys.epochs.first().copied();
        epoch.ok_or_else(|| Failure::new(Exit::NoKey, "you have no key of your agency yet"))
    }

    fn message(&self, exchange: Exchange, epoch: u32, follows: Option<Sha256Hash>, what: Step) -> Message {
        let member = self.session.me.id.clone();
        let keyring = self.session.version.public.version;
        Message { format: FORMAT, exchange, member, keyring, epoch, day: self.today, follows, what }
    }

    fn send(&mut self, partner: &Partner, message: &Message) -> Result<(), Failure> {
        let session = &mut *self.session;
        let own = session.version.public.agencies.get(usize::from(session.me.agency.0));
        let own = own.and_then(|agency| agency.recipient.as_ref()).and_then(|recipient| recipient.parse().ok());
        let own = own.ok_or_else(|| Failure::new(Exit::NoKey, "your agency has no key yet"))?;
        let signed = SignedMessage::new(message, &session.identity.signing);
        let sealed = signed.seal([&own, &partner.recipient]);
        let client = &session.client;
        let sent = block_on(async { Ok(client.post_pointer(sealed).await) })?;
        sent.map_err(|error| match error {
            ClientError::Conflict => {
                Failure::new(Exit::Conflict, "the server has no room for another message between agencies")
                    .hint("some member has sent very many: tell your admins. In five weeks all of them are gone")
            }
            error => error.into(),
        })?;
        self.memory.sent(signed, message, self.today);
        Ok(self.memory.write(&self.session.profile, &self.session.identity.device, self.today)?)
    }

    /// A line of its own in the member's log for each agency.
    fn note(&self, partner: &Partner, turn: &Turn<'_>) -> Result<(), Failure> {
        let acting = self.session.context.acting.beside("deconflict");
        let form = match turn {
            Turn::Begin => "ask",
            Turn::Answer(_) => "answer",
            _ => "finish",
        };
        acting.mention_target(Some(partner.number.to_string()), Some(form));
        acting.mention_all(partner.taking.tips);
        Ok(acting.settle()?)
    }
}

fn question(partners: &[&Partner]) -> String {
    let with = match partners {
        [one] => one.party.name.clone(),
        many => format!("{} agencies", many.len()),
    };
    let most = partners.iter().max_by_key(|partner| partner.taking.held.len());
    let (values, tips) = most.map_or((0, 0), |partner| (partner.taking.held.len(), partner.taking.tips));
    let counted = if partners.len() > 1 { "up to " } else { "" };
    format!(
        "Compare {counted}{values} phones, plates, user names and e-mail addresses of {tips} tips with {with}? Each side learns which of them both hold, and nothing else."
    )
}

fn founds(held: &Held, partner: &Partner, ask: &str, day: Day) -> Vec<Found> {
    let found = |tip: &TipId| Found {
        tip: *tip,
        kind: held.kind,
        written: held.written.clone(),
        with: partner.party.name.clone(),
        ask: ask.to_owned(),
        day,
    };
    held.tips.iter().map(found).collect()
}

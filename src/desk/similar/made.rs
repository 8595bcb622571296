//! Tips that nobody sent, alike in manner to those that people send, and second tellings of them with the noise that there
//! is in life: for measuring. The same seed makes the same tips.

use crate::crypto::letter::{Letter, Route};
use crate::model::tip::TipId;

mod words;

use words::{BOSSES, CARS, COLOURS, EXTRAS, KINDS, NAMES, OPENERS, STREETS, TOWNS, WORK};

/// A row of numbers that is always the same (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// What happened, before anyone tells it.
pub struct Facts {
    name: usize,
    boss: usize,
    street: usize,
    number: usize,
    kind: usize,
    colour: usize,
    car: usize,
    plate: String,
    phone: String,
    handle: String,
    age: usize,
    work: usize,
    town: usize,
    hour: usize,
    extra: usize,
}

impl Facts {
    /// New ones.
    pub fn new(dice: &mut Dice) -> Self {
        let letter = |dice: &mut Dice| char::from(b'A' + u8::try_from(dice.below(26)).unwrap());
        let plate = format!("{}{}{:05}", letter(dice), letter(dice), 10_000 + dice.below(90_000));
        Self {
            name: dice.below(NAMES.len()),
            boss: dice.below(BOSSES.len()),
            street: dice.below(STREETS.len()),
            number: 1 + dice.below(900),
            kind: dice.below(KINDS.len()),
            colour: dice.below(COLOURS.len()),
            car: dice.below(CARS.len()),
            plate,
            phone: format!("860{}{:04}", 200 + dice.below(700), dice.below(10_000)),
            handle: format!(
                "{}_{}",
                dice.of(&["lil", "babe", "queen", "sugar", "star", "its", "real"]),
                dice.below(9000)
            ),
            age: 12 + dice.below(20),
            work: dice.below(WORK.len()),
            town: dice.below(TOWNS.len()),
            hour: 1 + dice.below(11),
            extra: dice.below(EXTRAS.len()),
        }
    }

    /// Sentences, said in one of several ways.
    fn sentences(&self, dice: &mut Dice, language: usize) -> Vec<String> {
        let name = NAMES[self.name][language];
        let street = format!("{} {} {}", self.number, STREETS[self.street], dice.of(&KINDS[self.kind]));
        let (town, boss, work) = (TOWNS[self.town], BOSSES[self.boss], dice.of(&WORK[self.work]));
        let (colour, car, hour) = (COLOURS[self.colour], CARS[self.car], self.hour);
        let phone = match dice.below(3) {
            0 => format!("({}) {}-{}", &self.phone[..3], &self.phone[3..6], &self.phone[6..]),
            1 => format!("{}.{}.{}", &self.phone[..3], &self.phone[3..6], &self.phone[6..]),
            _ => format!("+1 {} {} {}", &self.phone[..3], &self.phone[3..6], &self.phone[6..]),
        };
        let plate = if dice.is(50) { self.plate.clone() } else { format!("{}-{}", &self.plate[..2], &self.plate[2..]) };
        vec![
            dice.of(&OPENERS).to_owned(),
            match dice.below(3) {
                0 => format!("A girl named {name} {work}."),
                1 => format!("{name}, she may be {}, {work}.", self.age),
                _ => format!("It is about {name}. She {work}."),
            },
            match dice.below(3) {
                0 => format!("It is at {street} in {town}."),
                1 => format!("The house is {street}, {town}."),
                _ => format!("They keep her in {town}, {street}."),
            },
            match dice.below(3) {
                0 => format!("The boss is {boss}."),
                1 => format!("{boss} runs it."),
                _ => format!("She is afraid of {boss}."),
            },
            match dice.below(3) {
                0 => format!("A {colour} {car} comes around {hour} at night, plate {plate}."),
                1 => format!("Around {hour} he drives up in a {colour} {car} ({plate})."),
                _ => format!("Look for the {colour} {car}, license plate {plate}, at {hour}."),
            },
            match dice.below(3) {
                0 => format!("You can call them at {phone}."),
                1 => format!("The number in the ad is {phone}."),
                _ => format!("He uses {phone}."),
            },
            format!("{} {}", dice.of(&["Her snap:", "On instagram @", "Snapchat name:"]), self.handle)
                .replace("@ ", "@"),
            dice.of(&EXTRAS[self.extra]).to_owned(),
        ]
    }

    /// Someone tells it for the first time. Few know the plate, the number and the name on the net.
    pub fn told(&self, dice: &mut Dice, id: u32) -> Letter {
        let mut sentences = self.sentences(dice, 0);
        for (at, percent) in [(6, 75), (5, 65), (4, 40), (0, 30)] {
            if dice.is(percent) {
                sentences.remove(at);
            }
        }
        letter(id, &sentences.join(" "))
    }
}

/// How a tip came to be told twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Noise {
    /// Sent again, with typing mistakes.
    Typos,
    /// Sent again in another order.
    Reordered,
    /// Half of it.
    Partial,
    /// Names as another language has them.
    OtherNames,
    /// Told by somebody else in other words.
    Retold,
}

impl Noise {
    pub const ALL: [Self; 5] = [Self::Typos, Self::Reordered, Self::Partial, Self::OtherNames, Self::Retold];

    /// The second telling.
    pub fn on(self, facts: &Facts, first: &Letter, dice: &mut Dice, id: u32) -> Letter {
        let story = first.answers.story.clone().unwrap_or_default();
        let mut sentences: Vec<String> = story.split_inclusive(". ").map(|part| part.trim().to_owned()).collect();
        match self {
            Self::Typos => {}
            Self::Reordered => shuffle(&mut sentences, dice),
            Self::Partial => {
                shuffle(&mut sentences, dice);
                sentences.truncate(sentences.len().div_ceil(2).max(2));
            }
            Self::OtherNames => {
                let language = 1 + dice.below(3);
                let (name, other) = (NAMES[facts.name][0], NAMES[facts.name][language]);
                for sentence in &mut sentences {
                    *sentence = sentence.replace(name, other);
                }
                shuffle(&mut sentences, dice);
            }
            Self::Retold => {
                let language = dice.below(4);
                sentences = facts.sentences(dice, language);
                for (at, percent) in [(6, 75), (5, 65), (4, 40), (0, 50)] {
                    if dice.is(percent) {
                        sentences.remove(at);
                    }
                }
                shuffle(&mut sentences, dice);
            }
        }
        let text = sentences.join(" ");
        letter(id, &typos(&text, dice, if self == Self::Typos { 4 } else { 1 }))
    }
}

fn shuffle(list: &mut [String], dice: &mut Dice) {
    for at in (1..list.len()).rev() {
        list.swap(at, dice.below(at + 1));
    }
}

/// Letters swapped, lost or doubled, so many in a hundred; digits stay.
fn typos(text: &str, dice: &mut Dice, percent: usize) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at + 1 < chars.len() {
        if chars[at].is_alphabetic() && chars[at + 1].is_alphabetic() && dice.is(percent) {
            match dice.below(3) {
                0 => chars.swap(at, at + 1),
                1 => drop(chars.remove(at)),
                _ => chars.insert(at, chars[at]),
            }
        }
        at += 1;
    }
    chars.into_iter().collect()
}

fn letter(id: u32, story: &str) -> Letter {
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&id.to_be_bytes());
    let mut letter = Letter::new(TipId(bytes), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, Vec::new());
    letter.answers.story = Some(story.to_owned());
    letter
}

use super::made::{Dice, Facts, Noise};
use super::*;
use crate::crypto::letter::Route;
use crate::model::tip::TipId;
use std::io::Write as _;

const FIRST: u32 = 2000;
const TWICE: u32 = 500;

fn letter(story: &str) -> Letter {
    let mut letter = Letter::new(TipId([1; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, Vec::new());
    letter.answers.story = Some(story.to_owned());
    letter
}

/// Two thousand tips, of which five hundred are told twice. Prints what the reader of a report wants to know.
#[test]
fn nine_of_ten_seeded_duplicates_are_linked_and_few_others() {
    let mut dice = Dice(5);
    let facts: Vec<Facts> = (0..FIRST).map(|_| Facts::new(&mut dice)).collect();
    let mut letters: Vec<Letter> = facts.iter().zip(0..).map(|(facts, id)| facts.told(&mut dice, id)).collect();
    for at in 0..TWICE {
        let noise = Noise::ALL[at as usize % Noise::ALL.len()];
        let first = &letters[at as usize];
        letters.push(noise.on(&facts[at as usize], first, &mut dice, FIRST + at));
    }
    let corpus = Corpus::new(&letters.iter().collect::<Vec<_>>());
    let (mut found, mut missed, mut links, mut wrong) = (0, std::collections::BTreeMap::<Noise, u32>::new(), 0, 0);
    let mut offered = 0;
    for second in 0..TWICE as usize {
        let at = FIRST as usize + second;
        let matches = corpus.similar_to(at);
        let duplicates = matches.iter().filter(|found| found.guess == Guess::Duplicate);
        let (right, others): (Vec<_>, Vec<_>) = duplicates.partition(|found| found.at == second);
        found += right.len();
        wrong += others.len();
        links += right.len() + others.len();
        offered += matches.iter().filter(|found| found.at == second).count();
        if right.is_empty() {
            *missed.entry(Noise::ALL[second % Noise::ALL.len()]).or_default() += 1;
        }
    }
    let total = TWICE as usize;
    let thousandth = wrong * 1000 / links;
    let said = format!(
        "duplicates linked: {found} of {total}; false links: {wrong} of {links} ({thousandth} in a thousand)\n"
    );
    std::io::stdout().write_all(said.as_bytes()).unwrap(); // seen whether or not it holds
    println!("offered at all: {offered}; missed: {missed:?}");
    assert!(found * 10 >= total * 9, "{found} of {total} were linked");
    assert!(wrong * 20 <= links, "{wrong} of {links} links are false");
}

#[test]
fn a_shared_plate_is_said_and_is_no_duplicate_by_itself() {
    let letters = [
        letter("A white van, plate AB 12345, takes three girls to the motel behind the mall each Friday."),
        letter("My boss keeps my passport. He drives AB-12345 and says I owe him for the ticket from Manila."),
        letter("Nothing in common here: a farm far away where men sleep in a barn."),
    ];
    let corpus = Corpus::new(&letters.iter().collect::<Vec<_>>());
    let matches = corpus.similar_to(0);
    assert_eq!(matches.len(), 1, "{matches:?}");
    assert_eq!((matches[0].at, matches[0].guess), (1, Guess::SameTrace));
    assert_eq!(matches[0].shared[0].to_string(), "plate AB12345");
}

#[test]
fn a_number_that_everyone_names_links_nobody() {
    let stories = (0..100).map(|at| letter(&format!("call 888-373-7888 {}", "abcdefghij".repeat(at % 10 + 1))));
    let letters: Vec<_> = stories.collect();
    let corpus = Corpus::new(&letters.iter().collect::<Vec<_>>());
    assert!(corpus.similar_to(0).iter().all(|found| found.shared.is_empty()));
}

#[test]
fn tips_without_words_are_like_nothing() {
    let letters = [letter(""), letter("  "), letter("!!!")];
    let corpus = Corpus::new(&letters.iter().collect::<Vec<_>>());
    assert_eq!(corpus.similar_to(0), []);
    assert_eq!(corpus.similar_to(9), []);
}

use super::*;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::pointers::{FORMAT, Side};
use crate::model::hex::Hex;
use std::sync::LazyLock;

const A: AgencyNumber = AgencyNumber(0);
const B: AgencyNumber = AgencyNumber(2);

/// What messages carry is of no account here.
static STEPS: LazyLock<[Step; 3]> = LazyLock::new(|| {
    let exchange = Exchange { site: Hex([1; 32]), id: Hex([1; 16]), asks: A, answers: B };
    let side = Side::new(&HybridIdentity::from_seed([7; 32]), exchange, A);
    let (questions, tokens) = (side.questions(&[]), side.tokens(&[]));
    let replies = side.replies(&questions);
    [
        Step::Ask { questions: questions.clone() },
        Step::Answer { replies: replies.clone(), tokens: tokens.clone(), questions },
        Step::Finish { replies, tokens },
    ]
});

fn day(day: i32) -> Day {
    Day::from_epoch_days(20_000 + day).unwrap()
}

/// A message of an exchange: its first, second or third, by that day.
fn said((id, asks, answers): (u8, AgencyNumber, AgencyNumber), step: usize, on: i32) -> Said {
    let exchange = Exchange { site: Hex([1; 32]), id: Hex([id; 16]), asks, answers };
    let name = |step: usize| Hex([id * 10 + u8::try_from(step).unwrap(); 32]);
    let follows = step.checked_sub(1).map(name);
    let what = STEPS[step].clone();
    let message =
        Message { format: FORMAT, exchange, member: "m".into(), keyring: 1, epoch: 1, day: day(on), follows, what };
    Said { hash: name(step), message }
}

fn word(said: &[Said], me: AgencyNumber, today: i32) -> &'static str {
    let with = if me == A { B } else { A };
    match turn(&talks(said, me), (me, with), day(today)) {
        Turn::Begin => "begin",
        Turn::Answer(_) => "answer",
        Turn::Finish(_) => "finish",
        Turn::Wait => "wait",
        Turn::TooSoon(_) => "too soon",
    }
}

const ONE: (u8, AgencyNumber, AgencyNumber) = (1, A, B);
const TWO: (u8, AgencyNumber, AgencyNumber) = (2, A, B);
const BACK: (u8, AgencyNumber, AgencyNumber) = (3, B, A);

#[test]
fn each_message_makes_it_the_others_turn_until_both_know_and_the_week_is_over() {
    let all = [said(ONE, 0, 0), said(ONE, 1, 1), said(ONE, 2, 2)];
    assert_eq!((word(&[], A, 0), word(&[], B, 0)), ("begin", "begin"));
    assert_eq!((word(&all[..1], A, 0), word(&all[..1], B, 0)), ("wait", "answer"));
    assert_eq!((word(&all[..2], A, 1), word(&all[..2], B, 1)), ("finish", "wait"));
    assert_eq!((word(&all, A, 2), word(&all, B, 2)), ("wait", "wait"));
    assert_eq!((word(&all, A, 8), word(&all, B, 7)), ("wait", "wait"));
    assert_eq!((word(&all, A, 9), word(&all, B, 8)), ("begin", "begin"));
}

#[test]
fn nobody_gets_more_than_one_answer_a_week_however_often_they_ask_and_whoever_began() {
    let answered = [said(ONE, 0, 0), said(ONE, 1, 0)];
    let more = [&answered[..], &[said(TWO, 0, 1)]].concat();
    assert_eq!(word(&more, B, 1), "too soon");
    assert_eq!(word(&more, B, 6), "too soon");
    assert_eq!(word(&more, B, 7), "answer");
    // Having asked B in vain, A asks for B's answer the other way round.
    let finished = [said(BACK, 0, 0), said(BACK, 1, 0), said(BACK, 2, 0), said(ONE, 0, 1)];
    assert_eq!(word(&finished, B, 1), "too soon");
    // An answer of this week keeps another exchange from being finished.
    let both = [said(BACK, 0, 0), said(ONE, 0, 0), said(ONE, 1, 0), said(BACK, 1, 0)];
    assert_eq!(word(&both, B, 0), "wait");
    assert_eq!(word(&both, B, 7), "finish");
}

#[test]
fn where_both_have_asked_the_same_exchange_goes_on_for_both() {
    let both = [said(BACK, 0, 0), said(ONE, 0, 0)];
    assert_eq!((word(&both, A, 0), word(&both, B, 0)), ("wait", "answer"));
    let [one, other] = both;
    assert_eq!((word(&[other.clone(), one.clone()], A, 0), word(&[other, one], B, 0)), ("wait", "answer"));
}

#[test]
fn what_nobody_went_on_with_is_over_and_begins_anew() {
    let asked = [said(ONE, 0, 0)];
    assert_eq!((word(&asked, A, 6), word(&asked, A, 7)), ("wait", "begin"));
    assert_eq!((word(&asked, B, 13), word(&asked, B, 14)), ("answer", "begin"));
    assert_eq!(word(&[said(ONE, 0, 5)], B, 0), "begin", "an ask of a day to come");
    let answered = [said(ONE, 0, 0), said(ONE, 1, 13)];
    assert_eq!((word(&answered, A, 13), word(&answered, A, 14)), ("finish", "begin"));
}

#[test]
fn messages_in_any_order_make_the_same_of_it_and_what_answers_nothing_is_left_out() {
    let all = [said(ONE, 0, 0), said(ONE, 1, 1), said(ONE, 2, 2)];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let [talk] = &talks(&order.map(|at: usize| all[at].clone()), B)[..] else { panic!("one exchange") };
        assert_eq!((talk.state(A), talk.state(B), talk.day()), (State::Known, State::Known, day(2)));
    }
    assert_eq!(talks(&all[1..], A), []);
    let mut other = all[1].clone();
    other.message.follows = Some(Hex([9; 32]));
    assert_eq!(talks(&[all[0].clone(), other], A)[0].answer, None);
    let mut second = all[1].clone();
    second.hash = Hex([9; 32]);
    let forked = [all[0].clone(), second.clone(), all[1].clone()];
    assert_eq!(talks(&forked, A)[0].answer.as_ref().unwrap().hash, Hex([9; 32]), "the first counts");
    let followed = [&forked[..], &all[2..]].concat();
    assert_eq!(talks(&followed, B)[0].answer.as_ref().unwrap().hash, all[1].hash, "or that which was gone on with");
    // What a colleague has finished is finished, whichever answer the server has shown to them.
    assert_eq!(talks(&[all[0].clone(), second, all[2].clone()], A)[0].state(A), State::Known);
}

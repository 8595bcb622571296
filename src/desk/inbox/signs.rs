//! The lines of the form's list of signs, in words for staff. `docs/PROTOCOL.md` section 4.1.

use crate::crypto::letter::{Answers, YesNo};

const SIGNS: [(&str, &str); 14] = [
    ("takes_money", "someone takes the money they earn"),
    ("debt", "they owe money that they can never pay off"),
    ("keeps_id", "someone keeps their ID or passport"),
    ("cannot_leave", "they cannot come and go as they like"),
    ("watched", "someone stays with them or checks their phone: contact with care"),
    ("hurt", "someone hurts them, or says that they will"),
    ("hurt_family", "someone says they will hurt their family"),
    ("call_police", "someone says they will call the police or immigration on them"),
    ("sex_for_needs", "they must have sex to get money, food, drugs, or a place to stay"),
    ("sex_photos", "someone shares or sells sex photos of them"),
    ("long_hours", "they work long hours for little or no pay"),
    ("job_not_as_told", "the job is not what they were told"),
    ("drugs", "someone uses drugs or drink to control them"),
    ("dont_know", "they do not know"),
];

/// What a sign means; one that this version does not know stays as the source's letter has it.
pub fn words(sign: &str) -> &str {
    SIGNS.iter().find(|(known, _)| *known == sign).map_or(sign, |(_, words)| words)
}

/// What reading the rest may be hard about, for a reader to choose when and by whom it is read; none where the answers do not
/// say.
pub(super) fn content(answers: &Answers) -> Option<String> {
    let has = |signs: &[&str]| answers.signs.iter().any(|sign| signs.contains(&sign.as_str()));
    let flags = [
        ("a child", answers.minor == Some(YesNo::Yes)),
        ("perhaps a child", answers.minor == Some(YesNo::Unsure)),
        ("sexual exploitation", has(&["sex_for_needs", "sex_photos"])),
        ("violence", has(&["hurt", "hurt_family"])),
        ("captivity", has(&["cannot_leave"])),
        ("drugs", has(&["drugs"])),
    ];
    let said: Vec<&str> = flags.iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| *flag).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hard_to_read_is_said_before_it_is_read_and_nothing_where_nothing_is_known() {
        let signs =
            |signs: &[&str]| Answers { signs: signs.iter().map(ToString::to_string).collect(), ..Answers::default() };
        assert_eq!(content(&signs(&["debt"])), None);
        let hard = Answers { minor: Some(YesNo::Yes), ..signs(&["hurt", "sex_photos", "hurt_family"]) };
        assert_eq!(content(&hard).as_deref(), Some("a child, sexual exploitation, violence"));
    }
}

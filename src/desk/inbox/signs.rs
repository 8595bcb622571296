//! The lines of the form's list of signs, in words for staff. `docs/PROTOCOL.md` section 4.1.

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

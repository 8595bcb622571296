//! What the form's signs are called by the FBI.

/// A suggestion of FBI NIBRS offence codes: 64A commercial sex acts, 64B involuntary servitude.
pub fn nibrs(signs: &[String]) -> String {
    let has = |names: &[&str]| signs.iter().any(|sign| names.contains(&sign.as_str()));
    let codes = [
        ("64A", has(&["sex_for_needs", "sex_photos"])),
        ("64B", has(&["long_hours", "debt", "takes_money", "job_not_as_told"])),
    ];
    codes.iter().filter(|(_, holds)| *holds).map(|(code, _)| *code).collect::<Vec<_>>().join(" ")
}

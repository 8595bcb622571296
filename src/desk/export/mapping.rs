//! What the form's signs are called elsewhere. USERS.md Appendix A.

/// Values of HTCDS `MethodsOfControl` for a sign.
pub fn control(sign: &str) -> &'static [&'static str] {
    match sign {
        "takes_money" => &["TakesEarnings"],
        "debt" => &["DebtBondage"],
        "keeps_id" => &["WithholdsDocuments"],
        "cannot_leave" => &["RestrictsMovement"],
        "watched" => &["PsychologicalAbuse"],
        "hurt" => &["PhysicalAbuse", "Threats"],
        "hurt_family" => &["Threats"],
        "call_police" => &["ThreatOfLawEnforcement"],
        "long_hours" => &["ExcessiveWorkingHours"],
        "job_not_as_told" => &["FalsePromises"],
        "drugs" => &["PsychoactiveSubstances"],
        _ => &[],
    }
}

/// Values of HTCDS `TypeOfSexExploitation`.
pub fn sex(sign: &str) -> &'static [&'static str] {
    match sign {
        "sex_for_needs" => &["Prostitution"],
        "sex_photos" => &["Pornography", "RemoteInteractiveServices"],
        _ => &[],
    }
}

/// A suggestion of FBI NIBRS offence codes: 64A commercial sex acts, 64B involuntary servitude.
pub fn nibrs(signs: &[String]) -> String {
    let has = |names: &[&str]| signs.iter().any(|sign| names.contains(&sign.as_str()));
    let codes = [
        ("64A", has(&["sex_for_needs", "sex_photos"])),
        ("64B", has(&["long_hours", "debt", "takes_money", "job_not_as_told"])),
    ];
    codes.iter().filter(|(_, holds)| *holds).map(|(code, _)| *code).collect::<Vec<_>>().join(" ")
}

/// All values for these signs, each once.
pub fn all(signs: &[String], of: fn(&str) -> &'static [&'static str]) -> String {
    let mut values: Vec<&str> = signs.iter().flat_map(|sign| of(sign)).copied().collect();
    values.sort_unstable();
    values.dedup();
    values.join(";")
}

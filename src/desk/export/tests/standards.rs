//! Forms that others have defined: their names and values, written down here a second time from their definitions.

use super::*;
use crate::crypto::event::{CloseReason, SetStatus};

/// Fields of HTCDS 2.0 that are not deprecated, of those that we write.
const HTCDS_FIELDS: [&str; 16] = [
    "con_Consent",
    "vic_TraffickingStatus",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_TypeOfSexExploitation",
    "per_RoleDetails",
    "cas_Status",
    "cas_ReasonForCaseClosure",
    "cas_CaseOwner",
    "cas_ReferredOrganisation",
    "cas_OutgoingReferralDate",
    "cas_OutgoingReferralDetails",
    "hte_Street",
    "hte_Date",
    "hte_Type",
    "hte_Description",
];

/// Every value that its picklists have.
const HTCDS_VALUES: [(&str, &[&str]); 6] = [
    ("vic_TraffickingStatus", &["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"]),
    (
        "vic_MethodsOfControl",
        &[
            "PhysicalThreats",
            "ThreatsLawEnforcement",
            "ThreatensChildrenFamily",
            "DebtBondage",
            "FalsePromises",
            "PhysicalAbuse",
            "SexualAbuse",
            "TakesEarnings",
            "RestrictsFinancialAccess",
            "RestrictsMedicalCare",
            "WithholdsNecessities",
            "PsychologicalAbuse",
            "PsychoactiveSubstance",
            "ExcessiveWorkingHours",
            "WithholdsDocuments",
            "Other",
        ],
    ),
    (
        "vic_TypeOfExploitation",
        &[
            "ForcedLabour",
            "SexualExploitation",
            "ChildLabour",
            "ForcedMarriage",
            "Servitude",
            "ForcedMilitaryByNonStateActors",
            "OrganRemoval",
            "ForcedBegging",
            "ForcedAdoption",
            "Surrogacy",
            "Other",
        ],
    ),
    (
        "vic_TypeOfSexExploitation",
        &["Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices"],
    ),
    ("cas_Status", &["Active", "FollowUp", "Closed", "ClosedReferred"]),
    ("hte_Type", &["Recruitment", "Transit", "Exploitation"]),
];

/// The one row there is, by its headings.
fn htcds(answers: Answers, case: &Case) -> Vec<(String, String)> {
    let out = file(Form::Htcds, &entry(answers), case, Audience::Own);
    let rows: Vec<Vec<String>> = out.trim_end().split("\r\n").map(cells).collect();
    rows[0].iter().cloned().zip(rows[1].iter().cloned()).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    &row.iter().find(|(heading, _)| heading == name).unwrap().1
}

fn all_signs() -> Answers {
    let signs = "takes_money debt keeps_id cannot_leave watched hurt hurt_family call_police sex_for_needs sex_photos \
        long_hours job_not_as_told drugs dont_know";
    Answers { signs: signs.split(' ').map(str::to_owned).collect(), when: Some("Fridays".into()), ..told() }
}

#[test]
fn htcds_has_fields_and_values_of_2_0_alone() {
    let row = htcds(all_signs(), &case(vec![]));
    assert_eq!(cell(&row, "htcds_version"), "2.0");
    let headings: Vec<&str> = row.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(headings[..4], ["handling", "htcds_version", "tip", "conditions"]);
    assert_eq!(headings[4..], HTCDS_FIELDS);
    for (field, values) in HTCDS_VALUES {
        assert!(!cell(&row, field).is_empty(), "{field}");
        for value in cell(&row, field).split(';') {
            assert!(values.contains(&value), "{field}: {value}");
        }
    }
    assert_eq!(cell(&row, "hte_Date"), "", "what a source says of times is no date");
    assert!(cell(&row, "hte_Description").ends_with("When: Fridays"));
}

#[test]
fn htcds_says_of_each_sign_what_the_standard_calls_it() {
    let of = |sign: &str| {
        let row = htcds(Answers { signs: vec![sign.into()], ..Answers::default() }, &case(vec![]));
        [cell(&row, "vic_MethodsOfControl"), cell(&row, "vic_TypeOfExploitation")].join("|")
    };
    for (sign, values) in [
        ("hurt", "PhysicalAbuse;PhysicalThreats|"),
        ("hurt_family", "ThreatensChildrenFamily|"),
        ("call_police", "ThreatsLawEnforcement|"),
        ("drugs", "PsychoactiveSubstance|"),
        ("cannot_leave", "Other|"),
        ("long_hours", "ExcessiveWorkingHours|ForcedLabour"),
        ("sex_for_needs", "|SexualExploitation"),
        ("unknown", "|"),
    ] {
        assert_eq!(of(sign), values, "{sign}");
    }
}

#[test]
fn htcds_follows_the_work() {
    let closed =
        |reason| Kind::Status { status: SetStatus::Closed, reason: Some(reason), text: Some("see file".into()) };
    let row = htcds(told(), &case(vec![closed(CloseReason::NotTrafficking)]));
    assert_eq!(cell(&row, "vic_TraffickingStatus"), "NotAVictimOfTrafficking");
    assert_eq!(
        (cell(&row, "cas_Status"), cell(&row, "cas_ReasonForCaseClosure")),
        ("Closed", "not trafficking: see file")
    );
    let row = htcds(told(), &case(vec![closed(CloseReason::Referred)]));
    assert_eq!(cell(&row, "vic_TraffickingStatus"), "PossibleVictimOfTrafficking");
    assert_eq!(cell(&row, "cas_Status"), "ClosedReferred");
}

/// What each element may hold, in the order of the schema, of those that we write.
const CYBERTIP: [(&str, &[&str]); 9] = [
    ("report", &["incidentSummary", "internetDetails", "reporter", "personOrUserReported", "additionalInfo"]),
    ("incidentSummary", &["incidentType", "escalateToHighPriority", "incidentDateTime", "incidentDateTimeDescription"]),
    ("internetDetails", &["webPageIncident", "nonInternetIncident"]),
    ("webPageIncident", &["url"]),
    ("nonInternetIncident", &["locationName"]),
    ("reporter", &["reportingPerson"]),
    ("reportingPerson", &["firstName", "lastName", "phone", "email"]),
    (
        "personOrUserReported",
        &["personOrUserReportedPerson", "vehicleDescription", "screenName", "estimatedLocation", "additionalInfo"],
    ),
    ("personOrUserReportedPerson", &["phone", "email"]),
];

/// Every element with what it stands in, in order.
fn elements(xml: &str) -> Vec<(String, String)> {
    let (mut inside, mut found) = (Vec::<String>::new(), Vec::new());
    for tag in xml.split('<').skip(1).filter(|tag| !tag.starts_with(['?', '!'])) {
        let name = tag.split('>').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(inside.pop().as_deref(), Some(name));
        } else {
            found.push((inside.last().cloned().unwrap_or_default(), name.to_owned()));
            inside.push(name.to_owned());
        }
    }
    assert!(inside.is_empty(), "{inside:?}");
    found
}

fn cybertip(answers: Answers) -> String {
    file(Form::Cybertip, &entry(answers), &case(vec![]), Audience::Other(Scope::All))
}

#[test]
fn the_draft_for_ncmec_has_elements_of_its_schema_alone_and_in_their_order() {
    let suspects =
        "Sam, 860 555 0101, 860 555 0102, sam@example.com, @sam_one @sam_two, plate AB 1234, see evil.example.com";
    let full = Answers {
        minor: Some(YesNo::Yes),
        urgency: Some(Urgency::Now),
        signs: vec!["sex_for_needs".into()],
        suspects: Some(suspects.into()),
        ..told()
    };
    for answers in [full, hostile(HOSTILE), Answers::default()] {
        let out = cybertip(answers);
        let found = elements(&out);
        assert_eq!(found[0], (String::new(), "report".to_owned()));
        assert_eq!(found.iter().filter(|(inside, _)| inside.is_empty()).count(), 1, "one root: {out}");
        for (name, children) in CYBERTIP {
            let places: Vec<Option<usize>> = found
                .iter()
                .filter(|(inside, _)| inside == name)
                .map(|(_, child)| children.iter().position(|known| known == child))
                .collect();
            assert!(places.iter().all(Option::is_some), "{name}: {out}");
            // Elements that may come again and again are told apart by being neighbours.
            assert!(places.is_sorted() || name == "internetDetails", "{name}: {out}");
        }
    }
}

#[test]
fn the_draft_for_ncmec_says_what_is_known_and_leaves_the_rest_to_a_person() {
    let child = Answers { minor: Some(YesNo::Yes), signs: vec!["sex_photos".into()], ..told() };
    let out = cybertip(child);
    assert!(out.contains("<incidentType>Child Pornography (possession, manufacture, and distribution)</incidentType>"));
    assert!(out.contains("<incidentDateTime>2026-11-24T01:45:00Z</incidentDateTime>"), "{out}");
    assert!(out.contains("<firstName>mia</firstName>") && out.contains("<lastName>________</lastName>"), "{out}");
    assert!(!out.contains("escalateToHighPriority"), "{out}");
    let out = cybertip(told());
    assert!(out.contains("<incidentType>________</incidentType>"), "{out}");
    assert!(out.contains("\"Online Enticement of Children for Sexual Acts\""), "{out}");
    assert!(out.contains("The source did not say that anyone is under 18"), "{out}");
}

use super::*;

/// In each language: police, a detective, an investigator, a prosecutor, a court, a judge, a shelter, an agency, a hotline and a
/// case, and which words are named then.
const SENTENCES: [(&str, &str, [&str; 10]); 11] = [
    (
        "en",
        "The police, a detective, an investigator and a prosecutor told the judge at court: the shelter, our agency and \
         the hotline have your case.",
        [
            "police",
            "detective",
            "investigator",
            "prosecutor",
            "judge",
            "court",
            "shelter",
            "agency",
            "hotline",
            "your case",
        ],
    ),
    (
        "es",
        "La policía, un detective, la investigadora y la fiscalía dijeron al juez del tribunal que el albergue, nuestra \
         agencia y la línea directa llevan su caso.",
        [
            "policía",
            "detective",
            "investigadora",
            "fiscalía",
            "juez",
            "tribunal",
            "albergue",
            "agencia",
            "línea directa",
            "su caso",
        ],
    ),
    (
        "pt-BR",
        "A polícia, um detetive, a investigadora e o promotor disseram ao juiz do tribunal que o abrigo, nossa agência e \
         a linha direta cuidam do seu caso.",
        [
            "polícia",
            "detetive",
            "investigadora",
            "promotor",
            "juiz",
            "tribunal",
            "abrigo",
            "agência",
            "linha direta",
            "seu caso",
        ],
    ),
    (
        "zh-Hans",
        "警察、侦探、调查人员和检察官告诉法院的法官，庇护所、我们的机构和热线有您的案件。",
        ["警察", "侦探", "调查", "检察", "法院", "法官", "庇护所", "机构", "热线", "案件"],
    ),
    (
        "ht",
        "Lapolis, yon detektif, envestigatè a ak pwosekitè a di jij tribinal la ke abri a, ajans nou an ak liy dirèk la \
         gen dosye ou.",
        ["lapolis", "detektif", "envestigatè", "pwosekitè", "jij", "tribinal", "abri", "ajans", "liy dirèk", "dosye"],
    ),
    (
        "tl",
        "Sinabi ng pulis, ng detektib, ng imbestigador at ng piskal sa hukom ng korte na hawak ng kanlungan, ng aming \
         ahensya at ng hotline ang kaso mo.",
        ["pulis", "detektib", "imbestig", "piskal", "hukom", "korte", "kanlungan", "ahensya", "hotline", "kaso"],
    ),
    (
        "vi",
        "Cảnh sát, thám tử, người điều tra và công tố viên nói với thẩm phán ở tòa án: nhà tạm lánh, cơ quan chúng tôi và \
         đường dây nóng giữ hồ sơ của bạn.",
        [
            "cảnh sát",
            "thám tử",
            "điều tra",
            "công tố",
            "thẩm phán",
            "tòa án",
            "nhà tạm lánh",
            "cơ quan",
            "đường dây nóng",
            "hồ sơ",
        ],
    ),
    (
        "ko",
        "경찰, 형사, 조사관과 검찰이 법원의 판사에게 쉼터와 우리 기관과 핫라인이 사건을 맡았다고 했습니다.",
        ["경찰", "형사", "조사관", "검찰", "법원", "판사", "쉼터", "기관", "핫라인", "사건"],
    ),
    (
        "ru",
        "Полиция, детектив, следователь и прокурор сказали судье в суде, что приют, наше агентство и горячая линия ведут \
         ваше дело.",
        [
            "полиция",
            "детектив",
            "следователь",
            "прокурор",
            "судье",
            "суде",
            "приют",
            "агентство",
            "горячая линия",
            "ваше дело",
        ],
    ),
    (
        "ar",
        "قالت الشرطةُ والضابط والمحقّق والنيابة إن القاضي في المحكمة والملجأ والوكالة والخط الساخن لديهم قضيتك.",
        ["شرطة", "ضابط", "محقق", "نيابة", "قاضي", "محكمة", "ملجأ", "وكالة", "الخط الساخن", "قضيتك"],
    ),
    (
        "fr",
        "La police, un détective, l’enquêteur et le procureur ont dit au juge du tribunal que le foyer, notre agence et \
         la ligne directe ont votre dossier.",
        [
            "police",
            "détective",
            "enquêteur",
            "procureur",
            "juge",
            "tribunal",
            "foyer",
            "agence",
            "ligne directe",
            "dossier",
        ],
    ),
];

fn warnings(text: &str) -> Vec<String> {
    found(text, &BTreeSet::new(), &Known::default())
}

#[test]
fn each_language_of_the_form_has_words_for_who_writes_and_for_a_case() {
    let tables = words();
    assert_eq!(tables.keys().map(String::as_str).collect::<BTreeSet<_>>(), SENTENCES.map(|(lang, ..)| lang).into());
    for (lang, sentence, expected) in SENTENCES {
        let spaced = spaced(sentence);
        let own: BTreeSet<String> = tables[lang].iter().filter_map(|word| said(&spaced, word)).collect();
        let missing: Vec<_> = expected.iter().filter(|word| !own.contains(**word)).collect();
        // `hotline` is English wherever people say it.
        assert!(missing.iter().all(|word| **word == "hotline"), "{lang}: {missing:?} not in {own:?}");
        let warnings = warnings(sentence);
        assert!(expected.iter().all(|word| warnings.contains(&format!("this says {word:?}"))), "{lang}: {warnings:?}");
    }
}

#[test]
fn every_word_stands_in_its_table_as_texts_are_compared() {
    for (lang, words) in words() {
        for word in words {
            let core = word.trim_matches('*');
            assert_eq!(spaced(core).trim(), core, "{lang}");
        }
    }
}

#[test]
fn words_that_only_look_alike_are_not_warned_of() {
    for text in [
        "By courtesy of a friend, in case you need it. Keep your suitcase.",
        "¿De qué se trata? En caso de peligro, salga.",
        "Se for o caso, escreva.",
        "En cas de danger, écrivez.",
        "Это не судьба. Посуда и дело в том, что мы рядом.",
        "Chúng tôi có quan tâm. An toàn.",
    ] {
        assert_eq!(warnings(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_name_of_an_agency_is_found_without_its_article_and_whatever_points_stand_in_it() {
    let called: BTreeSet<String> = ["The Help-Line.", "La línea de ayuda", "援助热线"].map(bare).into();
    for (text, name) in [
        ("We are from the help line!", "help line"),
        ("Somos de la LÍNEA de ayuda.", "línea de ayuda"),
        ("我们是援助热线。", "援助热线"),
    ] {
        let lines = found(text, &called, &Known::default());
        assert!(lines.contains(&format!("this names an agency: {name:?}")), "{lines:?}");
    }
    assert!(found("Thank you. Stay safe.", &called, &Known::default()).is_empty());
}

use super::effort::effort;
use super::*;
use clap::ValueEnum as _;
use std::collections::BTreeSet;

const LANGUAGES: [&str; 11] = ["en", "es", "pt-BR", "zh-Hans", "ht", "tl", "vi", "ko", "ru", "ar", "fr"];

fn texts() -> Texts {
    serde_json::from_str(TEXTS).unwrap()
}

#[test]
fn each_template_is_there_in_each_language_of_the_form() {
    let forms: BTreeSet<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".ftl")?.to_owned()))
        .collect();
    assert_eq!(forms, LANGUAGES.into_iter().map(str::to_owned).collect());
    for lang in LANGUAGES {
        for word in TemplateWord::value_variants() {
            let ready = ready(*word, lang, Some("What is my dog called?")).unwrap();
            assert_eq!(ready.lang, lang);
            assert!(ready.text.len() > 10 && !ready.text.contains('{'), "{lang} {}", word.name());
            let asks = ready.text.contains("What is my dog called?");
            assert_eq!(asks, *word == TemplateWord::Check, "{lang} {}", word.name());
        }
        assert_eq!(texts()[lang].len(), TemplateWord::value_variants().len(), "{lang}");
    }
}

#[test]
fn a_language_without_templates_gets_the_english_one_and_says_so() {
    assert_eq!(ready(TemplateWord::Wait, "de", None).unwrap().lang, "en");
}

#[test]
fn a_question_that_was_not_given_cannot_be_asked() {
    assert_eq!(ready(TemplateWord::Check, "en", None).unwrap_err().exit, Exit::Usage);
}

/// The same sentence in each language, as officials write it.
const HARD: [(&str, &str); 11] = [
    ("en", "Investigators of the responsible organisation will communicate with you concerning your information."),
    ("es", "Los investigadores de la organización responsable se comunicarán con usted respecto de su información."),
    (
        "pt-BR",
        "Os investigadores da organização responsável entrarão em comunicação com você a respeito da informação.",
    ),
    ("zh-Hans", "负责机构的调查人员将就您所提供的相关信息与您本人取得进一步的联系。"),
    (
        "ht",
        "Envestigatè òganizasyon responsab la ap kominike avèk ou konsènan enfòmasyon enpòtan ou te transmèt \
         otorite yo.",
    ),
    (
        "tl",
        "Makikipag-ugnayan sa iyo ang mga imbestigador ng responsableng organisasyon hinggil sa impormasyong ipinarating \
         ninyo.",
    ),
    ("vi", "Các điều tra viên của tổ chức có trách nhiệm sẽ liên lạc với bạn về những thông tin mà bạn đã cung cấp."),
    (
        "ko",
        "귀하께서 제공하여 주신 정보와 관련하여 책임 있는 기관의 담당 조사관이 추후 별도로 귀하에게 연락을 드릴 예정입니다.",
    ),
    ("ru", "Сотрудники ответственной организации свяжутся с вами относительно предоставленной информации."),
    ("ar", "سيتواصل المحققون التابعون للمؤسسة المسؤولة معكم بخصوص المعلومات والتفاصيل المقدمة."),
    ("fr", "Les enquêteurs de l’organisation responsable communiqueront avec vous concernant votre information."),
];

#[test]
fn every_template_can_be_read_after_six_years_of_school_in_each_language() {
    let mut hard = Vec::new();
    for (lang, templates) in texts() {
        for (name, text) in templates {
            let effort = effort(&lang, &text.replace(QUESTION, ""));
            if !effort.is_plain() {
                hard.push(format!("{lang} {name}: {effort:?}"));
            }
        }
    }
    assert_eq!(hard, Vec::<String>::new());
    for (lang, text) in HARD {
        assert!(!effort(lang, text).is_plain(), "{lang}: {:?}", effort(lang, text));
    }
}

#[test]
fn no_template_names_who_writes_in_any_language() {
    for (lang, templates) in texts() {
        for (name, text) in templates {
            let found = super::super::telling::found(&text, &BTreeSet::new(), &crate::desk::cache::Known::default());
            assert_eq!(found, Vec::<String>::new(), "{lang} {name}");
        }
    }
}

use super::*;

fn sheet(text: &str) -> Vec<Block> {
    vec![
        Block::Page { title: "T-7K3M".into(), handling: "TLP:RED".into(), conditions: vec!["For you alone.".into()] },
        Block::Text(text.into()),
    ]
}

/// Uncompressed, so that what stands in it can be seen.
fn bytes(text: &str) -> String {
    let settings = SerializeSettings { compress_content_streams: false, ascii_compatible: true, ..Default::default() };
    String::from_utf8_lossy(&render_with(&sheet(text), settings).unwrap()).into_owned()
}

#[test]
fn a_sources_words_are_no_part_of_the_file_s_own_language() {
    let hostile = "(oops) Tj ET endstream endobj /OpenAction << /S /JavaScript /JS (app.alert(1)) >> https://evil.example \u{1b}[2J";
    let out = bytes(hostile);
    for name in
        ["/JavaScript", "/JS", "/OpenAction", "/AA", "/URI", "/Launch", "/EmbeddedFile", "/Annots", "evil.example"]
    {
        assert!(!out.contains(name), "{name}");
    }
    assert!(out.starts_with("%PDF-1."));
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    assert_eq!(render(&sheet("one")).unwrap(), render(&sheet("one")).unwrap());
    assert_ne!(render(&sheet("one")).unwrap(), render(&sheet("two")).unwrap());
}

#[test]
fn a_character_without_a_font_is_written_out_and_said() {
    // A letter of a script that was encoded in Unicode 16 and a character that is not assigned.
    let missing = '\u{38fff}';
    let fonts = Fonts::for_chars(format!("a{missing}б").chars());
    assert!(fonts.misses("\u{38fff}") && !fonts.misses("aб"));
    assert_eq!(fonts.written(&format!("a{missing}б")), "a\\u{38fff}б");
    let lines: Vec<String> = sheets(&sheet(&missing.to_string()), &mut Fonts::for_chars([missing].into_iter()))
        .into_iter()
        .flat_map(|part| part.lines)
        .map(|line| line.text)
        .collect();
    assert!(lines.concat().contains("no font on this machine"), "{lines:?}");
    assert!(lines.contains(&"\\u{38fff}".to_owned()), "{lines:?}");
}

#[test]
fn only_the_sheet_that_misses_a_character_says_so() {
    let blocks = [sheet("\u{38fff}"), sheet("plain")].concat();
    let sheets = sheets(&blocks, &mut Fonts::for_chars(['\u{38fff}'].into_iter()));
    let says = |part: &Part| part.lines.iter().any(|line| line.text.contains("no font on this machine"));
    assert_eq!(sheets.iter().map(says).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_field_has_its_name_beside_it_and_a_long_name_above() {
    let mut fonts = Fonts::for_chars("".chars());
    let field = |name: &str| Block::Field(name.into(), "word ".repeat(40));
    let page = sheet("").remove(0);
    let mut lines = |name| sheets(&[page.clone(), field(name)], &mut fonts).remove(0).lines.split_off(2);
    let (short, long) = (lines("where"), lines("2026-11-24 01:59Z, maria, The help line (0)"));
    assert_eq!((short[0].label.as_str(), short[1].label.as_str()), ("where:", ""));
    assert!(short[0].text.starts_with("word"));
    assert_eq!((long[0].label.as_str(), long[0].text.as_str()), ("", "2026-11-24 01:59Z, maria, The help line (0):"));
}

#[test]
fn the_font_in_this_program_has_the_scripts_that_it_is_there_for() {
    for text in ["Zażółć gęślą jaźń", "Съешь ещё этих булок", "Γειά", "مرحبا بالعالم", "שלום", "Tiếng Việt", "«»—…█"]
    {
        let mut needed = text.chars().filter(|c| *c != ' ').collect();
        let mut fonts = Fonts::for_chars("".chars());
        fonts.take_for_test(&mut needed);
        assert!(needed.is_empty(), "{text}: {needed:?}");
    }
}

#[test]
fn long_lines_are_broken_and_long_sheets_go_on_under_the_same_label() {
    let text = format!("{}\n{}", "word ".repeat(4_000), "x".repeat(3_000));
    let mut fonts = Fonts::for_chars(text.chars());
    let pages: Vec<Part> = sheets(&sheet(&text), &mut fonts).into_iter().flat_map(paginated).collect();
    assert!(pages.len() > 4, "{}", pages.len());
    for page in &pages {
        assert_eq!(page.label, "TLP:RED");
        let height: f32 = page.lines.iter().map(|line| line.size * LEADING).sum();
        assert!(height <= ROOM);
        for line in &page.lines {
            let width: f32 = line.text.trim_end().chars().map(|c| fonts.width(c)).sum();
            assert!(width * line.size <= 2.0f32.mul_add(-MARGIN, WIDTH) + 0.01, "{}", line.text);
        }
    }
    let words: String = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
    assert_eq!(words.matches('x').count(), 3_000);
    assert_eq!(words.matches("word").count(), 4_000);
}

#[test]
fn text_of_one_font_is_one_run_and_spaces_stay_with_what_they_stand_beside() {
    let fonts = Fonts::for_chars("ab cd \u{430}".chars());
    assert_eq!(fonts.runs("ab cd \u{430}"), [(0, "ab cd \u{430}")]);
    assert_eq!(fonts.runs(" "), [(0, " ")]);
    assert!(fonts.runs("").is_empty());
}

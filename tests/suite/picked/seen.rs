//! A tip as somebody without keys sees it: facts that can be compared, sealed bytes that can only be learned from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use knothole::desk::client::SealedTip;
use knothole::model::tip::TipId;

/// One tip in one view.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: TipId,
    /// Where it stands in the order of the view.
    pub place: usize,
    /// Every value that is not sealed or random, with what it is.
    pub facts: Vec<(String, String)>,
    /// Everything that is.
    pub bytes: Vec<(String, Vec<u8>)>,
}

impl Seen {
    pub fn new(id: TipId, place: usize) -> Self {
        Self { id, place, facts: Vec::new(), bytes: vec![("id".into(), id.0.into())] }
    }

    /// Adds a value.
    pub fn fact(&mut self, name: &str, value: &impl ToString) {
        self.facts.push((name.to_owned(), value.to_string()));
    }

    /// Adds bytes; their length and the form of their header are facts.
    pub fn blob(&mut self, name: &str, bytes: &[u8]) {
        self.fact(&format!("length of {name}"), &bytes.len());
        self.fact(&format!("form of {name}"), &form(bytes).0);
        self.bytes.push((name.to_owned(), bytes.to_vec()));
    }

    /// What a classifier is tried on: the place, and each random section of each of the bytes. Numbers to learn from, by
    /// name.
    pub fn families(&self) -> Vec<(String, Vec<f32>)> {
        let place = u16::try_from(self.place).unwrap();
        let places = [place, place % 2, place % 3, place % 4].map(f32::from);
        let mut families = vec![(String::from("place"), places.to_vec())];
        for (name, bytes) in &self.bytes {
            for (at, section) in form(bytes).1.iter().enumerate() {
                families.push((format!("the bytes of {name}.{at}"), counts(section)));
                families.push((format!("the ends of {name}.{at}"), ends(section)));
            }
        }
        families
    }
}

/// How often each half of a byte occurs.
fn counts(section: &[u8]) -> Vec<f32> {
    let mut counts = [0_u16; 32];
    for byte in section {
        counts[usize::from(byte >> 4)] += 1;
        counts[16 + usize::from(byte & 15)] += 1;
    }
    counts.map(f32::from).to_vec()
}

/// How the section begins and ends.
fn ends(section: &[u8]) -> Vec<f32> {
    section.iter().take(4).chain(section.last()).map(|byte| f32::from(*byte)).collect()
}

/// The form of an age file (every line of its header with the length of what is random in it), and its random sections.
/// Anything else is one section.
fn form(bytes: &[u8]) -> (String, Vec<Vec<u8>>) {
    let whole = || (String::from("bytes"), vec![bytes.to_vec()]);
    if !bytes.starts_with(b"age-encryption.org/") {
        return whole();
    }
    let mut rest = bytes;
    let mut lines = Vec::new();
    let mut sections = Vec::new();
    loop {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { return whole() };
        let line = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let words = line.split(' ').map(|word| match STANDARD_NO_PAD.decode(word) {
            Ok(random) if word.len() > 20 => {
                sections.push(random);
                format!("<{}>", word.len())
            }
            _ => word.to_owned(),
        });
        lines.push(words.collect::<Vec<_>>().join(" "));
        if line.starts_with("---") {
            break;
        }
    }
    let (nonce, payload) = rest.split_at(rest.len().min(16));
    sections.extend([nonce.to_vec(), payload.to_vec()]);
    (lines.join("|"), sections)
}

/// Tips as a desk gets them, unopened.
pub fn received(tips: &[SealedTip]) -> Vec<Seen> {
    let seen = tips.iter().enumerate().map(|(place, tip)| {
        let mut seen = Seen::new(tip.line.id, place);
        seen.fact("day", &tip.line.day);
        seen.fact("keyring", &tip.line.keyring);
        seen.blob("letter", &tip.letter);
        seen.blob("own capsule", &tip.capsule);
        seen
    });
    seen.collect()
}

#[test]
fn the_form_of_a_sealed_file_holds_what_is_not_random_and_nothing_else() {
    let one = knothole::crypto::capsule::decoy();
    let (form_of_one, sections) = form(&one);
    assert_eq!(form_of_one, "age-encryption.org/v1|-> mlkem768x25519 <1494>|<43>|--- <43>");
    assert_eq!(sections.iter().map(Vec::len).collect::<Vec<_>>(), [1120, 32, 32, 16, 243]);
    assert_eq!(form(&knothole::crypto::capsule::decoy()).0, form_of_one);
}

use super::*;
use crate::crypto::letter::{Letter, Route};
use crate::desk::identity::WorkFactor;
use crate::desk::profile::{Part, Settings};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use age::secrecy::SecretString;

fn profile(dir: &Path) -> Profile {
    let settings = Settings::new(Part::Member, "maria-1", "maria", AgencyNumber(0));
    Profile::create(dir, settings, &SecretString::from("x"), WorkFactor(2)).unwrap().0
}

fn device() -> HybridIdentity {
    HybridIdentity::from_seed([3; 32])
}

fn segment(seqs: std::ops::RangeInclusive<u64>) -> Segment {
    let mut segment = Segment::new(Progress { cursor: *seqs.end(), ..Progress::default() });
    segment.tips.extend(seqs.map(|seq| {
        let mut id = [0; 32];
        id[..8].copy_from_slice(&seq.to_be_bytes());
        let created = "2026-11-24T01:45Z".to_owned();
        let letter = Letter::new(TipId(id), created, "en".into(), Route::Fast, vec![AgencyNumber(0)]);
        KnownTip::new(seq, "2026-11-24".parse().unwrap(), ThreadSecret::new("SECRET-THREAD"), letter)
    }));
    segment
}

fn known_seqs(profile: &Profile) -> (Vec<u64>, u64) {
    let (_, known) = Cache::open(profile, &device()).unwrap();
    (known.tips.iter().map(|tip| tip.seq).collect(), known.progress.cursor)
}

fn segment_names(profile: &Profile) -> Vec<String> {
    let dir = profile.cache_dir().join(SEGMENTS_NAME);
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_was_appended_is_known_again() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    let (mut cache, known) = Cache::open(&profile, &device()).unwrap();
    assert_eq!((known.tips.len(), known.progress.cursor), (0, 0));
    cache.append(segment(1..=2)).unwrap();
    cache.append(segment(5..=5)).unwrap();
    drop(cache);
    assert_eq!(known_seqs(&profile), (vec![1, 2, 5], 5));
}

#[test]
fn nothing_of_a_tip_lies_in_clear() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    Cache::open(&profile, &device()).unwrap().0.append(segment(1..=1)).unwrap();
    let bytes = fs::read(profile.cache_dir().join("segments/000001.age")).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!bytes.windows(13).any(|window| window == b"SECRET-THREAD"));
}

#[test]
fn many_segments_become_few_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    let (mut cache, _) = Cache::open(&profile, &device()).unwrap();
    for seq in 1..=20 {
        cache.append(segment(seq..=seq)).unwrap();
    }
    cache.merge().unwrap();
    assert_eq!(segment_names(&profile), ["000020.age"]);
    cache.append(segment(21..=21)).unwrap();
    drop(cache);
    assert_eq!(known_seqs(&profile), ((1..=21).collect(), 21));
}

#[test]
fn segments_are_merged_by_what_they_weigh_so_that_none_grows_too_large_to_be_read() {
    let a_batch = merge::FULL / 4 + 1;
    let sizes: Vec<_> = (1..=78).map(|number| (number, a_batch)).collect();
    let runs = merge::runs(&sizes);
    assert_eq!(runs.concat(), sizes.iter().map(|(number, _)| *number).collect::<Vec<_>>());
    assert!(runs.iter().all(|run| run.len() == 3), "{runs:?}");
    assert!(3 * a_batch <= merge::FULL && 4 * a_batch > merge::FULL);
}

#[test]
fn a_segment_that_is_large_enough_is_left_alone_and_parts_its_neighbours() {
    let large = merge::FULL / 2;
    assert_eq!(merge::runs(&[(1, 9), (2, 9), (3, large), (4, 9), (7, 9)]), [vec![1, 2], vec![4, 7]]);
    let all_large: Vec<_> = (1..=40).map(|number| (number, large)).collect();
    assert_eq!(merge::runs(&all_large), Vec::<Vec<u32>>::new());
}

#[test]
fn a_segment_too_large_for_any_that_is_written_now_empties_the_cache_and_does_not_block_it() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    Cache::open(&profile, &device()).unwrap().0.append(segment(1..=3)).unwrap();
    let huge = File::create(profile.cache_dir().join("segments/000002.age")).unwrap();
    huge.set_len(MAX_SEGMENT + 1).unwrap();
    assert_eq!(known_seqs(&profile), (vec![], 0));
}

#[test]
fn a_tip_that_opens_later_is_no_longer_unreadable_whether_or_not_the_segments_were_merged() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    let (mut cache, _) = Cache::open(&profile, &device()).unwrap();
    let opened = segment(1..=1);
    let mut before = Segment::new(Progress::default());
    let (id, day) = (opened.tips[0].letter.id, opened.tips[0].day);
    for reason in ["first", "second"] {
        before.unreadable = vec![UnreadableTip { seq: 1, day, id, reason: reason.into() }];
        cache.append(before.clone()).unwrap();
    }
    let reasons = |known: Known| known.unreadable.into_iter().map(|tip| tip.reason).collect::<Vec<_>>();
    drop(cache);
    let (mut cache, known) = Cache::open(&profile, &device()).unwrap();
    assert_eq!(reasons(known), ["second"]);
    for seq in 1..=20 {
        cache.append(segment(seq..=seq)).unwrap();
    }
    cache.merge().unwrap();
    drop(cache);
    assert_eq!(segment_names(&profile).len(), 1);
    let (_, known) = Cache::open(&profile, &device()).unwrap();
    assert_eq!((known.tips.len(), reasons(known)), (20, vec![]));
}

#[test]
fn a_merge_that_was_cut_off_before_it_deleted_shows_nothing_twice() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    let (mut cache, _) = Cache::open(&profile, &device()).unwrap();
    for seq in 1..=20 {
        cache.append(segment(seq..=seq)).unwrap();
    }
    let segments = profile.cache_dir().join(SEGMENTS_NAME);
    let left_over = fs::read(segments.join("000007.age")).unwrap();
    cache.merge().unwrap();
    fs::write(segments.join("000007.age"), left_over).unwrap();
    fs::write(segments.join(".tmpAbCdEf"), b"half a segm").unwrap();
    drop(cache);
    assert_eq!(known_seqs(&profile), ((1..=20).collect(), 20));
    assert_eq!(segment_names(&profile), ["000020.age"]);
}

#[test]
fn a_cache_of_another_format_is_emptied_and_filled_again() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    Cache::open(&profile, &device()).unwrap().0.append(segment(1..=3)).unwrap();
    let older = file::seal(&device().to_recipient(), br#"{"format":0,"what":["it","held"]}"#);
    fs::write(profile.cache_dir().join("segments/000002.age"), older).unwrap();
    assert_eq!(known_seqs(&profile), (vec![], 0));
    assert_eq!(segment_names(&profile), Vec::<String>::new());
    Cache::open(&profile, &device()).unwrap().0.append(segment(1..=3)).unwrap();
    assert_eq!(known_seqs(&profile), (vec![1, 2, 3], 3));
}

#[test]
fn a_damaged_segment_is_named_and_not_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let profile = profile(dir.path());
    Cache::open(&profile, &device()).unwrap().0.append(segment(1..=1)).unwrap();
    let path = profile.cache_dir().join("segments/000001.age");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(Cache::open(&profile, &device()), Err(CacheError::Damaged(named)) if named == path));
}

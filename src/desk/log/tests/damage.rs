//! What is no line, at the end of the file or before it.

use super::*;

#[test]
fn a_line_that_was_half_written_is_cut_off_and_no_whole_one_is_lost() {
    let whole = fs::read(Desk::of(1).path()).unwrap();
    for torn in [1, 3, 4, 30, 48, 60, whole.len() - 1] {
        let desk = Desk::of(3);
        let mut file = fs::File::options().append(true).open(desk.path()).unwrap();
        file.write_all(&whole[..torn]).unwrap();
        assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1, 2, 3]), "{torn}");
        desk.log.append(act(4), NOW).unwrap();
        assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1, 2, 3, 4]), "{torn}");
    }
}

#[test]
fn room_that_the_file_system_made_and_never_filled_is_a_torn_line_too() {
    let whole = fs::read(Desk::of(1).path()).unwrap();
    for written in [0, 2, 20, 48, 1000] {
        let desk = Desk::of(2);
        let mut file = fs::File::options().append(true).open(desk.path()).unwrap();
        let mut torn = whole[..written].to_vec();
        torn.resize(whole.len(), 0);
        file.write_all(&torn).unwrap();
        desk.log.append(act(3), NOW).unwrap();
        assert_eq!((desk.findings(), desk.numbers()), (vec![], vec![1, 2, 3]), "{written}");
    }
}

#[test]
fn something_in_the_middle_that_is_no_line_stops_every_act_and_nothing_behind_it_is_thrown_away() {
    let desk = Desk::of(3);
    let mut bytes = fs::read(desk.path()).unwrap();
    let second = bytes.len() / 3;
    bytes[second] ^= 1;
    bytes.extend_from_slice(b"khl1");
    fs::write(desk.path(), &bytes).unwrap();
    let failed = desk.log.append(act(4), NOW).unwrap_err();
    assert!(matches!(failed, LogError::Damaged { after: 1, .. }), "{failed}");
    assert_eq!(fs::read(desk.path()).unwrap(), bytes);
    assert!(desk.findings().contains(&"what follows line 1 in the file is no line".to_owned()));
}

#[test]
fn one_byte_in_the_middle_hides_nothing_behind_it_and_locks_nobody_out() {
    let desk = Desk::of(4);
    let mut bytes = fs::read(desk.path()).unwrap();
    let second = bytes.len() / 4;
    bytes[second] ^= 1;
    fs::write(desk.path(), &bytes).unwrap();
    desk.log.append(act(5), NOW).unwrap();
    assert_eq!(desk.numbers(), [1, 3, 4, 5]);
    let findings = desk.findings();
    assert!(findings.contains(&"what follows line 1 in the file is no line".to_owned()), "{findings:?}");
    assert!(findings.contains(&"2: line 2 is gone".to_owned()), "{findings:?}");
    let before = fs::read(desk.path()).unwrap();
    let pruned = desk.log.prune(NOW + 400 * DAY);
    assert!(matches!(pruned, Err(PruneError::Log(LogError::Damaged { after: 1, .. }))), "{pruned:?}");
    assert_eq!(fs::read(desk.path()).unwrap(), before);
}

#[test]
fn a_whole_line_whose_length_was_changed_is_damage_and_is_not_cut_off() {
    let desk = Desk::of(2);
    let mut bytes = fs::read(desk.path()).unwrap();
    let last = bytes.len() / 2;
    bytes[last + 4..last + 8].copy_from_slice(&32_000_u32.to_le_bytes());
    fs::write(desk.path(), &bytes).unwrap();
    let failed = desk.log.append(act(3), NOW).unwrap_err();
    assert!(matches!(failed, LogError::Damaged { after: 1, .. }), "{failed}");
    assert_eq!(fs::read(desk.path()).unwrap(), bytes);
}

#[test]
fn a_number_that_nobody_reaches_is_no_line() {
    let desk = Desk::of(1);
    desk.change(|frames| frames[0].number = u64::MAX);
    assert!(matches!(desk.log.append(act(2), NOW), Err(LogError::Damaged { after: 0, .. })));
    assert!(desk.findings().contains(&"what follows line 0 in the file is no line".to_owned()));
}

//! What must open opens; everything else fails and says no more than it may.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Barrier;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::*;

const HOLDER: Holder = Holder { member: 7, scope: 1 };
const PLACE: Place<'static> = Place { table: "answers", column: "note", member: 7, row: 12 };
const TEXT: &[u8] = b"slept badly, called my sponsor";

fn master() -> MasterKey {
    MasterKey::generate().unwrap()
}

fn key() -> MemberKey {
    MemberKey::generate().unwrap()
}

#[test]
fn a_sealed_text_opens_in_its_place() {
    let key = key();
    for length in [0, 1, 27, 28, 29, 60, 61, 4_000, MAX_PLAINTEXT] {
        let text = vec![b'x'; length];
        let sealed = seal(&key, PLACE, &text).unwrap();
        assert_eq!(*open(&key, PLACE, &sealed).unwrap(), text, "{length}");
    }
    assert_eq!(seal(&key, PLACE, &vec![0; MAX_PLAINTEXT + 1]), Err(VaultError::TooLong));
}

#[test]
fn a_sealed_text_opens_nowhere_else() {
    let key = key();
    let sealed = seal(&key, PLACE, TEXT).unwrap();
    for elsewhere in [
        Place { table: "plans", ..PLACE },
        Place { column: "mood", ..PLACE },
        Place { member: 8, ..PLACE },
        Place { row: 13, ..PLACE },
        Place { row: -12, ..PLACE },
        // The same letters, split elsewhere.
        Place { table: "answersn", column: "ote", ..PLACE },
        Place { table: "", column: "answersnote", ..PLACE },
        Place { table: "note", column: "answers", ..PLACE },
    ] {
        assert_eq!(open(&key, elsewhere, &sealed), Err(VaultError::WrongKeyOrPlace), "{elsewhere:?}");
    }
    assert_eq!(open(&self::key(), PLACE, &sealed), Err(VaultError::WrongKeyOrPlace), "another member's key");
}

#[test]
fn a_flipped_bit_anywhere_fails() {
    let key = key();
    let sealed = seal(&key, PLACE, TEXT).unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let expected = if bit < 8 { VaultError::UnknownVersion(changed[0]) } else { VaultError::WrongKeyOrPlace };
        assert_eq!(open(&key, PLACE, &changed), Err(expected), "bit {bit}");
    }
}

#[test]
fn a_value_cut_short_or_grown_fails() {
    let key = key();
    let sealed = seal(&key, PLACE, TEXT).unwrap();
    for length in 0..sealed.len() {
        let failed = open(&key, PLACE, &sealed[..length]).unwrap_err();
        let expected = if length == 24 + 1 + 16 + 32 { VaultError::WrongKeyOrPlace } else { VaultError::Truncated };
        assert_eq!(failed, expected, "{length}");
    }
    let mut grown = sealed.clone();
    grown.push(0);
    assert!(open(&key, PLACE, &grown).is_err());
}

#[test]
fn lengths_are_hidden_up_to_a_power_of_two() {
    let key = key();
    let size = |length: usize| seal(&key, PLACE, &vec![b'x'; length]).unwrap().len();
    assert_eq!((0..=28).map(size).collect::<HashSet<_>>(), HashSet::from([1 + 24 + 32 + 16]));
    assert_eq!((29..=60).map(size).collect::<HashSet<_>>(), HashSet::from([1 + 24 + 64 + 16]));
    assert_eq!((253..=508).map(size).collect::<HashSet<_>>(), HashSet::from([1 + 24 + 512 + 16]));
}

#[test]
fn the_same_text_is_sealed_differently_every_time() {
    let key = key();
    let sealed: HashSet<Vec<u8>> = (0..100).map(|_| seal(&key, PLACE, TEXT).unwrap()).collect();
    assert_eq!(sealed.len(), 100);
    for value in sealed {
        assert!(!value.windows(6).any(|part| TEXT.windows(6).any(|text| text == part)), "the text shows");
    }
}

#[test]
fn a_wrapped_key_opens_what_the_key_sealed() {
    let (master, key) = (master(), key());
    let sealed = seal(&key, PLACE, TEXT).unwrap();
    let wrapped = key.wrap(&master, HOLDER).unwrap();
    assert_eq!(wrapped.len(), 73);
    assert_ne!(wrapped, key.wrap(&master, HOLDER).unwrap(), "drawn anew every time");
    let same = MemberKey::from_wrapped(&master, HOLDER, &wrapped).unwrap();
    assert_eq!(*open(&same, PLACE, &sealed).unwrap(), TEXT);
}

#[test]
fn a_wrapped_key_opens_only_for_its_holder_and_its_master() {
    let master = master();
    let wrapped = key().wrap(&master, HOLDER).unwrap();
    let refused =
        |master: &MasterKey, holder, wrapped: &[u8]| MemberKey::from_wrapped(master, holder, wrapped).unwrap_err();
    let swapped = Holder { member: HOLDER.scope, scope: HOLDER.member };
    for holder in [Holder { member: 8, ..HOLDER }, Holder { scope: 2, ..HOLDER }, swapped] {
        assert_eq!(refused(&master, holder, &wrapped), VaultError::WrongKeyOrPlace);
    }
    assert_eq!(refused(&self::master(), HOLDER, &wrapped), VaultError::WrongKeyOrPlace);
    for length in 0..wrapped.len() {
        assert_eq!(refused(&master, HOLDER, &wrapped[..length]), VaultError::Truncated, "{length}");
    }
    for bit in 0..wrapped.len() * 8 {
        let mut changed = wrapped.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let expected = if bit < 8 { VaultError::UnknownVersion(changed[0]) } else { VaultError::WrongKeyOrPlace };
        assert_eq!(refused(&master, HOLDER, &changed), expected, "bit {bit}");
    }
    let mut grown = wrapped;
    grown.push(0);
    assert_eq!(refused(&master, HOLDER, &grown), VaultError::WrongKeyOrPlace);
}

#[test]
fn a_wrapped_key_is_no_sealed_value_and_the_other_way_round() {
    let (master, key) = (master(), key());
    let wrapped = key.wrap(&master, HOLDER).unwrap();
    let sealed = seal(&key, PLACE, b"short").unwrap();
    assert_eq!(wrapped.len(), sealed.len());
    assert!(open(&key, PLACE, &wrapped).is_err());
    assert!(MemberKey::from_wrapped(&master, HOLDER, &sealed).is_err());
}

#[test]
fn changing_the_master_key_keeps_every_value() {
    let (old, new, key) = (master(), master(), key());
    let sealed = seal(&key, PLACE, TEXT).unwrap();
    let wrapped = rewrap(&old, &new, HOLDER, &key.wrap(&old, HOLDER).unwrap()).unwrap();
    let same = MemberKey::from_wrapped(&new, HOLDER, &wrapped).unwrap();
    assert_eq!(*open(&same, PLACE, &sealed).unwrap(), TEXT);
    assert_eq!(MemberKey::from_wrapped(&old, HOLDER, &wrapped).err(), Some(VaultError::WrongKeyOrPlace));
    assert_eq!(rewrap(&old, &new, HOLDER, &wrapped), Err(VaultError::WrongKeyOrPlace), "a second time");
}

#[test]
fn the_vault_seals_and_opens_with_wrapped_keys() {
    let vault = Vault::new(master());
    let wrapped = vault.new_wrapped_key(HOLDER).unwrap();
    let sealed = vault.seal(&wrapped, HOLDER.scope, PLACE, TEXT).unwrap();
    assert_eq!(*vault.open(&wrapped, HOLDER.scope, PLACE, &sealed).unwrap(), TEXT);
    assert_eq!(vault.open(&wrapped, 2, PLACE, &sealed), Err(VaultError::WrongKeyOrPlace));
    let other = Place { member: 8, ..PLACE };
    assert_eq!(vault.open(&wrapped, HOLDER.scope, other, &sealed), Err(VaultError::WrongKeyOrPlace));
}

#[test]
fn a_forgotten_member_who_comes_back_gets_another_key() {
    let vault = Vault::new(master());
    let before = vault.new_wrapped_key(HOLDER).unwrap();
    let elsewhere = Holder { scope: 2, ..HOLDER };
    let beside = vault.new_wrapped_key(elsewhere).unwrap();
    let sealed = vault.seal(&before, 1, PLACE, TEXT).unwrap();
    vault.seal(&beside, 2, PLACE, TEXT).unwrap();
    assert_eq!(vault.cache.holders().len(), 2);
    vault.forget(8);
    assert_eq!(vault.cache.holders().len(), 2, "somebody else");
    vault.forget(7);
    assert!(vault.cache.holders().is_empty(), "gone in every scope");
    // Even without `forget` the old key is not taken for the new one.
    vault.seal(&before, 1, PLACE, TEXT).unwrap();
    let after = vault.new_wrapped_key(HOLDER).unwrap();
    assert_eq!(vault.open(&after, 1, PLACE, &sealed), Err(VaultError::WrongKeyOrPlace));
}

#[test]
fn the_memory_of_keys_is_bounded_and_keeps_those_in_use() {
    let vault = Vault::new(master());
    let wrapped: Vec<(u64, Vec<u8>)> = (0..MAX_CACHED_KEYS as u64 + 50)
        .map(|member| (member, vault.new_wrapped_key(Holder { member, scope: 0 }).unwrap()))
        .collect();
    for (member, wrapped_key) in &wrapped {
        vault.seal(wrapped_key, 0, Place { member: *member, ..PLACE }, TEXT).unwrap();
        vault.seal(&wrapped[0].1, 0, Place { member: 0, ..PLACE }, TEXT).unwrap();
    }
    let kept = vault.cache.holders();
    assert_eq!(kept.len(), MAX_CACHED_KEYS);
    assert!(kept.contains(&Holder { member: 0, scope: 0 }), "used all the time");
    assert!(!kept.contains(&Holder { member: 1, scope: 0 }), "used longest ago");
}

#[test]
fn nothing_prints_a_key_or_a_text() {
    let master = master();
    let line = master.to_line();
    let secret = line.trim().rsplit(':').next().unwrap().to_owned();
    let shown = format!("{master:?} {:?} {:?}", key(), Vault::new(MasterKey::from_text(&line).unwrap()));
    assert!(!shown.contains(&secret), "{shown}");
    assert!(shown.contains("MemberKey(..)"), "{shown}");
}

#[test]
fn errors_are_sentences_without_content() {
    for (error, sentence) in [
        (VaultError::Truncated, "the sealed value is cut short"),
        (VaultError::UnknownVersion(9), "the sealed value has version 9, which this program does not know"),
        (VaultError::WrongKeyOrPlace, "the sealed value does not open with this key in this place"),
        (VaultError::TooLong, "the text is too long to be sealed"),
    ] {
        assert_eq!(error.to_string(), sentence);
    }
}

/// 32 bytes 0, 1, 2 ... 31.
const KNOWN: &str = "daymark-key-v1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Made by an independent implementation of HKDF-SHA256 and XChaCha20-Poly1305, from the formats as documented.
const FINGERPRINT_OF_KNOWN: &str = "cd83326e3840a5bb";
const WRAPPED_BY_KNOWN: &str =
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFzMxX0KREiQAv8yUnsEMGEtU/bvj3y+C58Iz08fsPNekCyol7+R1ZQUKpjYYcXEeig==";
const SEALED_UNDER_IT: &str =
    "ATIzNDU2Nzg5Ojs8PT4/QEFCQ0RFRkdISZ2K64E3vHqBuaJv6DoKQ+HMf43omz3WuzRVRjwncs/QrDWW6AVxDouO/EbrEx7XiA==";

#[test]
fn the_formats_of_version_1_never_change() {
    // Fixed for ever: if this fails, no installation can read what it keeps.
    let bytes = |text| STANDARD.decode(text).unwrap();
    let master = MasterKey::from_text(KNOWN).unwrap();
    assert_eq!(master.fingerprint(), FINGERPRINT_OF_KNOWN);
    let key = MemberKey::from_wrapped(&master, HOLDER, &bytes(WRAPPED_BY_KNOWN)).unwrap();
    assert_eq!(*open(&key, PLACE, &bytes(SEALED_UNDER_IT)).unwrap(), b"kept from version 1");
}

#[test]
fn a_key_is_read_from_its_text() {
    let master = MasterKey::from_text(KNOWN).unwrap();
    assert_eq!(*master.to_line(), format!("{KNOWN}\n"));
    assert_eq!(MasterKey::from_text(&format!("\n {KNOWN}\r\n")).unwrap().fingerprint(), master.fingerprint());
    assert_ne!(self::master().fingerprint(), self::master().fingerprint());
    let (whole, short) = (KNOWN.to_owned(), &KNOWN[..KNOWN.len() - 5]);
    for (text, why) in [
        ("", KeyTextError::Empty),
        (" \n", KeyTextError::Empty),
        ("daymark-key-v", KeyTextError::Truncated),
        ("daymark-key-v1:", KeyTextError::Truncated),
        (short, KeyTextError::Truncated),
        (&format!("{whole}AAAA"), KeyTextError::Damaged),
        (&whole.replace("AAEC", "AA*C"), KeyTextError::Damaged),
        (&whole.replace("8=", "9="), KeyTextError::Damaged),
        (&whole.replace("8=", "AA"), KeyTextError::Damaged),
        (&format!("{whole}\n{whole}"), KeyTextError::Damaged),
        (&whole.replace("v1", "v2"), KeyTextError::UnknownVersion),
        (&whole.replace("v1", "v0"), KeyTextError::NotAKey),
        ("-----BEGIN PRIVATE KEY-----", KeyTextError::NotAKey),
        ("é", KeyTextError::NotAKey),
    ] {
        let failed = MasterKey::from_text(text).unwrap_err();
        assert_eq!(failed, why, "{text:?}");
        assert!(!failed.to_string().contains("AAEC"));
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_first_start_makes_the_key_file_and_the_next_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("daymark.key");
    assert!(matches!(MasterKey::load(&path), Err(KeyFileError::Missing(_))));
    let first = MasterKey::load_or_create(&path).unwrap();
    let written = fs::read(&path).unwrap();
    assert_eq!(written.len(), KNOWN.len() + 1);
    assert_eq!(MasterKey::load_or_create(&path).unwrap().fingerprint(), first.fingerprint());
    assert_eq!(MasterKey::load(&path).unwrap().fingerprint(), first.fingerprint());
    assert_eq!(fs::read(&path).unwrap(), written, "never written again");
    assert_eq!(names_in(folder.path()), ["daymark.key"], "no draft stays behind");
}

#[cfg(unix)]
#[test]
fn the_key_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my key");
    MasterKey::load_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    for mode in [0o644, 0o640, 0o604, 0o660, 0o601, 0o777] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let told = MasterKey::load_or_create(&path).unwrap_err().to_string();
        let fix = format!("(mode {mode:03o}); run: chmod 600 '{}'", path.display());
        assert!(told.ends_with(&fix), "{told}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "left as it is");
    }
    for mode in [0o400, 0o600] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(MasterKey::load_or_create(&path).is_ok(), "{mode:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_no_key_is_refused_and_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let large = "x".repeat(5_000);
    for (content, why) in [
        ("", "cannot be used: the key is empty"),
        (&KNOWN[..40], "cannot be used: the key is cut short"),
        ("hello", "cannot be used: this is not a key of Daymark"),
        (&large, "is not a key file"),
    ] {
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let told = MasterKey::load_or_create(&path).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
    let told = MasterKey::load_or_create(folder.path()).unwrap_err().to_string();
    assert!(told.ends_with("is not a key file"), "{told}");
    // A folder that is missing is made; one that cannot be is said.
    let nowhere = path.join("below/a/file/key");
    let told = MasterKey::load_or_create(&nowhere).unwrap_err();
    assert!(matches!(told, KeyFileError::Create { .. } | KeyFileError::Read { .. }), "{told}");
}

#[test]
fn starting_many_at_once_gives_all_the_same_key() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let gate = Barrier::new(8);
        let fingerprints: HashSet<String> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        MasterKey::load_or_create(&path).unwrap().fingerprint().to_owned()
                    })
                })
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert_eq!(fingerprints.len(), 1);
        assert_eq!(names_in(folder.path()), ["key"]);
    }
}

proptest! {
    #[test]
    fn opening_anything_never_panics(mut bytes in prop::collection::vec(any::<u8>(), 0..200), versioned: bool) {
        if versioned && !bytes.is_empty() {
            bytes[0] = 1;
        }
        let (master, key) = (master(), key());
        prop_assert!(open(&key, PLACE, &bytes).is_err());
        prop_assert!(MemberKey::from_wrapped(&master, HOLDER, &bytes).is_err());
    }

    #[test]
    fn every_text_comes_back(text in prop::collection::vec(any::<u8>(), 0..600), table in ".{0,9}", column in ".{0,9}", member: u64, row: i64) {
        let key = key();
        let place = Place { table: &table, column: &column, member, row };
        let sealed = seal(&key, place, &text).unwrap();
        prop_assert_eq!(&*open(&key, place, &sealed).unwrap(), &text);
        prop_assert!((sealed.len() - 41).is_power_of_two());
        if !(table.is_empty() && column.is_empty()) {
            let other = Place { table: &column, column: &table, member, row };
            prop_assert_eq!(open(&key, other, &sealed).is_ok(), table == column);
        }
    }

    #[test]
    fn reading_any_text_as_a_key_never_panics(text in "(daymark-key-v[0-9]{0,3}:?)?\\PC{0,60}") {
        let _ = MasterKey::from_text(&text);
    }
}

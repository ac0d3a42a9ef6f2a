//! Small sealed tokens: facts that travel through somebody else's hands, such as a button's custom id,
//! and come back unread and unchanged. They need no row in any database.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};

use super::VaultError;
use super::master::{MasterKey, random};

/// Bytes of the nonce before the sealed part.
const NONCE_BYTES: usize = 24;

/// Seals `fact` for one purpose, as letters that a custom id or an address can carry: 40 bytes more than
/// the fact, then four letters for three bytes.
pub(super) fn seal(master: &MasterKey, purpose: &str, fact: &[u8]) -> Result<String, VaultError> {
    let mut nonce = [0_u8; NONCE_BYTES];
    random(&mut nonce)?;
    let payload = Payload { msg: fact, aad: purpose.as_bytes() };
    let sealed = cipher(master).encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| VaultError::TooLong)?;
    Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
}

/// Opens what [`seal`] made for the same purpose under the same operator's key.
pub(super) fn open(master: &MasterKey, purpose: &str, token: &str) -> Result<Vec<u8>, VaultError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| VaultError::WrongKeyOrPlace)?;
    let Some((nonce, sealed)) = bytes.split_first_chunk::<NONCE_BYTES>() else {
        return Err(VaultError::Truncated);
    };
    let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
    cipher(master).decrypt(XNonce::from_slice(nonce), payload).map_err(|_| VaultError::WrongKeyOrPlace)
}

fn cipher(master: &MasterKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(master.tokens()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_only_for_its_purpose_and_unchanged() {
        let (master, other) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        let token = seal(&master, "tickets", b"fact").unwrap();
        assert_eq!(open(&master, "tickets", &token).unwrap(), b"fact");
        assert!(open(&master, "doors", &token).is_err());
        assert!(open(&other, "tickets", &token).is_err());
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(changed == token || open(&master, "tickets", &changed).is_err(), "letter {at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_token_makes_it_panic(token in ".{0,120}") {
            let master = MasterKey::generate().unwrap();
            proptest::prop_assert!(open(&master, "tickets", &token).is_err());
        }
    }
}

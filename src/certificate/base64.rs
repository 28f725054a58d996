//! Base64 (RFC 4648, standard alphabet with padding), strict: one text for one sequence of bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The text of bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text; nothing when it is not the text that [`encode`] gives for them.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    (encode(&bytes) == text).then_some(bytes)
}

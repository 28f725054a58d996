//! What is wrong with a text that is not JSON, in the words of its author.

use super::finding::quoted;

/// Found, expected and what to change, for the text at the offset where the parser stopped.
pub(super) struct Complaint {
    pub(super) code: &'static str,
    pub(super) found: String,
    pub(super) expected: String,
    pub(super) fix: String,
    /// Length in bytes of what was found.
    pub(super) length: usize,
}

/// Where the offending token begins: the parser reports where it stopped, which may be inside a word
/// or a number.
pub(super) fn token_start(text: &str, offset: usize) -> usize {
    let part_of_word =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
    let bytes = text.as_bytes();
    let mut start = offset.min(text.len());
    if start == text.len() || part_of_word(bytes[start]) {
        while start > 0 && part_of_word(bytes[start - 1]) {
            start -= 1;
        }
    }
    start
}

/// Explains the parser's message `reason` for the token at byte `offset`, or for the end of the text if
/// the parser ran out of it.
pub(super) fn complaint(text: &str, offset: usize, reason: &str, ended: bool) -> Complaint {
    let token = if ended { "" } else { token_at(text, offset) };
    let wanted = reason.strip_prefix("expected ");
    let out_of_range = reason.contains("out of range");
    let (code, expected, fix) = match token {
        "" => (
            "unexpected-end",
            rest_of(reason),
            "add what is missing; most often a closing quote, brace or bracket",
        ),
        _ if out_of_range => (
            "number-out-of-range",
            "a number that a 64-bit float can hold",
            "write a finite number of ordinary size",
        ),
        _ if is_non_finite(token) => (
            "not-a-finite-number",
            "a finite number",
            "write a number, or leave the key out if it is optional",
        ),
        _ if token.starts_with("//") || token.starts_with("/*") => (
            "comment",
            "JSON, which has no comments",
            "remove the comment; a description goes into `description`",
        ),
        _ if token.starts_with('\'') => (
            "single-quote",
            "a string in double quotes",
            "write \" instead of '",
        ),
        _ if reason.contains("trailing comma") => (
            "trailing-comma",
            "a value after the comma",
            "remove the comma before the closing bracket",
        ),
        _ if reason.contains("trailing characters") => (
            "trailing-text",
            "the end of the file after the first value",
            "remove what follows the first value",
        ),
        _ if reason.contains("number") => (
            "malformed-number",
            "a decimal number such as 0.75 or 1e-3, without leading zeros or a plus sign",
            "write the number in that form",
        ),
        _ => (
            "malformed-json",
            match wanted {
                // The parser's word for what begins like true, false or null.
                Some("ident") => "true, false, null, or text in quotation marks",
                wanted => wanted.unwrap_or("strict JSON (RFC 8259)"),
            },
            "correct the JSON at this place, or just before it",
        ),
    };
    Complaint {
        code,
        found: if token.is_empty() {
            "the text ends too early".to_owned()
        } else if code == "malformed-json" && wanted.is_none() {
            format!("`{}`, {reason}", quoted(token))
        } else {
            format!("`{}`", quoted(token))
        },
        expected: expected.to_owned(),
        fix: fix.to_owned(),
        length: token.len(),
    }
}

/// What a text that ends too early still owes.
fn rest_of(reason: &str) -> &'static str {
    ["object", "list", "string"]
        .iter()
        .position(|kind| reason.ends_with(kind))
        .map_or("a complete JSON value", |which| {
            [
                "the rest of the object",
                "the rest of the list",
                "the rest of the string",
            ][which]
        })
}

/// The word, number or single character at the offset; empty at the end of the text.
fn token_at(text: &str, offset: usize) -> &str {
    let rest = &text[offset.min(text.len())..];
    let word = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_')))
        .unwrap_or(rest.len());
    let length = match (word, rest.chars().next()) {
        (0, Some('/')) => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        (0, Some(first)) => first.len_utf8(),
        (word, _) => word,
    };
    &rest[..length]
}

/// The spellings of infinity and not-a-number in other languages.
fn is_non_finite(token: &str) -> bool {
    let bare = token.trim_start_matches(['+', '-']).to_ascii_lowercase();
    matches!(bare.as_str(), "nan" | "inf" | "infinity")
}

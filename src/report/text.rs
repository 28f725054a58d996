//! What the forms for pipelines share: texts made safe for them, places, marks by which results are told apart.

use crate::source::Place;
use sha2::{Digest, Sha256};

/// A path as a URI reference (RFC 3986): everything outside the unreserved characters and `/` is
/// percent-encoded, an absolute path has the scheme `file`.
pub(crate) fn address(path: &str) -> String {
    let mut address = String::new();
    if path.starts_with('/') {
        address.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Text for an attribute or an element. What XML 1.0 cannot hold becomes the replacement character.
pub(crate) fn escaped_xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\n' => safe.push_str("&#10;"),
            '\r' => safe.push_str("&#13;"),
            '\t' => safe.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// Text that Markdown would read as markup, made harmless.
pub(crate) fn plain_markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~' => {
                shown.push('\\');
                shown.push(character);
            }
            '\n' | '\r' => shown.push(' '),
            _ => shown.push(character),
        }
    }
    shown
}

/// Message of a workflow command.
pub(crate) fn annotation_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Property of a workflow command.
pub(crate) fn annotation_property(text: &str) -> String {
    annotation_data(text)
        .replace(':', "%3A")
        .replace(',', "%2C")
}

/// Where a workflow command points: the file and its lines, and columns where they are of one line, the last of which is
/// the last character.
pub(crate) fn annotation_place(file: &str, place: Place) -> String {
    let mut text = format!(
        "file={},line={},endLine={},",
        annotation_property(file),
        place.line,
        place.end_line
    );
    if place.line == place.end_line {
        let last = place.end_column.saturating_sub(1).max(place.column);
        text += &format!("col={},endColumn={last},", place.column);
    }
    text
}

/// What SARIF tells one result from another by: sixteen bytes of the digest of some texts.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_an_address() {
        assert_eq!(address("a b/µ.json"), "a%20b/%C2%B5.json");
        assert_eq!(address("/d/x#1.json"), "file:///d/x%231.json");
        assert_eq!(address("c:/x"), "c%3A/x");
    }

    #[test]
    fn nothing_ends_an_attribute_and_nothing_is_no_xml() {
        assert_eq!(
            escaped_xml("\"<a>&'\n\u{1}"),
            "&quot;&lt;a&gt;&amp;&apos;&#10;\u{fffd}"
        );
    }

    #[test]
    fn markup_in_names_is_text() {
        assert_eq!(plain_markdown("a_b|<c>\n*"), "a\\_b\\|\\<c\\> \\*");
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(
            annotation_data("50 %\r\n::error::x"),
            "50 %25%0D%0A::error::x"
        );
        assert_eq!(annotation_property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}

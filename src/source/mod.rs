//! Strict JSON with the position of every value.
//!
//! `serde_json` decides what JSON is and gives the value; `jsonc-parser`, with every leniency off, gives
//! the positions. Both are recursive, so the nesting is measured first by a pass without recursion. What
//! `serde_json` lets through and a judge may not (a key that occurs twice, of which it silently keeps
//! the last) is refused here.

mod finding;
mod nearest;
mod place;
pub mod pointer;
mod scan;
mod spans;
mod syntax;
mod value;

pub use finding::{Excerpt, Finding, escaped, is_unseen, quoted};
pub use nearest::nearest;
pub use place::Place;
pub use value::value;

use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use place::Lines;
use scan::Excess;
use serde_json::Value;
use spans::{Bytes, Duplicate, Span};
use std::fmt;

/// Deepest nesting of a document; a design needs about ten levels.
pub const MAXIMUM_DEPTH: usize = 64;

/// Longest document in bytes. A candidate takes some five kilobytes; this bounds memory, not use.
pub const MAXIMUM_BYTES: usize = 16 << 20;

/// Most tokens (values, keys and punctuation) of a document; a candidate has some four hundred. Bounds
/// memory for texts that pack a value into two bytes.
pub const MAXIMUM_TOKENS: usize = 2_000_000;

/// Why a text is no document: one finding or, for duplicate keys, several.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub struct SourceError {
    /// At least one.
    pub findings: Vec<Finding>,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{finding}")?;
        }
        Ok(())
    }
}

/// A JSON text, its value and the position of each of its values.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    text: String,
    lines: Lines,
    root: Span,
    value: Value,
}

impl Document {
    /// Reads a document from bytes as they came from a file. `name` is what messages call it.
    ///
    /// # Errors
    /// As [`Document::parse`], and when the bytes are too many or not UTF-8.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
        if bytes.len() > MAXIMUM_BYTES {
            let text = String::new();
            let draft = Draft::new(name, &text);
            return Err(draft.refuse(
                "file-too-large",
                (0, 0),
                format!("more than {} MiB", MAXIMUM_BYTES >> 20),
                format!("at most {} MiB", MAXIMUM_BYTES >> 20),
                "split the candidates over several files",
            ));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Document::parse(name, text),
            Err(error) => {
                let good = error.valid_up_to();
                let text = String::from_utf8_lossy(bytes);
                Err(Draft::new(name, &text).refuse(
                    "not-utf-8",
                    (good, good + char::REPLACEMENT_CHARACTER.len_utf8()),
                    format!("byte 0x{:02x} at offset {good}", bytes[good]),
                    "UTF-8 text".to_owned(),
                    "save the file as UTF-8",
                ))
            }
        }
    }

    /// Reads a document from text. `name` is what messages call it.
    ///
    /// # Errors
    /// When the text is not strict JSON, nests deeper than [`MAXIMUM_DEPTH`], begins with a byte order
    /// mark, has a number that no 64-bit float holds, or has an object with a key twice.
    pub fn parse(name: &str, text: &str) -> Result<Document, SourceError> {
        let draft = Draft::new(name, text);
        draft.check_before_parsing()?;
        let value: Value = serde_json::from_str(text).map_err(|error| draft.explain(&error))?;
        let root = draft.positions()?;
        Ok(Document {
            name: name.to_owned(),
            text: text.to_owned(),
            lines: draft.lines,
            root,
            value,
        })
    }

    /// What messages call the document.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Place of the value at a JSON pointer, or of the nearest enclosing value that exists.
    pub fn locate(&self, pointer: &str) -> Place {
        let span = self.span(pointer);
        self.lines.place(&self.text, span.value.0, span.value.1)
    }

    /// Place of the key of the member at a JSON pointer; of the value if it is no member.
    pub fn locate_key(&self, pointer: &str) -> Place {
        let span = self.span(pointer);
        let (start, end) = span.key.unwrap_or(span.value);
        self.lines.place(&self.text, start, end)
    }

    /// The source line of a place, to be shown above a caret.
    pub fn excerpt(&self, place: Place) -> Excerpt {
        Excerpt::of(self.lines.line(&self.text, place.line), place)
    }

    fn span(&self, pointer: &str) -> &Span {
        let (mut span, mut value) = (&self.root, &self.value);
        for step in pointer::steps(pointer) {
            let next = match value {
                Value::Object(map) => map.keys().position(|key| *key == step),
                Value::Array(_) => step.parse().ok(),
                _ => None,
            };
            let child = next.and_then(|index| span.children.get(index));
            let inner = match value {
                Value::Object(map) => map.get(&step),
                Value::Array(list) => next.and_then(|index| list.get(index)),
                _ => None,
            };
            match (child, inner) {
                (Some(child), Some(inner)) => (span, value) = (child, inner),
                _ => break,
            }
        }
        span
    }
}

/// A text on its way to becoming a document.
struct Draft<'t> {
    name: &'t str,
    text: &'t str,
    lines: Lines,
}

impl<'t> Draft<'t> {
    fn new(name: &'t str, text: &'t str) -> Draft<'t> {
        Draft {
            name,
            text,
            lines: Lines::of(text),
        }
    }

    /// What must be known before a recursive parser sees the text.
    fn check_before_parsing(&self) -> Result<(), SourceError> {
        if self.text.starts_with('\u{feff}') {
            return Err(self.refuse(
                "byte-order-mark",
                (0, '\u{feff}'.len_utf8()),
                "a byte order mark before the JSON".to_owned(),
                "UTF-8 without a byte order mark".to_owned(),
                "save the file as UTF-8 without BOM",
            ));
        }
        if self.text.trim().is_empty() {
            return Err(self.refuse(
                "empty-file",
                (0, 0),
                "an empty file".to_owned(),
                "one JSON object".to_owned(),
                "start from what `init` writes, or from a file in `designs/` or `standards/`",
            ));
        }
        match scan::first_excess(self.text, MAXIMUM_DEPTH, MAXIMUM_TOKENS) {
            None => Ok(()),
            Some(Excess::Depth(offset)) => Err(self.refuse(
                "nested-too-deeply",
                (offset, offset + 1),
                format!("more than {MAXIMUM_DEPTH} brackets within each other"),
                format!("at most {MAXIMUM_DEPTH} levels"),
                "remove the superfluous brackets",
            )),
            Some(Excess::Tokens(offset)) => Err(self.refuse(
                "file-too-large",
                (offset, offset + 1),
                format!("more than {MAXIMUM_TOKENS} values, keys and punctuation marks"),
                format!("at most {MAXIMUM_TOKENS}"),
                "split the candidates over several files",
            )),
        }
    }

    /// Positions of all values, or a finding for each key that occurs twice.
    fn positions(&self) -> Result<Span, SourceError> {
        let collect = CollectOptions {
            comments: CommentCollectionStrategy::Off,
            tokens: false,
        };
        let strict = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        let parsed = parse_to_ast(self.text, &collect, &strict).map_err(|error| {
            let range = error.range();
            self.unlocatable((range.start, range.end), &error.to_string())
        })?;
        let ast = parsed
            .value
            .ok_or_else(|| self.unlocatable((0, 0), "no value"))?;
        let mut duplicates = Vec::new();
        let root = spans::collect(&ast, "", &mut duplicates);
        if duplicates.is_empty() {
            return Ok(root);
        }
        let findings = duplicates.iter().map(|twice| self.duplicate(twice));
        Err(SourceError {
            findings: findings.collect(),
        })
    }

    /// The two parsers disagree; rather no verdict than one that cannot point at its input.
    fn unlocatable(&self, at: Bytes, reason: &str) -> SourceError {
        self.refuse(
            "malformed-json",
            at,
            quoted(reason),
            "strict JSON (RFC 8259)".to_owned(),
            "write this place in the plainest form of JSON",
        )
    }

    fn duplicate(&self, twice: &Duplicate) -> Finding {
        let first = self.lines.place(self.text, twice.first.0, twice.first.1);
        Finding {
            pointer: twice.pointer.clone(),
            related: Some((first, "first stated at".to_owned())),
            ..self.finding(
                "duplicate-key",
                twice.second,
                format!(
                    "key `{}` a second time in the same object",
                    quoted(&twice.key)
                ),
                "every key once".to_owned(),
                "keep one of the two",
            )
        }
    }

    /// Turns the parser's complaint into ours, with the place in characters and the JSON pointer.
    fn explain(&self, error: &serde_json::Error) -> SourceError {
        let start = if error.is_eof() {
            self.text.trim_end().len()
        } else {
            let (line, column) = (error.line().max(1), error.column().max(1));
            let stopped = self.lines.offset_of_byte_column(self.text, line, column);
            syntax::token_start(self.text, stopped)
        };
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or(&message);
        let complaint = syntax::complaint(self.text, start, reason, error.is_eof());
        self.refuse(
            complaint.code,
            (start, start + complaint.length),
            complaint.found,
            complaint.expected,
            &complaint.fix,
        )
    }

    fn refuse(
        &self,
        code: &'static str,
        at: Bytes,
        found: String,
        expected: String,
        fix: &str,
    ) -> SourceError {
        SourceError {
            findings: vec![self.finding(code, at, found, expected, fix)],
        }
    }

    fn finding(
        &self,
        code: &'static str,
        at: Bytes,
        found: String,
        expected: String,
        fix: &str,
    ) -> Finding {
        let place = self.lines.place(self.text, at.0, at.1);
        Finding {
            code,
            file: self.name.to_owned(),
            place,
            pointer: scan::pointer_at(self.text, at.0),
            found,
            expected,
            fix: fix.to_owned(),
            excerpt: Excerpt::of(self.lines.line(self.text, place.line), place),
            related: None,
        }
    }
}

#[cfg(test)]
mod tests;

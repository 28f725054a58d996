//! One thing that is wrong with a file, told so that its author can put it right.

use super::place::Place;
use std::fmt;

/// One thing that is wrong with a file. Not an error of the program: a result, with a stable code that
/// reads well after "allow …".
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable code, for example `unknown-key`.
    pub code: &'static str,
    /// The file's name as the user gave it.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// JSON pointer of the value concerned; empty for the whole document.
    pub pointer: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to change.
    pub fix: String,
    /// The source line at the place, to be shown above a caret; empty when there is none.
    pub excerpt: Excerpt,
    /// A second place that explains the first, for example the earlier of two equal keys.
    pub related: Option<(Place, String)>,
}

/// A source line, cut around the place if it is long, with control characters made harmless.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Excerpt {
    /// The characters shown.
    pub text: String,
    /// Characters of `text` before the caret.
    pub caret_start: usize,
    /// Number of caret characters, at least 1.
    pub caret_length: usize,
}

/// Longest excerpt and longest quoted value in a message, in characters.
const SHOWN_CHARACTERS: usize = 96;

impl Excerpt {
    /// Cuts `line` around the part of `place` that lies on its first line.
    pub(super) fn of(line: &str, place: Place) -> Excerpt {
        let length = line.chars().count();
        let start = place.column.saturating_sub(1).min(length);
        let end = if place.end_line == place.line {
            place.end_column.saturating_sub(1)
        } else {
            length
        };
        let first = if length <= SHOWN_CHARACTERS {
            0
        } else {
            start.saturating_sub(SHOWN_CHARACTERS / 2)
        };
        let text: String = line
            .chars()
            .skip(first)
            .take(SHOWN_CHARACTERS)
            .map(|character| {
                if character.is_control() {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        let room = text.chars().count().saturating_sub(start - first).max(1);
        Excerpt {
            text,
            caret_start: start - first,
            caret_length: end.saturating_sub(start).clamp(1, room),
        }
    }
}

impl fmt::Display for Finding {
    /// Several lines in the manner of `rustc`, without a line break at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, .. } = self.place;
        writeln!(f, "error[{}]: {}", self.code, self.found)?;
        let width = line.to_string().len();
        writeln!(f, "{:width$}--> {}:{line}:{column}", "", self.file)?;
        if !self.excerpt.text.trim().is_empty() {
            writeln!(f, "{:width$} |", "")?;
            writeln!(f, "{line} | {}", self.excerpt.text.trim_end())?;
            let carets = "^".repeat(self.excerpt.caret_length);
            writeln!(
                f,
                "{:width$} | {:2$}{carets}",
                "", "", self.excerpt.caret_start
            )?;
        }
        let pointer = if self.pointer.is_empty() {
            "the whole document"
        } else {
            &self.pointer
        };
        writeln!(f, "{:width$} = at: {pointer}", "")?;
        if let Some((place, note)) = &self.related {
            writeln!(
                f,
                "{:width$} = {note}: {}:{}:{}",
                "", self.file, place.line, place.column
            )?;
        }
        writeln!(f, "{:width$} = expected: {}", "", self.expected)?;
        write!(f, "{:width$} = change: {}", "", self.fix)
    }
}

/// Control characters, those that join, part or turn the text around them (Unicode Standard Annex 9, table 4), and those that
/// have no shape of their own.
pub fn is_unseen(c: char) -> bool {
    let hidden = [
        '\u{AD}'..='\u{AD}',
        '\u{61C}'..='\u{61C}',
        '\u{115F}'..='\u{1160}',
        '\u{180B}'..='\u{180F}',
        '\u{3164}'..='\u{3164}',
        '\u{FE00}'..='\u{FE0F}',
        '\u{E0000}'..='\u{E0FFF}',
        '\u{200B}'..='\u{200F}',
        '\u{2028}'..='\u{202E}',
        '\u{2060}'..='\u{2069}',
    ];
    c.is_control() || c == '\u{FEFF}' || hidden.iter().any(|range| range.contains(&c))
}

/// Text from a file as it may be shown in a message: characters that are not seen escaped.
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unseen(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Text from a file as it may be quoted in a message: control characters escaped, long text cut.
pub fn quoted(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(SHOWN_CHARACTERS)
        .flat_map(|character| {
            let plain = !character.is_control();
            let escaped = (!plain).then(|| character.escape_default()).into_iter();
            plain
                .then_some(character)
                .into_iter()
                .chain(escaped.flatten())
        })
        .collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

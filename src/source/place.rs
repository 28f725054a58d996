//! Where something stands in a text: byte offsets to lines and columns.

use serde::Serialize;

/// A region of a text. Lines and columns count from 1, columns in characters (not bytes), and the end
/// is the column after the last character, as editors and SARIF have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// First line.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

impl Place {
    /// The first character of a text, for what has no better place.
    pub const START: Place = Place {
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
}

/// Byte offsets at which the lines of a text begin.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Lines {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(offset, _)| offset + 1);
        Lines {
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    /// Line and column of a byte offset; an offset inside a character counts as that character.
    fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let column = text[start..]
            .char_indices()
            .take_while(|(at, character)| start + at + character.len_utf8() <= offset)
            .count();
        (line, column + 1)
    }

    /// The place of the bytes `start..end`.
    pub(super) fn place(&self, text: &str, start: usize, end: usize) -> Place {
        let (line, column) = self.position(text, start);
        let (end_line, end_column) = self.position(text, end.max(start));
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// Byte offset of a line and a 1-based column in bytes, which is how `serde_json` counts.
    pub(super) fn offset_of_byte_column(&self, text: &str, line: usize, column: usize) -> usize {
        let start = line
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .copied()
            .unwrap_or(text.len());
        let mut offset = (start + column.saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// Text of a line without its line break.
    pub(super) fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(text.len());
        let rest = &text[start..];
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn columns_count_characters_and_lines_end_with_either_break() {
        let text = "a\r\nµm = \"°\"\nz";
        let lines = Lines::of(text);
        let at = text.find('=').unwrap();
        let place = lines.place(text, at, at + 1);
        assert_eq!((place.line, place.column, place.end_column), (2, 4, 5));
        assert_eq!(lines.line(text, 1), "a");
        assert_eq!(lines.line(text, 2), "µm = \"°\"");
        assert_eq!(lines.place(text, text.len(), text.len()).line, 3);
        assert_eq!(lines.line(text, 9), "");
    }

    #[test]
    fn an_offset_within_a_character_counts_as_that_character() {
        let text = "µµ";
        let lines = Lines::of(text);
        assert_eq!(lines.place(text, 1, 3).column, 1);
        assert_eq!(lines.offset_of_byte_column(text, 1, 2), 0);
        assert_eq!(lines.offset_of_byte_column(text, 7, 2), text.len());
    }
}

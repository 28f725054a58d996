//! A first pass over the tokens that needs no stack: how deep a text nests and how much it
//! holds, and which value encloses
//! an offset of a text that is not valid JSON.

use super::pointer;
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

/// Tokens of strict JSON only.
const STRICT: ScannerOptions = ScannerOptions {
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// A bound that a text passes, with the byte offset where it does.
#[derive(Debug, PartialEq)]
pub(super) enum Excess {
    /// A bracket nests too deeply.
    Depth(usize),
    /// A token is one too many.
    Tokens(usize),
}

/// The first bound that a text passes. A text that stops being JSON before that is left to the parser,
/// which has more to say about it.
pub(super) fn first_excess(text: &str, depth_limit: usize, token_limit: usize) -> Option<Excess> {
    let mut scanner = Scanner::new(text, &STRICT);
    let mut depth = 0_usize;
    let mut tokens = 0_usize;
    while let Ok(Some(token)) = scanner.scan() {
        match token {
            Token::OpenBrace | Token::OpenBracket => depth += 1,
            Token::CloseBrace | Token::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
        if depth > depth_limit {
            return Some(Excess::Depth(scanner.token_start()));
        }
        if tokens > token_limit {
            return Some(Excess::Tokens(scanner.token_start()));
        }
    }
    None
}

/// One open bracket of a text.
enum Open {
    /// Object with the key that was read last, and whether its colon has been read.
    Object(String, bool),
    /// Array with the index of the current element.
    Array(usize),
}

/// JSON pointer of the innermost value that encloses the byte `offset`, as far as the text can be read.
pub(super) fn pointer_at(text: &str, offset: usize) -> String {
    let mut scanner = Scanner::new(text, &STRICT);
    let mut open: Vec<Open> = Vec::new();
    while let Ok(Some(token)) = scanner.scan() {
        if scanner.token_start() >= offset {
            break;
        }
        match (token, open.last_mut()) {
            (Token::OpenBrace, _) => open.push(Open::Object(String::new(), false)),
            (Token::OpenBracket, _) => open.push(Open::Array(0)),
            (Token::CloseBrace | Token::CloseBracket, _) => {
                open.pop();
            }
            (Token::String(key), Some(Open::Object(last, false))) => *last = key.into_owned(),
            (Token::Colon, Some(Open::Object(_, colon))) => *colon = true,
            (Token::Comma, Some(Open::Object(_, colon))) => *colon = false,
            (Token::Comma, Some(Open::Array(index))) => *index += 1,
            _ => {}
        }
    }
    open.iter().fold(String::new(), |at, level| match level {
        Open::Object(key, true) => pointer::member(&at, key),
        Open::Object(_, false) => at,
        Open::Array(index) => pointer::element(&at, *index),
    })
}

#[cfg(test)]
mod tests {
    use super::{Excess, first_excess, pointer_at};

    #[test]
    fn depth_counts_open_brackets_and_not_those_in_strings() {
        assert_eq!(first_excess("[[1],[2]]", 2, 99), None);
        assert_eq!(first_excess("[[1],[[2]]]", 2, 99), Some(Excess::Depth(6)));
        assert_eq!(first_excess("[\"[[[\"]", 1, 99), None);
        assert_eq!(first_excess("]]]]", 1, 99), None);
        assert_eq!(first_excess("[1,2]", 1, 4), Some(Excess::Tokens(4)));
    }

    #[test]
    fn the_enclosing_value_is_named() {
        let text = r#"{"a": 1, "b": [0, {"c/d": NaN}]}"#;
        assert_eq!(pointer_at(text, text.find("NaN").unwrap()), "/b/1/c~1d");
        assert_eq!(pointer_at(text, 0), "");
    }
}

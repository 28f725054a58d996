//! Positions of every value of a document, and the keys that stand in it twice.

use super::pointer;
use jsonc_parser::ast::Value as Ast;
use jsonc_parser::common::{Range, Ranged};
use std::collections::HashMap;

/// Byte range `start..end` in the text.
pub(super) type Bytes = (usize, usize);

/// Positions of one value: its own, its key's if it is a member, and its children's in text order,
/// which is the order of `serde_json` too because keys are unique and `preserve_order` is on.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) value: Bytes,
    pub(super) key: Option<Bytes>,
    pub(super) children: Vec<Span>,
}

/// A key that an object has more than once.
#[derive(Debug)]
pub(super) struct Duplicate {
    pub(super) pointer: String,
    pub(super) key: String,
    pub(super) first: Bytes,
    pub(super) second: Bytes,
}

fn bytes(range: Range) -> Bytes {
    (range.start, range.end)
}

/// Collects the positions. Recursion is bounded by the depth that was checked before.
pub(super) fn collect(ast: &Ast<'_>, at: &str, duplicates: &mut Vec<Duplicate>) -> Span {
    let children = match ast {
        Ast::Object(object) => {
            let mut seen: HashMap<&str, Bytes> = HashMap::new();
            let mut members = Vec::with_capacity(object.properties.len());
            for property in &object.properties {
                let name = property.name.as_str();
                let key = bytes(property.name.range());
                let here = pointer::member(at, name);
                match seen.get(name) {
                    Some(first) => duplicates.push(Duplicate {
                        pointer: here.clone(),
                        key: name.to_owned(),
                        first: *first,
                        second: key,
                    }),
                    None => {
                        seen.insert(name, key);
                    }
                }
                let mut span = collect(&property.value, &here, duplicates);
                span.key = Some(key);
                members.push(span);
            }
            members
        }
        Ast::Array(array) => array
            .elements
            .iter()
            .enumerate()
            .map(|(index, element)| collect(element, &pointer::element(at, index), duplicates))
            .collect(),
        _ => Vec::new(),
    };
    Span {
        value: bytes(ast.range()),
        key: None,
        children,
    }
}

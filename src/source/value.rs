//! The value of a strict text without its positions, in one pass: an archive has thousands of texts, and few of
//! them are ever pointed at. What is not plain here is read by [`Document::parse`], which decides and explains.

use super::{Document, MAXIMUM_DEPTH, MAXIMUM_TOKENS, SourceError};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The value that [`Document::parse`] reads from the text.
///
/// # Errors
/// As [`Document::parse`].
pub fn value(name: &str, text: &str) -> Result<Value, SourceError> {
    match plain(text) {
        Some(value) => Ok(value),
        None => Document::parse(name, text).map(|document| document.value),
    }
}

/// The value of a text that no bound of a document can refuse; none where that takes a second look.
fn plain(text: &str) -> Option<Value> {
    // A token takes a byte at least.
    if text.len() > MAXIMUM_TOKENS {
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict { depth: 0 }.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(value)
}

/// Reads a value below so many brackets; a key that occurs twice and a bracket too many are errors.
struct Strict {
    depth: usize,
}

impl Strict {
    fn within<E: Error>(&self) -> Result<usize, E> {
        if self.depth < MAXIMUM_DEPTH {
            Ok(self.depth + 1)
        } else {
            Err(E::custom("nested too deeply"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("strict JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("not finite"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let depth = self.within()?;
        let mut read = Vec::new();
        while let Some(value) = list.next_element_seed(Strict { depth })? {
            read.push(value);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let depth = self.within()?;
        let mut read = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let value = members.next_value_seed(Strict { depth })?;
            if read.insert(key, value).is_some() {
                return Err(Error::custom("a key twice"));
            }
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, value};
    use crate::source::{Document, MAXIMUM_DEPTH};
    use proptest::prelude::*;

    /// What is plain is what a document reads, key by key in its order, and refused texts are refused alike.
    fn agree(text: &str) {
        let document = Document::parse("f.json", text);
        if let Some(read) = plain(text) {
            let document = document
                .as_ref()
                .map(|document| document.value().to_string());
            assert_eq!(document, Ok(read.to_string()), "{text}");
        }
        let read = value("f.json", text).map(|value| value.to_string());
        assert_eq!(
            read,
            document.map(|document| document.value().to_string()),
            "{text}"
        );
    }

    #[test]
    fn a_text_is_read_or_refused_as_a_document() {
        let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        for text in [
            "",
            " ",
            "null",
            "1",
            "-0.0",
            "1e999",
            "01",
            "+1",
            "\"\\ud800\"",
            "\"a\\u0000\"",
            "\"\u{1}\"",
            "\u{feff}{}",
            "{\"b\":1,\"a\":[{}]}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"\\u0061\":2}",
            "[1,]",
            "{\"a\":1,}",
            "{} {}",
            "// x\n1",
            "18446744073709551616",
            "-9223372036854775809",
            "1e-400",
            "NaN",
            "\"\u{7f}\u{2028}\"",
            "[1\r\n]",
            "{a:1}",
            "'a'",
            "0x1",
            "1.",
            ".5",
            "tru",
            &deep(MAXIMUM_DEPTH),
            &deep(MAXIMUM_DEPTH + 1),
            &deep(200),
        ] {
            agree(text);
        }
        assert!(plain("{\"a\":1,\"a\":1}").is_none());
        assert!(plain(&deep(MAXIMUM_DEPTH)).is_some());
        assert!(plain(&deep(MAXIMUM_DEPTH + 1)).is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_as_a_document(text in "[\\[\\]{}:,\" \\\\a-c0-2.eE+\\-tfnu]{0,24}") {
            agree(&text);
        }

        #[test]
        fn any_object_is_read_or_refused_as_a_document(
            members in prop::collection::vec(("[ab]{1,2}", "-?[0-9]{1,22}(\\.[0-9]{1,3})?(e-?[0-9]{1,3})?"), 0..4)
        ) {
            let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            agree(&format!("{{{}}}", members.join(",")));
        }
    }
}

//! Everything in a document that its schema does not allow, each with its place.

use super::schema::Form;
use super::shape;
use super::suggest::suggestion;
use crate::source::{Document, Finding, nearest, pointer, quoted};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;
use std::collections::BTreeSet;

/// A document being held against a schema.
struct Check<'d> {
    document: &'d Document,
    schema: &'d Value,
    findings: Vec<Finding>,
    /// Missing keys, reported last: one that an unknown key was meant to be is not missing.
    missing: Vec<(String, String)>,
    meant: BTreeSet<(String, String)>,
}

/// Everything that `form` does not allow in `value`, which is `document` without its comments.
pub(super) fn violations(document: &Document, value: &Value, form: &Form) -> Vec<Finding> {
    let mut check = Check {
        document,
        schema: &form.schema,
        findings: Vec::new(),
        missing: Vec::new(),
        meant: BTreeSet::new(),
    };
    match &form.validator {
        Some(validator) => {
            for error in validator.iter_errors(value) {
                check.error(&error);
            }
        }
        None => check.push(
            "schema-defect",
            "",
            false,
            [
                "no usable schema of the design format".to_owned(),
                "a schema that compiles".to_owned(),
                "report this defect of the program".to_owned(),
            ],
        ),
    }
    check.report_missing();
    check.findings
}

/// One finding at a pointer of a document: `words` are found, expected and what to change.
pub(crate) fn finding(
    document: &Document,
    code: &'static str,
    pointer: &str,
    at_key: bool,
    words: [String; 3],
) -> Finding {
    // A value of several lines is best shown by its key.
    let holds_others = document
        .value()
        .pointer(pointer)
        .is_some_and(|value| value.is_object() || value.is_array());
    let place = if at_key || holds_others {
        document.locate_key(pointer)
    } else {
        document.locate(pointer)
    };
    let [found, expected, fix] = words;
    Finding {
        code,
        file: document.name().to_owned(),
        place,
        pointer: pointer.to_owned(),
        found,
        expected,
        fix,
        excerpt: document.excerpt(place),
        related: None,
    }
}

impl<'d> Check<'d> {
    fn push(&mut self, code: &'static str, at: &str, at_key: bool, words: [String; 3]) {
        self.findings
            .push(finding(self.document, code, at, at_key, words));
    }

    fn error(&mut self, error: &ValidationError<'_>) {
        let at = error.instance_path().as_str();
        let value = error.instance().as_ref();
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    self.unknown_key(at, key, value.get(key).unwrap_or(&Value::Null));
                }
            }
            Kind::Required { property } => {
                let key = property.as_str().unwrap_or_default().to_owned();
                self.missing.push((at.to_owned(), key));
            }
            Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
                self.choice(at, value, context);
            }
            Kind::Type { .. } => self.wrong_type(at, value),
            Kind::Constant { .. } | Kind::Enum { .. } => self.unknown_word(at, value),
            kind => self.out_of_form(at, value, kind, &error.to_string()),
        }
    }

    /// No alternative of a choice fits. If a tag says which one was meant, its errors are the errors.
    fn choice(&mut self, at: &str, value: &Value, context: &[Vec<ValidationError<'static>>]) {
        let schema = self.schema_at(at);
        let tags = shape::keys(self.schema, schema);
        if tags.is_empty() {
            return self.unknown_word(at, value);
        }
        let Some(map) = value.as_object() else {
            return self.wrong_type(at, value);
        };
        let mut keys = map.keys();
        let (Some(tag), None) = (keys.next(), keys.next()) else {
            let found = format!("an object with {} keys", map.len());
            let fix = "name exactly one of them".to_owned();
            return self.push("not-one-choice", at, false, [found, one_of(&tags), fix]);
        };
        let alternatives = schema.get("oneOf").and_then(Value::as_array);
        let meant = alternatives.into_iter().flatten().position(|alternative| {
            shape::keys(self.schema, shape::resolve(self.schema, alternative))
                .contains(&tag.as_str())
        });
        match meant.and_then(|index| context.get(index)) {
            Some(errors) => errors.iter().for_each(|error| self.error(error)),
            None => {
                let fix = nearest(tag, tags.iter().copied()).map_or_else(
                    || "use one of these names".to_owned(),
                    |name| format!("write `{name}`"),
                );
                let found = format!("`{}`, which is not known here", quoted(tag));
                let here = pointer::member(at, tag);
                self.push("unknown-variant", &here, true, [found, one_of(&tags), fix]);
            }
        }
    }

    fn unknown_key(&mut self, at: &str, key: &str, value: &Value) {
        let schema = self.schema_at(at);
        let known = shape::keys(self.schema, schema);
        let object = self.document.value().pointer(at);
        let absent: Vec<&str> = known
            .iter()
            .copied()
            .filter(|name| object.is_none_or(|object| object.get(name).is_none()))
            .collect();
        let found = format!("key `{}`, which is not known here", quoted(key));
        let here = pointer::member(at, key);
        match suggestion(key, value, &absent) {
            Some(meant) => {
                self.meant.insert((at.to_owned(), meant.key.to_owned()));
                let expected = described(self.schema, schema, meant.key);
                self.push(meant.code, &here, true, [found, expected, meant.fix]);
            }
            None => {
                let fix = "remove the key, or correct its name".to_owned();
                self.push("unknown-key", &here, true, [found, one_of(&known), fix]);
            }
        }
    }

    fn report_missing(&mut self) {
        let missing = std::mem::take(&mut self.missing);
        for (at, key) in missing {
            if self.meant.contains(&(at.clone(), key.clone())) {
                continue;
            }
            let expected = described(self.schema, self.schema_at(&at), &key);
            let words = [
                format!("no key `{key}`"),
                expected,
                format!("add `{key}`; nothing is filled in for it"),
            ];
            self.push("missing-key", &at, true, words);
        }
    }

    fn wrong_type(&mut self, at: &str, value: &Value) {
        let schema = self.schema_at(at);
        let wanted = type_words(schema);
        let meaning = shape::meaning(schema).map_or(String::new(), |text| format!(": {text}"));
        let is_number = value
            .as_str()
            .is_some_and(|text| text.trim().parse::<f64>().is_ok_and(f64::is_finite));
        let fix = match value {
            Value::Null => "leave the key out if it is optional; `null` is not a value".to_owned(),
            Value::String(text) if is_number && wanted.contains("number") => {
                format!("write {} without quotes", text.trim())
            }
            _ => format!("write {wanted}"),
        };
        let words = [shown(value), format!("{wanted}{meaning}"), fix];
        self.push("wrong-type", at, false, words);
    }

    fn unknown_word(&mut self, at: &str, value: &Value) {
        let schema = self.schema_at(at);
        let words = match schema.get("const") {
            Some(only) => vec![only.as_str().unwrap_or_default()],
            None => shape::words(schema),
        };
        let Some(text) = value.as_str() else {
            return self.wrong_type(at, value);
        };
        let fix = nearest(text, words.iter().copied()).map_or_else(
            || "write one of these".to_owned(),
            |word| format!("write \"{word}\""),
        );
        self.push(
            "unknown-word",
            at,
            false,
            [shown(value), one_of(&words), fix],
        );
    }

    /// Bounds, patterns and lengths.
    fn out_of_form(&mut self, at: &str, value: &Value, kind: &Kind, message: &str) {
        let schema = self.schema_at(at);
        let (code, bound) = match kind {
            Kind::Minimum { limit } => ("out-of-range", format!("at least {limit}")),
            Kind::Maximum { limit } => ("out-of-range", format!("at most {limit}")),
            Kind::ExclusiveMinimum { limit } => ("out-of-range", format!("more than {limit}")),
            Kind::ExclusiveMaximum { limit } => ("out-of-range", format!("less than {limit}")),
            Kind::MinItems { limit } => ("too-few", format!("at least {limit} element")),
            Kind::MaxItems { limit } => ("too-many", format!("at most {limit} elements")),
            Kind::MinProperties { limit } => ("too-few", format!("at least {limit} key")),
            Kind::MinLength { limit } => ("too-short", format!("at least {limit} character")),
            Kind::Pattern { pattern } => ("wrong-form", format!("text of the form {pattern}")),
            _ => ("not-in-schema", quoted(message)),
        };
        let meaning = shape::meaning(schema).map_or(String::new(), |text| format!(": {text}"));
        let fix = match code {
            "out-of-range" => "correct the value, and check its unit".to_owned(),
            "wrong-form" => "write it in that form".to_owned(),
            _ => "correct the value".to_owned(),
        };
        self.push(
            code,
            at,
            false,
            [shown(value), format!("{bound}{meaning}"), fix],
        );
    }

    fn schema_at(&self, at: &str) -> &'d Value {
        shape::schema_at(self.schema, self.document.value(), at).unwrap_or(&Value::Null)
    }
}

/// A key and what it means, as the schema describes it.
fn described(root: &Value, schema: &Value, key: &str) -> String {
    let inner = shape::branch(root, schema, key)
        .and_then(|branch| branch.get("properties"))
        .and_then(|properties| properties.get(key));
    let own = inner.and_then(shape::meaning);
    let referred = inner.and_then(|inner| shape::meaning(shape::resolve(root, inner)));
    match own.or(referred) {
        Some(meaning) => format!("`{key}`: {meaning}"),
        None => format!("`{key}`"),
    }
}

/// Names in a sentence.
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        several => format!("one of {}", several.join(", ")),
    }
}

/// The type that a schema wants, in words.
fn type_words(schema: &Value) -> &'static str {
    let string_choice = !shape::words(schema).is_empty();
    match schema.get("type").and_then(Value::as_str) {
        Some("number") => "a number",
        Some("integer") => "a whole number",
        Some("boolean") => "true or false",
        Some("array") => "a list",
        Some("string") => "a string",
        _ if string_choice => "a string",
        _ => "an object",
    }
}

/// A value as a message shows it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the string \"{}\"", quoted(text)),
        Value::Array(list) => format!("a list of {}", list.len()),
        Value::Object(map) => format!("an object with {} keys", map.len()),
    }
}

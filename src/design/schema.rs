//! The JSON Schema of a design file, generated from its Rust types.

use super::bounds::bound;
use super::comment::allow_comments;
use super::{Application, Design};
use jsonschema::Validator;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Bound of every count in a design. Far above any machine; it keeps a count within what memory and
/// exact arithmetic hold.
const LARGEST_COUNT: u32 = 100_000;

/// A schema with its compiled form.
pub(crate) struct Form {
    pub(super) schema: Value,
    pub(super) validator: Option<Validator>,
}

/// Form of a whole design file.
pub(super) static DESIGN: LazyLock<Form> = LazyLock::new(Form::of::<Design>);

/// Form of an application block by itself.
pub(super) static APPLICATION: LazyLock<Form> = LazyLock::new(Form::of::<Application>);

impl Form {
    /// The form of a type.
    pub(crate) fn of<T: JsonSchema>() -> Form {
        let settings = SchemaSettings::draft2020_12().with_transform(tighten);
        let schema = Value::from(settings.into_generator().into_root_schema_for::<T>());
        let validator = jsonschema::draft202012::new(&schema).ok();
        Form { schema, validator }
    }
}

/// Form of a design file as editors see it: every object may hold a comment.
static COMMENTED: LazyLock<Value> = LazyLock::new(|| commented(&DESIGN));

/// The schema of a form in which every object may hold a comment.
pub(crate) fn commented(form: &Form) -> Value {
    let mut schema = form.schema.clone();
    allow_comments(&mut schema);
    schema
}

/// The JSON Schema (2020-12) of a design file.
pub fn design_schema() -> &'static Value {
    &COMMENTED
}

/// Makes the generated schema as strict as the format is: what is absent is left out and never `null`,
/// and a count or a number with a unit has a bound.
fn tighten(schema: &mut Schema) {
    without_null(schema);
    if schema.get("type") == Some(&json!("integer")) && schema.get("maximum").is_none() {
        schema.insert("maximum".to_owned(), json!(LARGEST_COUNT));
    }
    schemars::transform::transform_subschemas(&mut tighten, schema);
    if let Some(object) = schema.as_object_mut() {
        bound(object);
    }
}

fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.retain(|alternative| *alternative != json!({"type": "null"}));
        if let [Value::Object(only)] = alternatives.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (keyword, value) in only {
                schema.insert(keyword, value);
            }
        }
    }
}

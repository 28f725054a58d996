//! What `solve` prints: single facts, and tables beside them.

use super::value_text;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Facts in the order of printing, and tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Name and value.
    pub facts: Vec<(&'static str, Value)>,
    /// The first is the one that a CSV file holds.
    pub tables: Vec<Table>,
}

/// Rows of values under names with units.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its key in JSON.
    pub name: &'static str,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Whether it is too long for people: then they are told how many rows there are.
    pub long: bool,
}

impl Sheet {
    /// One JSON object: the facts, then each table as a list of objects.
    pub fn json(&self) -> String {
        let mut object: Map<String, Value> = self.object();
        for table in &self.tables {
            let rows = table.rows.iter().map(|row| {
                let named = table.columns.iter().zip(row);
                Value::Object(named.map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
            });
            object.insert(table.name.to_owned(), Value::Array(rows.collect()));
        }
        format!("{:#}\n", Value::Object(object))
    }

    /// The facts as an object.
    pub fn object(&self) -> Map<String, Value> {
        let named = self.facts.iter();
        named
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    /// The first table with a line of names; without tables the facts as one row.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let cells = |row: &[Value]| row.iter().map(super::table::cell).collect::<Vec<_>>();
        if let Some(table) = self.tables.first() {
            writer.write_record(&table.columns)?;
            for row in &table.rows {
                writer.write_record(cells(row))?;
            }
        } else {
            writer.write_record(self.facts.iter().map(|(name, _)| name))?;
            let values: Vec<Value> = self.facts.iter().map(|(_, v)| v.clone()).collect();
            writer.write_record(cells(&values))?;
        }
        writer
            .into_inner()
            .map_err(|failed| failed.into_error().into())
    }

    /// For people: a fact a line, then the tables in columns.
    pub fn human(&self) -> String {
        let width = self.facts.iter().map(|(name, _)| name.len()).max();
        let width = width.unwrap_or(0);
        let mut text = String::new();
        for (name, value) in &self.facts {
            let _ = writeln!(text, "{name:<width$}  {}", value_text(value));
        }
        for table in &self.tables {
            let _ = writeln!(text, "{}", table.name);
            if table.long {
                let rows = table.rows.len();
                let _ = writeln!(text, "  {rows} rows, with --format json or csv");
            } else {
                text.push_str(&table.aligned());
            }
        }
        text
    }
}

impl Table {
    fn aligned(&self) -> String {
        let mut lines: Vec<Vec<String>> =
            vec![self.columns.iter().map(|c| (*c).to_owned()).collect()];
        lines.extend(
            self.rows
                .iter()
                .map(|row| row.iter().map(value_text).collect()),
        );
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|k| lines.iter().map(|line| line[k].len()).max().unwrap_or(0))
            .collect();
        lines.iter().fold(String::new(), |mut text, line| {
            for (cell, width) in line.iter().zip(&widths) {
                let _ = write!(text, "  {cell:>width$}");
            }
            text.push('\n');
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheet, Table};
    use serde_json::{Value, json};

    fn sheet() -> Sheet {
        let table = |name, long| Table {
            name,
            columns: vec!["angle_deg", "radial_t"],
            rows: vec![
                vec![json!(1.5), json!(-0.25)],
                vec![json!(12), json!("a,\"b\"")],
            ],
            long,
        };
        Sheet {
            facts: vec![("id_a", json!(-100.0)), ("torque_n_m", json!(2.0))],
            tables: vec![table("gap", true), table("waves", false)],
        }
    }

    #[test]
    fn json_holds_facts_and_tables() {
        let value: Value = serde_json::from_str(&sheet().json()).expect("it is JSON");
        assert_eq!(value["id_a"], json!(-100.0));
        assert_eq!(
            value["gap"][0],
            json!({"angle_deg": 1.5, "radial_t": -0.25})
        );
        assert_eq!(value["waves"][1]["radial_t"], json!("a,\"b\""));
    }

    #[test]
    fn csv_holds_the_first_table_or_the_facts() {
        let text = |sheet: &Sheet| String::from_utf8(sheet.csv().expect("written")).expect("text");
        assert_eq!(
            text(&sheet()),
            "angle_deg,radial_t\n1.5,-0.25\n12,\"a,\"\"b\"\"\"\n"
        );
        let facts = Sheet {
            tables: vec![],
            ..sheet()
        };
        assert_eq!(text(&facts), "id_a,torque_n_m\n-100.0,2.0\n");
    }

    #[test]
    fn people_see_short_tables_and_the_length_of_long_ones() {
        assert_eq!(
            sheet().human(),
            "id_a        -100\ntorque_n_m  2\ngap\n  2 rows, with --format json or csv\nwaves\n  \
             angle_deg  radial_t\n        1.5     -0.25\n         12     a,\"b\"\n"
        );
    }
}

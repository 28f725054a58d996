//! What this program says to every example record of every standard that it ships, one JSON object a
//! line: the standard, the record, and whether a plain JSON Schema validator accepts it. Other
//! validators are held against these lines by `make validators`.

use dualcert::standard::versions;
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match write(&mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(output: &mut impl Write) -> io::Result<()> {
    let standards = versions(None).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        io::Error::other(lines.join("\n"))
    })?;
    for standard in &standards {
        let hollow = [json!({}), json!({"sector": null})];
        let records = standard.examples.iter().map(|example| &example.record);
        for record in records.chain(&hollow) {
            let line = json!({
                "standard": standard.file,
                "record": record,
                "accepted": standard.accepts(record),
            });
            writeln!(output, "{line}")?;
        }
    }
    output.flush()
}

//! Compares the solver with every reference in `tests/reference`, prints the table, and writes
//! `target/accuracy.json`. With `--update` the shipped rows, from which the model uncertainty follows,
//! are written too.

use dualcert::resolution::Resolution;
use dualcert::validation::compare::validate;
use dualcert::validation::reference::Reference;
use dualcert::validation::row::Row;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        std::fs::read_dir(root.join("tests/reference"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut references: Vec<Reference> = vec![];
    for file in files
        .iter()
        .filter(|f| f.path().extension().is_some_and(|e| e == "json"))
    {
        references.push(serde_json::from_str(&std::fs::read_to_string(
            file.path(),
        )?)?);
    }
    let validation = validate(&references, &[Resolution::Coarse, Resolution::Standard])?;
    print(&validation.rows);
    std::fs::create_dir_all(root.join("target"))?;
    std::fs::write(
        root.join("target/accuracy.json"),
        serde_json::to_string_pretty(&validation.rows)? + "\n",
    )?;
    if std::env::args().any(|a| a == "--update") {
        let text =
            serde_json::to_string_pretty(&dualcert::validation::rounded(&validation))? + "\n";
        std::fs::write(root.join("src/validation/rows.json"), text)?;
    }
    let missed = validation.rows.iter().filter(|r| !r.within).count();
    println!(
        "{} rows, {missed} outside their tolerance",
        validation.rows.len()
    );
    Ok(())
}

fn print(rows: &[Row]) {
    println!(
        "{:<42} {:<52} {:<9} {:>11} {:>11} {:>9} {:>9} {:>3}  source",
        "machine", "quantity", "level", "reference", "value", "error", "allowed", ""
    );
    for r in rows {
        println!(
            "{:<42} {:<52} {:<9} {:>11.6} {:>11.6} {:>8.2}% {:>8.2}% {:>3}  {}",
            r.machine,
            format!("{} [{}]", r.quantity, r.unit),
            r.resolution,
            r.reference,
            r.value,
            100.0 * r.error_ratio,
            100.0 * r.tolerance_ratio,
            if r.within { "" } else { "OUT" },
            r.source
        );
    }
}

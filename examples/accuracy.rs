//! Compares the solver with every reference in `tests/reference`, prints the table, and writes
//! `target/accuracy.json`. With `--update` the shipped rows, from which the model uncertainty follows,
//! are written too, without those that are no more than plausible. Files given by name are compared
//! alone and only printed; `--fine` adds the finest resolution, to tell an error of the grid from one of
//! the input.

use dualcert::resolution::Resolution;
use dualcert::validation::compare::validate;
use dualcert::validation::reference::Reference;
use dualcert::validation::row::{ReferenceKind, Row};
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (flags, named): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|f| f == flag);
    let files: Vec<PathBuf> = if named.is_empty() {
        in_folder(&root.join("tests/reference"))?
    } else {
        named.into_iter().map(PathBuf::from).collect()
    };
    let references = files
        .iter()
        .map(|file| Ok(serde_json::from_str(&std::fs::read_to_string(file)?)?))
        .collect::<Result<Vec<Reference>, Box<dyn Error>>>()?;
    let mut resolutions = vec![Resolution::Coarse, Resolution::Standard];
    if has("--fine") {
        resolutions.push(Resolution::Fine);
    }
    let validation = validate(&references, &resolutions)?;
    print(&validation.rows);
    let all = files == in_folder(&root.join("tests/reference"))? && !has("--fine");
    if all {
        std::fs::create_dir_all(root.join("target"))?;
        std::fs::write(
            root.join("target/accuracy.json"),
            serde_json::to_string_pretty(&validation.rows)? + "\n",
        )?;
    }
    if has("--update") {
        if !all {
            return Err("--update needs all references at the usual resolutions".into());
        }
        let shipped = dualcert::validation::rounded(&validation.clone().of_evidence());
        let text = serde_json::to_string_pretty(&shipped)? + "\n";
        std::fs::write(root.join("src/validation/rows.json"), text)?;
    }
    let missed = validation.rows.iter().filter(|r| !r.within).count();
    let rows = validation.rows.len();
    let plausible = rows - validation.of_evidence().rows.len();
    println!(
        "{rows} rows, {missed} outside their tolerance; {plausible} rows are no more than plausible, and nothing follows from them"
    );
    Ok(())
}

/// The reference machines of a folder, by name.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut files = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    Ok(files)
}

fn print(rows: &[Row]) {
    println!(
        "{:<42} {:<52} {:<9} {:>11} {:>11} {:>9} {:>9} {:>3}  source",
        "machine", "quantity", "level", "reference", "value", "error", "allowed", ""
    );
    for r in rows {
        println!(
            "{:<42} {:<52} {:<9} {:>11.6} {:>11.6} {:>8.2}% {:>8.2}% {:>3}  {}{}",
            r.machine,
            format!("{} [{}]", r.quantity, r.unit),
            r.resolution,
            r.reference,
            r.value,
            100.0 * r.error_ratio,
            100.0 * r.tolerance_ratio,
            if r.within { "" } else { "OUT" },
            match r.kind {
                ReferenceKind::Plausibility => "plausibility only: ",
                _ => "",
            },
            r.source
        );
    }
}

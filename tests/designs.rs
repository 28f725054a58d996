//! The shipped designs through the real program: the records and the report that a user gets. The README
//! shows parts of these reports; `tests/project.rs` holds it against the snapshots, and what has none
//! against the program.
//!
//! A field solution differs in its last digits from processor to processor, and Newton's method may stop
//! one step earlier or later. So a snapshot is compared word by word, and number by number within a
//! thousandth or one unit of the last digit printed: far below every stated uncertainty, and far above
//! what arithmetic may do. Rounding both sides instead would move the trouble to values that lie between
//! two rounded ones.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

#[path = "designs/end_to_end.rs"]
mod end_to_end;
#[path = "designs/others.rs"]
mod others;
#[path = "designs/run.rs"]
mod run;

use run::{DESIGN, REPORT, TWO_THREADS, root};
use std::fs;
use std::path::PathBuf;

/// Every design of the folder is shown by the README with what comes of it.
#[test]
fn every_design_is_shown() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut names: Vec<String> = fs::read_dir(root().join("designs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json") && !name.ends_with(".schema.json"))
        .collect();
    names.sort();
    assert!(names.contains(&DESIGN.replace("designs/", "")));
    for name in names {
        let shown = ["check", "solve"]
            .iter()
            .any(|verb| readme.contains(&format!(": {verb} designs/{name}")));
        assert!(shown, "the README does not show designs/{name}");
    }
}

/// Splits a text into numbers and what lies between them, blanks run together.
fn parts(text: &str) -> Vec<(bool, String)> {
    let mut found: Vec<(bool, String)> = vec![];
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        let begins = c.is_ascii_digit() || (matches!(c, '-' | '−') && digit_follows);
        if begins && !before.is_alphanumeric() && before != '_' {
            let mut number = c.to_string().replace('−', "-");
            while let Some(d) = rest.peek().copied() {
                let exponent = matches!(d, '-' | '+') && number.ends_with(['e', 'E']);
                if d.is_ascii_digit() || matches!(d, '.' | 'e' | 'E') || exponent {
                    number.push(d);
                    rest.next();
                } else {
                    break;
                }
            }
            before = '0';
            found.push((true, number));
            continue;
        }
        before = c;
        match found.last_mut() {
            Some((false, word)) if c.is_whitespace() => {
                if !word.ends_with(' ') {
                    word.push(' ');
                }
            }
            Some((false, word)) => word.push(c),
            _ => found.push((false, if c.is_whitespace() { ' ' } else { c }.to_string())),
        }
    }
    found
}

/// One unit of the last digit of a printed number.
fn last_digit(number: &str) -> f64 {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len());
    let exponent: i32 = exponent.parse().unwrap_or(0);
    10_f64.powi(exponent - i32::try_from(decimals).unwrap())
}

fn agree(stored: &str, found: &str) -> bool {
    let (a, b) = (parts(stored), parts(found));
    a.len() == b.len()
        && a.iter().zip(&b).all(|((number, x), (also, y))| {
            let read = |s: &str| s.parse::<f64>().ok();
            match (read(x), read(y)) {
                (Some(p), Some(q)) if *number && *also => {
                    let allowed = (1e-3 * p.abs()).max(1.01 * last_digit(x));
                    // A whole number is a count, an ordinal or a limit: it has no arithmetic in it.
                    let exact = !x.contains('.') && !y.contains('.');
                    if exact {
                        x == y
                    } else {
                        (p - q).abs() <= allowed
                    }
                }
                _ => x == y,
            }
        })
}

/// The stored snapshot if `found` agrees with it, else `found`, so that what differs is shown.
fn settled(name: &str, found: String) -> String {
    let path: PathBuf = root().join(format!("tests/snapshots/designs__{name}.snap"));
    let Ok(text) = fs::read_to_string(path) else {
        return found;
    };
    let stored = text.splitn(3, "---\n").nth(2).unwrap_or("").trim_end();
    if agree(stored, found.trim_end()) {
        stored.to_owned()
    } else {
        found
    }
}

#[test]
fn numbers_are_compared_and_words_are_not() {
    assert!(agree("a 0.21300 b", "a  0.21301 b"));
    assert!(agree("x -1.2e-5,", "x -1.2001e-5,"));
    assert!(agree("| 0.21 T", "| 0.22 T"));
    assert!(!agree("a 0.2130 b", "a 0.2160 b"));
    assert!(!agree("P3 met", "P4 met"));
    assert!(!agree("3 candidates", "4 candidates"));
    assert!(!agree("met 1.0", "failed 1.0"));
}

#[test]
fn records_are_as_they_were() {
    for file in REPORT["files"].as_array().unwrap() {
        for candidate in file["candidates"].as_array().unwrap() {
            let records = serde_json::to_string_pretty(&candidate["records"]).unwrap();
            let id = candidate["id"].as_str().unwrap();
            let name = format!("records_ev_traction_{id}");
            insta::assert_snapshot!(name.clone(), settled(&name, records));
        }
    }
}

#[test]
fn the_report_is_as_it_was() {
    let name = "report_ev_traction";
    insta::assert_snapshot!(name, settled(name, TWO_THREADS.human.clone()));
}

#[test]
fn the_reports_of_the_other_programmes_are_as_they_were() {
    for (name, code) in others::KEPT {
        let report = format!("report_{name}");
        let found = others::report(name, code);
        insta::assert_snapshot!(report.clone(), settled(&report, found));
    }
}

//! Data flows forward only, files stay small, nothing is left to be written later.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Length above which a file has become two things.
const LONGEST: usize = 500;

/// Files that are longer, each to be split when it is next worked on. A file that was split leaves the
/// list: the test says so.
const TOO_LONG: [&str; 0] = [];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below `src`, as (path below `src`, text), in order of path.
fn files() -> Vec<(String, String)> {
    let (root, mut open, mut found) = (source(), vec![source()], vec![]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).unwrap();
                let name = name.to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The modules in the order in which the library names them.
fn order() -> Vec<String> {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The top-level modules that a text names as `crate::…`, comments left out.
fn uses(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n");
    let word = |s: &str| -> String {
        s.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                found.insert(word(rest));
            }
            // `use crate::{a, b::{c, d}};`: the names at the outer level only.
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (i, c) in list.char_indices() {
                    if start && depth == 0 && c.is_alphabetic() {
                        found.insert(word(&list[i..]));
                        start = false;
                    }
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn names_are_read_from_lists_and_paths() {
    let text = "use crate::{b, c::{d, e}, f};\n// crate::g\nlet x = crate::h::i();";
    let found: Vec<String> = uses(text).into_iter().collect();
    assert_eq!(found, ["b", "c", "f", "h"]);
}

#[test]
fn a_module_uses_only_modules_before_it() {
    let order = order();
    assert!(order.len() > 10, "the list of modules was not found");
    assert_eq!(order.last().map(String::as_str), Some("cli"));
    let place = |name: &str| order.iter().position(|known| known == name);
    let mut wrong = vec![];
    for (file, text) in files() {
        if file == "lib.rs" || file == "main.rs" {
            continue;
        }
        let module = file.split(['/', '.']).next().unwrap();
        let own = place(module).unwrap_or_else(|| panic!("{file} is in no module of lib.rs"));
        for used in uses(&text) {
            let Some(other) = place(&used) else { continue };
            if other > own {
                wrong.push(format!("{file} uses {used}, which comes later"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = files()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(file, _)| file)
        .collect();
    assert_eq!(long, TOO_LONG, "left: found, right: the list of this test");
}

/// Collecting results of many threads into one result tells whichever error is found first: `parallel` does it in order.
#[test]
fn the_error_that_is_told_does_not_hang_on_threads() {
    for (file, text) in files() {
        if file == "parallel.rs" {
            continue;
        }
        for (at, word) in text.match_indices("par_iter") {
            let start = text[..at].rfind([';', '{', '}']).unwrap_or(0);
            let one = text[start..at].contains(": Result<");
            assert!(!one, "{file} collects into a result what threads give");
            let rest = &text[at + word.len()..];
            let next = rest.find("par_iter").unwrap_or(rest.len());
            assert!(
                !rest[..next].contains("collect::<Result"),
                "{file} collects into a result what threads give"
            );
        }
    }
}

#[test]
fn nothing_is_left_to_be_written() {
    for (file, text) in files() {
        for word in ["todo!", "unimplemented!", "dbg!", "FIXME", "#[ignore"] {
            assert!(!text.contains(word), "{file} holds {word}");
        }
    }
}

#[test]
fn the_program_is_thin() {
    let main = fs::read_to_string(source().join("main.rs")).unwrap();
    assert!(main.lines().count() < 60);
}

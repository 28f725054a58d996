//! What surrounds the program in a pipeline: configuration, folders and patterns, completions, the
//! examples. No design here is valid, so that no field is solved.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit code, standard output and standard error of a run in a folder.
fn dualcert(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn flags_come_from_the_nearest_file_above_and_the_command_line_goes_before() {
    let root = tempfile::tempdir().unwrap();
    let inner = root.path().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    let file = root.path().join("dualcert.toml");
    let config = "[check]\nrequire = \"any\"\ncandidate = [\"x\", \"y\"]\nstandards = \"s\"\ntimings = true\nalso = [\"sarif=x.sarif\"]\n";
    fs::write(&file, config).unwrap();
    let print = |more: &[&str]| {
        let (code, text, _) = dualcert(&inner, &[&["check", "--print-config"][..], more].concat());
        assert_eq!(code, Some(0), "{text}");
        text
    };
    let text = print(&[]);
    for line in [
        "require = \"any\" # file",
        "candidate = [\"x\", \"y\"] # file",
        "timings = true # file",
        "format = \"human\" # default",
        "# csv is not set",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    let folder = file.parent().unwrap().canonicalize().unwrap().join("s");
    assert!(
        text.contains(&format!("standards = \"{}\" # file", folder.display())),
        "{text}"
    );
    let also = folder.parent().unwrap().join("x.sarif");
    assert!(
        text.contains(&format!("also = \"sarif={}\" # file", also.display())),
        "{text}"
    );
    let text = print(&["--require=all", "--candidate", "z"]);
    assert!(text.contains("require = \"all\" # command line"), "{text}");
    assert!(text.contains("candidate = \"z\" # command line"), "{text}");
    let text = print(&["--no-config"]);
    assert!(text.contains("require = \"all\" # default"), "{text}");
    // What is printed is a file that says the same.
    let again = root.path().join("again.toml");
    fs::write(&again, print(&[])).unwrap();
    let same = print(&["--config", again.to_str().unwrap()]);
    let values = |text: &str| {
        let lines = text.lines().filter(|line| line.contains(" = "));
        lines
            .map(|line| line.split(" # ").next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&same), values(&print(&[])));
}

#[test]
fn a_configuration_that_cannot_be_meant_is_wrong_usage() {
    let root = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("[check]\nformt = \"json\"", "did you mean `format`"),
        ("[chek]\n", "only [check]"),
        ("check = 1", "must be a table"),
        ("[check]\nformat = 1", "takes a text"),
        ("[check]\nformat = \"xml\"", "invalid value"),
        // Who did not write the flag is told who did.
        (
            "[check]\nlevel = \"verdict\"\nformat = \"xml\"",
            "dualcert.toml: --format, --level",
        ),
        (
            "[check]\nformat = \"json\"\nformat = \"human\"",
            "duplicate key",
        ),
        ("[check", "dualcert.toml"),
    ] {
        fs::write(root.path().join("dualcert.toml"), text).unwrap();
        let (code, stdout, stderr) = dualcert(root.path(), &["check", "no-such-file.json"]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{text}: {stderr}");
        assert!(stderr.contains(words), "{text}: {stderr}");
    }
    let missing = dualcert(root.path(), &["check", "x.json", "--config", "none.toml"]);
    assert_eq!(missing.0, Some(2));
    // One that cannot be read is not passed over for another further up.
    fs::write(
        root.path().join("dualcert.toml"),
        "[check]\nformat = \"json\"\n",
    )
    .unwrap();
    let below = root.path().join("below");
    fs::create_dir_all(below.join("dualcert.toml")).unwrap();
    assert_eq!(dualcert(&below, &["check", "x.json"]).0, Some(2));
    #[cfg(unix)]
    {
        fs::remove_dir(below.join("dualcert.toml")).unwrap();
        std::os::unix::fs::symlink("nowhere", below.join("dualcert.toml")).unwrap();
        assert_eq!(dualcert(&below, &["check", "x.json"]).0, Some(2));
    }
}

#[test]
fn folders_patterns_and_lines_are_read_in_order_and_nothing_is_no_success() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("d/b.json", "{}");
    write("d/a/z.json", "{}");
    write("d/x.schema.json", "{}");
    write("d/y.cert.json", "{}");
    write("d/notes.txt", "");
    write("lines.jsonl", "{}\n\n[1]\r\n{\"a\": }\n");
    write("empty/x.txt", "");
    write("empty.jsonl", "\n\n");
    let named = |arguments: &[&str]| {
        let head = ["check", "--no-config", "--format", "jsonl"];
        let (code, stdout, _) = dualcert(root.path(), &[&head[..], arguments].concat());
        assert_eq!(code, Some(3), "{arguments:?}");
        let files: Vec<(String, String)> = stdout
            .lines()
            .filter_map(|line| {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                let file = value.get("file")?;
                let place = &file["findings"][0]["place"]["line"];
                Some((file["file"].as_str().unwrap().to_owned(), place.to_string()))
            })
            .collect();
        files
    };
    let is = |files: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = files
            .iter()
            .map(|(f, l)| ((*f).to_owned(), (*l).to_owned()));
        owned.collect()
    };
    assert_eq!(named(&["d"]), is(&[("d/a/z.json", "1"), ("d/b.json", "1")]));
    assert_eq!(named(&["d/*.json", "d/b.json"])[0].0, "d/b.json");
    let lines = [
        ("lines.jsonl", "1"),
        ("lines.jsonl", "3"),
        ("lines.jsonl", "4"),
    ];
    assert_eq!(named(&["lines.jsonl"]), is(&lines));
    for nothing in ["empty", "none/*.json", "empty.jsonl", "none.jsonl"] {
        assert_eq!(named(&[nothing]), is(&[(nothing, "1")]));
    }
}

#[test]
fn completions_and_manual_know_every_command() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for form in ["bash", "elvish", "fish", "powershell", "zsh", "man"] {
        let (code, text, _) = dualcert(folder, &["completions", form]);
        assert_eq!(code, Some(0));
        for command in ["check", "certify", "verify", "material"] {
            assert!(text.contains(command), "{form}: {command}");
        }
    }
    // A shell that is there reads what is meant for it.
    let (_, text, _) = dualcert(folder, &["completions", "bash"]);
    let script = tempfile::NamedTempFile::new().unwrap();
    fs::write(script.path(), text).unwrap();
    if let Ok(read) = Command::new("bash").arg("-n").arg(script.path()).output() {
        assert!(read.status.success(), "{read:?}");
    }
}

#[test]
fn the_examples_use_flags_that_exist() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut commands = 0;
    for file in [
        ".pre-commit-hooks.yaml",
        "examples/pipelines/github.yml",
        "examples/pipelines/gitlab.yml",
        "examples/pipelines/Containerfile",
    ] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        for line in text.lines() {
            let Some((_, arguments)) = line.split_once("dualcert check") else {
                continue;
            };
            let words = arguments.split_whitespace();
            let all: Vec<&str> = ["check", "--no-config", "--print-config"]
                .into_iter()
                .chain(words)
                .collect();
            let (code, _, stderr) = dualcert(folder, &all);
            assert_eq!(code, Some(0), "{file}: {line}: {stderr}");
            commands += 1;
        }
    }
    assert!(commands >= 5, "{commands}");
}

//! One run of the whole check for all tests: it takes most of a minute.

use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

pub const DESIGN: &str = "designs/ev_traction.json";

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn dualcert(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command.current_dir(root()).args(arguments);
    command
}

/// A run of the whole check.
pub struct Run {
    pub code: Option<i32>,
    /// The report as JSON.
    pub json: String,
    /// The same report for people.
    pub human: String,
    pub stderr: String,
    /// Most memory it ever held [kB]; nothing where the system does not say.
    pub resident: Option<u64>,
}

/// Most resident memory of a running process so far [kB].
fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Runs the whole check, or that of some candidates.
pub fn check(candidates: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let human = folder.path().join("report.txt");
    let mut child = dualcert(&["check", DESIGN, "--format", "json", "--timings"])
        .arg(format!("--also=human={}", human.display()))
        .args(candidates.iter().flat_map(|id| ["--candidate", *id]))
        .env("RAYON_NUM_THREADS", "2")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let drain = |mut pipe: Box<dyn Read + Send>| {
        std::thread::spawn(move || {
            let mut text = String::new();
            pipe.read_to_string(&mut text).unwrap();
            text
        })
    };
    let stdout = drain(Box::new(child.stdout.take().unwrap()));
    let stderr = drain(Box::new(child.stderr.take().unwrap()));
    let mut resident = None;
    let status = loop {
        resident = high_water(child.id()).or(resident);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    Run {
        code: status.code(),
        json: stdout.join().unwrap(),
        human: fs::read_to_string(human).unwrap(),
        stderr: stderr.join().unwrap(),
        resident,
    }
}

pub static TWO_THREADS: LazyLock<Run> = LazyLock::new(|| check(&[]));

/// The same, screened.
pub static SCREENING: LazyLock<Value> = LazyLock::new(|| {
    let arguments = ["check", DESIGN, "--format", "json", "--level", "screening"];
    serde_json::from_slice(&dualcert(&arguments).output().unwrap().stdout).unwrap()
});

pub static REPORT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&TWO_THREADS.json).unwrap());

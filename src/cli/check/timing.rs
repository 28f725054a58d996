//! What a run took, on standard error.

use super::Judged;
use crate::cli::Streams;
use crate::cli::physics::Cost;
use std::time::Duration;

/// Time and field solutions of candidates.
pub(super) fn candidates(judged: &[Vec<Judged>], streams: &mut Streams<'_>) {
    for candidate in judged.iter().flatten() {
        let Cost {
            coarse_solves,
            standard_solves,
            fine_solves,
            newton_iterations,
            standard_equivalents,
        } = candidate.cost;
        streams.say(format_args!(
            "timing: {}: {:.3} s, {coarse_solves} coarse, {standard_solves} standard and {fine_solves} fine \
             solutions, {newton_iterations} Newton iterations, {standard_equivalents:.1} standard equivalents",
            candidate.report.id,
            candidate.time.as_secs_f64(),
        ));
    }
}

/// Files and candidates a second, and the most memory that the process has held.
pub(super) fn throughput(
    (files, candidates): (usize, usize),
    took: Duration,
    streams: &mut Streams<'_>,
) {
    let seconds = took.as_secs_f64().max(1e-9);
    let rate = |count: usize| count as f64 / seconds;
    let memory = peak_memory_kb().map_or_else(String::new, |kb| {
        format!(", at most {:.1} MB", kb as f64 / 1000.0)
    });
    streams.say(format_args!(
        "total: files {files}, candidates {candidates}, {seconds:.2} s, {:.1} files/s, {:.1} candidates/s{memory}",
        rate(files),
        rate(candidates),
    ));
}

/// The most memory that this process has held [kB], where the system tells it (`VmHWM` of proc(5)).
fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

//! What a screening saves: one design of each family at screening and at verdict level. `cargo bench` prints the ratio of
//! the two, which means the same on every machine, and times the screening.

#![allow(
    clippy::unwrap_used,
    reason = "a bench that cannot get its input should fail on the spot"
)]

use criterion::Criterion;
use dualcert::design::Design;
use dualcert::evaluate::{Assessment, candidate_at, screen_at};
use dualcert::material::Library;
use dualcert::source::Document;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One design a family: its name, the file and the candidate.
const DESIGNS: [(&str, &str, &str); 3] = [
    (
        "ipm",
        include_str!("../designs/ev_traction.json"),
        "ipm-smco",
    ),
    (
        "spm",
        include_str!("../designs/wind_generator.json"),
        "tooth-coils-5mw",
    ),
    (
        "srm",
        include_str!("../designs/ev_traction.json"),
        "srm-18-12",
    ),
];

fn design(text: &str) -> Design {
    Design::load(&Document::parse("design.json", text).unwrap()).unwrap()
}

/// The candidate of that id.
fn judged(design: &Design, id: &str, screening: bool) -> Assessment {
    let candidate = design.candidate(id).unwrap();
    let evaluate = if screening { screen_at } else { candidate_at };
    evaluate(
        &design.application,
        candidate,
        Library::builtin(),
        design.day(),
    )
    .unwrap()
}

fn main() {
    // `cargo test --benches` wants to know that it runs, not how fast.
    let measure = std::env::args().any(|argument| argument == "--bench");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for (name, text, id) in DESIGNS {
        let design = design(text);
        if measure {
            let time = |screening| {
                let start = Instant::now();
                black_box(judged(&design, id, screening));
                start.elapsed().as_secs_f64()
            };
            let (rough, sure) = (time(true), time(false));
            println!("{name}: a verdict takes {:.1} screenings", sure / rough);
        }
        criterion.bench_function(&format!("screening, {name}"), |b| {
            b.iter(|| black_box(judged(&design, id, true)));
        });
    }
    criterion.final_summary();
}

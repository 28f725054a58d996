//! How fast a field is solved, as a ratio to a plain folded-band Cholesky beside it on the same matrices:
//! the ratio means the same on every machine, the times do not.

#![allow(
    clippy::unwrap_used,
    reason = "a bench that cannot get its input should fail on the spot"
)]

mod band;

use band::Band;
use criterion::Criterion;
use dualcert::design::Winding;
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver, State};
use dualcert::operate::machine::Machine;
use dualcert::operate::map::SEARCH;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn machine(resolution: Resolution) -> Machine {
    let design: Value =
        serde_json::from_str(include_str!("../../designs/ev_traction.json")).unwrap();
    let part = |key: &str| design["candidates"][0][key].clone();
    let topology: Topology = serde_json::from_value(part("topology")).unwrap();
    let winding: Winding = serde_json::from_value(part("winding")).unwrap();
    let layout = winding.on(&topology).unwrap();
    let plan = topology.plan(&layout, resolution).unwrap();
    Machine::new(&plan, &layout, resolution).unwrap()
}

fn materials() -> Materials {
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    Materials {
        steels: vec![law.clone(), law],
        remanence: 1.2,
        recoil_permeability: 1.05,
        kept: None,
    }
}

/// Two neighbouring points of a map: the solution of one starts the other.
struct Warm<'m> {
    solver: Solver<'m>,
    materials: Materials,
    start: State,
    load: Vec<f64>,
}

impl<'m> Warm<'m> {
    fn new(machine: &'m Machine) -> Self {
        let mut solver = Solver::new(&machine.sector);
        let materials = materials();
        let load = |id, iq| machine.load(machine.phase_currents(id, iq, 0));
        let (start, _) = solver
            .solve(&materials, &load(-125.0, 150.0), 0, None)
            .unwrap();
        Self {
            solver,
            materials,
            start,
            load: load(-125.0, 175.0),
        }
    }

    fn sparse(&mut self) -> (State, usize) {
        let start = Some(&self.start);
        let (state, effort) = self
            .solver
            .solve(&self.materials, &self.load, 0, start)
            .unwrap();
        (state, effort.iterations)
    }

    /// The same Newton steps with the band; near the solution every step is a whole one.
    fn banded(&mut self, band: &mut Band, iterations: usize) -> State {
        let mut state = self.start.clone();
        for _ in 0..iterations {
            let (values, residual) = self.solver.system(&self.materials, &self.load, &mut state);
            let mut step: Vec<f64> = residual.iter().map(|r| -r).collect();
            band.solve(values, &mut step);
            for (a, d) in state.a.iter_mut().zip(&step) {
                *a += d;
            }
        }
        // The last residual tells that it may stop.
        black_box(self.solver.system(&self.materials, &self.load, &mut state));
        state
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn timed<T>(job: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(job());
    start.elapsed()
}

/// Both in turn, so that whatever else the machine does falls on both.
fn ratio(name: &str, resolution: Resolution) {
    let machine = machine(resolution);
    let mut band = Band::new(&machine.sector);
    let mut warm = Warm::new(&machine);
    let (state, iterations) = warm.sparse();
    let other = warm.banded(&mut band, iterations);
    let largest = state.a.iter().fold(0.0_f64, |m, a| m.max(a.abs()));
    let off = state.a.iter().zip(&other.a).map(|(a, b)| (a - b).abs());
    let off = off.fold(0.0, f64::max) / largest;
    assert!(off < 1e-6, "the two solve different systems: {off:e}");
    let (mut sparse, mut banded) = (vec![], vec![]);
    let (mut sparse_step, mut banded_step) = (vec![], vec![]);
    let pattern = &machine.sector.pattern;
    let mut work = pattern.workspace();
    let mut at = state.clone();
    let (values, residual) = warm.solver.system(&warm.materials, &warm.load, &mut at);
    let (values, residual) = (values.to_vec(), residual.to_vec());
    for _ in 0..60 {
        sparse.push(timed(|| warm.sparse()));
        banded.push(timed(|| warm.banded(&mut band, iterations)));
        let mut right = residual.clone();
        sparse_step.push(timed(|| {
            pattern.solve(&values, &mut right, &mut work).unwrap()
        }));
        let mut right = residual.clone();
        banded_step.push(timed(|| band.solve(&values, &mut right)));
    }
    let (s, b) = (median(sparse), median(banded));
    let (s_step, b_step) = (median(sparse_step), median(banded_step));
    println!(
        "{name}: {} unknowns, half-bandwidth {}, {iterations} iterations from a neighbouring point\n  \
         field solution {s:.2} ms, with the folded band {b:.2} ms: ratio {:.2} (bar 1.0, goal 0.5 at \
         standard)\n  one factorisation and solution {s_step:.2} ms, folded band {b_step:.2} ms: ratio {:.2}",
        machine.sector.unknowns(),
        band.half_bandwidth(),
        s / b,
        s_step / b_step
    );
}

fn absolute(criterion: &mut Criterion) {
    for (name, resolution) in [
        ("coarse", Resolution::Coarse),
        ("standard", Resolution::Standard),
    ] {
        let machine = machine(resolution);
        let mut warm = Warm::new(&machine);
        criterion.bench_function(&format!("warm field, {name}"), |b| b.iter(|| warm.sparse()));
        criterion.bench_function(&format!("cold field, {name}"), |b| {
            b.iter(|| {
                let (materials, load) = (&warm.materials, &warm.load);
                warm.solver.solve(materials, load, 0, None).unwrap()
            });
        });
    }
    let coarse = machine(Resolution::Coarse);
    criterion.bench_function("flux map, coarse", |b| {
        b.iter(|| {
            let unknowns = coarse.sector.unknowns();
            Study::new(&coarse, materials(), unknowns)
                .map(250.0, SEARCH)
                .unwrap()
        });
    });
}

fn main() {
    // `cargo test --benches` wants to know that it runs, not how fast.
    if std::env::args().any(|argument| argument == "--bench") {
        ratio("coarse", Resolution::Coarse);
        ratio("standard", Resolution::Standard);
        ratio("fine", Resolution::Fine);
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    absolute(&mut criterion);
    criterion.final_summary();
}

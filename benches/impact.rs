//! The replay of an archive: 10,000 records under two versions of four standards.

use criterion::{Criterion, criterion_group, criterion_main};
use dualcert::lifecycle::{Archived, impact};
use dualcert::standard::{Standard, versions};
use serde_json::{Value, json};
use std::hint::black_box;

/// Records of both pathways that differ in one number each.
fn archive(standards: &[(Standard, Standard)]) -> Vec<Archived> {
    let bases: Vec<Value> = ["a", "b"]
        .iter()
        .map(|pathway| {
            let of_pathway = standards
                .iter()
                .filter(|(s, _)| s.header.side.name() == *pathway);
            let mut base = json!({});
            for (standard, _) in of_pathway {
                merge(&mut base, &standard.examples[0].record);
            }
            base
        })
        .collect();
    (0..10_000)
        .map(|number| {
            let mut record = bases[number % 2].clone();
            record["peak_torque_to_requirement_ratio"] =
                json!(f64::from(number as u32 % 1000) * 1e-3 + 0.5);
            let name = format!("records.jsonl:{}", number + 1);
            Archived {
                name,
                text: record.to_string(),
            }
        })
        .collect()
}

fn merge(base: &mut Value, more: &Value) {
    for (key, value) in more.as_object().into_iter().flatten() {
        match base.get_mut(key) {
            Some(Value::Object(own)) => own.extend(value.as_object().cloned().unwrap_or_default()),
            _ => base[key] = value.clone(),
        }
    }
}

fn bench(criterion: &mut Criterion) {
    let all = versions(None).unwrap_or_default();
    let pairs: Vec<(Standard, Standard)> = all
        .iter()
        .filter(|s| {
            s.judges() && s.header.sector == "ev_traction" && s.header.side.name() != "pair"
        })
        .map(|s| (s.clone(), s.clone()))
        .collect();
    let archive = archive(&pairs);
    let mut group = criterion.benchmark_group("impact");
    group.sample_size(10);
    group.bench_function("10000 records, 2 versions, 4 standards", |bencher| {
        let texts = || archive.iter().cloned().map(Ok);
        bencher.iter(|| black_box(impact(&pairs, texts())));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);

//! The reports of a run of 10,000 checks: how long each takes, and how much memory they need.
//!
//! `cargo bench --bench report` times each. `target/release/deps/report-… --once` makes each once and exits, to measure
//! memory by: `/usr/bin/time -v` (compare with `--record`, which only makes the record).

#[expect(dead_code, reason = "the tests use more of it than the benchmark")]
#[path = "../tests/reports/sample.rs"]
mod sample;

use std::hint::black_box;

use criterion::{Criterion, criterion_group};
use scimitar::record::Run;
use scimitar::report::{html, junit, markdown};

const CHECKS: usize = 10_000;

fn reports(criterion: &mut Criterion) {
    let run = packed();
    let mut group = criterion.benchmark_group("10000 checks");
    group.sample_size(10);
    group.bench_function("html", |bencher| bencher.iter(|| page(&run)));
    group.bench_function("junit", |bencher| {
        bencher.iter(|| black_box(junit::render(&run)).is_ok());
    });
    group.bench_function("markdown", |bencher| {
        bencher.iter(|| markdown::render(&run));
    });
    group.finish();
}

/// The record as `scimitar run` has it when it writes the reports.
fn packed() -> Run {
    let mut run = sample::large(CHECKS);
    for check in &mut run.checks {
        check.steps.pack();
    }
    run
}

fn page(run: &Run) -> usize {
    let mut page = Vec::new();
    let written = html::write(run, &mut page);
    assert!(written.is_ok());
    page.len()
}

criterion_group!(benches, reports);

fn main() {
    let only = |word: &str| std::env::args().any(|argument| argument == word);
    if only("--record") || only("--once") {
        let run = packed();
        if only("--once") {
            black_box((
                page(&run),
                junit::render(&run).is_ok(),
                markdown::render(&run).len(),
            ));
        }
        black_box(run);
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}

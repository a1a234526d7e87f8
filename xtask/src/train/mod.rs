//! Trains the tagger on what filers themselves tagged, and says how well it does on companies it has not
//! seen. The same corpus gives the same file, byte for byte.

mod data;
mod learn;

use crate::args::Args;
use crate::repo;
use data::Example;
use learn::Learned;
use std::collections::BTreeMap;
use tieout_taxonomy::tagger::model::{Model, STEPS, best};
use tieout_taxonomy::tagger::{Features, SURE, SURE_WITH_TABLE, with};

/// Companies are dealt into so many parts; a part is tagged by a model that has learned from the others.
const PARTS: u32 = 5;
/// So many parts are tagged, where nothing else is asked: enough to count by, and two minutes less.
const FOLDS: u32 = 2;

pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let folds = (args.number("--folds", u64::from(FOLDS))? as u32).min(PARTS);
    let misses = args.flag("--misses");
    args.done()?;
    let examples = data::read()?;
    let features: Vec<Features> = examples.iter().map(Example::features).collect();
    let lines: usize = examples.iter().map(|e| e.tags.len()).sum();
    println!("{} statements, {lines} lines", examples.len());
    let mut answers = Vec::new();
    for fold in 0..folds {
        let model = train(&examples, &features, |e| part(e.company) != fold, &[100; STEPS]);
        let model = Model::new(model.leak()).ok_or("the model cannot be read back")?;
        answers.extend(examine(&model, &examples, &features, fold));
    }
    let calibration = calibrate(&answers);
    report(&examples, &answers, &calibration, misses);
    if folds != FOLDS {
        println!("nothing written: the committed model is calibrated over {FOLDS} parts");
        return Ok(());
    }
    let file = train(&examples, &features, |_| true, &calibration);
    let path = repo::root().join("crates/tieout-taxonomy/model/tagger.bin");
    println!("{}: {} bytes", path.display(), file.len());
    std::fs::write(&path, file).map_err(|e| format!("{}: {e}", path.display()))
}

/// The part a company falls into.
fn part(company: u32) -> u32 {
    (company.wrapping_mul(2_654_435_761) >> 16) % PARTS
}

fn train(
    examples: &[Example],
    features: &[Features],
    wanted: impl Fn(&Example) -> bool + Sync,
    calibration: &[u8; STEPS],
) -> Vec<u8> {
    let group = |n: usize| -> Learned {
        let mine = |e: &Example| wanted(e) && e.with(|s| s.group()) == Some(n);
        let chosen: Vec<_> = examples.iter().zip(features).filter(|(e, _)| mine(e)).collect();
        learn::learn(&chosen)
    };
    let group = &group;
    let groups = std::thread::scope(|scope| {
        [0, 1, 2]
            .map(|n| scope.spawn(move || group(n)))
            .map(|learning| learning.join().expect("learning does not fail"))
    });
    learn::file(&groups, calibration)
}

/// What became of a line that the model had not seen.
struct Answer {
    /// Example and line.
    at: (usize, usize),
    /// The tag it would give if it had to.
    tag: &'static str,
    /// The model's own probability, in steps of the calibration.
    step: usize,
    /// The label tables say so too.
    table: bool,
    /// The tag is the filer's.
    right: bool,
}

impl Answer {
    /// Whether it would say so, if it were asked.
    fn sure(&self, calibration: &[u8; STEPS]) -> bool {
        calibration[self.step] >= if self.table { SURE_WITH_TABLE } else { SURE }
    }
}

fn examine(model: &Model<'static>, examples: &[Example], features: &[Features], fold: u32) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (n, example) in examples.iter().enumerate().filter(|(_, e)| part(e.company) == fold) {
        let Some(group) = example.with(|s| s.group()) else { continue };
        let found = example.with(|s| with(model, s));
        for (i, tag) in example.tags.iter().enumerate() {
            let Some(found) = found[i] else { continue };
            let mut scores = vec![0; model.classes(group)];
            model.score(features[n].whole(), &mut scores);
            model.score(features[n].of(i), &mut scores);
            let probability =
                best::<6>(&scores).iter().find(|b| model.name(group, b.0) == found.tag).map_or(0, |b| b.1);
            let step = ((probability as usize * STEPS) >> 16).min(STEPS - 1);
            answers.push(Answer {
                at: (n, i),
                tag: found.tag,
                step,
                table: !found.because.model,
                right: tag == found.tag,
            });
        }
    }
    answers
}

/// The share of right answers by step, made to rise: where a step is worse than the one below it, both count
/// as one.
fn calibrate(answers: &[Answer]) -> [u8; STEPS] {
    let mut pools: Vec<(usize, usize, usize)> = Vec::new();
    for step in 0..STEPS {
        let here = answers.iter().filter(|a| a.step == step);
        let mut pool = (here.clone().filter(|a| a.right).count(), here.count(), 1);
        while let Some(last) = pools.last().filter(|l| l.0 * pool.1 >= pool.0 * l.1) {
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let mut out = [0; STEPS];
    let percents = pools.iter().flat_map(|p| std::iter::repeat_n((p.0 * 100 / p.1.max(1)) as u8, p.2));
    out.iter_mut().zip(percents).for_each(|(slot, percent)| *slot = percent);
    out
}

fn report(examples: &[Example], answers: &[Answer], calibration: &[u8; STEPS], misses: bool) {
    let folds: Vec<u32> = {
        let mut folds: Vec<u32> = answers.iter().map(|a| part(examples[a.at.0].company)).collect();
        folds.sort_unstable();
        folds.dedup();
        folds
    };
    let mut all: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for example in examples.iter().filter(|e| folds.contains(&part(e.company))) {
        let count = example.tags.iter().filter(|t| t.starts_with("us-gaap:")).count();
        *all.entry((example.year < 2015, example.kind.code())).or_default() += count;
    }
    let share = |n: usize, of: usize| {
        let tenths = (n * 1000 + of / 2) / of.max(1);
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    let gaap = |a: &&Answer| examples[a.at.0].tags[a.at.1].starts_with("us-gaap:");
    println!("Lines of companies not seen, by the filer's own us-gaap tag:");
    for (&(old, code), &count) in &all {
        let mine = |a: &&Answer| {
            let e = &examples[a.at.0];
            (e.year < 2015, e.kind.code()) == (old, code)
        };
        let sure = |a: &&Answer| a.sure(calibration);
        let here = || answers.iter().filter(mine).filter(gaap).filter(sure);
        let (right, wrong) = (here().filter(|a| a.right).count(), here().filter(|a| !a.right).count());
        let years = if old { "2009-2010" } else { "2024-2025" };
        println!(
            "  {years} {code}: {count} lines, right {}, wrong {}, not known {}",
            share(right, count),
            share(wrong, count),
            share(count - right - wrong, count)
        );
    }
    println!("2024-2025, by how sure it has to be (it is {SURE}, and {SURE_WITH_TABLE} where the tables say so too):");
    let count: usize = all.iter().filter(|(k, _)| !k.0).map(|(_, n)| n).sum();
    for sure in (30..=95).step_by(5) {
        let here =
            || answers.iter().filter(|a| examples[a.at.0].year >= 2015 && calibration[a.step] >= sure).filter(gaap);
        let (right, wrong) = (here().filter(|a| a.right).count(), here().filter(|a| !a.right).count());
        println!("  {sure}: right {}, wrong {}", share(right, count), share(wrong, count));
    }
    println!("calibration {calibration:?}");
    if misses {
        for a in answers.iter().filter(|a| !a.right && a.sure(calibration)) {
            let e = &examples[a.at.0];
            println!("{}\t{}\t{}\t{}\t{}", e.kind.code(), e.company, e.label(a.at.1), e.tags[a.at.1], a.tag);
        }
    }
}

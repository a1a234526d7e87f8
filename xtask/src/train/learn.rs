//! The learning: for each group of statements a multinomial logistic regression over hashed features, by
//! AdaGrad with most of the features left out at each step (dropout), which keeps one company's habits from
//! being learned by heart. A weight exists for a feature and a tag that were seen together.
#![allow(clippy::disallowed_types, reason = "weights are no amounts, and only whole ones leave this file")]

use super::data::Example;
use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tieout_taxonomy::tagger::Features;
use tieout_taxonomy::tagger::model::{BUCKETS, MAGIC, MANY, NEW, OLD, STEPS, UNIT};

/// A tag is learned if so many companies use it.
const COMPANIES: usize = 3;
/// A feature is learned if so many companies show it.
const SHOWN: usize = 3;
/// A feature of whole documents is learned if so many companies show it,
const WHOLE_SHOWN: usize = 20;
/// and with a tag if so many of them use that.
const WHOLE_WITH: usize = 4;
/// Of so many features in 256, one step uses these: of a line's own, and of its document's.
const KEPT: u64 = 128;
const WHOLE_KEPT: u64 = 26;
/// Weights this small, in 1/[`UNIT`], are left out of the file.
const SMALL: u8 = 4;
/// Times over the data.
const ROUNDS: usize = 10;
/// First step length; it goes down to nothing.
const STEP: f32 = 0.3;
/// A company's lines weigh together as much as so many lines, so that those with many filings do not rule.
const COMPANY: f32 = 330.0;
/// More documents than one in so many have the tag twice.
const TWICE: usize = 7;

/// One group's part of the model.
pub(super) struct Learned {
    names: Vec<String>,
    flags: Vec<u8>,
    /// By feature: classes and weights in 1/[`UNIT`].
    weights: BTreeMap<u32, Vec<(u16, i8)>>,
}

/// A line to learn from; the same line of one company's filings is one.
struct Sample {
    /// The weights of its features.
    ranges: Vec<(u32, u32)>,
    /// Which document's features are added.
    whole: usize,
    right: usize,
    /// How much it counts.
    share: f32,
}

/// What is one line: company, tag and features.
type Alike = (u32, usize, Vec<(u32, u32)>);

/// Who shows a feature.
#[derive(Default)]
struct Seen {
    last: Option<u32>,
    companies: usize,
    /// By class: the last company and how many.
    with: BTreeMap<u16, (u32, usize)>,
}

impl Seen {
    fn see(&mut self, company: u32, class: u16) {
        if self.last.replace(company) != Some(company) {
            self.companies += 1;
        }
        let with = self.with.entry(class).or_insert((company, 1));
        if with.0 != company {
            *with = (company, with.1 + 1);
        }
    }
}

/// Learns one group.
pub(super) fn learn(examples: &[(&Example, &Features)]) -> Learned {
    let (names, flags) = classes(examples);
    let number: HashMap<&str, u16> = (0u16..).zip(&names).map(|(i, n)| (n.as_str(), i)).collect();
    let class = |tag: &String| number.get(tag.as_str()).copied().unwrap_or(0);

    // Which features are shown by companies enough, and with which classes.
    let mut seen: HashMap<u32, Seen> = HashMap::new();
    let mut seen_whole: HashMap<u32, Seen> = HashMap::new();
    let mut lines_of: HashMap<u32, f32> = HashMap::new();
    for (example, features) in examples {
        *lines_of.entry(example.company).or_default() += example.tags.len() as f32;
        for (i, tag) in example.tags.iter().enumerate() {
            let class = class(tag);
            features.of(i).iter().for_each(|&f| seen.entry(f).or_default().see(example.company, class));
            features.whole().iter().for_each(|&f| seen_whole.entry(f).or_default().see(example.company, class));
        }
    }
    let keep = |seen: HashMap<u32, Seen>, shown: usize, least: usize| {
        let with = |s: Seen| s.with.into_iter().filter(|w| w.1.1 >= least).map(|w| w.0).collect();
        let mut kept: Vec<(u32, Vec<u16>)> =
            seen.into_iter().filter(|(_, s)| s.companies >= shown).map(|(f, s)| (f, with(s))).collect();
        kept.sort();
        kept
    };
    let (own, whole) = (keep(seen, SHOWN, 1), keep(seen_whole, WHOLE_SHOWN, WHOLE_WITH));
    let mut targets: Vec<u16> = Vec::new();
    let mut range: HashMap<u32, (u32, u32)> = HashMap::new();
    for (feature, with) in own.iter().chain(&whole) {
        let start = targets.len() as u32;
        targets.extend(with);
        range.insert(*feature, (start, targets.len() as u32));
    }

    // The lines as ranges of weights.
    let ranges =
        |features: &[u32]| -> Vec<(u32, u32)> { features.iter().filter_map(|f| range.get(f).copied()).collect() };
    let mut lines: Vec<Sample> = Vec::new();
    let mut wholes: Vec<Vec<(u32, u32)>> = Vec::new();
    let mut same: HashMap<Alike, usize> = HashMap::new();
    for (example, features) in examples {
        let share = (COMPANY / lines_of.get(&example.company).copied().unwrap_or(COMPANY)).min(2.0);
        wholes.push(ranges(features.whole()));
        for (i, tag) in example.tags.iter().enumerate() {
            let (ranges, right) = (ranges(features.of(i)), usize::from(class(tag)));
            let line = *same.entry((example.company, right, ranges.clone())).or_insert(lines.len());
            match lines.get_mut(line) {
                Some(line) => line.share += share,
                None => lines.push(Sample { ranges, whole: wholes.len() - 1, right, share }),
            }
        }
    }
    drop(same);

    let mut weights = vec![0f32; targets.len()];
    let mut squares = vec![1e-6f32; targets.len()];
    let mut scores = vec![0f32; names.len()];
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut random = Random::new(1);
    let mut some: Vec<(u32, u32)> = Vec::new();
    for round in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        let step = STEP * (1.0 - round as f32 / ROUNDS as f32);
        for &line in &order {
            let Sample { ranges, whole, right, share } = &lines[line];
            some.clear();
            let features = ranges.iter().map(|r| (r, KEPT)).chain(wholes[*whole].iter().map(|r| (r, WHOLE_KEPT)));
            let mut dice = 0;
            for (n, (&range, kept)) in features.enumerate() {
                if n % 7 == 0 {
                    dice = random.below(1 << 56) as u64;
                }
                if dice & 255 < kept {
                    some.push(range);
                }
                dice >>= 8;
            }
            scores.fill(0.0);
            for at in some.iter().flat_map(|r| r.0 as usize..r.1 as usize) {
                scores[usize::from(targets[at])] += weights[at];
            }
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            let mut sum = 0.0;
            for score in &mut scores {
                *score = exp(*score - highest);
                sum += *score;
            }
            for score in &mut scores {
                *score *= share / sum;
            }
            scores[*right] -= share;
            for at in some.iter().flat_map(|r| r.0 as usize..r.1 as usize) {
                let slope = scores[usize::from(targets[at])];
                if slope.abs() > 1e-4 {
                    squares[at] += slope * slope;
                    weights[at] -= step * slope / squares[at].sqrt();
                }
            }
        }
    }

    // All features at once weigh as much as the part of them that a step used.
    let mut out = BTreeMap::new();
    for (kept, features) in [(KEPT, own), (WHOLE_KEPT, whole)] {
        let part = kept as f32 / 256.0 * UNIT as f32;
        for (feature, with) in features {
            let (start, end) = range[&feature];
            let whole =
                weights[start as usize..end as usize].iter().map(|w| (w * part).round().clamp(-127.0, 127.0) as i8);
            let entries: Vec<(u16, i8)> = with.into_iter().zip(whole).filter(|e| e.1.unsigned_abs() > SMALL).collect();
            if !entries.is_empty() {
                out.insert(feature, entries);
            }
        }
    }
    Learned { names, flags, weights: out }
}

/// The tags to learn, the empty one first, and what is known of each.
fn classes(examples: &[(&Example, &Features)]) -> (Vec<String>, Vec<u8>) {
    #[derive(Default)]
    struct Use {
        companies: BTreeSet<u32>,
        eras: u8,
        documents: usize,
        twice: usize,
    }
    // Income and comprehensive income are often one statement: a tag that both have stands twice in it.
    let mut documents: BTreeMap<&str, (BTreeMap<&str, usize>, &Example)> = BTreeMap::new();
    for (example, _) in examples {
        let (counts, _) = documents.entry(&example.document).or_insert((BTreeMap::new(), example));
        for tag in example.tags.iter().filter(|t| t.starts_with("us-gaap:")) {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    for (counts, example) in documents.into_values() {
        for (tag, count) in counts {
            let of = uses.entry(tag).or_default();
            of.companies.insert(example.company);
            of.eras |= if example.year < 2015 { OLD } else { NEW };
            of.documents += 1;
            of.twice += usize::from(count > 1);
        }
    }
    uses.retain(|_, u| u.companies.len() >= COMPANIES);
    let flags = |u: &Use| u.eras | if u.twice * TWICE > u.documents { MANY } else { 0 };
    let names = std::iter::once(String::new()).chain(uses.keys().map(|n| (*n).to_string())).collect();
    (names, std::iter::once(MANY).chain(uses.values().map(flags)).collect())
}

/// e^x for x at most 0, from sums and products alone, so that every machine learns the same to the last bit.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let halvings = (-x * std::f32::consts::LOG2_E) as u32;
    let rest = x + halvings as f32 * std::f32::consts::LN_2;
    let series = (1..=7).rev().fold(1.0, |sum, n| 1.0 + sum * rest / n as f32);
    series * f32::from_bits((127 - halvings) << 23)
}

/// The model's file (layout: `tieout_taxonomy::tagger::model`).
pub(super) fn file(groups: &[Learned; 3], calibration: &[u8; STEPS]) -> Vec<u8> {
    let weights: BTreeMap<u32, &Vec<(u16, i8)>> =
        groups.iter().flat_map(|g| &g.weights).map(|(&feature, entries)| (feature, entries)).collect();
    let weights: Vec<(u32, &[(u16, i8)])> =
        weights.into_iter().flat_map(|(f, e)| e.chunks(usize::from(u8::MAX)).map(move |part| (f, part))).collect();
    let entries: usize = weights.iter().map(|w| w.1.len()).sum();
    let names: String = groups.iter().flat_map(|g| &g.names).map(String::as_str).collect();
    let mut out = MAGIC.to_vec();
    let put = |out: &mut Vec<u8>, n: usize| out.extend((n as u32).to_le_bytes());
    for n in [weights.len(), entries, names.len()] {
        put(&mut out, n);
    }
    groups.iter().for_each(|g| put(&mut out, g.names.len()));
    out.extend(calibration);
    groups.iter().for_each(|g| out.extend(&g.flags));
    let mut end = 0;
    for name in groups.iter().flat_map(|g| &g.names) {
        end += name.len();
        put(&mut out, end);
    }
    out.extend(names.bytes());
    let mut all = weights.iter().peekable();
    let (mut feature, mut entry) = (0, 0);
    for bucket in 0..=BUCKETS as u32 {
        put(&mut out, feature);
        put(&mut out, entry);
        while let Some((_, with)) = all.next_if(|(f, _)| f >> 16 == bucket) {
            feature += 1;
            entry += with.len();
        }
    }
    weights.iter().for_each(|(f, _)| out.extend((*f as u16).to_le_bytes()));
    weights.iter().for_each(|(_, e)| out.push(e.len() as u8));
    let entries = || weights.iter().flat_map(|(_, e)| *e);
    entries().for_each(|(class, _)| out.extend(class.to_le_bytes()));
    entries().for_each(|(_, weight)| out.push(weight.cast_unsigned()));
    out
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn exponentials() {
        for x in [0.0, -0.1, -0.7, -1.0, -5.5, -30.0] {
            let (ours, right) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours - right).abs() <= right * 1e-5, "{x}: {ours} {right}");
        }
        assert_eq!(exp(-100.0), 0.0);
    }
}

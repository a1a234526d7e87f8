//! The trained model as it lies in the binary: nothing is parsed or copied when the program starts.
//!
//! The file, numbers little-endian:
//! 1. [`MAGIC`]; then three `u32`: features, entries, bytes of names;
//! 2. for each of three groups of statements (balance sheets; income and comprehensive income; cash flows) a
//!    `u32`: its classes;
//! 3. [`STEPS`] bytes: the share in 100 of right answers where the model's own probability was in this step,
//!    as counted over companies it had not seen;
//! 4. a byte of flags for each class, all groups in order ([`MANY`], [`OLD`], [`NEW`]);
//! 5. a `u32` for each class: where its name ends in the text that follows; the names of a group are sorted,
//!    and its first is empty, which means "none of these";
//! 6. [`BUCKETS`] + 1 pairs of `u32`: the first feature, and its first entry, whose number begins with these bits;
//! 7. a `u16` for each feature: the 16 bits behind; then a byte for each feature: how many entries it has. One
//!    with more than 255 entries stands there more than once;
//! 8. a `u16` for each entry: its class within the group; then an `i8` for each: its weight, in 1/32 of a
//!    natural logarithm.

/// Begins the file; the number changes with the layout or with what [`super::features`] means.
pub const MAGIC: &[u8; 16] = b"tieout tagger 2\n";
/// Features are numbers below this times 65,536: what looks one up reads the few of its bucket.
pub const BUCKETS: usize = 1 << 14;
/// Steps of the calibration.
pub const STEPS: usize = 100;
/// Two lines of a statement may have this tag.
pub const MANY: u8 = 1;
/// Was seen in statements of 2009 and 2010, so that the first taxonomies had it.
pub const OLD: u8 = 2;
/// Was seen in statements of 2024 and 2025, so that it is not deprecated.
pub const NEW: u8 = 4;
/// Weights count in 1/32 of a natural logarithm.
pub const UNIT: i32 = 32;

/// The parts of a model.
#[derive(Debug, Clone, Copy)]
pub struct Model<'m> {
    classes: [usize; 3],
    calibration: &'m [u8],
    flags: &'m [u8],
    ends: &'m [u8],
    names: &'m str,
    buckets: &'m [u8],
    keys: &'m [u8],
    counts: &'m [u8],
    targets: &'m [u8],
    weights: &'m [u8],
}

impl<'m> Model<'m> {
    /// Takes the parts out of a file; none where it is not one, or cut short.
    pub fn new(file: &'m [u8]) -> Option<Model<'m>> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut take = |bytes: usize| {
            let (part, more) = rest.split_at_checked(bytes)?;
            rest = more;
            Some(part)
        };
        let head = take(12)?;
        let (features, entries, names) = (number(head, 0)?, number(head, 1)?, number(head, 2)?);
        let classes = take(12)?;
        let classes = [number(classes, 0)?, number(classes, 1)?, number(classes, 2)?];
        let all = classes.iter().sum();
        let calibration = take(STEPS)?;
        let flags = take(all)?;
        let ends = take(all * 4)?;
        let names = std::str::from_utf8(take(names)?).ok()?;
        let buckets = take((BUCKETS + 1) * 8)?;
        let keys = take(features * 2)?;
        let counts = take(features)?;
        let targets = take(entries * 2)?;
        let weights = take(entries)?;
        rest.is_empty().then_some(Model {
            classes,
            calibration,
            flags,
            ends,
            names,
            buckets,
            keys,
            counts,
            targets,
            weights,
        })
    }

    /// How many classes a group has.
    pub fn classes(&self, group: usize) -> usize {
        self.classes.get(group).copied().unwrap_or(0)
    }

    /// Adds up what the features say for each class.
    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        for &feature in features {
            let bucket = feature as usize >> 16;
            let [Some(from), Some(mut entry), Some(to)] = [0, 1, 2].map(|i| number(self.buckets, bucket * 2 + i))
            else {
                continue;
            };
            for at in from..to {
                let count = self.counts.get(at).map_or(0, |&c| usize::from(c));
                let key = short(self.keys, at);
                if key > Some(feature as u16) {
                    break;
                }
                if key == Some(feature as u16) {
                    let (targets, _) = self.targets.as_chunks::<2>();
                    let own = targets.get(entry..entry + count).zip(self.weights.get(entry..entry + count));
                    let (targets, weights) = own.unwrap_or_default();
                    for (&class, &weight) in targets.iter().zip(weights) {
                        if let Some(score) = scores.get_mut(usize::from(u16::from_le_bytes(class))) {
                            *score += i32::from(weight.cast_signed());
                        }
                    }
                }
                entry += count;
            }
        }
    }

    fn index(&self, group: usize, class: usize) -> usize {
        self.classes.iter().take(group).sum::<usize>() + class
    }

    /// The tag of a class; empty for the first of a group.
    pub fn name(&self, group: usize, class: usize) -> &'m str {
        let index = self.index(group, class);
        let end = number(self.ends, index).unwrap_or(0);
        let start = index.checked_sub(1).and_then(|i| number(self.ends, i)).unwrap_or(0);
        self.names.get(start..end).unwrap_or_default()
    }

    /// The class of a tag. The names of a group are sorted.
    pub fn class(&self, group: usize, tag: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.classes(group));
        while from < to {
            let middle = from.midpoint(to);
            match self.name(group, middle).cmp(tag) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// What is known of a class.
    pub fn flags(&self, group: usize, class: usize) -> u8 {
        self.flags.get(self.index(group, class)).copied().unwrap_or(0)
    }

    /// How many in 100 answers of this probability (in 65,536) are right.
    pub fn percent(&self, probability: u32) -> u8 {
        let step = (probability as usize * STEPS) >> 16;
        self.calibration.get(step.min(STEPS - 1)).copied().unwrap_or(0)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at * 4..at * 4 + 4)?;
    Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at * 2)?, *bytes.get(at * 2 + 1)?]))
}

/// e^(-n/32) in 65,536ths. Beyond the table nothing is left.
const DECAY: [u32; 384] = {
    let mut table = [0; 384];
    // 2^32 e^(-1/32), rounded.
    let step: u64 = 4_162_825_044;
    let mut value: u64 = 1 << 32;
    let mut n = 0;
    while n < table.len() {
        table[n] = (value >> 16) as u32;
        value = (value * step) >> 32;
        n += 1;
    }
    table
};

/// The likeliest classes, best first, with their probabilities in 65,536ths.
pub fn best<const N: usize>(scores: &[i32]) -> [(usize, u32); N] {
    let mut best = [(0, i32::MIN); N];
    for (class, &score) in scores.iter().enumerate() {
        // Nearly all are behind the last of the best.
        if best.last().is_none_or(|last| score <= last.1) {
            continue;
        }
        let mut new = (class, score);
        for place in &mut best {
            if new.1 > place.1 {
                std::mem::swap(&mut new, place);
            }
        }
    }
    let highest = best.first().map_or(0, |b| b.1);
    let decay = |score: i32| DECAY.get(highest.saturating_sub(score).unsigned_abs() as usize).copied().unwrap_or(0);
    let near = |score: &&i32| highest.saturating_sub(**score).unsigned_abs() < DECAY.len() as u32;
    let all: u64 = scores.iter().filter(near).map(|&s| u64::from(decay(s))).sum();
    best.map(|(class, score)| (class, ((u64::from(decay(score)) << 16) / all.max(1)) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_logarithms() {
        // e^0 : e^-1 = 0.731 : 0.269.
        let [(first, p), (second, q)] = best::<2>(&[0, UNIT, 0 - 20 * UNIT]);
        assert_eq!((first, second), (1, 0));
        assert!((47_850..47_950).contains(&p), "{p}");
        assert!((17_600..17_650).contains(&q), "{q}");
    }

    #[test]
    fn what_is_no_model_is_none() {
        assert!(Model::new(b"").is_none());
        assert!(Model::new(MAGIC).is_none());
    }
}

use super::{Era, Statement};
use tieout_model::{StatementKind, Unit};

/// What the model sees of each line of a statement: numbers, one for each fact about it ("its first word is
/// *total*", "the line below is *total assets*"). Facts of line `i` are `all[ends[i-1]..ends[i]]`, sorted,
/// each once; those in `whole` are of every line.
#[derive(Debug, Default)]
pub struct Features {
    all: Vec<u32>,
    ends: Vec<usize>,
    whole: Vec<u32>,
}

impl Features {
    /// What the document is like, by the tags that the label tables give its lines: it has deposits, preferred
    /// stock, a part owned by others.
    pub fn whole(&self) -> &[u32] {
        &self.whole
    }

    /// The facts of one line.
    pub fn of(&self, line: usize) -> &[u32] {
        let start = line.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.ends.get(line).and_then(|&end| self.all.get(start..end)).unwrap_or_default()
    }
}

/// Longest label the model reads; what stands behind it is par values and share counts.
const LONGEST: usize = 400;
/// Words of a label that count one by one.
const WORDS: usize = 16;

/// A label in the model's form: a name for each word, and one for all words outside brackets.
#[derive(Debug, Default)]
struct Words {
    each: Vec<u32>,
    bare: u32,
    /// The words' first five letters.
    stems: Vec<u32>,
    /// A result: the line a reader takes as the end of the lines above it.
    total: bool,
}

/// The facts about the lines of a statement. Training and reading both come here, so that they agree.
pub fn features(statement: &Statement<'_>) -> Features {
    let lines: Vec<Words> = statement.lines.iter().map(|l| words(l.label)).collect();
    let (mut last_total, mut next_total) = (vec![0; lines.len()], vec![0; lines.len()]);
    totals(next_total.iter_mut().zip(&lines).rev());
    totals(last_total.iter_mut().zip(&lines));
    let (group, kind) = match statement.kind {
        StatementKind::BalanceSheet => (1, 1),
        StatementKind::Income => (2, 2),
        StatementKind::Comprehensive => (2, 3),
        StatementKind::CashFlow => (3, 4),
        StatementKind::Equity | StatementKind::Other => (4, 5),
    };
    let old = u32::from(statement.era() != Era::New);
    let minority = u32::from(statement.minority);
    let whole = statement.document.iter().map(|tag| number(group, 30, hash(tag.as_bytes()), 0)).collect();
    let mut out = Features { whole, ..Features::default() };
    let mut heading = Words::default();
    let mut bag = Vec::new();
    let table = |i: usize| statement.lines.get(i).and_then(|l| l.table).map_or(0, |f| hash(f.tag.as_bytes()));
    for (i, (line, said)) in lines.iter().zip(statement.lines).enumerate() {
        if i == 0 || statement.lines.get(i - 1).map(|l| l.heading) != Some(said.heading) {
            heading = heading_words(said.heading);
        }
        let unit = match said.unit {
            Unit::Money(_) => 0,
            Unit::Shares => 1,
            Unit::PerShare(_) => 2,
            Unit::Pure => 3,
        };
        let neighbour = |at: Option<usize>, none: u32| at.and_then(|j| lines.get(j)).map_or(none, |l| l.bare);
        let (above, under) = (neighbour(i.checked_sub(1), 2), neighbour(Some(i + 1), 3));
        let next = next_total.get(i).copied().unwrap_or(0);
        let last = last_total.get(i).copied().unwrap_or(0);
        let at = |step: isize| i.checked_add_signed(step).filter(|&at| at < lines.len()).map_or(1, table);
        let (own, tag) = (line.bare, table(i));
        let start = out.all.len();
        let mut add = |what: u32, a: u32, b: u32| out.all.push(number(group, what, a, b));
        add(1, 0, 0);
        add(2, unit, 0);
        add(3, unit, i32::from(said.sign).unsigned_abs() + u32::from(said.sign < 0));
        add(4, old, 0);
        for (what, with) in [
            (5, 0),
            (6, heading.bare),
            (7, unit),
            (8, above),
            (9, under),
            (10, next),
            (11, kind),
            (12, minority),
            (13, old),
        ] {
            add(what, own, with);
        }
        for (what, alone) in [(14, heading.bare), (15, above), (16, under), (17, next)] {
            add(what, alone, 0);
        }
        for &word in &heading.each {
            add(18, word, 0);
        }
        for (what, with) in [(19, 0), (20, own), (21, old), (22, minority)] {
            add(what, tag, with);
        }
        for (what, step) in [(23, -1), (24, 1), (31, -2), (32, 2)] {
            add(what, at(step), 0);
        }
        add(33, own, at(-1));
        add(34, own, at(1));
        for (n, &word) in line.each.iter().enumerate().take(WORDS) {
            let after = |n: usize| line.each.get(n).copied().unwrap_or(0);
            add(25, word, 0);
            add(26, word, next);
            add(27, word, after(n + 1));
            add(35, word, last);
            add(36, word, tag);
            add(37, word, after(n + 2));
            add(38, mix(word, after(n + 1)), after(n + 2));
            for &over in heading.each.iter().take(WORDS) {
                add(39, word, over);
            }
        }
        for &stem in line.stems.iter().take(WORDS) {
            add(40, stem, 0);
        }
        for (what, neighbour) in [(41, i.checked_sub(1)), (42, Some(i + 1))] {
            for &word in neighbour.and_then(|n| lines.get(n)).map_or(&[][..], |l| &l.each).iter().take(WORDS) {
                add(what, word, 0);
            }
        }
        add(28, line.each.first().copied().unwrap_or(0), 0);
        add(29, line.each.last().copied().unwrap_or(0), 0);
        add(43, last, 0);
        add(44, last, own);
        for (what, far) in [(45, i), (46, lines.len() - 1 - i)] {
            add(what, place(far), kind);
            add(what + 2, place(far), own);
        }
        add(49, line.each.iter().fold(0, |all, &word| mix(all, word)), 0);
        bag.clone_from(&line.each);
        bag.sort_unstable();
        bag.dedup();
        add(50, bag.iter().fold(0, |all, &word| mix(all, word)), 0);
        if let Some(own) = out.all.get_mut(start..) {
            own.sort_unstable();
        }
        let mut kept = start;
        for at in start..out.all.len() {
            let value = out.all.get(at).copied().unwrap_or(0);
            if kept == start || out.all.get(kept - 1) != Some(&value) {
                if let Some(slot) = out.all.get_mut(kept) {
                    *slot = value;
                }
                kept += 1;
            }
        }
        out.all.truncate(kept);
        out.ends.push(kept);
    }
    out
}

/// Gives each line, in the order they come, the total before it; 1 where there is none.
fn totals<'l>(lines: impl Iterator<Item = (&'l mut u32, &'l Words)>) {
    let mut before = 1;
    for (slot, line) in lines {
        *slot = before;
        if line.total {
            before = line.bare;
        }
    }
}

/// How far from an end of the statement.
fn place(lines: usize) -> u32 {
    match lines {
        0..4 => lines as u32,
        4..7 => 4,
        7..12 => 5,
        12..20 => 6,
        _ => 7,
    }
}

/// A heading's words; none where it says only when or in what unit.
fn heading_words(text: &str) -> Words {
    let heading = words(text);
    let empty = ["million", "thousand", "unaudited", "ended"].map(|w| hash(w.as_bytes()));
    if heading.each.iter().any(|w| empty.contains(w)) { Words::default() } else { heading }
}

/// Lower case words without plural endings, numbers and small words.
fn words(text: &str) -> Words {
    let mut out = Words::default();
    let mut word = [0u8; 32];
    let (mut length, mut depth) = (0, 0u32);
    let mut words_seen = (0, 0);
    let mut cash_or_total = false;
    let bytes = text.as_bytes();
    for &b in bytes.get(..LONGEST).unwrap_or(bytes).iter().chain(b" ") {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' => {
                if let Some(slot) = word.get_mut(length) {
                    *slot = b.to_ascii_lowercase();
                    length += 1;
                }
                continue;
            }
            b'\'' | b'`' | 0xE2 | 0x80 | 0x98 | 0x99 => continue,
            _ => {}
        }
        let mut this = word.get(..length).unwrap_or_default();
        length = 0;
        if !this.is_empty() && !is_small(this) {
            if this.len() > 3 && this.ends_with(b"s") && !this.ends_with(b"ss") {
                this = this.get(..this.len() - 1).unwrap_or_default();
            }
            let name = hash(this);
            if words_seen.0 == 0 {
                cash_or_total = this == b"total" || this == b"cash";
            }
            let net_cash = words_seen.0 == 1 && this == b"cash" && words_seen.1 == hash(b"net");
            out.total |= net_cash || this == b"before" && depth == 0;
            words_seen = (words_seen.0 + 1, name);
            out.each.push(name);
            out.stems.push(hash(this.get(..5).unwrap_or(this)));
            if depth == 0 {
                out.bare = mix(out.bare, name);
            }
        }
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out.total |= cash_or_total;
    out
}

/// Words that come and go without a change of meaning, and the word that XBRL headings end with.
fn is_small(word: &[u8]) -> bool {
    matches!(word, b"the" | b"of" | b"and" | b"a" | b"an" | b"in" | b"s" | b"our" | b"abstract")
}

/// FNV-1a with a better end: names of words.
fn hash(key: &[u8]) -> u32 {
    mix(crate::hash::hash(key), 0)
}

/// The number of a fact: what it says, of which names, in which group of statements. It has 30 bits, as
/// [`super::model::BUCKETS`] has it.
fn number(group: u32, what: u32, a: u32, b: u32) -> u32 {
    mix(mix(mix(group, what), a), b) >> 2
}

/// Two names made one (the mixing steps of MurmurHash3).
fn mix(a: u32, b: u32) -> u32 {
    let mut h = a.rotate_left(13).wrapping_mul(5).wrapping_add(0xE654_6B64) ^ b.wrapping_mul(0xCC9E_2D51);
    h = (h ^ (h >> 16)).wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

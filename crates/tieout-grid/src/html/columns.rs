//! Statements written as paragraphs whose columns are made of no-break spaces: they are laid out by
//! characters as `<pre>` is, and read by the same means.

use super::Reader;
use super::ink::Ink;
use super::sheet::Sheet;
use crate::Block;
use std::ops::Range;

/// A line outside of tables, as it was set.
#[derive(Debug)]
pub(super) struct Laid {
    /// Its words in the ink; none for a blank line.
    words: Range<usize>,
    /// Which block its paragraph is.
    block: usize,
    bullet: bool,
}

/// Lines that belong together: from the first with columns to the last.
#[derive(Debug)]
struct Run {
    from: usize,
    to: usize,
    /// How many of them have columns.
    count: usize,
}

/// Blanks that part columns. Filers indent by as many, and set one or two after a point.
const GAP: u32 = 3;

/// Lines with columns that make a table: a cover page has one or two, `Telephone:   (555) 010-2000`.
const FEWEST: usize = 3;

/// Lines without columns that may stand between two with them, and titles above the first: labels that are
/// folded, headings.
const MOST_APART: usize = 12;

impl Reader<'_> {
    /// Notes a line that goes into the paragraph now open, or a blank one.
    pub(super) fn lay(&mut self, words: Range<usize>) {
        let twice = words.is_empty() && self.laid.last().is_none_or(|l| l.words.is_empty());
        if self.tables.is_empty() && !twice {
            self.laid.push(Laid { words, block: self.blocks.len(), bullet: self.bullet });
        }
    }

    /// Reads the lines since the last table again where they have columns.
    pub(super) fn end_laid(&mut self) {
        let lines = std::mem::take(&mut self.laid);
        let runs = runs(&lines, &self.ink);
        let Some(mut next) = runs.first().and_then(|run| lines.get(run.from)).map(|l| l.block) else { return };
        let mut blocks: std::vec::IntoIter<Block<'_>> = self.blocks.split_off(next.min(self.blocks.len())).into_iter();
        for run in &runs {
            let laid = lines.get(run.from..=run.to).unwrap_or_default();
            let (Some(first), Some(last)) = (laid.first(), laid.last()) else { continue };
            self.blocks.extend(blocks.by_ref().take(first.block.saturating_sub(next)));
            blocks.by_ref().take((last.block + 1).saturating_sub(first.block.max(next))).for_each(drop);
            next = last.block + 1;
            let mut sheet = Sheet::default();
            for line in laid {
                self.ink.lay_out(line.words.clone(), &mut sheet);
                sheet.fill('\n', 1);
            }
            self.push_sheet(&sheet);
        }
        self.blocks.extend(blocks);
    }
}

/// The runs of lines that are tables, each with whole paragraphs.
fn runs(lines: &[Laid], ink: &Ink<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut apart = 0;
    for (at, line) in lines.iter().enumerate() {
        if has_columns(line, ink) {
            match runs.last_mut().filter(|_| apart <= MOST_APART) {
                Some(run) => (run.to, run.count) = (at, run.count + 1),
                None => runs.push(Run { from: at, to: at, count: 1 }),
            }
            apart = 0;
        } else if is_rule(line, ink) {
            // The rule under a total; those further below are signed on.
            runs.last_mut().filter(|_| apart == 0).into_iter().for_each(|run| run.to = at);
        } else if is_prose(line, ink) {
            apart = MOST_APART + 1;
        } else if !line.words.is_empty() {
            apart += 1;
        }
    }
    let same = |a: usize, b: usize| lines.get(a).map(|l| l.block) == lines.get(b).map(|l| l.block);
    let mut floor = 0;
    runs.retain_mut(|run| {
        // A paragraph of many lines may hold two runs: it was taken whole with the first.
        if run.count < FEWEST || run.count * 4 <= run.to - run.from || run.from < floor {
            return false;
        }
        let titles = lines.get(floor..run.from).unwrap_or_default().iter().rev().take(MOST_APART);
        run.from -= titles.take_while(|line| !is_prose(line, ink)).count();
        while run.from > floor && same(run.from - 1, run.from) {
            run.from -= 1;
        }
        while run.to + 1 < lines.len() && same(run.to, run.to + 1) {
            run.to += 1;
        }
        floor = run.to + 1;
        true
    });
    runs
}

/// True where nothing but figures stands behind the last gap.
fn has_columns(line: &Laid, ink: &Ink<'_>) -> bool {
    let Some(from) = ink.last_gap(line.words.clone(), GAP) else { return false };
    let figures = ink.words(from..line.words.end);
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '-' | '\u{2013}' | '\u{2014}');
    figures.contains(figure) && figures.chars().all(|c| figure(c) || "$()%,. ".contains(c)) && !is_rule(line, ink)
}

fn is_rule(line: &Laid, ink: &Ink<'_>) -> bool {
    let words = ink.words(line.words.clone());
    words.len() >= 3 && words.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b' '))
}

/// Sentences, and points of a list.
fn is_prose(line: &Laid, ink: &Ink<'_>) -> bool {
    let words = ink.words(line.words.clone());
    line.bullet || words.len() > 120 || words.len() > 60 && words.ends_with('.')
}

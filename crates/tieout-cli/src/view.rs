//! A report together with the bytes it was read from, and the few questions every output asks of both.

use std::borrow::Cow;
use std::cell::OnceCell;
use tieout::{Check, Coverage, Document, DocumentFormat, LineIndex, Location, Report, Severity, Source, Span, Verdict};

/// A report and its source.
pub(crate) struct View<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) report: &'a Report,
    /// The checks that were run: they give the tick marks their letters.
    pub(crate) checks: &'a [Check],
    lines: OnceCell<LineIndex>,
    coverage: OnceCell<Coverage>,
}

impl<'a> View<'a> {
    pub(crate) fn new(source: Source<'a>, report: &'a Report, checks: &'a [Check]) -> Self {
        View { source, report, checks, lines: OnceCell::new(), coverage: OnceCell::new() }
    }

    /// Where lines begin; found when first asked for, since lists never ask.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.source.bytes))
    }

    /// Where every number went; counted when first asked for.
    pub(crate) fn coverage(&self) -> &Coverage {
        self.coverage.get_or_init(|| tieout::coverage(&self.source, self.report))
    }

    /// The place of a byte as people say it.
    pub(crate) fn locate(&self, offset: u32) -> Location {
        self.lines().locate(offset)
    }

    /// True where there are documents and none of them is of a kind that is read.
    pub(crate) fn unread(&self) -> bool {
        let documents = &self.report.submission.documents;
        let read = |d: &Document| d.format != DocumentFormat::Other;
        !documents.is_empty() && !documents.iter().any(read)
    }

    /// The words of a span as a reader sees them, white space folded.
    pub(crate) fn text(&self, span: Span) -> Cow<'a, str> {
        fold(tieout::words(&self.source, &self.report.submission, span))
    }

    /// How many checks and claims tie, are off, are open.
    pub(crate) fn verdicts(&self) -> [Counts; 2] {
        let count = |verdicts: &mut dyn Iterator<Item = Verdict>| {
            let mut counts = Counts::default();
            verdicts.for_each(|v| match v {
                Verdict::Ties => counts.ties += 1,
                Verdict::Off => counts.off += 1,
                Verdict::Open => counts.open += 1,
            });
            counts
        };
        [
            count(&mut self.report.ties.iter().map(|t| t.verdict)),
            count(&mut self.report.claims.iter().map(|c| c.verdict)),
        ]
    }

    /// What is to be said of the whole file.
    pub(crate) fn verdict(&self) -> Verdict {
        let [ties, claims] = self.verdicts();
        match ties.ties + claims.ties {
            _ if self.is_off() => Verdict::Off,
            0 => Verdict::Open,
            _ => Verdict::Ties,
        }
    }

    /// True where a printed figure cannot be right: exit status 1.
    pub(crate) fn is_off(&self) -> bool {
        let [ties, claims] = self.verdicts();
        ties.off + claims.off > 0 || self.report.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// Verdicts by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) ties: usize,
    pub(crate) off: usize,
    pub(crate) open: usize,
}

/// Runs of white space become one space, none at the ends.
pub(crate) fn fold(text: Cow<'_, str>) -> Cow<'_, str> {
    let odd = |c: char| c.is_whitespace() && c != ' ';
    if !text.contains(odd) && !text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' ') {
        return text;
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_only_where_there_is_something_to_fold() {
        assert_eq!(fold("$ (0.11)".into()), "$ (0.11)");
        assert_eq!(fold(" $7.5\n  million".into()), "$7.5 million");
    }
}

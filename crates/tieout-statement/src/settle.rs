//! What kind of statement each sheet is: by its title and lines, then beside the others of its document, since an
//! excerpt of a statement is none.

use crate::Sheet;
use crate::header::{self, Header};
use crate::kind;
use crate::lines::Draft;
use crate::rows::rows;
use crate::{sums, units, words};
use tieout_model::{Amount, ColumnRole, StatementKind, Unit};

/// What each table is, before its dates are known. A table of some of a statement's lines, or of its own lines
/// under words that a statement has too, is an excerpt where the document prints the statement itself.
pub(crate) fn kinds(sheets: &[Sheet]) -> Vec<StatementKind> {
    let read: Vec<(StatementKind, bool)> = sheets.iter().map(Sheet::kind).collect();
    // The longest titled statement of each kind.
    let whole = |kind: StatementKind| {
        let titled = read.iter().zip(sheets).filter(|((k, titled), s)| *k == kind && *titled && s.is_whole(kind));
        titled.map(|(_, sheet)| sheet).max_by_key(|sheet| sheet.length())
    };
    let wholes =
        [StatementKind::Income, StatementKind::BalanceSheet, StatementKind::CashFlow].map(|kind| (kind, whole(kind)));
    let mut settled: Vec<StatementKind> = Vec::with_capacity(sheets.len());
    for (i, (&(kind, titled), sheet)) in read.iter().zip(sheets).enumerate() {
        let whole = wholes.iter().find(|(of, _)| *of == kind).and_then(|(_, whole)| *whole);
        // The right half of a table wider than the page: the same lines once more, without the title.
        let before = i.checked_sub(1).and_then(|i| sheets.get(i).zip(settled.get(i)));
        let half = !titled && before.is_some_and(|(last, of)| *of == kind && sheet.shares_lines(last));
        let excerpt = !half && whole.is_some_and(|whole| sheet.is_excerpt(whole, kind, titled));
        settled.push(if excerpt { StatementKind::Other } else { kind });
    }
    settled
}

impl Sheet {
    /// How many lines it has.
    fn length(&self) -> usize {
        self.drafts.iter().filter(|d| !d.figures.is_empty()).count()
    }

    /// True where all that makes a statement of the kind is there under its name, and it is the registrant's as
    /// reported.
    fn is_whole(&self, kind: StatementKind) -> bool {
        let a = self.anchors;
        // A statement of comprehensive income may hold that of income.
        let named = match self.title.kind {
            Some(StatementKind::Comprehensive) => kind == StatementKind::Income && a.pretax,
            named => named == Some(kind),
        };
        named
            && self.is_reported()
            && !kind::is_sentence(&self.header.caption)
            && match kind {
                StatementKind::Income => a.top && a.bottom && (a.costs || a.pretax),
                StatementKind::BalanceSheet => a.assets && a.claims,
                StatementKind::CashFlow => a.operating && a.investing && a.financing,
                _ => false,
            }
    }

    /// The registrant's own consolidated figures, not pro forma.
    fn is_reported(&self) -> bool {
        kind::coreg(&self.header.caption).is_empty() && kind::scenario(&self.header.caption).is_empty()
    }

    /// True beside the whole statement: much shorter than it, or with columns of changes that it has not, or
    /// announced by a sentence, or of other lines and without a title.
    fn is_excerpt(&self, whole: &Sheet, kind: StatementKind, titled: bool) -> bool {
        let title = self.title;
        if title.kind == Some(StatementKind::Comprehensive) || title.continued || !self.is_reported() {
            return false;
        }
        // Its next page, under the same title.
        if titled && self.header.caption.starts_with(&whole.header.caption) {
            return false;
        }
        let (own, all) = (self.length(), whole.length());
        let short = own * 3 < all * 2 && (!self.is_whole(kind) || own * 3 < all);
        let other_lines = kind != StatementKind::CashFlow && !titled && own < all * 2 && !self.shares_lines(whole);
        // "Cash Flow Summary", "Results of Operations", or no name at all where the statement has its own.
        let unnamed =
            own < all && !kind::names_statement(&self.header.caption) && kind::names_statement(&whole.header.caption);
        let quarters = header::is_quarterly(&self.header) && !header::is_quarterly(&whole.header);
        short
            || other_lines
            || unnamed
            || quarters
            || kind::is_sentence(&self.header.caption)
            || self.compares() && !whole.compares()
            || kind == StatementKind::Income && !titled && self.adjusts() && !whole.adjusts()
    }

    /// True where columns stand on other footings side by side: reported, pro forma.
    fn adjusts(&self) -> bool {
        self.header.headings.iter().any(|h| !kind::scenario(h).is_empty())
    }

    /// True where half its labels are those of `other`.
    fn shares_lines(&self, other: &Sheet) -> bool {
        let mut known: Vec<&str> = other.drafts.iter().map(|d| d.lower.as_str()).collect();
        known.sort_unstable();
        let own = self.drafts.iter().filter(|d| !d.figures.is_empty());
        own.filter(|d| known.binary_search(&d.lower.as_str()).is_ok()).count() * 2 >= self.length()
    }

    /// True where columns are of changes or percents.
    fn compares(&self) -> bool {
        let beside = |(heading, band)| matches!(header::role(heading, band), ColumnRole::Change | ColumnRole::Percent);
        self.header.headings.iter().map(String::as_str).zip(&self.bands).any(beside)
    }
}

impl Sheet {
    /// What its title and lines make it, and whether its title says so.
    fn kind(&self) -> (StatementKind, bool) {
        let &Sheet { ref header, ref bands, ref drafts, mut title, anchors, .. } = self;
        let above = kind::title(&header.headings.join(" "));
        // Quarters side by side are a summary, but under a statement's own name a statement.
        let whole = self.length() >= LEAST_OF_QUARTERS
            && kind::names_statement(&header.caption)
            && kind::is_whole(title, anchors, &header.caption);
        title.partial |= !whole && (above.partial || header::is_quarterly(header)) || data_headings(drafts);
        title.derived |= above.derived || header::is_history(header);
        // Where the columns begin above it, a heading stands among the first lines.
        title.derived |= drafts
            .iter()
            .take(4)
            .any(|d| d.figures.is_empty() && ["repric", "sensitiv", "prospective"].iter().any(|w| d.lower.contains(w)));
        title.derived |=
            header::is_derived(header) || drafts.iter().find(|d| !d.figures.is_empty()).is_some_and(is_all);
        let instants = header.pieces.iter().all(|p| p.length.is_none());
        let mut kind = kind::kind(title, anchors, instants && header.caption_pieces.0.length.is_none());
        if kind == StatementKind::Other && kind::may_be_income(title, anchors) && adds_up(drafts, bands.len()) {
            kind = StatementKind::Income;
        }
        (kind, title.kind.is_some() && !title.partial)
    }
}

/// The least lines of a statement whose columns are quarters.
const LEAST_OF_QUARTERS: usize = 12;

/// "Statement of Operations Data:", "Balance Sheet Data:" over some lines: a selection of several statements.
fn data_headings(drafts: &[Draft]) -> bool {
    const NAMES: [&str; 7] = [
        "balance sheet",
        "balance sheets",
        "cash flow",
        "cash flows",
        "of operations",
        "of income",
        "income statement",
    ];
    let data = |d: &Draft| {
        let name = d.lower.trim_end_matches([':', ' ']).strip_suffix(" data");
        d.figures.is_empty()
            && name.is_some_and(|name| !name.contains("supplement") && NAMES.iter().any(|of| name.ends_with(of)))
    };
    drafts.iter().any(data)
}

/// "Net sales 100.0% 100.0%": the lines below are shares of it.
fn is_all(draft: &Draft) -> bool {
    draft.figures.len() >= 2 && draft.figures.iter().all(|f| f.number.amount.same_value(Amount::new(100, 0)))
}

/// What the lines show.
pub(crate) fn anchors(header: &Header, drafts: &[Draft]) -> kind::Anchors {
    let mut anchors = kind::Anchors::default();
    // "ASSETS" over the figures may have been taken for the last of the title.
    if header.caption.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case("assets")) {
        anchors.see("assets", words::Words::of("assets"));
    }
    for draft in drafts {
        anchors.see(&draft.lower, draft.words);
    }
    anchors
}

/// True where the lines' figures make an income statement: three sums, and one of them net income.
fn adds_up(drafts: &[Draft], columns: usize) -> bool {
    let unit = |i: usize| units::unit(drafts, i, StatementKind::Income, *b"USD", |_| false);
    let money: Vec<Unit> = (0..drafts.len()).map(unit).collect();
    let rows = rows(drafts, &|i| matches!(money[i], Unit::Money(_)), &vec![true; columns], 0, StatementKind::Income);
    let sums = sums::sums(&rows, true);
    let net = |line: u32| drafts.get(line as usize).is_some_and(|d| d.lower.starts_with("net "));
    sums.len() >= 3 && sums.iter().any(|(line, sum)| net(*line) && sum.fails.is_empty())
}

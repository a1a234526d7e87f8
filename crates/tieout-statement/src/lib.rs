//! Grids become tables with periods, units, scales and sums, and their numbers become facts.
//!
//! The way of a grid: [`columns`] by geometry, [`header`] above them, [`lines`] below it, what kind of table
//! they make ([`kind`]), what the figures count ([`units`]), which lines sum which ([`sums`]). Nothing here
//! knows whether the grid was text or HTML.

mod cash;
mod columns;
mod dates;
mod equity;
mod header;
mod kind;
mod lines;
mod names;
mod periods;
mod phrases;
mod sums;
mod units;
mod words;

pub use dates::year_end;
pub use periods::Calendar;

use columns::{Band, Columns};
use header::Header;
use lines::Draft;
use periods::Known;
use tieout_grid::Grid;
use tieout_model::{
    Amount, Column, ColumnRole, Date, Fact, Line, LineRole, Period, Proof, Span, StatementKind, Table, Tag, Unit,
    power_of_ten,
};
use units::Scale;

/// The tables of one document's grids and their facts; each grid is let go once it is read. `first` is how many
/// tables the file held before.
pub fn read<'a>(
    doc: u32,
    grids: impl Iterator<Item = Grid<'a>>,
    calendar: Calendar,
    first: u32,
) -> (Vec<Table>, Vec<Fact>) {
    let mut sheets: Vec<Sheet> = Vec::new();
    for grid in grids {
        let Some(mut sheet) = sheet(&grid) else { continue };
        if let Some(last) = sheets.last().filter(|_| grid.follows) {
            sheet.inherit(last);
        }
        match sheets.last_mut() {
            Some(last) if grid.follows && goes_on(last, &sheet) => last.append(sheet),
            last => {
                if let Some(last) = last
                    && grid.follows
                    && sheet.bands.len() == last.bands.len()
                    && sheet.is_undated()
                    && sheet.title.kind.is_some()
                {
                    sheet.inherit_dates(last);
                }
                sheets.push(sheet);
            }
        }
    }
    let calendar = Calendar { fiscal_year_end: calendar.fiscal_year_end.or_else(|| usual_day(&sheets)), ..calendar };
    let owners = |d: &Draft| d.lower.contains("controlling") || d.lower.contains("minority");
    let minority = sheets.iter().any(|s| s.drafts.iter().any(owners));
    let kinds = kinds(&sheets);
    let known = Known {
        ends: ends(&sheets, &|_| true, calendar.period_end),
        balances: ends(&sheets, &|i| kinds.get(i) == Some(&StatementKind::BalanceSheet), None),
    };
    let figures = |sheet: &Sheet| sheet.drafts.iter().map(|draft| draft.figures.len()).sum::<usize>();
    let mut facts = Vec::with_capacity(sheets.iter().map(figures).sum());
    let mut tables = Vec::with_capacity(sheets.len());
    for (sheet, kind) in sheets.into_iter().zip(kinds) {
        let index = first + tables.len() as u32;
        let (table, more) = finish(sheet, kind, doc, index, calendar, &known);
        tables.push(table);
        facts.extend(more);
    }
    names::name(&mut tables, &facts, first, minority);
    (tables, facts)
}

/// Every whole date that the headings of the wanted tables name, in order: ends of periods.
fn ends(sheets: &[Sheet], wanted: &dyn Fn(usize) -> bool, reported: Option<Date>) -> Vec<Date> {
    const MOST: usize = 4000;
    let sheets = sheets.iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, s)| s);
    let texts = sheets.flat_map(|s| s.header.headings.iter().chain([&s.header.caption]));
    let mut ends: Vec<Date> = texts.flat_map(|t| dates::whole(t)).chain(reported).take(MOST).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// The month and day that most tables of the document name: where nothing says when the fiscal year ends,
/// a column headed by a year alone ends then.
fn usual_day(sheets: &[Sheet]) -> Option<(i8, i8)> {
    let mut days: Vec<(i8, i8)> = Vec::new();
    for sheet in sheets {
        let caption = &sheet.header.caption_pieces.0;
        let dated = |p: &&dates::Pieces| p.year.is_some() || sheet.bands.len() > 1;
        days.extend(sheet.header.pieces.iter().chain([caption]).filter(dated).filter_map(|p| p.day));
    }
    days.sort_unstable();
    let most = days.chunk_by(|a, b| a == b).max_by_key(|c| c.len())?;
    (most.len() >= 3 && most.len() * 2 > days.len()).then(|| most[0])
}

/// A table before its periods and kind are settled: pages of one statement are joined at this stage.
struct Sheet {
    header: Header,
    bands: Vec<Band>,
    drafts: Vec<Draft>,
    lead: String,
    span: Span,
    /// What its title says, and what its lines show.
    title: kind::Title,
    anchors: kind::Anchors,
}

impl Sheet {
    /// "39 Weeks Ended" in mid-table: the columns' dates, the title and the scale are those above.
    fn inherit(&mut self, last: &Sheet) {
        let lengths_alone =
            self.header.pieces.iter().all(|p| p.length.is_some() && p.year.is_none() && p.day.is_none());
        if self.bands.len() != last.bands.len() || !lengths_alone || !self.header.caption.trim().is_empty() {
            return;
        }
        self.header.caption.clone_from(&last.header.caption);
        self.title = last.title;
        self.anchors = anchors(&self.header, &self.drafts);
        self.inherit_dates(last);
    }

    /// A statement of retained earnings that names no date stands below the statement of income whose columns
    /// it shares.
    fn inherit_dates(&mut self, last: &Sheet) {
        for (own, above) in self.header.pieces.iter_mut().zip(&last.header.pieces) {
            *own = own.or(*above);
        }
        self.header.caption_pieces.clone_from(&last.header.caption_pieces);
    }

    /// Nothing above the figures says when they hold.
    fn is_undated(&self) -> bool {
        self.header.pieces.iter().all(dates::Pieces::is_empty) && self.header.caption_pieces.0.is_empty()
    }

    /// Adds the lines of the page that follows.
    fn append(&mut self, next: Sheet) {
        let shift = self.drafts.len() as u32;
        next.drafts.iter().for_each(|draft| self.anchors.see(&draft.lower, draft.words));
        self.drafts.extend(next.drafts.into_iter().map(|mut d| {
            d.section.iter_mut().for_each(|s| *s += shift);
            d
        }));
        for (band, more) in self.bands.iter_mut().zip(next.bands) {
            band.count += more.count;
            band.percents += more.percents;
        }
        self.span = self.span.join(next.span);
    }
}

fn sheet(grid: &Grid<'_>) -> Option<Sheet> {
    let columns: Columns = columns::columns(grid);
    if columns.bands.is_empty() {
        return None;
    }
    let header = header::header(grid, &columns);
    let drafts = lines::lines(grid, &columns, header.body);
    drafts.iter().any(|d| !d.figures.is_empty()).then(|| Sheet {
        title: kind::title(&header.caption),
        anchors: anchors(&header, &drafts),
        header,
        bands: columns.bands,
        drafts,
        lead: grid.lead.clone(),
        span: grid.span,
    })
}

/// True where `next` goes on with `last` over a page break: as many columns, and no heading of its own that
/// says otherwise.
fn goes_on(last: &Sheet, next: &Sheet) -> bool {
    if last.bands.len() != next.bands.len() {
        return false;
    }
    let (title, before) = (next.title, last.title);
    // A statement of equity begins with what was there before.
    let opens = next.drafts.iter().find(|d| !d.figures.is_empty()).is_some_and(|d| d.lower.starts_with("balance"));
    if opens && !matches!(before.kind, None | Some(StatementKind::Equity)) {
        return false;
    }
    // The same statement of another year.
    let years = [last, next].map(|s| &s.header.caption_pieces.1);
    if title.kind.is_some() && !title.continued && years.iter().all(|y| !y.is_empty()) && years[0] != years[1] {
        return false;
    }
    let same_dates = last.header.pieces == next.header.pieces;
    let undated = next.header.pieces.iter().all(dates::Pieces::is_empty);
    if title.kind.is_some() && (title.kind != before.kind || !(title.continued || same_dates)) {
        return false;
    }
    if title.partial != before.partial && !undated {
        return false;
    }
    (undated && next.header.caption.len() < 200) || same_dates || title.continued && title.kind == before.kind
}

/// What each table is, before its dates are known. A table of some of a statement's lines, or of its own lines
/// under words that a statement has too, is an excerpt where the document prints the statement itself.
fn kinds(sheets: &[Sheet]) -> Vec<StatementKind> {
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
fn anchors(header: &Header, drafts: &[Draft]) -> kind::Anchors {
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

fn finish(
    sheet: Sheet,
    mut kind: StatementKind,
    doc: u32,
    index: u32,
    calendar: Calendar,
    known: &Known,
) -> (Table, Vec<Fact>) {
    let Sheet { header, bands, drafts, lead, span, anchors, .. } = sheet;
    let dated = periods::periods(&header, &bands, kind, &lead, calendar, known);
    // A statement has a column of a period; a list of parts of one has none.
    let of_periods = dated.iter().any(|d| d.role == ColumnRole::Period);
    let undated = dated.iter().all(|d| d.period.is_none());
    if kind != StatementKind::Equity && (!of_periods || undated && !kind::sure_without_dates(anchors)) {
        kind = StatementKind::Other;
    }
    let all_words = format!("{} {}", header.caption, header.headings.join(" "));
    let (scale, scale_because) = scale_of(&header, &drafts, &lead);
    let shares = if header::shares_unscaled(&all_words) { 0 } else { scale };
    let currency = units::currency(&all_words);
    let columns: Vec<Column> = dated
        .into_iter()
        .zip(&header.headings)
        .map(|(d, heading)| Column {
            heading: heading.clone(),
            role: if kind == StatementKind::Equity && d.period.is_none() { ColumnRole::Component } else { d.role },
            period: d.period,
            member: String::new(),
            scenario: kind::scenario(heading).to_string(),
            because: d.because,
        })
        .collect();
    let percents = |col: u16| columns.get(usize::from(col)).is_some_and(|c| c.role == ColumnRole::Percent);
    let mut units: Vec<Unit> = (0..drafts.len()).map(|i| units::unit(&drafts, i, kind, currency, percents)).collect();
    units::between_counts(&drafts, &mut units);
    let scale = Scale { money: scale, shares: shares_scale(&drafts, &units, scale, shares) };
    let mut lines: Vec<Line> = drafts.iter().zip(&units).map(|(draft, &unit)| line(draft, unit)).collect();
    let mut facts = facts(&drafts, &units, &columns, scale, index);
    if kind == StatementKind::Equity {
        equity::date_rows(&drafts, &columns, calendar.fiscal_year_end, &mut facts);
    }
    if kind == StatementKind::CashFlow {
        cash::date_lines(&drafts, &mut facts);
    }
    structure(&mut lines, &drafts, &units, &columns, kind);
    let table = Table {
        doc,
        kind,
        coreg: kind::coreg(&header.caption).to_string(),
        scenario: kind::scenario(&header.caption).to_string(),
        title: header.caption.chars().take(300).collect(),
        scale: scale.money,
        scale_because,
        columns,
        lines,
        span,
    };
    (table, facts)
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

/// The table's scale and the words that give it: its own heading's, else those of its first labels, else the
/// paragraph above.
fn scale_of(header: &Header, drafts: &[Draft], lead: &str) -> (i8, String) {
    let headings = header.headings.join(" ");
    let labels: String =
        drafts.iter().take(3).filter(|d| d.figures.is_empty()).map(|d| d.label.as_str()).collect::<Vec<_>>().join(" ");
    for (text, place) in [
        (header.caption.as_str(), "heading"),
        (&headings, "column heading"),
        (&labels, "first lines"),
        (lead, "paragraph above"),
    ] {
        if let Some(scale) = header::scale(text) {
            return (scale, place.to_string());
        }
    }
    (0, String::new())
}

/// Whether share counts are in thousands or in full, headings say badly; a loss and its loss a share say
/// well: their quotient is the number of shares.
fn shares_scale(drafts: &[Draft], units: &[Unit], money: i8, said: i8) -> i8 {
    let figure = |i: usize, column: u16| drafts[i].figures.iter().find(|f| f.column == column).map(|f| f.number.amount);
    let net = (0..drafts.len()).rev().find(|&i| {
        matches!(units[i], Unit::Money(_)) && {
            let l = &drafts[i].lower;
            l.starts_with("net income")
                || l.starts_with("net loss")
                || l.starts_with("net earnings")
                || l.starts_with("net (loss)")
        }
    });
    let Some(net) = net else { return said };
    for per_share in (0..drafts.len()).filter(|&i| matches!(units[i], Unit::PerShare(_))) {
        for shares in (0..drafts.len()).filter(|&i| units[i] == Unit::Shares) {
            for column in drafts[shares].figures.iter().map(|f| f.column) {
                let all = (figure(net, column), figure(per_share, column), figure(shares, column));
                let (Some(income), Some(each), Some(count)) = all else { continue };
                if income.is_zero() || each.is_zero() || count.is_zero() {
                    continue;
                }
                let apart = |scale| size(income) + i32::from(money) - size(each) - size(count) - i32::from(scale);
                // Rounding makes a quotient some six times another at most.
                for scale in [said, 0, 3, 6].into_iter().filter(|&scale| apart(scale).abs() <= 3) {
                    let implied = income.scaled(money).interval().and_then(|a| a.div(count.scaled(scale).interval()?));
                    if implied.zip(each.interval()).is_some_and(|(a, b)| a.abs().meets(b.abs())) {
                        return scale;
                    }
                }
            }
        }
    }
    said
}

/// The power of ten of the first digit.
fn size(amount: Amount) -> i32 {
    amount.mantissa.unsigned_abs().checked_ilog10().unwrap_or(0) as i32 + i32::from(amount.exponent)
}

fn line(draft: &Draft, unit: Unit) -> Line {
    Line {
        label: draft.label.clone(),
        label_span: draft.span,
        section: draft.section.clone(),
        role: if draft.figures.is_empty() { LineRole::Heading } else { LineRole::Item },
        unit,
        tag: Tag::default(),
        tag_because: String::new(),
        sum: None,
    }
}

fn facts(drafts: &[Draft], units: &[Unit], columns: &[Column], scale: Scale, table: u32) -> Vec<Fact> {
    let mut facts = Vec::new();
    let usual = usual_place(drafts, units);
    // The scale that a count's own words give holds for the counts right below it.
    let mut said: Option<i8> = None;
    for (i, (draft, &unit)) in drafts.iter().zip(units).enumerate() {
        said = (unit == Unit::Shares).then(|| units::said_scale(drafts, i).or(said)).flatten();
        for figure in &draft.figures {
            let Some(column) = columns.get(figure.column as usize) else { continue };
            let mut number = figure.number;
            if number.nil && matches!(unit, Unit::Money(_)) {
                number.amount.exponent = usual;
            }
            let aside = !matches!(column.role, ColumnRole::Period | ColumnRole::Component);
            let (unit, power) = match unit {
                _ if number.percent || column.role == ColumnRole::Percent => (Unit::Pure, -2),
                Unit::Pure => (Unit::Pure, -2),
                Unit::PerShare(_) => (unit, if number.nil { -2 } else { 0 }),
                Unit::Shares => (unit, said.unwrap_or(scale.shares)),
                Unit::Money(_) => (unit, units::own_scale(&draft.lower).unwrap_or(scale.money)),
            };
            facts.push(Fact {
                table,
                line: i as u32,
                col: u32::from(figure.column),
                amount: number.amount.scaled(power),
                unit,
                period: column.period,
                span: figure.span,
                aside,
                proof: Proof::Open,
            });
        }
    }
    facts
}

/// The place to which most amounts of money are printed: a dash among them is nothing to that place.
fn usual_place(drafts: &[Draft], units: &[Unit]) -> i8 {
    let money = drafts.iter().zip(units).filter(|(_, unit)| matches!(unit, Unit::Money(_)));
    let figures = money.flat_map(|(d, _)| &d.figures).filter(|f| !f.number.nil && !f.number.percent);
    let mut places: Vec<i8> = figures.map(|f| f.number.amount.exponent).collect();
    places.sort_unstable();
    places.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).and_then(|run| run.first().copied()).unwrap_or(0)
}

/// Finds the sums among the money lines, then among the per-share lines.
fn structure(lines: &mut [Line], drafts: &[Draft], units: &[Unit], columns: &[Column], kind: StatementKind) {
    if kind == StatementKind::Other && is_contents(drafts) {
        return;
    }
    let usable: Vec<bool> =
        columns.iter().map(|c| matches!(c.role, ColumnRole::Period | ColumnRole::Component)).collect();
    let soft = soft(drafts, columns.len());
    let money = rows(drafts, &|i| matches!(units[i], Unit::Money(_)), &usable, soft, kind);
    let mut per_share = rows(drafts, &|i| matches!(units[i], Unit::PerShare(_)), &usable, soft, kind);
    // Primary earnings stand above diluted ones, which are no result of them.
    per_share.results_are_totals();
    let signs = kind != StatementKind::BalanceSheet;
    for (line, sum) in sums::sums(&money, signs).into_iter().chain(sums::sums(&per_share, signs)) {
        if let Some(line) = lines.get_mut(line as usize) {
            line.role = LineRole::Total;
            line.sum = Some(Box::new(sum));
        }
    }
}

/// Columns, as bits, of figures with decimals on lines where another column has none: prices, yields and percents,
/// which need not add.
fn soft(drafts: &[Draft], columns: usize) -> u64 {
    let mut finer = vec![(0u32, 0u32); columns.min(64)];
    for draft in drafts {
        let printed = || draft.figures.iter().filter(|f| !f.number.nil && !f.number.percent);
        let coarsest = printed().map(|f| f.number.amount.exponent).max();
        for figure in printed() {
            if let Some((fine, all)) = finer.get_mut(figure.column as usize) {
                *fine += u32::from(Some(figure.number.amount.exponent) < coarsest);
                *all += 1;
            }
        }
    }
    let soft = (0..).zip(finer).filter(|(_, (fine, all))| fine * 2 > *all);
    soft.fold(0, |bits, (column, _)| bits | 1u64 << column)
}

/// A table of contents: numbers of pages, which only grow. A sum among them is an accident, unless it is of all.
fn is_contents(drafts: &[Draft]) -> bool {
    const LEAST: usize = 5;
    let last = || drafts.iter().filter_map(|d| d.figures.last());
    let pages = || last().map(|f| f.number.amount);
    let (Some(column), Some(end)) = (last().map(|f| f.column).max(), pages().next_back()) else { return false };
    let mut before = 0;
    let grow = pages().all(|page| {
        let number = page.mantissa;
        let grows = page.exponent == 0 && (before.max(1)..1000).contains(&number);
        before = number;
        grows
    });
    grow && pages().count() >= LEAST
        && last().all(|f| f.column == column)
        && !drafts.iter().any(|d| d.lower.starts_with("total"))
        && pages().fold(0i128, |all, page| all.saturating_add(page.mantissa)) != end.mantissa * 2
}

/// The figures of the lines that `wanted` chooses, as integers in their finest printed place.
fn rows(
    drafts: &[Draft],
    wanted: &dyn Fn(usize) -> bool,
    usable: &[bool],
    soft: u64,
    kind: StatementKind,
) -> sums::Rows {
    let chosen: Vec<usize> = (0..drafts.len()).filter(|&i| !drafts[i].figures.is_empty() && wanted(i)).collect();
    let figures = chosen.iter().flat_map(|&i| &drafts[i].figures).filter(|f| !f.number.nil);
    let finest = figures.map(|f| f.number.amount.exponent).min().unwrap_or(0);
    let sides: Vec<bool> = match kind {
        StatementKind::BalanceSheet => drafts.iter().map(opens_a_side).collect(),
        _ => Vec::new(),
    };
    let mut rows = sums::Rows::new(usable.len(), soft);
    for i in chosen {
        let draft = &drafts[i];
        let row = sums::Row {
            line: i as u32,
            total_like: total_like(draft),
            minus_like: minus_like(draft, kind),
            result_like: result_like(draft, kind),
            barrier: kind == StatementKind::BalanceSheet && begins_a_side(drafts, &sides, i),
            opens: i.checked_sub(1).and_then(|above| drafts.get(above)).is_some_and(|d| d.figures.is_empty()),
            ..sums::Row::default()
        };
        let figures = draft.figures.iter().filter(|f| !f.number.percent);
        let figures = figures.filter(|f| usable.get(f.column as usize) == Some(&true)).map(|f| {
            let places = u32::from((f.number.amount.exponent - finest).unsigned_abs());
            let power = power_of_ten(places).unwrap_or(1);
            (f.column, f.number.amount.mantissa.saturating_mul(power))
        });
        rows.push(row, figures);
    }
    rows
}

/// A heading that opens a side of a balance sheet.
fn opens_a_side(draft: &Draft) -> bool {
    draft.figures.is_empty() && lines::is_side(&lines::key(&draft.lower))
}

/// The first line with figures after total assets, or under a heading that opens the other side; `sides` says
/// of each line whether it is such a heading.
fn begins_a_side(drafts: &[Draft], sides: &[bool], i: usize) -> bool {
    let Some(before) = (0..i).rev().find(|&j| !drafts[j].figures.is_empty()) else { return true };
    let total_assets = drafts[before].lower.starts_with("total assets");
    let side = |j: usize| drafts[j].section.first().map(|&s| s as usize).filter(|&s| sides[s]);
    total_assets || (side(i).is_some() && side(i) != side(before))
}

fn total_like(draft: &Draft) -> bool {
    let lower = &draft.lower;
    draft.ruled
        || lower.is_empty()
        || lower.starts_with("total")
        || lower.starts_with("subtotal")
        || lower.starts_with("sub-total")
        || lower.starts_with("net ")
        || lower.starts_with("gross ")
        || lower.starts_with("income before")
}

/// Words of a result: signs are searched for these alone, since every line equals some signed sum of enough
/// others.
fn result_like(draft: &Draft, kind: StatementKind) -> bool {
    use words::*;
    total_like(draft)
        || (kind != StatementKind::Other
            && draft.words.any(INCOME | LOSS | EARNINGS | MARGIN | CHANGE | CASH | BALANCE | OWNERS))
}

/// Words that say a line is taken away from those above: what an expense is in an income statement.
fn minus_like(draft: &Draft, kind: StatementKind) -> bool {
    use words::*;
    let lower = &draft.lower;
    if lower.starts_with("less") || lower.starts_with("deduct") {
        return true;
    }
    if kind != StatementKind::Income {
        return draft.words.any(TREASURY) || lower.starts_with("accumulated depreciation");
    }
    let income = [
        "income from",
        "income (loss)",
        "interest income",
        "gain",
        "other income",
        "equity in earnings",
        "benefit from",
    ]
    .iter()
    .any(|w| lower.starts_with(w));
    !income && draft.words.any(COSTS | PROVISION | TAX | LOSS | UNUSUAL | RENTAL | DEDUCT | INTEREST)
}

/// The period a document's statements report, as they themselves show: the latest end among statements of
/// income, and the shortest period that ends there.
pub fn reported_period(tables: &[Table]) -> Option<Period> {
    let periods =
        tables.iter().filter(|t| t.kind == StatementKind::Income).flat_map(|t| &t.columns).filter_map(|c| c.period);
    let latest = periods.clone().map(Period::end).max()?;
    periods.filter(|p| p.end() == latest).min_by_key(|p| p.days())
}

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
mod rows;
mod settle;
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
    let kinds = settle::kinds(&sheets);
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
        self.anchors = settle::anchors(&self.header, &self.drafts);
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
        anchors: settle::anchors(&header, &drafts),
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
    rows::structure(&mut lines, &drafts, &units, &columns, kind);
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

/// The period a document's statements report, as they themselves show: the latest end among statements of
/// income, and the shortest period that ends there.
pub fn reported_period(tables: &[Table]) -> Option<Period> {
    let periods =
        tables.iter().filter(|t| t.kind == StatementKind::Income).flat_map(|t| &t.columns).filter_map(|c| c.period);
    let latest = periods.clone().map(Period::end).max()?;
    periods.filter(|p| p.end() == latest).min_by_key(|p| p.days())
}

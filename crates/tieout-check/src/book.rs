//! The facts of a report, indexed once: by cell and by concept. Everything a check asks for is a look-up
//! here, so that no check walks over all facts for each fact.

use std::borrow::Cow;
use tieout_model::{Amount, ColumnRole, Fact, FactRef, Line, StatementKind, Table};
use tieout_source::{Source, Span};

/// Where a line stands: table and line index.
pub(crate) type Place = (u32, u32);

/// Whose figures and on what basis: document, co-registrant, scenario of the table and of the column, and
/// the member of the column. Figures of different scopes are never compared.
pub(crate) type Scope<'a> = (u32, &'a str, &'a str, &'a str, &'a str);

/// Tables and facts with their indexes.
pub(crate) struct Book<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) tables: &'a [Table],
    pub(crate) facts: &'a [Fact],
    /// For each table, how many lines stand before it.
    base: Vec<u32>,
    /// For each line of the report, where its facts begin; one more entry closes the last.
    starts: Vec<u32>,
    /// Concept and place of each tagged line, sorted.
    tagged: Vec<(&'a str, u32, u32)>,
}

impl<'a> Book<'a> {
    /// Indexes `facts`, which stand ordered by table, line and column.
    pub(crate) fn new(source: Source<'a>, tables: &'a [Table], facts: &'a [Fact]) -> Self {
        let mut base = Vec::with_capacity(tables.len() + 1);
        let mut starts = Vec::new();
        let mut tagged = Vec::new();
        let mut next = 0usize;
        for (t, table) in tables.iter().enumerate() {
            base.push(starts.len() as u32);
            for (l, line) in table.lines.iter().enumerate() {
                let here = (t as u32, l as u32);
                while facts.get(next).is_some_and(|f| (f.table, f.line) < here) {
                    next += 1;
                }
                starts.push(next as u32);
                if !line.tag.is_empty() {
                    tagged.push((concept(line), here.0, here.1));
                }
            }
        }
        while facts.get(next).is_some_and(|f| (f.table as usize) < tables.len()) {
            next += 1;
        }
        base.push(starts.len() as u32);
        starts.push(next as u32);
        tagged.sort_unstable();
        Book { source, tables, facts, base, starts, tagged }
    }

    /// The facts of a line, by column.
    pub(crate) fn row(&self, (table, line): Place) -> &'a [Fact] {
        let row = || {
            let at = self.base.get(table as usize)?.checked_add(line)?;
            if at >= *self.base.get(table as usize + 1)? {
                return None;
            }
            let (start, end) = (*self.starts.get(at as usize)?, *self.starts.get(at as usize + 1)?);
            self.facts.get(start as usize..end as usize)
        };
        // A line past its table's facts may begin in the next table's; never hand those out.
        let facts = row().unwrap_or_default();
        let len = facts.partition_point(|f| (f.table, f.line) <= (table, line));
        facts.get(..len).unwrap_or_default()
    }

    /// Where a referenced fact stands in `facts`.
    pub(crate) fn position(&self, at: FactRef) -> Option<usize> {
        let start = *self.starts.get(self.base.get(at.table as usize)?.checked_add(at.line)? as usize)? as usize;
        let row = self.row((at.table, at.line));
        let within = row.partition_point(|f| f.col < at.col);
        row.get(within).filter(|f| f.col == at.col).map(|_| start + within)
    }

    /// The fact a reference points at.
    pub(crate) fn fact(&self, at: FactRef) -> Option<&'a Fact> {
        self.cell((at.table, at.line), at.col)
    }

    /// The fact in a cell.
    pub(crate) fn cell(&self, place: Place, col: u32) -> Option<&'a Fact> {
        let row = self.row(place);
        row.get(row.partition_point(|f| f.col < col)).filter(|f| f.col == col)
    }

    /// The line at a place.
    pub(crate) fn line(&self, (table, line): Place) -> Option<&'a Line> {
        self.tables.get(table as usize)?.lines.get(line as usize)
    }

    /// The table a fact stands in.
    pub(crate) fn table(&self, fact: &Fact) -> Option<&'a Table> {
        self.tables.get(fact.table as usize)
    }

    /// Lines with a concept, in file order.
    pub(crate) fn tagged(&self, name: &str) -> impl Iterator<Item = Place> + '_ {
        let start = self.tagged.partition_point(|&(tag, ..)| tag < name);
        let end = start + self.tagged.get(start..).unwrap_or_default().partition_point(|&(tag, ..)| tag == name);
        self.tagged.get(start..end).unwrap_or_default().iter().map(|&(_, t, l)| (t, l))
    }

    /// Lines of one table with a concept.
    pub(crate) fn tagged_in(&self, table: u32, name: &str) -> impl Iterator<Item = Place> + '_ {
        let start = self.tagged.partition_point(|&(tag, t, _)| (tag, t) < (name, table));
        let rest = self.tagged.get(start..).unwrap_or_default();
        let len = rest.partition_point(|&(tag, t, _)| (tag, t) <= (name, table));
        rest.get(..len).unwrap_or_default().iter().map(|&(_, t, l)| (t, l))
    }

    /// The first line of a table with one of several concepts, tried in order.
    pub(crate) fn first_in(&self, table: u32, names: &[&str]) -> Option<Place> {
        names.iter().find_map(|name| self.tagged_in(table, name).next())
    }

    /// All tagged lines, sorted by concept and place.
    pub(crate) fn all_tagged(&self) -> &[(&'a str, u32, u32)] {
        &self.tagged
    }

    /// Whose figure a fact is.
    pub(crate) fn scope(&self, fact: &Fact) -> Option<Scope<'a>> {
        let table = self.table(fact)?;
        let column = table.columns.get(fact.col as usize)?;
        Some((table.doc, &table.coreg, &table.scenario, &column.scenario, &column.member))
    }

    /// A consolidated figure as reported, of a period, on a face statement.
    pub(crate) fn plain(&self, fact: &Fact) -> bool {
        let Some(table) = self.table(fact) else {
            return false;
        };
        let Some(column) = table.columns.get(fact.col as usize) else {
            return false;
        };
        let own = table.coreg.is_empty() && table.scenario.is_empty();
        let whole = column.scenario.is_empty() && column.member.is_empty() && column.role == ColumnRole::Period;
        own && whole && !fact.aside && table.kind != StatementKind::Other
    }

    /// A fact's number as a reader sees it: its sign may stand in another cell of the markup.
    pub(crate) fn printed(&self, fact: &Fact) -> Cow<'_, str> {
        tieout_html::shown(self.source.bytes, fact.span)
    }

    /// What stands in a span, on one line, without markup.
    pub(crate) fn words(&self, span: Span) -> Cow<'_, str> {
        let raw = self.source.slice(span);
        // A span that begins inside a tag: what is left of the tag is no text.
        let at = |sign: u8| raw.iter().position(|&b| b == sign);
        let cut =
            at(b'>').filter(|&close| raw.windows(2).any(|w| w == b"</") && at(b'<').is_none_or(|open| close < open));
        let start = span.start + cut.map_or(0, |close| close as u32 + 1);
        tieout_html::shown(self.source.bytes, Span { start, end: span.end })
    }

    /// How far right of its value a figure is printed: 3 in a table in thousands, 0 for a per-share figure.
    /// Read from the digits as they stand, which know it better than the table's own scale.
    pub(crate) fn power(&self, fact: &Fact) -> i8 {
        let text = self.printed(fact);
        let decimals = text
            .bytes()
            .rposition(|b| b == b'.')
            .map_or(0, |point| text.bytes().skip(point + 1).filter(u8::is_ascii_digit).count());
        fact.amount.exponent.saturating_add(i8::try_from(decimals).unwrap_or(0))
    }

    /// A fact's figure as printed.
    pub(crate) fn figure(&self, fact: &Fact) -> String {
        crate::say::figure(fact.amount, self.power(fact))
    }

    /// Another amount written the way a fact is printed.
    pub(crate) fn figure_like(&self, fact: &Fact, amount: Amount) -> String {
        crate::say::figure(amount, self.power(fact))
    }

    /// What a fact's line is called; an unlabelled total by its headings.
    pub(crate) fn name(&self, fact: &Fact) -> &'a str {
        let place = (fact.table, fact.line);
        let Some(line) = self.line(place) else {
            return "";
        };
        if !line.label.is_empty() {
            return &line.label;
        }
        let heading = line.section.last().and_then(|&l| self.line((fact.table, l)));
        heading.map_or("unlabelled line", |h| h.label.as_str())
    }

    /// A line's name and the fact's period: `Total assets, 2003-03-31`.
    pub(crate) fn subject(&self, fact: &Fact) -> String {
        match fact.period {
            Some(period) => format!("{}, {period}", self.name(fact)),
            None => {
                let heading =
                    self.table(fact).and_then(|t| t.columns.get(fact.col as usize)).map_or("", |c| &c.heading);
                if heading.is_empty() { self.name(fact).to_owned() } else { format!("{}, {heading}", self.name(fact)) }
            }
        }
    }

    /// Its document number.
    pub(crate) fn doc(&self, fact: &Fact) -> u32 {
        self.table(fact).map_or(0, |t| t.doc)
    }
}

/// A line's concept without its prefix.
pub(crate) fn concept(line: &Line) -> &str {
    line.tag.split_once(':').map_or(&*line.tag, |(_, name)| name)
}

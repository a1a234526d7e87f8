//! Contexts and units: the part of the header (or instance) that facts refer to by id.

use std::collections::HashMap;
use tieout_html::{attribute, decode};
use tieout_model::{Context, Date, Period, Span};

/// Collects contexts and units while their elements go by.
#[derive(Default)]
pub(crate) struct Resources<'a> {
    /// Contexts in file order.
    pub(crate) contexts: Vec<Context>,
    by_id: HashMap<&'a [u8], u32>,
    units: HashMap<&'a [u8], String>,
    open: Open<'a>,
    /// Characters since the last start tag, while something is open.
    text: String,
    axis: String,
    start: Option<Date>,
}

#[derive(Default)]
enum Open<'a> {
    #[default]
    Nothing,
    Context(&'a [u8], Context),
    Unit(&'a [u8], [Vec<String>; 2], usize),
}

impl<'a> Resources<'a> {
    /// True inside a context or unit: its text is wanted.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.open, Open::Nothing)
    }

    /// A start tag by its name without prefix. True where it belongs here.
    pub(crate) fn start(&mut self, bytes: &'a [u8], name: &[u8], attributes: Span) -> bool {
        let value = |attr: &str| attribute(bytes, attributes, attr).map(|span| slice(bytes, span));
        self.text.clear();
        if name.eq_ignore_ascii_case(b"context") {
            self.open = Open::Context(value("id").unwrap_or_default(), Context::default());
            self.start = None;
        } else if name.eq_ignore_ascii_case(b"unit") {
            self.open = Open::Unit(value("id").unwrap_or_default(), Default::default(), 0);
        } else if name.eq_ignore_ascii_case(b"unitDenominator") {
            if let Open::Unit(.., side) = &mut self.open {
                *side = 1;
            }
        } else if name.eq_ignore_ascii_case(b"explicitMember") || name.eq_ignore_ascii_case(b"typedMember") {
            self.axis = String::from_utf8_lossy(value("dimension").unwrap_or_default()).into_owned();
        }
        self.is_open()
    }

    /// Characters inside a context or unit.
    pub(crate) fn text(&mut self, bytes: &[u8], span: Span) {
        decode(bytes, span, &mut self.text);
    }

    /// An end tag by its name without prefix.
    pub(crate) fn end(&mut self, name: &[u8]) {
        let is = |word: &[u8]| name.eq_ignore_ascii_case(word);
        let text = self.text.trim();
        match &mut self.open {
            Open::Nothing => return,
            Open::Context(id, context) => {
                if is(b"startDate") {
                    self.start = date(text);
                } else if is(b"endDate") {
                    context.period = self.start.zip(date(text)).map(|(from, to)| Period::Duration(from, to));
                } else if is(b"instant") {
                    context.period = date(text).map(Period::Instant);
                } else if (is(b"explicitMember") || is(b"typedMember")) && !self.axis.is_empty() {
                    context.dimensions.push((std::mem::take(&mut self.axis), text.to_string()));
                } else if is(b"context") {
                    // The first of an id holds, as with attributes.
                    let (id, index) = (*id, self.contexts.len() as u32);
                    self.by_id.entry(id).or_insert(index);
                    self.contexts.push(std::mem::take(context));
                    self.open = Open::Nothing;
                } else {
                    // A typed member's own element ends before the member does: its text stays.
                    return;
                }
            }
            Open::Unit(id, sides, side) => {
                if is(b"measure") {
                    let local = text.rsplit(':').next().unwrap_or(text);
                    sides[*side].push(local.to_string());
                } else if is(b"unit") {
                    let [over, under] = sides.each_ref().map(|s| s.join("*"));
                    let name = if under.is_empty() { over } else { format!("{over}/{under}") };
                    self.units.entry(*id).or_insert(name);
                    self.open = Open::Nothing;
                }
            }
        }
        self.text.clear();
    }

    /// The context of an id.
    pub(crate) fn context(&self, id: &[u8]) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The unit of an id, as `USD/shares`.
    pub(crate) fn unit(&self, id: &[u8]) -> Option<&str> {
        self.units.get(id).map(String::as_str)
    }
}

/// An ISO date, with or without a time: midnight at the end of a day is that day.
fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

pub(crate) fn slice(bytes: &[u8], span: Span) -> &[u8] {
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
}

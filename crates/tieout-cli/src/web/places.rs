//! The numbers of the page: every stretch of the file that a fact, a claim or a check speaks of, in the order in
//! which they stand, none over another.

use crate::page::{Marks, UNCHECKED};
use crate::view::View;
use tieout::{Proof, Span, Verdict};

/// How a number looks, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Words that a finding points at; not a number.
    Words,
    /// No check reaches it.
    Unchecked,
    /// A check was tried, and the document does not carry what it needs.
    Open,
    /// Part of a calculation that holds.
    Part,
    /// A check would fail if it were another.
    Proven,
    /// A failed check blames it.
    Off,
}

impl Look {
    /// Its class in the page, one letter: there may be a hundred thousand of them.
    pub(super) fn class(self) -> char {
        match self {
            Look::Words => 'w',
            Look::Unchecked => 'n',
            Look::Open => 'u',
            Look::Part => 't',
            Look::Proven => 'p',
            Look::Off => 'o',
        }
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) look: Look,
    /// The tick marks beside it; empty where there are none.
    pub(super) mark: String,
}

/// All of them, sorted and apart.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) all: Vec<Place>,
}

/// Words longer than this are a part of the document, not a place in it.
const LONGEST_WORDS: usize = 200;

impl Places {
    /// Gathers what facts, claims, checks and findings point at.
    pub(super) fn of(view: &View<'_>) -> Places {
        let report = view.report;
        let marks = Marks::new(report, view.checks);
        let mut all: Vec<Place> = Vec::new();
        let mut add = |span: Span, look, mark: String| {
            if !span.is_empty() {
                all.push(Place { span, look, mark });
            }
        };
        for fact in &report.facts {
            let (mark, _) = marks.mark(fact);
            let look = match mark.as_str() {
                "X" => Look::Off,
                "U" => Look::Open,
                UNCHECKED => Look::Unchecked,
                _ if fact.proof == Proof::Proven => Look::Proven,
                _ => Look::Part,
            };
            add(fact.span, look, if look == Look::Unchecked { String::new() } else { mark });
        }
        for tie in report.ties.iter().filter(|t| t.fact.is_none()) {
            let tick = view.checks.iter().find(|c| c.code == tie.code).map_or(String::new(), |c| c.tick.to_string());
            let (look, mark) = verdict(tie.verdict, tick);
            add(tie.span, look, mark);
        }
        for claim in &report.claims {
            let (look, mark) = verdict(claim.verdict, String::new());
            add(claim.span, look, mark);
        }
        let mut places = Places { all: apart(all) };
        let words = report.findings.iter().flat_map(|f| &f.labels).map(|l| l.span);
        let words: Vec<Place> = words
            .filter(|s| !s.is_empty() && s.len() <= LONGEST_WORDS && places.at(*s).is_none())
            .map(|span| Place { span, look: Look::Words, mark: String::new() })
            .collect();
        places.all.extend(words);
        places.all = apart(places.all);
        places
    }

    /// The first place that shares a byte with the span.
    pub(super) fn at(&self, span: Span) -> Option<usize> {
        let index = self.from(span.start);
        self.all.get(index).filter(|p| p.span.start < span.end).map(|_| index)
    }

    /// The first place that ends after this byte.
    pub(super) fn from(&self, byte: u32) -> usize {
        self.all.partition_point(|p| p.span.end <= byte)
    }
}

fn verdict(verdict: Verdict, tick: String) -> (Look, String) {
    match verdict {
        Verdict::Ties => (Look::Proven, tick),
        Verdict::Off => (Look::Off, "X".into()),
        Verdict::Open => (Look::Open, "U".into()),
    }
}

/// Sorted; those that overlap become one, which looks as the strongest of them. Of two equals one with a mark is kept.
fn apart(mut all: Vec<Place>) -> Vec<Place> {
    all.sort_by_key(|p| p.span);
    let mut apart: Vec<Place> = Vec::with_capacity(all.len());
    for place in all {
        match apart.last_mut() {
            Some(last) if place.span.start < last.span.end => {
                last.span = last.span.join(place.span);
                if (place.look, !place.mark.is_empty()) > (last.look, !last.mark.is_empty()) {
                    last.look = place.look;
                    last.mark = place.mark;
                }
            }
            _ => apart.push(place),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn those_that_overlap_are_one() {
        let place = |start, end, look, mark: &str| Place { span: Span { start, end }, look, mark: mark.into() };
        let all = vec![place(4, 9, Look::Open, "U"), place(0, 2, Look::Part, "f"), place(5, 10, Look::Proven, "R")];
        assert_eq!(apart(all), [place(0, 2, Look::Part, "f"), place(4, 10, Look::Proven, "R")]);
    }

    #[test]
    fn a_place_is_found_by_any_of_its_bytes() {
        let fixture = fixture::release();
        let places = Places::of(&fixture.view());
        for fact in &fixture.report.facts {
            let index = places.at(fact.span).unwrap();
            assert!(places.all[index].span.contains(fact.span));
        }
        assert_eq!(places.at(Span { start: 0, end: 1 }), None);
        assert!(places.all.windows(2).all(|two| two[0].span.end <= two[1].span.start));
        assert_eq!(places.all.iter().filter(|p| p.look == Look::Off).count(), 1);
    }
}

//! From what a sentence says to claims: the days each number is of, its unit, its quote.

use crate::calendar::Calendar;
use crate::number::Form;
use crate::period::{Length, Shift, When};
use crate::subject::is_balance;
use crate::template::{Draft, Reading};
use tieout_grid::Paragraph;
use tieout_model::{Claim, ClaimKind, Period, Unit, Verdict};

/// What a paragraph remembers from one sentence to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Memory<'p> {
    /// What the section's heading compares: "1994 compared with 1993" is of 1994.
    pub(crate) section: Option<Period>,
    /// The last period that a sentence's main side named.
    pub(crate) period: Option<Period>,
    /// The mark of the note that the paragraph is, or empty.
    pub(crate) note: &'p str,
}

/// The claims of one sentence.
pub(crate) fn claims(
    reading: &Reading,
    paragraph: &Paragraph,
    calendar: &Calendar,
    memory: &mut Memory<'_>,
    doc: u32,
    out: &mut Vec<Claim>,
) {
    let pairs = respectively(reading);
    let subjects = in_step(reading, &pairs);
    let lost = !reading.drafts.is_empty() && is_lost(reading, calendar);
    let mut named = None;
    for (n, draft) in reading.drafts.iter().enumerate() {
        let when = Timing { reading, calendar, memory, draft, lost };
        let own = pairs.get(n).copied().flatten();
        let period = when.period(own);
        let base = when.base(period);
        if named.is_none() && !reading.sides.get(draft.side).is_some_and(|s| s.base) && when.explicit().is_some() {
            named = period.filter(|p| matches!(p, Period::Duration(..)));
        }
        let mut claim = claim(draft, paragraph, period, base, doc);
        claim.note.push_str(memory.note);
        if let Some(Some(subject)) = subjects.get(n) {
            claim.subject.clone_from(subject);
        }
        out.push(claim);
    }
    if named.is_some() {
        memory.period = named;
    }
}

fn claim(draft: &Draft, paragraph: &Paragraph, period: Option<Period>, base: Option<Period>, doc: u32) -> Claim {
    let mut amount =
        if draft.negative && !draft.number.amount.is_negative() { -draft.number.amount } else { draft.number.amount };
    let unit = match (draft.number.form, draft.kind) {
        (Form::PerShare(code), _) | (Form::Money(code), ClaimKind::PerShare) => Unit::PerShare(code),
        (Form::Money(code), _) => Unit::Money(code),
        (_, ClaimKind::Count) if draft.subject.to_ascii_lowercase().contains("shares") => Unit::Shares,
        _ => Unit::Pure,
    };
    if draft.kind == ClaimKind::Ratio
        && draft.number.form == Form::Plain
        && is_percent_ratio(&draft.subject)
        && amount.exponent > -3
    {
        amount = amount.scaled(-2);
    }
    let kind = if draft.forecast { ClaimKind::Guidance } else { draft.kind };
    let text = paragraph.text.get(draft.quote.clone()).unwrap_or_default().trim_end_matches([',', ' ']);
    Claim {
        doc,
        kind,
        subject: draft.subject.clone(),
        of: draft.of.clone(),
        quote: text.to_owned(),
        quote_span: paragraph.span_of(draft.quote.start..draft.quote.start + text.len()),
        // A forecast is of a period that the document does not report.
        period: if draft.forecast { None } else { period },
        base,
        amount,
        unit,
        span: paragraph.span_of(draft.place.clone()),
        bound: draft.bound,
        basis: draft.basis.clone(),
        note: String::new(),
        verdict: Verdict::Open,
        computed: String::new(),
        support: Vec::new(),
        because: String::new(),
    }
}

/// Ratios that trades state in percent without the sign: "an operating ratio of 91.3".
fn is_percent_ratio(subject: &str) -> bool {
    let low = subject.to_ascii_lowercase();
    ["operating ratio", "combined ratio", "efficiency ratio", "expense ratio", "loss ratio"]
        .iter()
        .any(|r| low.ends_with(r))
}

/// Lists in step: "$1 and $2 in 1998 and 1999, respectively". Each number of a list of n that n times follow
/// (or that stand in its side before it) gets its own.
fn respectively(reading: &Reading) -> Vec<Option<When>> {
    let mut out = vec![None; reading.drafts.len()];
    let mut start = 0;
    while let Some(first) = reading.drafts.get(start) {
        let mut end = start + 1;
        while reading
            .drafts
            .get(end)
            .is_some_and(|d| d.list > 0 && d.side == first.side && d.number.form == first.number.form)
        {
            end += 1;
        }
        let count = end - start;
        if let (true, Some(side), Some(last)) = (count > 1, reading.sides.get(first.side), reading.drafts.get(end - 1))
        {
            let limit = reading.drafts.get(end).filter(|d| d.side == first.side).map_or(usize::MAX, |d| d.item);
            let between = side.whens.iter().any(|(i, _)| (first.item..last.item).contains(i));
            let after: Vec<When> =
                side.whens.iter().filter(|(i, _)| *i > last.item && *i < limit).map(|(_, w)| *w).collect();
            let before: Vec<When> = side.whens.iter().filter(|(i, _)| *i < first.item).map(|(_, w)| *w).collect();
            let times = if after.len() == count { after } else { before };
            if !between && times.len() == count {
                for (n, when) in times.into_iter().enumerate() {
                    if let Some(slot) = out.get_mut(start + n) {
                        *slot = Some(when);
                    }
                }
            }
        }
        start = end;
    }
    out
}

/// "Cash and debt were $1 and $2, respectively": each number of a list that no times explain has its own part
/// of the subject. Where the parts do not come out even, nobody knows which is whose.
fn in_step(reading: &Reading, pairs: &[Option<When>]) -> Vec<Option<String>> {
    let mut out = vec![None; reading.drafts.len()];
    for &mark in &reading.respectively {
        let Some(last) = reading.drafts.iter().rposition(|d| d.item < mark) else { continue };
        let Some(count) = reading.drafts.get(last).map(|d| d.list + 1).filter(|c| *c > 1 && *c <= last + 1) else {
            continue;
        };
        let counts = reading.drafts.get(last).is_some_and(|d| d.kind == ClaimKind::Count);
        if counts || pairs.get(last).is_some_and(Option::is_some) {
            continue;
        }
        let subject = reading.drafts.get(last).map(|d| d.subject.as_str()).unwrap_or_default();
        let parts: Vec<&str> = subject.split(" and ").flat_map(|p| p.split(", ")).collect();
        for n in 0..count {
            let part = if parts.len() == count { parts.get(n).copied().unwrap_or_default() } else { "" };
            if let Some(slot) = out.get_mut(last + 1 - count + n) {
                *slot = Some(part.to_owned());
            }
        }
    }
    out
}

/// Finds the days of one draft.
struct Timing<'r> {
    reading: &'r Reading,
    calendar: &'r Calendar,
    memory: &'r Memory<'r>,
    draft: &'r Draft,
    /// The sentence names a time that nobody can place.
    lost: bool,
}

/// True where the sentence names a time that the calendar cannot place: what it says without one may be of that
/// time or of one beside it, not of the document's.
fn is_lost(reading: &Reading, calendar: &Calendar) -> bool {
    reading.sides.iter().flat_map(|s| &s.whens).any(|(_, when)| {
        let numbered = matches!(when.length, Length::Quarter(1..) | Length::Half(_));
        let named = when.year.is_some() || when.end.is_some() || numbered;
        named && calendar.resolve(when, calendar.period).is_none()
    })
}

impl Timing<'_> {
    fn is_base(&self) -> bool {
        self.reading.sides.get(self.draft.side).is_some_and(|s| s.base)
    }

    fn is_change(&self) -> bool {
        matches!(self.draft.kind, ClaimKind::ChangePercent | ClaimKind::ChangeAmount | ClaimKind::Multiple)
    }

    /// "up 5% year over year": says what it is compared with, wherever it stands.
    fn is_distance(&self, when: &When) -> bool {
        self.is_change()
            && matches!(when.shift, Shift::YearAgo | Shift::Before)
            && when.year.is_none()
            && when.end.is_none()
    }

    /// The time named on the draft's own side: the nearest after it, else the nearest before it.
    fn explicit(&self) -> Option<When> {
        let side = self.reading.sides.get(self.draft.side)?;
        let fit = |w: &&(usize, When)| self.is_base() || !self.is_distance(&w.1);
        let after = side.whens.iter().filter(fit).find(|(i, _)| *i > self.draft.item);
        let before = side.whens.iter().filter(fit).rfind(|(i, _)| *i < self.draft.item);
        let next =
            self.reading.drafts.iter().find(|d| d.side == self.draft.side && d.item > self.draft.item && d.list == 0);
        // A time beyond the next number belongs to that one where this one has its own before it.
        let after = match (after, before, next) {
            (Some((i, _)), Some(_), Some(next)) if *i > next.item => None,
            _ => after,
        };
        after.or(before).map(|(_, w)| *w)
    }

    fn period(&self, own: Option<When>) -> Option<Period> {
        let found = match own.or_else(|| self.explicit()) {
            Some(when) => self.calendar.resolve(&when, self.reference()),
            // A number of nobody knows what is of nobody knows when.
            None if self.is_base() || self.draft.subject.is_empty() => None,
            None => self.inherited(),
        };
        found.map(|p| self.fit(p))
    }

    /// The main side's period, for a side that is compared with it.
    fn reference(&self) -> Option<Period> {
        if !self.is_base() {
            return self.calendar.period;
        }
        self.main_before(self.draft.side).or(self.memory.period).or(self.memory.section).or(self.calendar.period)
    }

    /// The last period that a main side before `side` names.
    fn main_before(&self, side: usize) -> Option<Period> {
        let sides = self.reading.sides.get(..side)?;
        sides.iter().rev().filter(|s| !s.base).find_map(|s| {
            let (_, when) = s.whens.iter().rfind(|(_, w)| !self.is_distance(w))?;
            self.calendar.resolve(when, self.calendar.period)
        })
    }

    fn inherited(&self) -> Option<Period> {
        let aside = self.reading.sides.get(self.draft.side).and_then(|s| s.aside);
        let parent = aside.and_then(|side| {
            let side = self.reading.sides.get(side)?;
            let (_, when) = side.whens.iter().rfind(|(i, w)| *i < self.draft.item && !self.is_distance(w))?;
            self.calendar.resolve(when, self.calendar.period)
        });
        let named = parent.or_else(|| self.main_before(self.draft.side)).or(self.memory.period).or(self.memory.section);
        named.or_else(|| self.calendar.period.filter(|own| self.agrees(*own) && !self.lost))
    }

    /// True where what the sentence compares with lies a year or a period before `own`: otherwise the sentence
    /// speaks of another time than the document.
    fn agrees(&self, own: Period) -> bool {
        let compared = self.reading.sides.iter().filter(|s| s.base).find_map(|s| s.whens.first()).map(|(_, w)| *w);
        let Some(base) = compared.and_then(|w| self.calendar.resolve(&w, Some(own))) else {
            return true;
        };
        if base.quarters() == 0 {
            return true;
        }
        if base.quarters() != own.quarters() {
            return false;
        }
        let gap = (own.end() - base.end()).get_days();
        (350..=380).contains(&gap) || own.start().is_some_and(|start| (start - base.end()).get_days().abs() <= 8)
    }

    /// A balance holds at the end of its period.
    fn fit(&self, period: Period) -> Period {
        if is_balance(&self.draft.subject) { Period::Instant(period.end()) } else { period }
    }

    /// What a change is measured from.
    fn base(&self, period: Option<Period>) -> Option<Period> {
        if !self.is_change() {
            return None;
        }
        let sides = &self.reading.sides;
        let own = sides.get(self.draft.side)?;
        let near = own.whens.iter().find(|(i, w)| *i > self.draft.item && self.is_distance(w)).map(|(_, w)| *w);
        let next = self
            .reading
            .drafts
            .iter()
            .find(|d| d.item > self.draft.item && self.starts_over(d))
            .map_or(usize::MAX, |d| d.side);
        let opened = || {
            let after = (self.draft.side + 1..sides.len().min(next))
                .filter_map(|n| sides.get(n))
                .find(|s| s.base)
                .and_then(|s| s.whens.first());
            after.map(|(_, w)| *w)
        };
        let earlier = || sides.get(..self.draft.side)?.iter().rfind(|s| s.base)?.whens.first().map(|(_, w)| *w);
        let when = near.or_else(opened).or_else(earlier)?;
        let reference = period.or(self.calendar.period);
        let long = when.length == Length::Any;
        let found =
            self.calendar.resolve(&when, reference).or_else(|| long.then(|| reference?.years_before(1)).flatten())?;
        Some(self.fit(found))
    }

    /// True for a number with which another statement begins.
    fn starts_over(&self, other: &Draft) -> bool {
        other.side != self.draft.side
            && other.subject != self.draft.subject
            && !self.reading.sides.get(other.side).is_some_and(|s| s.base)
    }
}

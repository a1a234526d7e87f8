//! The grammar of results (STANDARDS 7.2): one pass over a sentence, left to right.
//!
//! Each number is read by what governs it: the nearest verb or preposition to its left, or the noun to its
//! right. Words between two numbers move a small state: the subject, the direction, and the side of the
//! comparison. "from", "compared with", "over" open the side that is compared with (its numbers belong to
//! another period); "to", a new verb or a new clause come back. A number joined to the one before it by "or",
//! "and" or a comma is read as that one was.

use crate::item::{Item, What};
use crate::number::{Form, Number};
use crate::period::When;
use crate::subject::{Phrases, Subject};
use crate::vocabulary::Roles;
use std::ops::Range;
use tieout_model::{Bound, ClaimKind};

/// A number with what the sentence says of it; its days are found later.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: ClaimKind,
    pub(crate) number: Number,
    pub(crate) negative: bool,
    pub(crate) subject: String,
    pub(crate) of: String,
    pub(crate) basis: String,
    pub(crate) bound: Bound,
    pub(crate) forecast: bool,
    /// The number's item, and the side it stands on.
    pub(crate) item: usize,
    pub(crate) side: usize,
    /// Quote and number, as bytes of the paragraph.
    pub(crate) quote: Range<usize>,
    pub(crate) place: Range<usize>,
    /// It is of a loss, so its twin is.
    loss: bool,
    /// How many numbers before it are of one list with it.
    pub(crate) list: usize,
}

/// One side of a comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct Side {
    /// It is what something else is compared with.
    pub(crate) base: bool,
    /// The phrases of time on it, by item.
    pub(crate) whens: Vec<(usize, When)>,
    /// It interrupts another side, in parentheses.
    pub(crate) aside: Option<usize>,
}

/// What one sentence says.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) sides: Vec<Side>,
    /// The numbers before these items are said "respectively".
    pub(crate) respectively: Vec<usize>,
}

/// What the nearest word to the left makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Link {
    #[default]
    None,
    /// "was", "of", "to": it is the subject's value.
    Level,
    /// "increased", "up": it is the subject's change.
    Change,
    /// "reported": a value; of what, the words to its right say.
    Object,
}

/// Reads one sentence. `scope` is what the whole paragraph is about, a segment's name or nothing; `subject` carries over from the sentence before and on to the next.
pub(crate) fn read(phrases: Phrases<'_>, scope: &str, subject: &mut Subject) -> Reading {
    let mut reader = Reader {
        p: phrases,
        reading: Reading { sides: vec![Side::default()], ..Reading::default() },
        subject: std::mem::take(subject),
        fresh: false,
        carry: true,
        scope,
        topic: String::new(),
        basis: leading_basis(&phrases),
        whole: None,
        side: 0,
        direction: 0,
        link: Link::None,
        governing: 0,
        governor: 0,
        forecast: false,
        last: None,
        skip: 0,
        opens: false,
        saved: Vec::new(),
    };
    for i in 0..phrases.items.len() {
        reader.step(i);
    }
    *subject = reader.subject;
    reader.reading
}

struct Reader<'s> {
    p: Phrases<'s>,
    reading: Reading,
    subject: Subject,
    /// The subject was named for the number to come, not carried.
    fresh: bool,
    /// The subject may be carried to a number that names none.
    carry: bool,
    /// "due to modems, as unit volume fell": what the clause's subject is part of.
    topic: String,
    /// "Agriculture - Sales of": the same for a paragraph.
    scope: &'s str,
    /// "Excluding charges, ...": the basis of the whole sentence.
    basis: String,
    /// "as a percentage of sales": the whole, and how many numbers had been read by then.
    whole: Option<(String, usize)>,
    side: usize,
    direction: i8,
    link: Link,
    /// The item of the governing word.
    governing: usize,
    /// The byte at which the governing word begins.
    governor: usize,
    forecast: bool,
    /// The last number's item and draft.
    last: Option<(usize, Option<usize>)>,
    /// Items below this were read with a number.
    skip: usize,
    /// The word after the number opens the other side.
    opens: bool,
    saved: Vec<Saved>,
}

/// What an aside in parentheses must not change.
struct Saved {
    subject: Subject,
    carry: bool,
    side: usize,
    direction: i8,
    link: Link,
}

/// A number's kind, subject and quote.
struct Sense {
    kind: ClaimKind,
    subject: String,
    of: String,
    loss: bool,
    direction: i8,
    start: usize,
    end: usize,
}

impl<'s> Reader<'s> {
    fn item(&self, i: usize) -> Option<&'s Item> {
        self.p.items.get(i)
    }

    fn plays(&self, i: usize, roles: Roles) -> bool {
        self.item(i).is_some_and(|item| item.plays(roles))
    }

    fn is_number(&self, i: usize) -> bool {
        self.item(i).is_some_and(|item| item.number().is_some())
    }

    fn is_mark(&self, i: usize, mark: char) -> bool {
        self.item(i).is_some_and(|item| item.is_mark(mark))
    }

    fn step(&mut self, i: usize) {
        let Some(item) = self.item(i) else { return };
        match item.what {
            What::Number(number) => self.number(i, item, &number),
            What::When(when) => {
                if let Some(side) = self.reading.sides.get_mut(self.side) {
                    side.whens.push((i, when));
                }
            }
            What::Mark('(') => self.open_aside(),
            What::Mark(')') => self.close_aside(),
            What::Mark(';') => self.clause(),
            What::Mark(',') => self.heading(i),
            What::Mark('\u{2022}' | '\u{B7}' | '\u{25AA}' | '\u{25CF}') => self.clause(),
            What::Mark(_) => {}
            What::Word if i < self.skip => {}
            What::Word => self.word(i, item),
        }
    }

    fn open_aside(&mut self) {
        if self.saved.len() > 8 {
            return;
        }
        self.saved.push(Saved {
            subject: self.subject.clone(),
            carry: self.carry,
            side: self.side,
            direction: self.direction,
            link: self.link,
        });
        let base = self.reading.sides.get(self.side).is_some_and(|s| s.base);
        self.reading.sides.push(Side { base, whens: Vec::new(), aside: Some(self.side) });
        self.side = self.reading.sides.len() - 1;
        self.link = Link::None;
    }

    fn close_aside(&mut self) {
        let Some(saved) = self.saved.pop() else { return };
        self.subject = saved.subject;
        self.carry = saved.carry;
        self.side = saved.side;
        self.direction = saved.direction;
        self.link = saved.link;
    }

    /// A new clause: nothing governs, the main side is back.
    fn clause(&mut self) {
        self.link = Link::None;
        self.direction = 0;
        self.topic.clear();
        self.whole = None;
        self.renew();
    }

    /// "In the modem category, ...": what the subjects of the sentence are part of.
    fn heading(&mut self, comma: usize) {
        if comma > 10 || !self.reading.drafts.is_empty() {
            return;
        }
        let first = (0..2).find(|&n| !self.p.word(n).is_empty()).unwrap_or(0);
        let part = matches!(self.p.word_before(comma), "category" | "segment" | "division" | "business" | "group" | "market" | "region" | "unit");
        if part && matches!(self.p.word(first), "in" | "within" | "for" | "at") {
            let found = self.p.after(first + 1);
            if let Some((topic, _)) = found.words.rsplit_once(' ').filter(|_| found.words.split(' ').count() + 2 >= comma.saturating_sub(first)) {
                self.topic = topic.to_owned();
            }
        }
    }

    fn on_base(&self) -> bool {
        self.reading.sides.get(self.side).is_some_and(|s| s.base)
    }

    fn open(&mut self, base: bool) {
        let aside = self.reading.sides.get(self.side).and_then(|s| s.aside);
        self.reading.sides.push(Side { base, whens: Vec::new(), aside });
        self.side = self.reading.sides.len() - 1;
    }

    fn main(&mut self) {
        if self.on_base() {
            self.open(false);
        }
    }

    /// A new verb: the main side, and a new one where the time of this one is settled.
    fn renew(&mut self) {
        let settled = self.reading.sides.get(self.side).is_some_and(|s| !s.whens.is_empty())
            && self.reading.drafts.last().is_some_and(|d| d.side == self.side);
        if settled || self.on_base() {
            self.open(false);
        }
    }

    /// Takes the phrase before `i` as the subject, where there is one.
    fn name(&mut self, i: usize) {
        let mut found = self.p.before(i);
        if found.is_empty() {
            // "it was", "and fell" carry the subject on; words that could not be read as one do not.
            let plain = crate::vocabulary::STOPS.or(Roles::FILLER).or(Roles::FORECAST);
            let read = self.item(i.wrapping_sub(1)).is_none_or(|b| !matches!(b.what, What::Word) || b.plays(plain));
            let word = self.p.word_before(i);
            self.carry &= read || matches!(word, "and" | "to") || word.ends_with("ly");
            return;
        }
        if self.whole.as_ref().is_some_and(|(_, read)| *read < self.reading.drafts.len()) {
            self.whole = None;
        }
        if !self.scope.is_empty() {
            found.words = format!("{} {}", self.scope, found.words);
        }
        if !self.topic.is_empty() {
            found.words = format!("{} {}", self.topic, found.words);
        }
        self.subject = found;
        self.fresh = true;
        self.carry = true;
    }

    fn govern(&mut self, i: usize, link: Link) {
        self.link = link;
        self.governing = i;
        self.governor = self.item(i).map_or(0, |item| item.start);
    }

    /// The next item that is not an article, a filler or a word of degree.
    fn next_solid(&self, mut i: usize) -> usize {
        for _ in 0..6 {
            let degree = matches!(self.p.word(i), "more" | "less" | "than" | "least" | "most" | "excess" | "total" | "much")
                || self.p.word(i) == "as" && self.p.word(i + 1) == "much";
            if degree || self.plays(i, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT)) || matches!(self.p.word(i), "over" | "exceeding") {
                i += 1;
            } else {
                break;
            }
        }
        i
    }

    fn word(&mut self, i: usize, item: &Item) {
        let word = self.p.word(i);
        if word == "respectively" {
            self.reading.respectively.push(i);
        }
        if item.plays(Roles::FORECAST) && self.looks_ahead(i) {
            self.forecast = true;
        }
        if item.plays(Roles::AGAINST) {
            self.against(i);
        } else if matches!(word, "relative" | "comparable") && self.p.word(i + 1) == "to" {
            self.against(i);
        } else if item.plays(Roles::CLAUSE) {
            self.begins_clause(i, word);
        } else if item.plays(Roles::REASON) {
            if !self.p.is_owner(i) {
                self.reason(i, word);
            }
        } else if item.plays(Roles::LEVEL) {
            self.level(i);
        } else if item.plays(Roles::REPORT) {
            if !self.p.is_reported(i) {
                self.report(i);
            }
        } else if item.plays(Roles::UP.or(Roles::DOWN).or(Roles::CHANGE_NOUN)) {
            self.moves(i, item, word);
        } else if item.plays(Roles::INNER.or(Roles::OUTER)) {
            self.preposition(i, word);
        } else if item.plays(Roles::VERB) {
            if item.plays(Roles::FORECAST) {
                let found = self.p.before(i);
                if found.roles.any(Roles::METRIC) {
                    self.name(i);
                } else {
                    self.carry = matches!(word, "will" | "should" | "expected" | "anticipated" | "projected" | "planned");
                }
            } else {
                self.carry = false;
            }
            self.renew();
            self.fresh = false;
            self.govern(i, Link::None);
            self.direction = 0;
        } else if word == "and" && self.on_base() && !self.is_number(self.next_solid(i + 1)) {
            // "compared with $5 in 2002 and ...": the comparison is closed once its time is named.
            let closed = self.reading.sides.get(self.side).is_some_and(|s| !s.whens.is_empty());
            let time = self.item(i + 1).is_some_and(Item::is_when);
            if closed && !time {
                self.clause();
            }
        }
    }

    /// True where a word of forecast speaks of the future and not of what had been expected.
    fn looks_ahead(&self, i: usize) -> bool {
        let before = self.p.word_before(i);
        let past = matches!(before, "than" | "as" | "an" | "the" | "had" | "previously" | "originally" | "was" | "were" | "of" | "these" | "management's");
        let word = self.p.word(i);
        match word {
            "guidance" | "outlook" | "forecast" | "will" => true,
            "estimate" | "estimates" => matches!(before, "we" | "company" | "management" | "it" | "currently" | "now" | "also"),
            _ => !past || matches!(before, "was" | "were") && self.p.word(i + 1) == "to",
        }
    }

    /// "compared with", "versus": the other side.
    fn against(&mut self, i: usize) {
        self.open(true);
        self.govern(i, Link::Level);
        self.fresh = false;
    }

    fn begins_clause(&mut self, i: usize, word: &'s str) {
        let next = self.p.word(i + 1);
        if word == "as" {
            let idle = self.plays(i + 1, Roles::AGAINST) || matches!(next, "of" | "well" | "much" | "many" | "high" | "low" | "reported") || matches!(self.p.word_before(i), "well" | "such" | "much" | "high" | "low");
            if idle {
                return;
            }
        }
        if word == "as" && self.p.is_share(i + 2) {
            let found = self.p.after(i + 4);
            self.whole = (!found.is_empty()).then(|| (found.words, self.reading.drafts.len()));
            return;
        }
        if word == "however" || word == "so" {
            return;
        }
        let mut found = String::new();
        // "due to modems, as unit volume fell": modems are what the clause is about.
        if word == "as" && self.is_mark(i.wrapping_sub(1), ',') {
            let topic = self.p.before(i - 1);
            let head = (0..topic.words.split(' ').count() + 2).any(|n| {
                i.checked_sub(n + 2).is_some_and(|at| self.p.word(at) == "to" && self.p.word_before(at) == "due")
            });
            if head && !topic.is_empty() {
                found = singular(&topic.words);
            }
        }
        self.clause();
        self.topic = found;
        self.carry = !matches!(word, "which" | "that" | "who" | "whose");
    }

    /// "reflecting", "driven by", "including": parts and causes; what follows is not the subject's own.
    fn reason(&mut self, i: usize, word: &'s str) {
        // A cause's times are its own.
        if self.on_base() || self.reading.drafts.last().is_some_and(|d| d.side == self.side) {
            self.open(false);
        }
        self.direction = 0;
        self.carry = false;
        self.fresh = false;
        let shows = matches!(word, "included" | "includes" | "including" | "include" | "reflects" | "reflected" | "reflecting" | "consisting" | "consisted");
        self.govern(i, if shows { Link::Object } else { Link::None });
    }

    fn level(&mut self, i: usize) {
        self.renew();
        self.fresh = false;
        self.direction = 0;
        self.forecast &= !self.p.before(i).roles.any(Roles::METRIC) || self.plays(i.wrapping_sub(1), Roles::FORECAST);
        self.name(i);
        self.govern(i, Link::Level);
        // "the increase in sales was 5%", "sales growth was 5%".
        if let Some((direction, rest)) = change_of(&self.subject.words) {
            self.direction = direction;
            self.link = Link::Change;
            self.subject.words = rest;
        }
        if matches!(self.p.word(i), "exceeded" | "exceeds") {
            self.direction = 0;
        }
    }

    fn report(&mut self, i: usize) {
        let next = (i + 1..i + 3).find(|&n| !self.p.word(n).ends_with("ly")).unwrap_or(i + 1);
        let auxiliary = matches!(self.p.word(i), "had" | "has" | "have" | "having")
            && (self.p.word(next) == "been" || self.plays(next, Roles::UP.or(Roles::DOWN)) && self.plays(next, Roles::VERB));
        self.renew();
        self.direction = 0;
        self.fresh = false;
        if auxiliary {
            self.name(i);
            self.govern(i, Link::None);
        } else {
            self.carry = false;
            self.govern(i, Link::Object);
        }
    }

    /// A word that says up or down.
    fn moves(&mut self, i: usize, item: &Item, word: &'s str) {
        let up = item.plays(Roles::UP);
        let direction = if up { 1 } else { -i8::from(item.plays(Roles::DOWN)) };
        let bound = self.p.word(i + 1) == "than" || (word == "up" && self.p.word(i + 1) == "to") || matches!(word, "above" | "below");
        if item.plays(Roles::COMPARATIVE) || bound {
            if !bound || self.p.word_before(i) == "was" || self.p.word_before(i) == "were" {
                self.direction = direction;
                if self.plays(i.wrapping_sub(1), Roles::LEVEL) {
                    self.govern(i, Link::Change);
                }
            }
            return;
        }
        if item.plays(Roles::CHANGE_NOUN) {
            // ", an increase of 5%" speaks of the main side again.
            let apposed = self.is_mark(i.wrapping_sub(2), ',') || self.is_mark(i.wrapping_sub(3), ',');
            if apposed {
                self.main();
            }
            let after = (matches!(self.p.word(i + 1), "in" | "to") && !self.is_number(self.next_solid(i + 2))).then(|| self.p.after(i + 2)).filter(|s| !s.is_empty());
            match after {
                Some(found) => {
                    self.subject = found;
                    self.carry = true;
                    self.fresh = false;
                }
                None => {
                    self.fresh = false;
                    let determined = self.plays(i.wrapping_sub(1), Roles::DETERMINER);
                    let before = self.p.before(i);
                    if !determined && !before.is_empty() {
                        self.name(i);
                    } else if !apposed && self.p.word(i + 1) != "of" {
                        self.carry &= self.link != Link::None;
                    }
                }
            }
            self.direction = direction;
            self.govern(i, Link::Change);
            return;
        }
        if item.plays(Roles::VERB) {
            if self.participle(i) {
                return;
            }
            self.renew();
            self.fresh = false;
            self.direction = direction;
            let effect = self.plays(i.wrapping_sub(1), Roles::LEVEL) && !matches!(word, "improved" | "risen" | "grown" | "fallen");
            if effect {
                // "was reduced by $2 for a charge": an effect on it, not its change since another time.
                self.carry = false;
                self.subject = Subject::default();
            } else if let Some(object) = self.object(i) {
                // "we raised our prices by 5%" is of prices; "rate orders raised margin by 5%" is of neither.
                let before = (0..i).rev().map(|n| self.p.word(n)).find(|w| !w.ends_with("ly")).unwrap_or_default();
                let own = matches!(before, "we" | "it" | "company" | "and") || !before.is_empty() && before == self.p.filer;
                self.subject = if own { object } else { Subject::default() };
                self.carry = own;
            } else {
                self.name(i);
            }
            self.govern(i, Link::Change);
            return;
        }
        // "up", "down".
        let comma = self.is_mark(i.wrapping_sub(1), ',');
        if comma {
            self.main();
        }
        let came = self.plays(i.wrapping_sub(1), Roles::LEVEL);
        if !came {
            self.fresh = false;
            let found = self.p.before(i);
            if found.roles.any(Roles::METRIC.or(Roles::QUOTIENT).or(Roles::COUNTED)) {
                self.name(i);
            }
        }
        self.direction = direction;
        let governor = self.governor;
        self.govern(i, Link::Change);
        if came {
            self.governor = governor;
        }
    }

    /// What a verb of change acts on: "increased our prices".
    fn object(&self, i: usize) -> Option<Subject> {
        let next = self.item(i + 1)?;
        let noun = matches!(next.what, What::Word) && !next.plays(crate::vocabulary::STOPS.or(Roles::INNER).or(Roles::FILLER)) && !self.p.word(i + 1).ends_with("ly");
        noun.then(|| self.p.after(i + 1)).filter(|s| !s.is_empty())
    }

    /// "increased sales", "improved margins": describes a noun and governs no number.
    fn participle(&self, i: usize) -> bool {
        let named = self.plays(i + 1, Roles::METRIC.or(Roles::QUOTIENT)) || self.p.word(i + 1).ends_with("ing");
        let Some(before) = i.checked_sub(1) else { return named };
        named && (self.item(before).is_some_and(|b| !matches!(b.what, What::Word) && b.number().is_none() && !b.is_when())
            || self.plays(before, Roles::DETERMINER.or(Roles::INNER).or(Roles::OUTER).or(Roles::REASON).or(Roles::CLAUSE).or(Roles::REPORT).or(Roles::VERB))
            || self.p.word(before) == "and")
    }

    fn preposition(&mut self, i: usize, word: &'s str) {
        let solid = self.next_solid(i + 1);
        let number = self.is_number(solid);
        let time = self.item(solid).is_some_and(Item::is_when);
        match word {
            "from" if number || time || self.direction != 0 => {
                let moved = self.direction != 0 || !self.reading.drafts.is_empty() || number;
                if moved {
                    self.open(true);
                    self.govern(i, Link::Level);
                    self.fresh = false;
                }
            }
            "over" | "than" if self.direction != 0 && !self.is_number(i + 1) => {
                self.open(true);
                self.govern(i, Link::Level);
                self.fresh = false;
            }
            "to" if number => self.to(i, solid),
            "of" if number => self.of(i),
            "with" | "on" | "for" | "including" if self.on_base() && !number && !time => {
                let closed = self.reading.sides.get(self.side).is_some_and(|s| !s.whens.is_empty()) || self.last.is_some();
                if closed && word != "for" {
                    self.clause();
                }
            }
            "with" => self.link = if self.p.word_before(i) == "compared" { self.link } else { Link::None },
            "at" if number => self.link = if self.link == Link::Level { Link::Level } else { Link::None },
            _ => {}
        }
    }

    fn to(&mut self, i: usize, solid: usize) {
        let before = self.p.word_before(i);
        if self.plays(i.wrapping_sub(1), Roles::AGAINST) || matches!(before, "up" | "relative" | "comparable") {
            return;
        }
        let range = self.last.is_some_and(|(n, _)| n + 1 == i) && self.forecast;
        let same = self.last.and_then(|(n, _)| self.item(n)).and_then(Item::number).zip(self.item(solid).and_then(Item::number));
        if range && same.is_some_and(|(a, b)| same_form(a.form, b.form)) {
            return;
        }
        if self.direction != 0 || self.on_base() || self.plays(i.wrapping_sub(1), Roles::LEVEL) {
            self.main();
            self.govern(i, Link::Level);
            self.fresh = false;
        } else {
            self.govern(i, Link::None);
            self.carry = false;
        }
    }

    fn of(&mut self, i: usize) {
        let before = self.p.word_before(i);
        if before == "range" {
            self.govern(i, Link::Level);
            return;
        }
        if before == "excess" && self.link == Link::None {
            self.fresh = false;
            self.name(i.saturating_sub(2));
            self.govern(i, if self.fresh { Link::Level } else { Link::None });
            return;
        }
        if matches!(before, "excess" | "total" | "aggregate" | "record" | "average" | "high" | "low" | "maximum" | "minimum") && self.link != Link::None {
            return;
        }
        if self.plays(i.wrapping_sub(1), Roles::CHANGE_NOUN) && self.link == Link::Change {
            return;
        }
        let found = self.p.before(i);
        if self.link == Link::Change && !found.is_empty() && found.words == self.subject.words && !self.fresh {
            // "an increase in sales of 5%".
            return;
        }
        self.fresh = false;
        if !found.is_empty() {
            self.name(i);
            self.govern(i, Link::Level);
            if self.subject.start < self.governor {
                self.governor = self.subject.start;
            }
        } else if self.link == Link::None {
            self.carry = false;
        }
    }

    fn number(&mut self, i: usize, item: &Item, number: &Number) {
        let sense = if self.is_passed_over(i, number) { None } else { self.sense(i, item, number) };
        let joined = self.joined(i).is_some();
        let mut index = None;
        if let Some(mut sense) = sense {
            // "$5 of the increase" is a part of a change, not the subject's value.
            if self.p.word(i + 1) == "of" && self.plays(self.next_solid(i + 2), Roles::CHANGE_NOUN) {
                sense.subject.clear();
            }
            let list = match self.last {
                Some((_, Some(previous))) if joined => self.reading.drafts.get(previous).map_or(0, |d| d.list + 1),
                _ => 0,
            };
            let wide = self.basis_near(i);
            let printed_minus = number.amount.is_negative() || number.enclosed && !joined;
            let draft = Draft {
                kind: sense.kind,
                number: *number,
                negative: printed_minus || sense.loss || sense.direction < 0,
                basis: if !self.basis.is_empty() && wide.is_empty() { self.basis.clone() } else if self.fresh || sense.subject == self.subject.words { nonempty(&self.subject.basis).unwrap_or(wide) } else { wide },
                subject: sense.subject,
                of: sense.of,
                bound: self.bound(i),
                forecast: self.forecast,
                item: i,
                side: self.side,
                quote: sense.start..self.with_distance(i, sense.end),
                place: item.start..number.core_end.max(item.start),
                loss: sense.loss,
                list,
            };
            index = Some(self.reading.drafts.len());
            self.reading.drafts.push(draft);
        }
        // "$11 million below last year": what follows is the other side.
        if std::mem::take(&mut self.opens) {
            self.open(true);
        }
        self.last = Some((i, index));
        self.link = Link::None;
        self.fresh = false;
    }

    /// "a year ago" right after a number says which one it is.
    fn with_distance(&self, i: usize, end: usize) -> usize {
        match self.item(i + 1).map(|next| (next.what, next.end)) {
            Some((What::When(when), after)) if when.shift == crate::period::Shift::YearAgo && self.on_base() => after.max(end),
            _ => end,
        }
    }

    /// The skip list: par values and coupons are names, not results.
    fn is_passed_over(&self, i: usize, number: &Number) -> bool {
        let near = |wanted: &[&str]| (i + 1..i + 4).any(|n| wanted.contains(&self.p.word(n)));
        let before = |reach: usize, wanted: &str| (1..=reach).any(|n| i.checked_sub(n).is_some_and(|at| self.p.word(at) == wanted));
        match number.form {
            Form::Money(_) | Form::PerShare(_) => near(&["par"]) || before(3, "par") || before(2, "liquidation"),
            Form::Percent => {
                let coupon = (i + 1..i + 4).any(|n| self.plays(n, Roles::INSTRUMENT));
                let whole = number.amount.mantissa == 100 && number.amount.exponent == -2;
                coupon || whole && (near(&["owned", "stock", "focused", "committed"]) || self.p.word(i + 1).is_empty() && self.link == Link::None)
            }
            _ => false,
        }
    }

    /// The draft that the number at `i` is joined to by "or", "and", a comma or a parenthesis.
    fn joined(&self, i: usize) -> Option<&Draft> {
        let (last, draft) = self.last?;
        if i.saturating_sub(last) > 14 {
            return None;
        }
        let mut join = false;
        for at in last + 1..i {
            let item = self.item(at)?;
            match item.what {
                What::When(_) => {}
                What::Mark(',' | '(' | '-') => join = true,
                What::Mark(')') if at == last + 1 => {}
                What::Word => {
                    let word = self.p.word(at);
                    let time = at + 1 < i && self.item(at + 1).is_some_and(Item::is_when) || self.item(at + 2).is_some_and(Item::is_when) && at + 2 < i;
                    let degree = matches!(word, "than" | "more" | "over" | "about" | "least") || self.plays(at, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT));
                    let range = word == "to" && self.forecast && at == last + 1;
                    match word {
                        "or" | "and" => join = true,
                        _ if range => join = true,
                        _ if degree || time && self.plays(at, Roles::INNER.or(Roles::OUTER)) => {}
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        join.then(|| draft.and_then(|d| self.reading.drafts.get(d))).flatten()
    }

    fn sense(&mut self, i: usize, item: &Item, number: &Number) -> Option<Sense> {
        let money = matches!(number.form, Form::Money(_));
        // Words to its right govern first.
        if let Some(sense) = self.changed_right(i, item, number) {
            return Some(sense);
        }
        if number.form == Form::Percent && self.link != Link::Change {
            if let Some(sense) = self.share_of(i, item) {
                return Some(sense);
            }
        }
        if let Some(sense) = self.counted(i, item, number) {
            return Some(sense);
        }
        if let Some(previous) = self.joined(i).cloned() {
            if self.link == Link::None || !self.fresh && matches!(self.link, Link::Level) && self.governor < self.item(self.last.map_or(0, |l| l.0)).map_or(0, |n| n.start) {
                return self.as_before(i, item, number, &previous);
            }
        }
        let link = if self.is_near(i) { self.link } else { Link::None };
        match link {
            Link::Change => self.changed(item, number),
            Link::Level => self.valued(i, item, number),
            Link::Object | Link::None => {
                let multiple = number.form == Form::Multiple;
                if multiple {
                    self.main();
                    self.name(i);
                    self.direction = if number.amount.exponent < 0 { -1 } else { 1 };
                    let start = if self.fresh { self.subject.start } else { item.start };
                    let subject = if self.carry { self.subject.words.clone() } else { String::new() };
                    let sense = Sense { kind: ClaimKind::Multiple, subject, of: String::new(), loss: false, direction: 0, start, end: item.end };
                    return Some(sense);
                }
                let kind = match number.form {
                    Form::Money(_) => ClaimKind::Amount,
                    Form::PerShare(_) => ClaimKind::PerShare,
                    Form::Percent | Form::Points => ClaimKind::Other,
                    _ => return None,
                };
                let found = if link == Link::Object && (money || number.form == Form::Percent) { self.right_noun(i) } else { Subject::default() };
                let loss = found.loss;
                if !found.is_empty() {
                    self.subject = found.clone();
                    self.carry = true;
                } else {
                    self.carry = false;
                }
                Some(Sense { kind, subject: found.words, of: String::new(), loss, direction: 0, start: item.start, end: item.end })
            }
        }
    }

    /// True where nothing between the governing word and the number takes the number away from it.
    fn is_near(&self, i: usize) -> bool {
        let mut before = i;
        while before > 0 && (self.plays(before - 1, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT)) || matches!(self.p.word(before - 1), "more" | "than" | "over" | "least" | "less")) {
            before -= 1;
        }
        if self.link == Link::Change && self.p.word_before(before) == "by" {
            return true;
        }
        (self.governing + 1..i).all(|n| {
            let Some(item) = self.item(n) else { return false };
            match item.what {
                What::When(_) => true,
                What::Mark(mark) => matches!(mark, ',' | '-' | '"' | '('),
                What::Number(_) => false,
                What::Word => {
                    let word = self.p.word(n);
                    item.plays(Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT).or(Roles::INNER).or(Roles::UP).or(Roles::DOWN))
                        || word.ends_with("ly")
                        || matches!(word, "by" | "with" | "at" | "than" | "over" | "more" | "less" | "least" | "excess" | "exceeding" | "during" | "close" | "total" | "be" | "been" | "as" | "much" | "high" | "low" | "net" | "average")
                }
            }
        })
    }

    /// "$5 million in net sales", "$8 million of charges".
    fn right_noun(&self, i: usize) -> Subject {
        if matches!(self.p.word(i + 1), "of" | "in") { self.p.after(i + 2) } else { Subject::default() }
    }

    /// "a 5% increase in yield", "23 percent higher than", "19 percent higher volume".
    fn changed_right(&mut self, i: usize, item: &Item, number: &Number) -> Option<Sense> {
        let mut right = i + 1;
        right += usize::from(self.is_mark(right, '-'));
        for _ in 0..2 {
            right += usize::from(self.plays(right, Roles::FILLER) && self.p.word(right) != "more" || matches!(self.p.word(right), "annual" | "net" | "organic") || self.item(right).is_some_and(Item::is_when));
        }
        let noun = self.plays(right, Roles::CHANGE_NOUN);
        let apart = matches!(self.p.word(right), "above" | "below");
        let comparative = self.plays(right, Roles::COMPARATIVE)
            && (!apart || self.link == Link::Level || self.item(right + 1).is_some_and(Item::is_when))
            && self.p.word(right) != "better";
        if !(noun || comparative) || !matches!(number.form, Form::Money(_) | Form::Percent | Form::Points | Form::PerShare(_)) {
            return None;
        }
        let word = self.item(right)?;
        let direction = if word.plays(Roles::UP) { 1 } else { -i8::from(word.plays(Roles::DOWN)) };
        let mut before = i;
        while before > 0 && (self.plays(before - 1, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT)) || matches!(self.p.word(before - 1), "than" | "over")) {
            before -= 1;
        }
        let apposed = before > 0 && (self.is_mark(before - 1, ',') || self.is_mark(before - 1, '(') || self.is_mark(before - 1, '-')) && self.last.is_some();
        let governed = self.link == Link::Level && before > 0 && self.plays(before - 1, Roles::LEVEL);
        let named = if noun {
            if self.p.word(right + 1) == "in" { self.p.after(right + 2) } else { Subject::default() }
        } else if self.item(right + 1).is_some_and(|n| matches!(n.what, What::Word) && !n.plays(crate::vocabulary::STOPS.or(Roles::INNER))) {
            self.p.after(right + 1)
        } else {
            Subject::default()
        };
        let subject = if !named.is_empty() {
            self.subject = named;
            self.carry = true;
            self.subject.words.clone()
        } else if (apposed || governed) && self.carry {
            self.subject.words.clone()
        } else {
            self.carry = false;
            String::new()
        };
        if apposed {
            self.main();
        }
        self.direction = direction;
        self.skip = right + 1;
        self.opens = apart;
        let kind = if number.form == Form::Percent { ClaimKind::ChangePercent } else { ClaimKind::ChangeAmount };
        Some(Sense { kind, subject, of: String::new(), loss: false, direction, start: item.start, end: word.end })
    }

    /// "28.5% of revenue", "$5 million, or 12%, of sales".
    fn share_of(&mut self, i: usize, item: &Item) -> Option<Sense> {
        let of = i + 1 + usize::from(self.is_mark(i + 1, ','));
        if self.p.word(of) != "of" {
            return None;
        }
        let whole = self.p.after(of + 1);
        if whole.is_empty() {
            return None;
        }
        let end = if whole.end > item.end && whole.end - item.end < 40 { whole.end } else { item.end };
        let joined = self.joined(i).filter(|d| matches!(d.kind, ClaimKind::Amount | ClaimKind::ShareOf | ClaimKind::ChangeAmount)).map(|d| d.subject.clone());
        let subject = match joined {
            Some(subject) => subject,
            None if self.link == Link::Level && self.carry => self.subject.words.clone(),
            None => String::new(),
        };
        let of_subject = subject != whole.words;
        Some(Sense {
            kind: ClaimKind::ShareOf,
            subject: if of_subject { subject } else { String::new() },
            of: whole.words,
            loss: false,
            direction: 0,
            start: item.start,
            end,
        })
    }

    /// "282 full-time employees", "4,315,062 shares".
    fn counted(&mut self, i: usize, item: &Item, number: &Number) -> Option<Sense> {
        if number.form != Form::Plain || number.amount.exponent < 0 && !number.scaled {
            return None;
        }
        let reach = (i + 1..i + 6).take_while(|&n| {
            self.item(n).is_some_and(|w| matches!(w.what, What::Word) && (!w.plays(crate::vocabulary::STOPS.or(Roles::INNER)) || w.plays(Roles::COUNTED)))
        });
        let noun = reach.into_iter().find(|&n| self.plays(n, Roles::COUNTED)).filter(|&n| self.p.word(n) != "days")?;
        let joined = item.start > 0 && self.is_mark(i.wrapping_sub(1), '-');
        if joined {
            return None;
        }
        let found = self.p.after(i + 1);
        let end = self.item(noun).map_or(item.end, |w| w.end);
        if self.link == Link::Change && self.carry {
            return Some(Sense { kind: ClaimKind::ChangeAmount, subject: self.subject.words.clone(), of: String::new(), loss: false, direction: self.direction, start: item.start, end });
        }
        Some(Sense { kind: ClaimKind::Count, subject: found.words, of: String::new(), loss: false, direction: 0, start: item.start, end })
    }

    /// Joined to the number before: read as that one was.
    fn as_before(&mut self, i: usize, item: &Item, number: &Number, previous: &Draft) -> Option<Sense> {
        let twin = |kind, subject: &str, direction| {
            Some(Sense { kind, subject: subject.to_owned(), of: previous.of.clone(), loss: previous.loss, direction, start: item.start, end: item.end })
        };
        let direction = if previous.negative && !previous.loss { -1 } else { 1 };
        match (previous.kind, number.form) {
            (ClaimKind::Amount, Form::PerShare(_)) => twin(ClaimKind::PerShare, &per_share(&previous.subject, number.diluted), 0),
            (ClaimKind::PerShare, Form::PerShare(_)) => twin(ClaimKind::PerShare, &previous.subject, 0),
            // "$14 million or $.38": cents after millions are a share's where a per-share word came before.
            (ClaimKind::Amount, Form::Money(_)) => twin(ClaimKind::Amount, &previous.subject, 0),
            (ClaimKind::PerShare, Form::Money(_)) if !number.scaled => twin(ClaimKind::PerShare, &previous.subject, 0),
            (ClaimKind::ChangePercent | ClaimKind::ChangeAmount, Form::Percent) => twin(ClaimKind::ChangePercent, &previous.subject, direction),
            (ClaimKind::ChangePercent | ClaimKind::ChangeAmount, Form::Money(_) | Form::PerShare(_) | Form::Points) => {
                twin(ClaimKind::ChangeAmount, &previous.subject, direction)
            }
            (ClaimKind::ShareOf, Form::Percent) => twin(ClaimKind::ShareOf, &previous.subject, 0),
            (ClaimKind::Ratio, Form::Percent | Form::Ratio | Form::Times) => twin(ClaimKind::Ratio, &previous.subject, 0),
            (ClaimKind::Ratio, Form::Plain) if previous.number.form == Form::Plain => twin(ClaimKind::Ratio, &previous.subject, 0),
            (ClaimKind::Count, Form::Plain) if number.scaled || i > 0 => None,
            (_, Form::Money(_)) => twin(ClaimKind::Amount, "", 0),
            (_, Form::PerShare(_)) => twin(ClaimKind::PerShare, "", 0),
            (_, Form::Percent | Form::Points) => twin(ClaimKind::Other, "", 0),
            _ => None,
        }
    }

    fn changed(&mut self, item: &Item, number: &Number) -> Option<Sense> {
        let kind = match number.form {
            Form::Percent => ClaimKind::ChangePercent,
            Form::Money(_) | Form::PerShare(_) | Form::Points => ClaimKind::ChangeAmount,
            Form::Times => ClaimKind::Multiple,
            Form::Plain if number.scaled => ClaimKind::ChangeAmount,
            _ => return None,
        };
        let subject = if self.carry { self.subject.words.clone() } else { String::new() };
        let near = self.fresh && subject.split(' ').count() <= 4 && self.subject.start < self.governor;
        let start = if near { self.subject.start } else { self.governor.min(item.start) };
        // A ratio that improves falls where it measures cost.
        let worse = subject.to_ascii_lowercase();
        let inverted = (worse.contains("operating ratio") || worse.contains("combined ratio") || worse.contains("efficiency ratio") || self.subject.loss)
            && self.word_at(self.governor).starts_with("improve");
        let direction = if inverted { -1 } else if kind == ClaimKind::Multiple { 0 } else { self.direction };
        let short = item.end.saturating_sub(start) < 160;
        Some(Sense { kind, subject, of: String::new(), loss: false, direction, start: if short { start } else { item.start }, end: item.end })
    }

    fn word_at(&self, byte: usize) -> &'s str {
        let i = self.p.items.partition_point(|item| item.start < byte);
        self.p.word(i)
    }

    fn valued(&mut self, i: usize, item: &Item, number: &Number) -> Option<Sense> {
        let mut subject = if self.carry || self.fresh { self.subject.clone() } else { Subject::default() };
        let mut named_right = false;
        // "this compares to $56 million in net capital expenditures".
        if self.on_base() && !self.fresh {
            let right = self.right_noun(i);
            if !right.is_empty() && matches!(number.form, Form::Money(_)) {
                named_right = true;
                subject = right.clone();
                self.subject = right;
                self.carry = true;
            }
        }
        let low = subject.words.to_ascii_lowercase();
        let of_share = low.contains("per share") || low.contains("per diluted share") || low.ends_with("eps") || low.contains("per common share")
            || (low.contains("book value") || low.contains("dividend")) && number.amount.exponent == -2;
        let prior = self.last.and_then(|(_, d)| d).and_then(|d| self.reading.drafts.get(d));
        let same_subject = prior.filter(|d| self.on_base() && !self.fresh && d.subject == subject.words);
        let kind = match number.form {
            Form::Money(_) if of_share && !number.scaled => ClaimKind::PerShare,
            Form::Money(_) => ClaimKind::Amount,
            Form::PerShare(_) => ClaimKind::PerShare,
            Form::Percent if self.whole.is_some() => ClaimKind::ShareOf,
            Form::Percent => match same_subject.map(|d| d.kind) {
                // "grew 5%, compared with 8% the year before".
                Some(kind @ (ClaimKind::ChangePercent | ClaimKind::ShareOf)) if !subject.roles.any(Roles::QUOTIENT) => kind,
                _ if subject.roles.any(Roles::QUOTIENT) || low.contains(" to ") => ClaimKind::Ratio,
                _ => ClaimKind::Other,
            },
            Form::Ratio | Form::Times => ClaimKind::Ratio,
            Form::Points => ClaimKind::Other,
            Form::Multiple => return None,
            Form::Plain if subject.roles.any(Roles::QUOTIENT) && !number.scaled => ClaimKind::Ratio,
            Form::Plain if subject.roles.any(Roles::COUNTED) || number.scaled && subject.roles.any(Roles::METRIC) => ClaimKind::Count,
            Form::Plain => return None,
        };
        let direction = match (kind, same_subject) {
            (ClaimKind::ChangePercent, Some(d)) if d.negative => -1,
            _ => 0,
        };
        let of = match (kind, same_subject) {
            (ClaimKind::ShareOf, _) if self.whole.is_some() => self.whole.as_ref().map(|(whole, _)| whole.clone()).unwrap_or_default(),
            (ClaimKind::ShareOf, Some(d)) => d.of.clone(),
            _ => String::new(),
        };
        let mut words = subject.words.clone();
        if matches!(number.form, Form::PerShare(_)) && !words.is_empty() && !of_share {
            words = per_share(&words, number.diluted);
        }
        let loss = subject.loss && matches!(kind, ClaimKind::Amount | ClaimKind::PerShare);
        let start = if named_right { item.start } else { self.quote_start(i, item, &subject) };
        Some(Sense { kind, subject: words, of, loss, direction, start, end: item.end })
    }

    /// A value's quote begins with its subject where that stands just before, otherwise with the article or
    /// the governing word.
    fn quote_start(&self, i: usize, item: &Item, subject: &Subject) -> usize {
        let known = subject.roles.any(Roles::METRIC.or(Roles::QUOTIENT));
        if self.fresh && known && subject.start < item.start && item.start - subject.start < 120 {
            return subject.start;
        }
        let mut first = i;
        while first > 0 && self.plays(first - 1, Roles::FILLER.or(Roles::DETERMINER)) {
            first -= 1;
        }
        if first < i {
            return self.item(first).map_or(item.start, |f| f.start);
        }
        if self.governor < item.start && item.start - self.governor < 40 && !self.fresh { self.governor } else { item.start }
    }

    /// "approximately", "more than" before the number at `i`.
    fn bound(&self, i: usize) -> Bound {
        let mut at = i;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else { break };
            let word = self.p.word(before);
            let two = self.p.word_before(before);
            match word {
                "approximately" | "roughly" | "nearly" | "almost" | "around" | "about" | "estimated" => return Bound::Approximate,
                "to" if two == "close" => return Bound::Approximate,
                "to" if two == "up" => return Bound::AtMost,
                "than" if matches!(two, "more" | "greater" | "better" | "higher") => return Bound::AtLeast,
                "than" if matches!(two, "less" | "fewer") => return Bound::AtMost,
                "over" | "exceeding" | "exceeded" | "exceeds" | "above" => return Bound::AtLeast,
                "least" if two == "at" => return Bound::AtLeast,
                "of" if two == "excess" => return Bound::AtLeast,
                "under" | "below" => return Bound::AtMost,
                "as" if two == "much" => return Bound::AtMost,
                "a" | "an" | "the" | "another" | "by" | "only" | "just" => at = before,
                _ => break,
            }
        }
        Bound::Exact
    }

    /// A basis said beside the number: from the comma before it to the comma after it.
    fn basis_near(&self, i: usize) -> String {
        let edge = |n: usize| self.item(n).is_none_or(|item| matches!(item.what, What::Mark(',' | ';' | ')' | '(')) || item.number().is_some());
        let first = (i.saturating_sub(14)..i).rev().take_while(|&n| !edge(n)).last().unwrap_or(i);
        let last = (i + 1..i + 14).take_while(|&n| !edge(n)).last().unwrap_or(i);
        self.p.basis_in((first..=last).filter(|&n| n != i)).unwrap_or_default()
    }
}

/// "Excluding charges, ...", "On a pro forma basis, ...": said once for all figures of the sentence.
fn leading_basis(phrases: &Phrases<'_>) -> String {
    let leads = matches!(phrases.word(0), "excluding" | "without" | "before" | "adjusted" | "on" | "pro" | "in");
    let comma = phrases.items.iter().take(16).position(|item| item.is_mark(','));
    match comma {
        Some(end) if leads => phrases.basis_in(0..end).unwrap_or_default(),
        _ => String::new(),
    }
}

fn nonempty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn same_form(a: Form, b: Form) -> bool {
    matches!(
        (a, b),
        (Form::Money(_) | Form::PerShare(_), Form::Money(_) | Form::PerShare(_)) | (Form::Percent, Form::Percent) | (Form::Plain, Form::Plain)
    )
}

/// "net loss" and "$.11 per share": "net loss per share".
fn per_share(subject: &str, diluted: bool) -> String {
    let low = subject.to_ascii_lowercase();
    if subject.is_empty() || low.contains("per share") || low.ends_with("eps") {
        return subject.to_owned();
    }
    format!("{subject} per {}share", if diluted { "diluted " } else { "" })
}

/// "increase in net sales", "sales growth": the direction and what it is of.
fn change_of(words: &str) -> Option<(i8, String)> {
    let direction = |word: &str| {
        let roles = crate::vocabulary::roles(&word.to_ascii_lowercase());
        roles.any(Roles::CHANGE_NOUN).then(|| if roles.any(Roles::UP) { 1 } else { -i8::from(roles.any(Roles::DOWN)) })
    };
    let (first, rest) = words.split_once(' ')?;
    if let Some(found) = direction(first) {
        let of = rest.strip_prefix("in ").or_else(|| rest.strip_prefix("of "))?;
        return Some((found, of.to_owned()));
    }
    let (rest, last) = words.rsplit_once(' ')?;
    direction(last).map(|found| (found, rest.to_owned()))
}

/// The topic as it modifies another noun: "dial-up modems" become "dial-up modem".
fn singular(words: &str) -> String {
    let plural = words.ends_with('s') && !words.ends_with("ss");
    if plural { words.get(..words.len() - 1).unwrap_or(words).to_owned() } else { words.to_owned() }
}

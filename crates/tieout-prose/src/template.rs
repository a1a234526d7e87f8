//! The grammar of results (STANDARDS 7.2): one pass over a sentence, left to right.
//!
//! Each number is read by what governs it: the nearest verb or preposition to its left, or the noun to its
//! right. Words between two numbers move a small state: the subject, the direction, and the side of the
//! comparison. "from", "compared with", "over" open the side that is compared with (its numbers belong to
//! another period); "to", a new verb or a new clause come back. A number joined to the one before it by "or",
//! "and" or a comma is read as that one was.

mod beside;
mod sense;
mod share;
mod words;

use crate::item::{Item, What};
use crate::number::Number;
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
        owner: String::new(),
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
    let without = sentence_basis(&phrases);
    for draft in reader.reading.drafts.iter_mut().filter(|d| d.basis.is_empty()) {
        draft.basis.clone_from(&without);
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
    /// "Fern Barges had revenue of": who has it, where that is not the company.
    owner: String,
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
        self.owner.clear();
        self.whole = None;
        self.renew();
    }

    /// "In the modem category, ...": what the subjects of the sentence are part of.
    fn heading(&mut self, comma: usize) {
        if comma > 10 || !self.reading.drafts.is_empty() {
            return;
        }
        let first = (0..2).find(|&n| !self.p.word(n).is_empty()).unwrap_or(0);
        let part = matches!(
            self.p.word_before(comma),
            "category" | "segment" | "division" | "business" | "group" | "market" | "region" | "unit"
        );
        if part && matches!(self.p.word(first), "in" | "within" | "for" | "at") {
            let found = self.p.after(first + 1);
            if let Some((topic, _)) = found
                .words
                .rsplit_once(' ')
                .filter(|_| found.words.split(' ').count() + 2 >= comma.saturating_sub(first))
            {
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
        // "It paid taxes of $5": what was paid is no expense.
        let first = self.p.items.partition_point(|item| item.start < found.start);
        let verb = (0..first).rev().find(|&n| !self.plays(n, Roles::DETERMINER.or(Roles::FILLER)));
        if let Some(paid) = verb.map(|n| self.p.word(n)).filter(|w| matches!(*w, "paid" | "repaid")) {
            found.words = format!("{} {paid}", found.words);
        }
        if !self.owner.is_empty() && found.roles.any(Roles::METRIC) {
            found.words = format!("{} {}", self.owner, found.words);
        }
        found.words = self.scoped(found.words);
        if !self.topic.is_empty() {
            found.words = format!("{} {}", self.topic, found.words);
        }
        self.subject = found;
        self.fresh = true;
        self.carry = true;
    }

    /// A subject as a part of what the paragraph is about. The whole company's own figures are not.
    fn scoped(&self, words: String) -> String {
        if self.scope.is_empty() || words.is_empty() {
            return words;
        }
        let low = words.to_ascii_lowercase();
        let named = low.contains(&self.scope.to_ascii_lowercase()) || low.contains("consolidated");
        if named { words } else { format!("{} {words}", self.scope) }
    }

    fn govern(&mut self, i: usize, link: Link) {
        self.link = link;
        self.governing = i;
        self.governor = self.item(i).map_or(0, |item| item.start);
    }

    /// The next item that is not an article, a filler or a word of degree.
    fn next_solid(&self, mut i: usize) -> usize {
        for _ in 0..6 {
            let degree =
                matches!(self.p.word(i), "more" | "less" | "than" | "least" | "most" | "excess" | "total" | "much")
                    || self.p.word(i) == "as" && self.p.word(i + 1) == "much";
            if degree
                || self.plays(i, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT))
                || matches!(self.p.word(i), "over" | "exceeding")
            {
                i += 1;
            } else {
                break;
            }
        }
        i
    }
}

/// "$5, excluding charges": which of the sentence's figures leave them out, nobody knows for sure.
fn sentence_basis(phrases: &Phrases<'_>) -> String {
    let leaves_out = |i: usize| match phrases.word(i) {
        word @ ("excluding" | "excludes" | "exclude" | "excluded" | "exclusive") => Some(word),
        "adjusted" if matches!(phrases.word(i + 1), "to" | "for") => Some("adjusted"),
        // What would have been is not what was.
        word @ "would" if phrases.word(i + 1) == "have" => Some(word),
        "without" if !matches!(phrases.word(i + 1), "giving" | "regard" | "limitation") => Some("without"),
        _ => None,
    };
    (0..phrases.items.len()).find_map(leaves_out).unwrap_or_default().to_owned()
}

/// "Excluding charges, ...", "On a pro forma basis, ...": said once for all figures of the sentence.
fn leading_basis(phrases: &Phrases<'_>) -> String {
    let leads = matches!(phrases.word(0), "excluding" | "without" | "before" | "adjusted" | "on" | "pro" | "in");
    if !leads {
        return String::new();
    }
    let comma = phrases.items.iter().take(16).position(|item| item.is_mark(','));
    match comma {
        Some(end) => phrases.basis_in(0..end).unwrap_or_default(),
        None => String::new(),
    }
}

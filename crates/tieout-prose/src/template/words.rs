//! What each word does to the state: subjects, directions, sides.

use super::{Link, Reader};
use crate::item::{Item, What};
use crate::number::Form;
use crate::subject::Subject;
use crate::vocabulary::{Roles, STOPS};

impl<'s> Reader<'s> {
    pub(super) fn word(&mut self, i: usize, item: &Item) {
        if item.roles == Roles::NONE {
            return;
        }
        let word = self.p.word(i);
        if word == "respectively" {
            self.reading.respectively.push(i);
        }
        if item.plays(Roles::FORECAST) && self.looks_ahead(i) {
            self.forecast = true;
        }
        if item.plays(Roles::AGAINST) || matches!(word, "relative" | "comparable") && self.p.word(i + 1) == "to" {
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
                    self.carry =
                        matches!(word, "will" | "should" | "expected" | "anticipated" | "projected" | "planned");
                }
            } else if word == "would" && self.would_have(i) {
                self.name(i);
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

    /// "Net income would have been": what it is of. "The effect would have been an increase" is of no change.
    fn would_have(&self, i: usize) -> bool {
        let found = self.p.before(i);
        let effect = found.words.split(' ').any(|w| matches!(w, "effect" | "effects" | "impact"));
        self.p.word(i + 1) == "have" && found.roles.any(Roles::METRIC) && !effect
    }

    /// True where a word of forecast speaks of the future and not of what had been expected.
    fn looks_ahead(&self, i: usize) -> bool {
        let before = self.p.word_before(i);
        let past = matches!(
            before,
            "than"
                | "as"
                | "an"
                | "the"
                | "had"
                | "previously"
                | "originally"
                | "was"
                | "were"
                | "of"
                | "these"
                | "management's"
        );
        let word = self.p.word(i);
        match word {
            "guidance" | "outlook" | "forecast" | "will" => true,
            "estimate" | "estimates" => {
                matches!(before, "we" | "company" | "management" | "it" | "currently" | "now" | "also")
            }
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
            let idle = self.plays(i + 1, Roles::AGAINST)
                || matches!(next, "of" | "well" | "much" | "many" | "high" | "low" | "reported")
                || matches!(self.p.word_before(i), "well" | "such" | "much" | "high" | "low");
            if idle {
                return;
            }
        }
        if word == "as" && self.p.is_share(i + 2) {
            let found = self.p.after(i + 4);
            self.whole = (!found.is_empty()).then_some((found.words, self.reading.drafts.len()));
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
        let shows = matches!(
            word,
            "included"
                | "includes"
                | "including"
                | "include"
                | "reflects"
                | "reflected"
                | "reflecting"
                | "consisting"
                | "consisted"
        );
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
        let next = (i + 1..i + 3).find(|&n| !self.plays(n, Roles::ADVERB)).unwrap_or(i + 1);
        let auxiliary = matches!(self.p.word(i), "had" | "has" | "have" | "having")
            && (self.p.word(next) == "been"
                || self.plays(next, Roles::UP.or(Roles::DOWN)) && self.plays(next, Roles::VERB));
        self.renew();
        self.direction = 0;
        self.fresh = false;
        self.owner = self.p.other_name(i);
        if let Some(result) = self.result(i) {
            self.subject = result;
            self.fresh = true;
            self.carry = true;
            self.govern(i, Link::Level);
            return;
        }
        if auxiliary {
            self.name(i);
            self.govern(i, Link::None);
        } else {
            self.carry = false;
            self.govern(i, Link::Object);
        }
    }

    /// "Acme lost $5 million, or $.44 per share": the verb alone names its net loss. "Earned $5 of interest"
    /// names something else, and who is no part of the company's name has a result of its own.
    fn result(&self, i: usize) -> Option<Subject> {
        let (words, loss) = match self.p.word(i) {
            "lost" => ("net loss", true),
            "earned" => ("net income", false),
            _ => return None,
        };
        let number = self.next_solid(i + 1);
        let money = self.item(number)?.number().is_some_and(|n| matches!(n.form, Form::Money(_) | Form::PerShare(_)));
        let elsewhere = matches!(self.p.word(number + 1), "of" | "in" | "on" | "from" | "by" | "through")
            && !self.item(number + 2).is_some_and(Item::is_when)
            && !self.item(number + 3).is_some_and(Item::is_when);
        if !money || elsewhere || self.plays(number + 1, Roles::METRIC) {
            return None;
        }
        let who = self.p.before(i);
        let item = self.item(i)?;
        let words = if self.p.is_filer(&who.words) { words.to_owned() } else { format!("{} {words}", who.words) };
        Some(Subject { words, start: item.start, end: item.end, roles: Roles::METRIC, loss, basis: String::new() })
    }

    /// A word that says up or down.
    fn moves(&mut self, i: usize, item: &Item, word: &'s str) {
        let up = item.plays(Roles::UP);
        let direction = if up { 1 } else { -i8::from(item.plays(Roles::DOWN)) };
        let bound = self.p.word(i + 1) == "than"
            || (word == "up" && self.p.word(i + 1) == "to")
            || matches!(word, "above" | "below");
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
            let after = (matches!(self.p.word(i + 1), "in" | "to") && !self.is_number(self.next_solid(i + 2)))
                .then(|| self.p.after(i + 2))
                .filter(|s| !s.is_empty());
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
            let effect = self.plays(i.wrapping_sub(1), Roles::LEVEL)
                && !matches!(word, "improved" | "risen" | "grown" | "fallen");
            if effect {
                // "was reduced by $2 for a charge": an effect on it, not its change since another time.
                self.carry = false;
                self.subject = Subject::default();
            } else if let Some(object) = self.object(i) {
                // "we raised our prices by 5%" is of prices; "rate orders raised margin by 5%" is of neither.
                let before = (0..i).rev().map(|n| self.p.word(n)).find(|w| !w.ends_with("ly")).unwrap_or_default();
                let own = matches!(before, "we" | "it" | "company" | "and")
                    || !before.is_empty() && before == self.p.first_name();
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
        let noun = matches!(next.what, What::Word)
            && !next.plays(STOPS.or(Roles::INNER).or(Roles::FILLER))
            && !self.p.word(i + 1).ends_with("ly");
        noun.then(|| self.p.after(i + 1)).filter(|s| !s.is_empty())
    }

    /// "increased sales", "improved margins": describes a noun and governs no number.
    fn participle(&self, i: usize) -> bool {
        let named = self.plays(i + 1, Roles::METRIC.or(Roles::QUOTIENT)) || self.p.word(i + 1).ends_with("ing");
        let Some(before) = i.checked_sub(1) else {
            return named;
        };
        named
            && (self
                .item(before)
                .is_some_and(|b| !matches!(b.what, What::Word) && b.number().is_none() && !b.is_when())
                || self.plays(
                    before,
                    Roles::DETERMINER
                        .or(Roles::INNER)
                        .or(Roles::OUTER)
                        .or(Roles::REASON)
                        .or(Roles::CLAUSE)
                        .or(Roles::REPORT)
                        .or(Roles::VERB),
                )
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
                let closed =
                    self.reading.sides.get(self.side).is_some_and(|s| !s.whens.is_empty()) || self.last.is_some();
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
        let same = self
            .last
            .and_then(|(n, _)| self.item(n))
            .and_then(Item::number)
            .zip(self.item(solid).and_then(Item::number));
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
        if matches!(
            before,
            "excess" | "total" | "aggregate" | "record" | "average" | "high" | "low" | "maximum" | "minimum"
        ) && self.link != Link::None
        {
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
}

fn same_form(a: Form, b: Form) -> bool {
    matches!(
        (a, b),
        (Form::Money(_) | Form::PerShare(_), Form::Money(_) | Form::PerShare(_))
            | (Form::Percent, Form::Percent)
            | (Form::Plain, Form::Plain)
    )
}

/// "increase in net sales", "sales growth": the direction and what it is of.
fn change_of(words: &str) -> Option<(i8, String)> {
    let direction = |word: &str| {
        let roles = crate::vocabulary::roles(word.to_ascii_lowercase().as_bytes());
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

//! What a number is, from the state at its place and the words to its right.

use super::{Draft, Link, Reader};
use crate::item::{Item, What};
use crate::number::{Form, Number};
use crate::subject::Subject;
use crate::vocabulary::{Roles, STOPS};
use tieout_model::ClaimKind;

/// A number's kind, subject and quote.
pub(super) struct Sense {
    pub(super) kind: ClaimKind,
    pub(super) subject: String,
    pub(super) of: String,
    pub(super) loss: bool,
    pub(super) direction: i8,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn number(&mut self, i: usize, item: &Item, number: &Number) {
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
                basis: if !self.basis.is_empty() && wide.is_empty() {
                    self.basis.clone()
                } else if self.fresh || sense.subject == self.subject.words {
                    Some(self.subject.basis.clone()).filter(|b| !b.is_empty()).unwrap_or(wide)
                } else {
                    wide
                },
                // What is counted names itself.
                subject: if sense.kind == ClaimKind::Count { sense.subject } else { self.scoped(sense.subject) },
                of: sense.of,
                bound: self.bound_of(i, list),
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
            Some((What::When(when), after)) if when.shift == crate::period::Shift::YearAgo && self.on_base() => {
                after.max(end)
            }
            _ => end,
        }
    }

    /// The skip list: par values and coupons are names, not results.
    fn is_passed_over(&self, i: usize, number: &Number) -> bool {
        let near = |wanted: &[&str]| (i + 1..i + 4).any(|n| wanted.contains(&self.p.word(n)));
        let before = |reach: usize, wanted: &str| {
            (1..=reach).any(|n| i.checked_sub(n).is_some_and(|at| self.p.word(at) == wanted))
        };
        match number.form {
            Form::Money(_) | Form::PerShare(_) => {
                near(&["par"])
                    || before(3, "par")
                    || before(3, "liquidation") && (before(2, "value") || before(2, "preference"))
            }
            Form::Percent => {
                let coupon = (i + 1..i + 4).any(|n| self.plays(n, Roles::INSTRUMENT));
                let whole = number.amount.mantissa == 100 && number.amount.exponent == -2;
                coupon
                    || whole
                        && (near(&["owned", "stock", "focused", "committed"])
                            || self.p.word(i + 1).is_empty() && self.link == Link::None)
            }
            _ => false,
        }
    }

    /// The draft that the number at `i` is joined to by "or", "and", a comma or a parenthesis.
    pub(super) fn joined(&self, i: usize) -> Option<&Draft> {
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
                    let time = at + 1 < i && self.item(at + 1).is_some_and(Item::is_when)
                        || self.item(at + 2).is_some_and(Item::is_when) && at + 2 < i;
                    let degree = matches!(word, "than" | "more" | "over" | "about" | "least")
                        || self.plays(at, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT));
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
        if number.form == Form::Percent
            && self.link != Link::Change
            && let Some(sense) = self.share_of(i, item)
        {
            return Some(sense);
        }
        if let Some(sense) = self.counted(i, item, number) {
            return Some(sense);
        }
        if number.form == Form::Percent
            && let Some(sense) = self.share_again(i, item)
        {
            return Some(sense);
        }
        if let Some(previous) = self.joined(i).cloned()
            && (self.link == Link::None
                || !self.fresh
                    && matches!(self.link, Link::Level)
                    && self.governor < self.item(self.last.map_or(0, |l| l.0)).map_or(0, |n| n.start))
        {
            return self.as_before(i, item, number, &previous);
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
                    let sense = Sense {
                        kind: ClaimKind::Multiple,
                        subject,
                        of: String::new(),
                        loss: false,
                        direction: 0,
                        start,
                        end: item.end,
                    };
                    return Some(sense);
                }
                let kind = match number.form {
                    Form::Money(_) => ClaimKind::Amount,
                    Form::PerShare(_) => ClaimKind::PerShare,
                    Form::Percent | Form::Points => ClaimKind::Other,
                    _ => return None,
                };
                let shown = link == Link::Object && (money || number.form == Form::Percent);
                let held = |s: &Subject| self.may_hold(&s.words);
                let found = shown.then(|| self.right_noun(i)).filter(held).unwrap_or_default();
                let loss = found.loss;
                if !found.is_empty() {
                    self.subject = found.clone();
                    self.carry = true;
                } else {
                    self.carry = false;
                }
                Some(Sense {
                    kind,
                    subject: found.words,
                    of: String::new(),
                    loss,
                    direction: 0,
                    start: item.start,
                    end: item.end,
                })
            }
        }
    }

    /// True where nothing between the governing word and the number takes the number away from it.
    fn is_near(&self, i: usize) -> bool {
        let mut before = i;
        while before > 0
            && (self.plays(before - 1, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT))
                || matches!(self.p.word(before - 1), "more" | "than" | "over" | "least" | "less"))
        {
            before -= 1;
        }
        if self.link == Link::Change && self.p.word_before(before) == "by" {
            return true;
        }
        (self.governing + 1..i).all(|n| {
            let Some(item) = self.item(n) else {
                return false;
            };
            match item.what {
                What::When(_) => true,
                What::Mark(mark) => matches!(mark, ',' | '-' | '"' | '('),
                What::Number(_) => false,
                What::Word => {
                    let word = self.p.word(n);
                    item.plays(
                        Roles::DETERMINER
                            .or(Roles::FILLER)
                            .or(Roles::ABOUT)
                            .or(Roles::INNER)
                            .or(Roles::UP)
                            .or(Roles::DOWN),
                    ) || word.ends_with("ly")
                        || matches!(
                            word,
                            "by" | "with"
                                | "at"
                                | "than"
                                | "over"
                                | "more"
                                | "less"
                                | "least"
                                | "excess"
                                | "exceeding"
                                | "during"
                                | "close"
                                | "total"
                                | "be"
                                | "been"
                                | "as"
                                | "much"
                                | "high"
                                | "low"
                                | "net"
                                | "average"
                        )
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
            right += usize::from(
                self.plays(right, Roles::FILLER) && self.p.word(right) != "more"
                    || matches!(self.p.word(right), "annual" | "net" | "organic")
                    || self.item(right).is_some_and(Item::is_when),
            );
        }
        let noun = self.plays(right, Roles::CHANGE_NOUN);
        let apart = matches!(self.p.word(right), "above" | "below");
        // "$5 more than at year end", "$5 more cash than": a number above itself, and no bound of another.
        let more = self.p.word(right) == "more" && (right + 1..right + 4).any(|n| self.p.word(n) == "than");
        let comparative = (more || self.plays(right, Roles::COMPARATIVE))
            && (!apart || self.link == Link::Level || self.item(right + 1).is_some_and(Item::is_when))
            && self.p.word(right) != "better";
        if !(noun || comparative)
            || !matches!(number.form, Form::Money(_) | Form::Percent | Form::Points | Form::PerShare(_))
        {
            return None;
        }
        let word = self.item(right)?;
        let direction = if more || word.plays(Roles::UP) { 1 } else { -i8::from(word.plays(Roles::DOWN)) };
        let mut before = i;
        while before > 0
            && (self.plays(before - 1, Roles::DETERMINER.or(Roles::FILLER).or(Roles::ABOUT))
                || matches!(self.p.word(before - 1), "than" | "over"))
        {
            before -= 1;
        }
        let apposed = before > 0
            && ([',', '(', '-'].iter().any(|&m| self.is_mark(before - 1, m)) || self.p.word(before - 1) == "or")
            && self.last.is_some();
        let governed = self.link == Link::Level && before > 0 && self.plays(before - 1, Roles::LEVEL);
        let named = if noun {
            if self.p.word(right + 1) == "in" { self.p.after(right + 2) } else { Subject::default() }
        } else if self.item(right + 1).is_some_and(|n| matches!(n.what, What::Word) && !n.plays(STOPS.or(Roles::INNER)))
        {
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

    /// "282 full-time employees", "4,315,062 shares".
    fn counted(&mut self, i: usize, item: &Item, number: &Number) -> Option<Sense> {
        if number.form != Form::Plain || number.amount.exponent < 0 && !number.scaled {
            return None;
        }
        let reach = (i + 1..i + 6).take_while(|&n| {
            self.item(n).is_some_and(|w| {
                matches!(w.what, What::Word) && (!w.plays(STOPS.or(Roles::INNER)) || w.plays(Roles::COUNTED))
            })
        });
        let noun = reach.into_iter().find(|&n| self.plays(n, Roles::COUNTED)).filter(|&n| self.p.word(n) != "days");
        let Some(noun) = noun else {
            return self.shared_noun(i, number).map(|subject| Sense {
                kind: ClaimKind::Count,
                subject,
                of: String::new(),
                loss: false,
                direction: 0,
                start: item.start,
                end: item.end,
            });
        };
        let joined = item.start > 0 && self.is_mark(i.wrapping_sub(1), '-');
        if joined {
            return None;
        }
        let found = self.p.after(i + 1);
        let end = self.item(noun).map_or(item.end, |w| w.end);
        if self.link == Link::Change && self.carry {
            return Some(Sense {
                kind: ClaimKind::ChangeAmount,
                subject: self.subject.words.clone(),
                of: String::new(),
                loss: false,
                direction: self.direction,
                start: item.start,
                end,
            });
        }
        Some(Sense {
            kind: ClaimKind::Count,
            subject: found.words,
            of: String::new(),
            loss: false,
            direction: 0,
            start: item.start,
            end,
        })
    }

    /// Joined to the number before: read as that one was.
    fn as_before(&mut self, i: usize, item: &Item, number: &Number, previous: &Draft) -> Option<Sense> {
        let twin = |kind, subject: &str, direction| {
            Some(Sense {
                kind,
                subject: subject.to_owned(),
                of: previous.of.clone(),
                loss: previous.loss,
                direction,
                start: item.start,
                end: item.end,
            })
        };
        let direction = if previous.negative && !previous.loss { -1 } else { 1 };
        match (previous.kind, number.form) {
            (ClaimKind::Amount, Form::PerShare(_)) => {
                twin(ClaimKind::PerShare, &per_share(&previous.subject, number.diluted), 0)
            }
            (ClaimKind::PerShare, Form::PerShare(_)) => twin(ClaimKind::PerShare, &previous.subject, 0),
            // "$14 million or $.38": cents after millions are a share's where a per-share word came before.
            (ClaimKind::Amount, Form::Money(_)) => twin(ClaimKind::Amount, &previous.subject, 0),
            (ClaimKind::PerShare, Form::Money(_)) if !number.scaled => twin(ClaimKind::PerShare, &previous.subject, 0),
            (ClaimKind::ChangePercent | ClaimKind::ChangeAmount, Form::Percent) => {
                twin(ClaimKind::ChangePercent, &previous.subject, direction)
            }
            (ClaimKind::ChangePercent | ClaimKind::ChangeAmount, Form::Money(_) | Form::PerShare(_) | Form::Points) => {
                twin(ClaimKind::ChangeAmount, &previous.subject, direction)
            }
            (ClaimKind::ShareOf, Form::Percent) => twin(ClaimKind::ShareOf, &previous.subject, 0),
            (ClaimKind::Ratio, Form::Percent | Form::Ratio | Form::Times) => {
                twin(ClaimKind::Ratio, &previous.subject, 0)
            }
            (ClaimKind::Ratio, Form::Plain) if previous.number.form == Form::Plain => {
                twin(ClaimKind::Ratio, &previous.subject, 0)
            }
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
        let inverted = (worse.contains("operating ratio")
            || worse.contains("combined ratio")
            || worse.contains("efficiency ratio")
            || self.subject.loss)
            && self.word_at(self.governor).starts_with("improve");
        let direction = if inverted {
            -1
        } else if kind == ClaimKind::Multiple {
            0
        } else {
            self.direction
        };
        let short = item.end.saturating_sub(start) < 160;
        Some(Sense {
            kind,
            subject,
            of: String::new(),
            loss: false,
            direction,
            start: if short { start } else { item.start },
            end: item.end,
        })
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
        let of_share = low.contains("per share")
            || low.contains("per diluted share")
            || low.ends_with("eps")
            || low.contains("per common share")
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
                Some(kind @ (ClaimKind::ChangePercent | ClaimKind::ShareOf)) if !subject.roles.any(Roles::QUOTIENT) => {
                    kind
                }
                _ if subject.roles.any(Roles::QUOTIENT) || low.contains(" to ") => ClaimKind::Ratio,
                _ => ClaimKind::Other,
            },
            Form::Ratio | Form::Times => ClaimKind::Ratio,
            Form::Points => ClaimKind::Other,
            Form::Multiple => return None,
            Form::Plain if subject.roles.any(Roles::QUOTIENT) && !number.scaled => ClaimKind::Ratio,
            Form::Plain if subject.roles.any(Roles::COUNTED) || number.scaled && subject.roles.any(Roles::METRIC) => {
                ClaimKind::Count
            }
            Form::Plain => return None,
        };
        let direction = match (kind, same_subject) {
            (ClaimKind::ChangePercent, Some(d)) if d.negative => -1,
            _ => 0,
        };
        let of = match (kind, same_subject) {
            (ClaimKind::ShareOf, _) if self.whole.is_some() => {
                self.whole.as_ref().map(|(whole, _)| whole.clone()).unwrap_or_default()
            }
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
        if self.governor < item.start && item.start - self.governor < 40 && !self.fresh {
            self.governor
        } else {
            item.start
        }
    }
}

/// "net loss" and "$.11 per share": "net loss per share".
fn per_share(subject: &str, diluted: bool) -> String {
    let low = subject.to_ascii_lowercase();
    if subject.is_empty() || low.contains("per share") || low.ends_with("eps") {
        return subject.to_owned();
    }
    format!("{subject} per {}share", if diluted { "diluted " } else { "" })
}

//! Percents that are a share of something the text names.

use super::sense::Sense;
use super::{Link, Reader};
use crate::item::{Item, What};
use crate::number::Form;
use tieout_model::ClaimKind;

impl Reader<'_> {
    /// "28.5% of revenue", "$5 million, or 12%, of sales", "69.7% and 70.2% of net sales".
    pub(super) fn share_of(&mut self, i: usize, item: &Item) -> Option<Sense> {
        let of = self.of_what(i)?;
        let whole = self.p.after(of + 1);
        if whole.is_empty() {
            return None;
        }
        let end = if whole.end > item.end && whole.end - item.end < 40 { whole.end } else { item.end };
        let joined = self
            .joined(i)
            .filter(|d| matches!(d.kind, ClaimKind::Amount | ClaimKind::ShareOf | ClaimKind::ChangeAmount))
            .map(|d| d.subject.clone());
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

    /// The "of" that a percent, or a list of percents beginning with it, stands before.
    fn of_what(&self, i: usize) -> Option<usize> {
        let percent = |at: usize| self.item(at).and_then(Item::number).is_some_and(|n| n.form == Form::Percent);
        let mut at = i + 1;
        // One list seldom has more than five.
        while at < i + 12 {
            match self.item(at)?.what {
                What::Word if self.p.word(at) == "of" => return Some(at),
                What::Mark(',') if at == i + 1 || percent(at + 1) || self.p.word(at + 1) == "and" => at += 1,
                What::Word if self.p.word(at) == "and" && percent(at + 1) => at += 1,
                What::Number(_) if percent(at) => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// "69.7% of net sales in 1995 and 70.2% in 1994": the second is of the same, where each has its time.
    pub(super) fn share_again(&self, i: usize, item: &Item) -> Option<Sense> {
        let (last, draft) = self.last?;
        let previous = self.reading.drafts.get(draft?).filter(|d| d.kind == ClaimKind::ShareOf)?;
        let timed = self.item(i + 1).is_some_and(Item::is_when) || self.item(i + 2).is_some_and(Item::is_when);
        let between = (last + 1..i).len();
        let told = (last + 1..i).any(|at| self.item(at).is_some_and(Item::is_when));
        let words =
            |at: usize| self.item(at).is_some_and(|w| matches!(w.what, What::Word | What::When(_)) || w.is_mark(','));
        let plain = (last + 1..i).all(words) && (last + 1..i).filter(|&at| self.p.word(at) == "of").count() == 1;
        let joins = self.p.word(i.checked_sub(1)?) == "and";
        (between <= 14 && timed && told && plain && joins).then(|| Sense {
            kind: ClaimKind::ShareOf,
            subject: previous.subject.clone(),
            of: previous.of.clone(),
            loss: false,
            direction: 0,
            start: item.start,
            end: item.end,
        })
    }
}

//! What the words beside a number say of how it is meant.

use super::Reader;
use crate::item::{Item, What};
use crate::number::{Form, Number};
use crate::subject::is_balance;
use crate::vocabulary::Roles;
use tieout_model::Bound;

impl Reader<'_> {
    /// "approximately", "more than" before the number at `i`.
    pub(super) fn bound(&self, i: usize) -> Bound {
        let mut at = i;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else { break };
            let word = self.p.word(before);
            let two = self.p.word_before(before);
            match word {
                "approximately" | "roughly" | "nearly" | "almost" | "around" | "about" | "estimated" => {
                    return Bound::Approximate;
                }
                "to" if two == "close" => return Bound::Approximate,
                "to" if two == "up" => return Bound::AtMost,
                "than" if matches!(two, "more" | "greater" | "better" | "higher") => {
                    return Bound::AtLeast;
                }
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

    /// "Approximately $19.4 million and $11.8 million, respectively": all numbers of a list are.
    pub(super) fn bound_of(&self, i: usize, list: usize) -> Bound {
        let own = self.bound(i);
        let form = |i: usize| self.item(i).and_then(Item::number).map(|n| n.form);
        let before = self.reading.drafts.last().filter(|d| list > 0 && form(d.item) == form(i)).map(|d| d.bound);
        match (own, before) {
            (Bound::Exact, Some(Bound::Approximate)) => Bound::Approximate,
            _ => own,
        }
    }

    /// A basis said beside the number: from the comma before it to the comma after it.
    pub(super) fn basis_near(&self, i: usize) -> String {
        let edge = |n: usize| {
            self.item(n)
                .is_none_or(|item| matches!(item.what, What::Mark(',' | ';' | ')' | '(')) || item.number().is_some())
        };
        let first = (i.saturating_sub(14)..i).rev().take_while(|&n| !edge(n)).last().unwrap_or(i);
        let last = (i + 1..i + 14).take_while(|&n| !edge(n)).last().unwrap_or(i);
        self.p.basis_in((first..=last).filter(|&n| n != i)).unwrap_or_default()
    }

    /// "A price that included $5 in cash" says how it was paid; a balance is what the company had.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        let cash = words.split(' ').next().is_some_and(|w| w.eq_ignore_ascii_case("cash"));
        !cash
            || !is_balance(words)
            || matches!(
                self.p.word(self.governing),
                "had"
                    | "has"
                    | "have"
                    | "having"
                    | "reported"
                    | "reports"
                    | "recorded"
                    | "maintained"
                    | "ended"
                    | "carried"
            )
    }

    /// "2,435,846 and 6.3 million shares": what the number after the one at `i` counts, both do.
    pub(super) fn shared_noun(&self, i: usize, number: &Number) -> Option<String> {
        let second = i + 2;
        let twin = self.item(second).and_then(Item::number).filter(|n| n.form == Form::Plain)?;
        let counts = number.scaled || twin.scaled || number.amount.mantissa > 999;
        if !counts || !matches!(self.p.word(i + 1), "and" | "or") {
            return None;
        }
        let noun = (second + 1..second + 5).find(|&n| self.plays(n, Roles::COUNTED))?;
        let plain = (second + 1..noun).all(|n| self.item(n).is_some_and(|w| matches!(w.what, What::Word)));
        let subject = self.p.after(second + 1).words;
        (plain && !subject.is_empty()).then_some(subject)
    }
}

//! What the words beside a number say of how it is meant.

use super::Reader;
use crate::item::What;
use tieout_model::Bound;

impl Reader<'_> {
    /// "approximately", "more than" before the number at `i`.
    pub(super) fn bound(&self, i: usize) -> Bound {
        let mut at = i;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else {
                break;
            };
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
}

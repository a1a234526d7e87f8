//! A sentence as the grammar sees it: words and marks, with numbers and phrases of time already one piece each.

use crate::number::{self, Form, Number};
use crate::period::{self, When};
use crate::token::{self, Kind, Token};
use crate::vocabulary::Roles;
use std::ops::Range;

/// One piece of a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) roles: Roles,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    Word,
    Mark(char),
    Number(Number),
    When(When),
}

impl Item {
    #[inline]
    pub(crate) fn number(&self) -> Option<&Number> {
        match &self.what {
            What::Number(number) => Some(number),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        matches!(self.what, What::Mark(m) if m == mark)
    }

    #[inline]
    pub(crate) fn is_when(&self) -> bool {
        matches!(self.what, What::When(_))
    }

    /// True for a word that plays one of these parts.
    #[inline]
    pub(crate) fn plays(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

/// The pieces of the sentence at `range`; `low` is the paragraph in ASCII lower case.
pub(crate) fn items(low: &str, range: Range<usize>) -> Vec<Item> {
    let mut out = Vec::new();
    Sentence::default().read(low, range, &mut out);
    out
}

/// Room for the tokens of a sentence, kept from one to the next.
#[derive(Default)]
pub(crate) struct Sentence {
    tokens: Vec<Token>,
}

impl Sentence {
    /// [`items`], in place of what `out` held.
    pub(crate) fn read(&mut self, low: &str, range: Range<usize>, out: &mut Vec<Item>) {
        out.clear();
        self.tokens.clear();
        token::tokens(low, range, &mut self.tokens);
        group(low, &self.tokens, out);
        share_units(low, out);
    }
}

/// Tokens that say one thing together become one item.
fn group(low: &str, tokens: &[Token], out: &mut Vec<Item>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let end_of = |next: usize| tokens.get(next.saturating_sub(1)).map_or(token.end, |t| t.end);
        let worth = may_be_time(tokens, at);
        if let Some((next, whens)) = worth.then(|| period::parse(low, tokens, at)).flatten() {
            let end = end_of(next);
            out.extend(whens.into_iter().map(|w| Item {
                start: token.start,
                end,
                roles: Roles::NONE,
                what: What::When(w),
            }));
            at = next.max(at + 1);
        } else if let Some((next, number)) = number::parse(low, tokens, at) {
            out.push(Item { start: token.start, end: end_of(next), roles: Roles::NONE, what: What::Number(number) });
            at = next.max(at + 1);
        } else {
            let what = match token.kind {
                Kind::Word => What::Word,
                Kind::Mark(mark) => What::Mark(mark),
                Kind::Digits => What::Mark('0'),
            };
            out.push(Item { start: token.start, end: token.end, roles: token.roles, what });
            at += 1;
        }
    }
}

/// Cheap: false where no phrase of time begins.
fn may_be_time(tokens: &[Token], i: usize) -> bool {
    let begins = |n: usize| {
        tokens.get(n).is_some_and(|t| match t.kind {
            Kind::Digits => t.end - t.start <= 4,
            Kind::Mark(_) => false,
            Kind::Word => t.roles.any(Roles::TIME),
        })
    };
    let leads = tokens.get(i).is_some_and(|t| t.roles.any(Roles::DETERMINER.or(Roles::PRONOUN).or(Roles::CLAUSE)));
    begins(i) || leads && begins(i + 1)
}

/// "11.4 and 13.6 percent", "$.10 to $.12 per share": the unit is that of both.
fn share_units(low: &str, items: &mut [Item]) {
    for i in (0..items.len()).rev() {
        let bare = |n: &&Number| {
            !n.scaled && (n.form == Form::Plain || matches!(n.form, Form::Money(_)) && n.amount.exponent == -2)
        };
        let Some(number) = items.get(i).and_then(Item::number).filter(bare) else { continue };
        let mut next = i + 1;
        while items.get(next).is_some_and(|n| joins(low, n)) && next < i + 3 {
            next += 1;
        }
        let Some(second) = items.get(next).filter(|_| next > i + 1).and_then(Item::number) else { continue };
        let mut shared = *number;
        let range =
            next == i + 2 && items.get(i + 1).is_some_and(|j| !j.is_mark(',') && low.get(j.start..j.end) != Some("or"));
        match second.form {
            Form::PerShare(_) if range && number.form != Form::Plain => {}
            _ if number.form != Form::Plain => continue,
            Form::Percent => shared.amount = shared.amount.scaled(-2),
            // Points are percentage points or basis points; the place of the second tells which.
            Form::Points => return,
            _ => continue,
        }
        shared.form = second.form;
        if let Some(item) = items.get_mut(i) {
            item.what = What::Number(shared);
        }
    }
}

fn joins(low: &str, item: &Item) -> bool {
    match item.what {
        What::Mark(mark) => matches!(mark, ',' | '-'),
        What::Word => matches!(low.get(item.start..item.end), Some("and" | "or" | "to")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_time_and_figures_are_numbers() {
        let low = "sales in 1995 rose 11.4 and 13.6 percent to $5 million";
        let found = items(low, 0..low.len());
        let numbers: Vec<String> = found.iter().filter_map(Item::number).map(|n| n.amount.to_string()).collect();
        assert_eq!(numbers, ["0.114", "0.136", "5000000"]);
        assert_eq!(found.iter().filter(|i| i.is_when()).count(), 1);
    }
}

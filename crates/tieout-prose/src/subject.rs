//! What a number is about: the noun phrase beside it, in the document's own words.

use crate::item::{Item, What};
use crate::number::Form;
use crate::vocabulary::{Roles, STOPS, roles_folded};
use tieout_source::Lexicon;

/// A noun phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject {
    /// Its words, without articles, fillers, dates and asides.
    pub(crate) words: String,
    /// Where its first word begins.
    pub(crate) start: usize,
    /// Where its last word ends.
    pub(crate) end: usize,
    /// All parts its words play.
    pub(crate) roles: Roles,
    /// It is a loss: printed without a sign, meant negative.
    pub(crate) loss: bool,
    /// A basis other than as reported stands in it or in an aside to it.
    pub(crate) basis: String,
}

impl Subject {
    /// True where no word was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// True for the name of a figure that holds at a day.
pub(crate) fn is_balance(words: &str) -> bool {
    let (mut stock, mut flow, mut last) = (false, false, "");
    for word in words.split(' ') {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        let after = |known: &str| last.eq_ignore_ascii_case(known);
        if is("prepaid") || is("accrued") || is("value") && after("book") {
            return true;
        }
        stock |= is("ratio") && after("current") || is("to") && after("debt");
        if FLOWS.get_folded(word.as_bytes()).is_some() {
            flow = true;
        } else {
            let debt = word.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("debt-to"));
            stock |= debt || roles_folded(word.as_bytes()).any(Roles::BALANCE);
        }
        last = word;
    }
    stock && !flow
}

/// Words that make a figure one of a period, whatever else stands with them.
static FLOWS: Lexicon<(), 128> = Lexicon::new(&[
    ("flow", ()),
    ("flows", ()),
    ("interest", ()),
    ("expenditures", ()),
    ("collections", ()),
    ("collected", ()),
    ("dividends", ()),
    ("dividend", ()),
    ("income", ()),
    ("earnings", ()),
    ("provided", ()),
    ("used", ()),
    ("return", ()),
    ("expense", ()),
    ("expenses", ()),
    ("gain", ()),
    ("gains", ()),
    ("charges", ()),
    ("charge", ()),
    ("sales", ()),
    ("revenue", ()),
    ("revenues", ()),
    ("loss", ()),
    ("provision", ()),
    ("purchases", ()),
    ("repurchases", ()),
    ("proceeds", ()),
    ("average", ()),
    ("volume", ()),
    ("change", ()),
    ("generated", ()),
    ("originations", ()),
    ("yield", ()),
    ("cost", ()),
    ("costs", ()),
    ("paid", ()),
    ("repaid", ()),
]);

/// Reads phrases of one sentence.
#[derive(Clone, Copy)]
pub(crate) struct Phrases<'s> {
    /// The paragraph as printed.
    pub(crate) text: &'s str,
    /// The paragraph in ASCII lower case.
    pub(crate) low: &'s str,
    pub(crate) items: &'s [Item],
    /// The company's name without "Inc." or the like, in lower case: "zoom's cash" is its cash.
    pub(crate) filer: &'s str,
}

impl<'s> Phrases<'s> {
    /// The lower-case word at `i`; empty for anything else.
    pub(crate) fn word(&self, i: usize) -> &'s str {
        match self.items.get(i) {
            Some(item) if matches!(item.what, What::Word) => self.low.get(item.start..item.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The lower-case word before `i`.
    pub(crate) fn word_before(&self, i: usize) -> &'s str {
        i.checked_sub(1).map_or("", |p| self.word(p))
    }

    /// The first word of the company's name.
    pub(crate) fn first_name(&self) -> &'s str {
        self.filer.split(' ').next().unwrap_or_default()
    }

    /// True for what the company calls itself: nothing ("it", "we"), "the Company", its name, whole or begun.
    /// Where its name is unknown, any name may be its own.
    pub(crate) fn is_filer(&self, who: &str) -> bool {
        let low = who.to_ascii_lowercase();
        let bare = low.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'));
        let plain = bare.filter(|w| !w.is_empty() && !is_company_word(w));
        let mut name = self.filer.split(' ');
        self.filer.is_empty() || plain.into_iter().all(|w| name.next() == Some(w))
    }

    /// The name of another than the company before the verb at `i`: "Fern Barges had", "the Bank generated".
    pub(crate) fn other_name(&self, i: usize) -> String {
        let who = self.before(i);
        let names = who.words.split(' ').filter(|w| w.starts_with(|c: char| c.is_ascii_uppercase())).count();
        let all = names > 0 && names == who.words.split(' ').count();
        // One capital at a sentence's head is any word.
        let inside = names > 1 || self.items.first().is_some_and(|item| item.start < who.start);
        let figure = who.roles.any(Roles::METRIC.or(Roles::QUOTIENT).or(Roles::COUNTED));
        let own = self.is_filer(&who.words) || self.filer.split(' ').any(|w| who.words.eq_ignore_ascii_case(w));
        if all && inside && !figure && !own { who.words } else { String::new() }
    }

    fn plays(&self, i: usize, roles: Roles) -> bool {
        self.items.get(i).is_some_and(|item| item.plays(roles))
    }

    /// The noun phrase that ends just before item `end`.
    pub(crate) fn before(&self, end: usize) -> Subject {
        let mut picked: Vec<usize> = Vec::with_capacity(12);
        let mut asides: Vec<(usize, usize)> = Vec::new();
        let mut at = end;
        // No phrase is longer; a hostile sentence of ten million words stays linear.
        for _ in 0..40 {
            let Some(i) = at.checked_sub(1) else { break };
            let Some(item) = self.items.get(i) else { break };
            match item.what {
                // "Office 365 revenue": a figure in a name.
                What::Number(n) if n.form == Form::Plain && !n.scaled && self.is_name(i) && !picked.is_empty() => {
                    picked.push(i);
                    at = i;
                }
                What::Number(_) => break,
                What::When(_) => match self.time_lead(i) {
                    Some(start) => at = start,
                    None => break,
                },
                What::Mark(')') => match self.opening(i) {
                    Some(open) => {
                        asides.push((open, i));
                        at = open;
                    }
                    None => break,
                },
                What::Mark(',')
                    if picked.is_empty()
                        && i > 0
                        && self.items.get(i - 1).is_some_and(|p| p.is_when() || p.is_mark(')')) =>
                {
                    at = i
                }
                What::Mark(',') if picked.is_empty() && self.inserted(i).is_some() => {
                    at = self.inserted(i).unwrap_or(i)
                }
                // "Acme, Inc. and subsidiaries".
                What::Mark(',') if is_company_mark(self.word(i + 1)) => at = i,
                What::Mark('.') if is_company_mark(self.word_before(i)) => at = i,
                What::Mark(',') if self.is_series(i, &picked) => at = i,
                What::Mark('/') => at = i,
                What::Mark('\'' | '*' | '"') if picked.is_empty() => at = i,
                What::Mark(_) => break,
                What::Word if item.roles == Roles::NONE => {
                    picked.push(i);
                    at = i;
                }
                What::Word => {
                    let word = self.word(i);
                    if word == "and" {
                        if picked.is_empty() || !self.joins(i) {
                            break;
                        }
                        picked.push(i);
                        at = i;
                    } else if self.is_share(i) {
                        // "expenses as a percentage of sales": what it is a share of is not part of its name.
                        picked.clear();
                        at = i - 2;
                        at -= usize::from(self.word_before(at) == "expressed");
                    } else if item.plays(Roles::DETERMINER)
                        || item.plays(Roles::PRONOUN) && i > 0 && self.plays(i - 1, Roles::INNER)
                    {
                        // An article inside a phrase follows a preposition: "income of the division".
                        if i == 0 || !self.plays(i - 1, Roles::INNER) {
                            break;
                        }
                        at = i;
                    } else if self.adverb(i) {
                        at = i;
                    } else if self.ends_phrase(i) {
                        break;
                    } else {
                        picked.push(i);
                        at = i;
                    }
                }
            }
        }
        picked.reverse();
        self.build(&picked, &asides)
    }

    /// The noun phrase that begins at item `start`.
    pub(crate) fn after(&self, start: usize) -> Subject {
        let mut picked: Vec<usize> = Vec::with_capacity(12);
        for i in start..start + 12 {
            let Some(item) = self.items.get(i) else { break };
            if !matches!(item.what, What::Word) {
                break;
            }
            let word = self.word(i);
            if picked.is_empty() && matches!(word, "reported" | "overall") {
                continue;
            }
            if item.plays(Roles::DETERMINER) && (picked.is_empty() || i > 0 && self.plays(i - 1, Roles::INNER)) {
                continue;
            }
            let joined =
                word == "and" && self.items.get(i + 1).is_some_and(|n| n.plays(Roles::METRIC)) && !picked.is_empty();
            let inner = matches!(word, "of" | "before" | "per") && !picked.is_empty();
            if (word == "and" && !joined)
                || (item.plays(STOPS.or(Roles::INNER)) && !inner)
                || word == "and" && picked.len() > 5
            {
                break;
            }
            if item.plays(Roles::UP.or(Roles::DOWN)) && (picked.is_empty() || !item.plays(Roles::CHANGE_NOUN)) {
                break;
            }
            picked.push(i);
        }
        self.build(&picked, &[])
    }

    /// Where a preposition and a phrase of time that ends at `i` begin: they interrupt a noun phrase.
    fn time_lead(&self, i: usize) -> Option<usize> {
        let mut first = i;
        // Several times in a row: "in 1995, 1994 and 1993".
        for _ in 0..12 {
            let mut before = first;
            while before > 0
                && (self.word(before - 1) == "and" || self.items.get(before - 1).is_some_and(|m| m.is_mark(',')))
            {
                before -= 1;
            }
            if before == 0 || !self.items.get(before - 1).is_some_and(Item::is_when) {
                break;
            }
            first = before - 1;
        }
        self.time_lead_shallow(first)
    }

    fn time_lead_shallow(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        match self.word(before) {
            "of" if before > 0 && self.word(before - 1) == "as" => Some(before - 1),
            "for" | "in" | "during" | "at" | "on" | "of" | "from" | "through" => Some(before),
            _ => None,
        }
    }

    /// "as a percentage of": true at "percentage".
    pub(crate) fn is_share(&self, i: usize) -> bool {
        i >= 2
            && matches!(self.word(i), "percentage" | "percent" | "portion")
            && matches!(self.word(i - 1), "a" | "the")
            && self.word(i - 2) == "as"
    }

    /// Where a phrase between two commas begins that ends at `comma`: "profit, after corporate expense, was".
    fn inserted(&self, comma: usize) -> Option<usize> {
        let open = (comma.saturating_sub(12)..comma)
            .rev()
            .take_while(|&n| self.items.get(n).is_some_and(|item| item.number().is_none()))
            .find(|&n| self.items.get(n).is_some_and(|item| item.is_mark(',')))?;
        let lead = self.word(open + 1);
        let aside = self.plays(open + 1, Roles::OUTER.or(Roles::REASON).or(Roles::BASIS))
            || lead.ends_with("ly")
            || matches!(
                lead,
                "before" | "net" | "expressed" | "as" | "in" | "which" | "inclusive" | "including" | "exclusive"
            );
        (aside && open > 0).then_some(open)
    }

    /// True where a capitalised word stands just before the figure at `i`.
    fn is_name(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|b| self.items.get(b)) else {
            return false;
        };
        let capital =
            self.text.get(before.start..before.end).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()));
        capital && !before.plays(STOPS.or(Roles::INNER).or(Roles::METRIC))
    }

    /// The `(` of the `)` at `close`, within reach.
    fn opening(&self, close: usize) -> Option<usize> {
        (close.saturating_sub(25)..close).rev().find(|&i| self.items.get(i).is_some_and(|item| item.is_mark('(')))
    }

    /// A comma of "selling, general and administrative".
    fn is_series(&self, comma: usize, picked: &[usize]) -> bool {
        let next = picked.last().map_or("", |&i| self.word(i));
        matches!(
            next,
            "general" | "plant" | "marketing" | "administrative" | "depreciation" | "taxes" | "benefits" | "buildings"
        ) && matches!(
            self.word_before(comma),
            "selling"
                | "property"
                | "marketing"
                | "sales"
                | "engineering"
                | "interest"
                | "wages"
                | "salaries"
                | "distribution"
                | "land"
                | "general"
                | "promotion"
        )
    }

    /// True where the "and" at `i` joins two nouns of one phrase and not two clauses.
    fn joins(&self, i: usize) -> bool {
        let mut words = 0;
        for left in (i.saturating_sub(8)..i).rev() {
            let Some(item) = self.items.get(left) else {
                return false;
            };
            match item.what {
                What::Number(_) => return false,
                What::Word => {
                    if matches!(
                        self.word(left),
                        "cash" | "research" | "selling" | "general" | "marketing" | "development"
                    ) || item.plays(Roles::METRIC)
                    {
                        return true;
                    }
                    if item.plays(Roles::LEVEL.or(Roles::VERB).or(Roles::UP).or(Roles::DOWN).or(Roles::PRONOUN)) {
                        return false;
                    }
                    if item.plays(STOPS) {
                        return words > 0 && words <= 4;
                    }
                    words += 1;
                }
                What::When(_) => return words > 0 && words <= 4,
                What::Mark('.' | ',')
                    if is_company_mark(self.word_before(left)) || is_company_mark(self.word(left + 1)) => {}
                What::Mark(_) => return words > 0 && words <= 4,
            }
        }
        words > 0 && words <= 4
    }

    /// "sharply", "more" before "than": no part of a name.
    fn adverb(&self, i: usize) -> bool {
        let word = self.word(i);
        let ly = self.plays(i, Roles::ADVERB)
            && !matches!(word, "monthly" | "quarterly" | "family" | "supply" | "assembly" | "daily" | "weekly");
        ly || (word == "than" && matches!(self.word_before(i), "more" | "less"))
            || (matches!(word, "more" | "less") && self.word(i + 1) == "than")
    }

    /// "net income attributable to the parent": names whose, and gives no reason.
    pub(crate) fn is_owner(&self, i: usize) -> bool {
        let before = self.word_before(i);
        self.word(i) == "attributable"
            && self.word(i + 1) == "to"
            && !before.is_empty()
            && !before.ends_with("ly")
            && !i.checked_sub(1).is_some_and(|b| self.plays(b, Roles::LEVEL))
    }

    /// "reported net income rose", "on a reported basis": describes, and says nothing of who reports.
    pub(crate) fn is_reported(&self, i: usize) -> bool {
        let first = i.checked_sub(1).is_none_or(|b| {
            self.word(b).is_empty()
                || self.plays(b, Roles::DETERMINER)
                || matches!(self.word(b), "as" | "in" | "with" | "and")
        });
        self.word(i) == "reported"
            && first
            && (self.word(i + 1) == "basis"
                || self.word_before(i) == "as"
                || (i + 1..i + 4).any(|n| self.plays(n, Roles::METRIC)))
    }

    fn ends_phrase(&self, i: usize) -> bool {
        let word = self.word(i);
        let used = |w: &str| matches!(w, "provided" | "used" | "generated");
        if word == "paid" && self.word_before(i) == "cash" {
            return false;
        }
        if used(word) && matches!(self.word(i + 1), "by" | "in" | "for" | "from") {
            return false;
        }
        let cost = word == "sold" && matches!(self.word_before(i), "goods" | "products" | "merchandise");
        if cost || self.is_owner(i) || self.is_reported(i) {
            return false;
        }
        if word == "by" && used(self.word_before(i)) || word == "prior" && self.word(i + 1) == "to" {
            return false;
        }
        // "held-for-sale", "net of" stay; "than", "with", verbs end.
        let direction = self.plays(i, Roles::UP.or(Roles::DOWN)) && !self.plays(i, Roles::CHANGE_NOUN);
        direction || (self.plays(i, STOPS) && !self.plays(i, Roles::METRIC)) || self.plays(i, Roles::FORECAST)
    }

    fn build(&self, picked: &[usize], asides: &[(usize, usize)]) -> Subject {
        let idle = |i: &usize| {
            let word = self.word(*i);
            let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or_default();
            self.plays(*i, Roles::DETERMINER.or(Roles::FILLER).or(Roles::INNER))
                || word == "and"
                || owner == "company"
                || owner == "corporation"
                || (!owner.is_empty() && owner == self.first_name())
        };
        let first = picked.iter().position(|i| !idle(i)).unwrap_or(picked.len());
        let last = picked
            .iter()
            .rposition(|i| !(self.plays(*i, Roles::INNER.or(Roles::FILLER)) || self.word(*i) == "and"))
            .map_or(0, |l| l + 1);
        let core = picked.get(first..last.max(first)).unwrap_or_default();
        let mut subject = Subject::default();
        subject.words.reserve(core.len() * 9);
        for (n, &i) in core.iter().enumerate() {
            let Some(item) = self.items.get(i) else { continue };
            if n == 0 {
                subject.start = item.start;
            } else {
                subject.words.push(' ');
            }
            subject.words.push_str(self.text.get(item.start..item.end).unwrap_or_default());
            if n + 1 < core.len()
                && core
                    .get(n + 1)
                    .is_some_and(|&next| self.items.get(i + 1).is_some_and(|c| c.is_mark(',')) && next > i + 1)
            {
                subject.words.push(',');
            }
            subject.end = item.end;
            subject.roles = subject.roles.or(item.roles);
        }
        subject.loss = self.is_loss(core);
        subject.basis = self.basis_in(core.iter().copied()).unwrap_or_default();
        for &(open, close) in asides {
            if subject.basis.is_empty() {
                subject.basis = self.basis_in(open + 1..close).unwrap_or_default();
            }
        }
        subject
    }

    /// The head of the phrase is "loss": "net loss", "loss from operations", but no provision or ratio of losses.
    fn is_loss(&self, core: &[usize]) -> bool {
        let excluded = |&&i: &&usize| {
            matches!(
                self.word(i),
                "provision"
                    | "provisions"
                    | "allowance"
                    | "reserve"
                    | "reserves"
                    | "ratio"
                    | "expense"
                    | "expenses"
                    | "loan"
                    | "credit"
                    | "adjustment"
                    | "carryforwards"
                    | "carryforward"
                    | "income"
                    | "earnings"
                    | "gains"
                    | "claims"
                    | "catastrophe"
            )
        };
        if !core.iter().any(|&i| matches!(self.word(i), "loss" | "losses")) || core.iter().any(|i| excluded(&i)) {
            return false;
        }
        core.iter().enumerate().any(|(n, &i)| {
            let head = core.get(n + 1).is_none_or(|&next| {
                matches!(
                    self.word(next),
                    "from"
                        | "before"
                        | "per"
                        | "attributable"
                        | "applicable"
                        | "on"
                        | "of"
                        | "for"
                        | "prior"
                        | "available"
                )
            });
            matches!(self.word(i), "loss" | "losses") && head
        })
    }

    /// The first word of `indexes` that says the figure is not as reported.
    pub(crate) fn basis_in(&self, indexes: impl Iterator<Item = usize>) -> Option<String> {
        let mut found = None;
        for i in indexes.filter(|&i| self.plays(i, Roles::BASIS.or(Roles::QUALIFIES))) {
            let word = self.word(i);
            let basis = match word {
                "pro" if self.word(i + 1) == "forma" => "pro forma",
                "constant" if matches!(self.word(i + 1), "currency" | "currencies" | "dollars") => "constant currency",
                "same" | "comparable" if matches!(self.word(i + 1), "store" | "stores") => continue,
                "prior" | "before"
                    if self.word_ahead(i, 5, |w| {
                        matches!(
                            w,
                            "extraordinary"
                                | "special"
                                | "unusual"
                                | "nonrecurring"
                                | "restructuring"
                                | "significant"
                                | "cumulative"
                        )
                    }) =>
                {
                    word
                }
                "without"
                    if self.word_ahead(i, 5, |w| {
                        matches!(w, "special" | "unusual" | "nonrecurring" | "one-time" | "charges" | "charge")
                    }) =>
                {
                    word
                }
                _ if self.plays(i, Roles::BASIS) => word,
                _ => continue,
            };
            found = Some(basis.to_owned());
            break;
        }
        found
    }

    fn word_ahead(&self, i: usize, reach: usize, wanted: impl Fn(&str) -> bool) -> bool {
        (i + 1..=i + reach).any(|n| wanted(self.word(n)))
    }
}

fn is_company_mark(word: &str) -> bool {
    matches!(word, "inc" | "corp" | "ltd" | "co" | "llc" | "plc")
}

/// What a company may be called without its name, or with it.
fn is_company_word(word: &str) -> bool {
    is_company_mark(word)
        || matches!(
            word,
            "company" | "corporation" | "registrant" | "partnership" | "trust" | "fund" | "group" | "bancorp"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item;

    fn before(text: &str, stop: &str) -> (String, bool) {
        let low = text.to_ascii_lowercase();
        let items = item::items(&low, 0..low.len());
        let phrases = Phrases { text, low: &low, items: &items, filer: "acme" };
        let end = (0..items.len()).find(|&i| phrases.word(i) == stop).unwrap_or(items.len());
        let found = phrases.before(end);
        (found.words, found.loss)
    }

    #[test]
    fn stops_at_clauses_and_drops_articles_and_times() {
        assert_eq!(before("Acme posted a net loss of $5", "of"), ("net loss".into(), true));
        assert_eq!(before("On March 31, 2003 Acme's cash balance on April 2, 2003 was $7", "was").0, "cash balance");
        assert_eq!(before("Net income for the quarter ended June 30, 2005, rose", "rose").0, "Net income");
        assert_eq!(before("costs, as unit volume came", "came").0, "unit volume");
    }

    #[test]
    fn joined_nouns_stay_together_and_joined_clauses_do_not() {
        assert_eq!(
            before("Operating costs and administrative expenses were", "were").0,
            "Operating costs and administrative expenses"
        );
        assert_eq!(
            before("Selling, general and administrative expenses were", "were").0,
            "Selling, general and administrative expenses"
        );
        assert_eq!(before("ratio of 5.8 and total equity reached", "reached").0, "total equity");
    }

    #[test]
    fn a_provision_for_losses_is_no_loss() {
        assert!(!before("The provision for loan losses was", "was").1);
        assert!(before("The loss from operations was", "was").1);
    }
}

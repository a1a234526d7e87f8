//! Claims of the prose against the tables: find the figures a claim speaks of, try the calculations that
//! could make its number, and say what came of it.

mod defined;
mod families;
mod judge;
mod labels;
mod notes;
mod numbers;
mod period;
mod repeats;
mod resolve;
mod supplement;
mod tell;
mod wording;

pub(crate) use resolve::{Figure, Resolver};
pub(crate) use wording::evaluates;

use crate::book::Book;
use crate::checks;
use crate::reckon::{self, Reckoned};
use tieout_model::{Claim, ClaimKind, Fact, Interval, Ratio, Tie, Verdict};

/// How a claimed number can be made of printed figures; it decides how the calculation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The figure itself.
    Level,
    /// The first less the second.
    Difference,
    /// The first and the second, added.
    Sum,
    /// (first - second) / second.
    Change,
    /// first / second.
    Quotient,
    /// (first - second) / first.
    Margin,
    /// The first ratio, of two figures, less the second, of the other two.
    Points,
    /// A change or share that the table prints in a column of its own.
    Printed,
    /// A measure by its definition; the attempt says how it is written.
    Defined,
}

/// One calculation tried for a claim.
#[derive(Debug, Clone)]
pub(crate) struct Attempt<'a> {
    pub(crate) how: How,
    /// The result on the figures as printed.
    pub(crate) centre: Ratio,
    /// Everything it may be, given their rounding.
    pub(crate) image: Interval,
    /// The figures it is made of.
    pub(crate) facts: Vec<&'a Fact>,
    /// Subject, period and basis are those of the claim beyond doubt: a contradiction is a mistake.
    pub(crate) certain: bool,
    /// The sign is a matter of wording: a cash outflow, an expense in parentheses.
    pub(crate) unsigned: bool,
    /// Beyond the words of the calculation: "from rounded figures", the definition used.
    pub(crate) note: &'static str,
    /// The calculation as written, where the figures alone do not tell it.
    pub(crate) shown: String,
}

impl<'a> Attempt<'a> {
    /// A figure itself.
    pub(crate) fn level(figure: &Figure<'a>) -> Option<Self> {
        let amount = figure.fact.amount;
        Some(Attempt {
            how: How::Level,
            centre: amount.ratio()?,
            image: amount.interval()?,
            facts: vec![figure.fact],
            certain: figure.certain,
            unsigned: figure.unsigned,
            note: "",
            shown: String::new(),
        })
    }

    /// Two figures, combined.
    pub(crate) fn of_two(how: How, first: &'a Fact, second: &'a Fact, certain: bool) -> Option<Self> {
        let a = (first.amount.ratio()?, first.amount.interval()?);
        let b = (second.amount.ratio()?, second.amount.interval()?);
        let mut attempt = Attempt::of(how, a, b, vec![first, second])?;
        attempt.certain = certain;
        Some(attempt)
    }

    /// A calculation on two values and what they stand for.
    pub(crate) fn of(
        how: How,
        (a, x): (Ratio, Interval),
        (b, y): (Ratio, Interval),
        facts: Vec<&'a Fact>,
    ) -> Option<Self> {
        let one = Ratio::new(1, 1)?;
        let unit = Interval::point(one);
        let (centre, image) = match how {
            How::Difference => (a.sub(b)?, x.sub(y)?),
            How::Sum => (a.add(b)?, x.add(y)?),
            // As a quotient less one, so that the earlier figure counts once and the interval is exact.
            How::Change => (a.div(b)?.sub(one)?, x.div(y)?.sub(unit)?),
            How::Quotient => (a.div(b)?, x.div(y)?),
            How::Margin => (one.sub(b.div(a)?)?, unit.sub(y.div(x)?)?),
            How::Level | How::Printed => (a, x),
            How::Points | How::Defined => return None,
        };
        Some(Attempt { how, centre, image, facts, certain: false, unsigned: false, note: "", shown: String::new() })
    }
}

/// What was tried, and what was missing where nothing could be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts<'a> {
    pub(crate) tried: Vec<Attempt<'a>>,
    pub(crate) missing: String,
}

/// Settles every claim. Amounts come first: what they quote in rounded form may be what the percents of the
/// same text are computed from. Returns for each claim the code of the check that settled it.
pub(crate) fn settle(book: &Book<'_>, claims: &mut [Claim], ties: &mut Vec<Tie>) -> Vec<Option<&'static str>> {
    let mut codes = vec![None; claims.len()];
    if claims.is_empty() {
        return codes;
    }
    let mut resolver = Resolver::new(book);
    let before = ties.len();
    ties.reserve_exact(claims.len());
    // Of each tie, which claim it is of.
    let mut settled: Vec<usize> = Vec::new();
    for amounts in [true, false] {
        for (at, (claim, code)) in claims.iter_mut().zip(&mut codes).enumerate() {
            if matches!(claim.kind, ClaimKind::Amount | ClaimKind::PerShare | ClaimKind::Count) != amounts {
                continue;
            }
            let Some((check, attempts)) = checks::attempts(&resolver, claim) else {
                claim.verdict = Verdict::Open;
                claim.because = match claim.kind {
                    ClaimKind::Guidance => "a forecast: there is nothing to tie it to".to_owned(),
                    _ => "not a figure that the statements carry".to_owned(),
                };
                continue;
            };
            *code = Some(check);
            let used = judge::judge(&resolver, claim, &attempts);
            if amounts {
                resolver.heard(claim);
            }
            settled.push(at);
            ties.push(tie(check, claim, used.and_then(|used| reckoned(claim, used))));
        }
    }
    let mut repeated = repeats::settle(claims);
    for at in notes::settle(book, claims) {
        // Rates of a note are of no check of their own.
        if let (Some(code), Some(claim)) = (codes.get_mut(at).filter(|code| code.is_none()), claims.get(at)) {
            *code = Some(checks::AMOUNT);
            settled.push(at);
            ties.push(tie(checks::AMOUNT, claim, None));
        }
        repeated.insert(at);
    }
    for (tie, at) in ties.iter_mut().skip(before).zip(settled) {
        let Some(claim) = claims.get(at) else { continue };
        tie.verdict = claim.verdict;
        tie.parts.clone_from(&claim.support);
        tie.because.clone_from(if claim.computed.is_empty() { &claim.because } else { &claim.computed });
        // What another claim settled rests on that one's figures.
        if repeated.contains(&at) {
            (tie.computed, tie.gap, tie.tolerance) = (None, None, None);
        }
    }
    codes
}

/// How far a claim's number is from what the calculation gives.
fn reckoned(claim: &Claim, used: &Attempt<'_>) -> Option<Reckoned> {
    let flip = used.unsigned && (used.centre.signum() < 0) != claim.amount.is_negative();
    let (centre, image) = if flip { (used.centre.neg(), used.image.neg()) } else { (used.centre, used.image) };
    reckon::image(claim.amount, centre, image)
}

/// The tie of a claim, but for what its verdict is and why.
fn tie(code: &'static str, claim: &Claim, reckoned: Option<Reckoned>) -> Tie {
    Tie {
        code,
        verdict: Verdict::Open,
        doc: claim.doc,
        fact: None,
        subject: match claim.period {
            Some(period) => format!("{}, {period}", claim.subject),
            None => claim.subject.clone(),
        },
        printed: claim.amount,
        computed: reckoned.map(|r| r.computed),
        gap: reckoned.map(|r| r.gap),
        tolerance: reckoned.map(|r| r.tolerance),
        span: claim.span,
        parts: Vec::new(),
        because: String::new(),
        // A claim that contradicts a figure does not show that the figure is wrong.
        blames: Vec::new(),
    }
}

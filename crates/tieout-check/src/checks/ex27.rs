use crate::blame::slip;
use crate::book::Book;
use crate::concepts::{CASH, NET_INCOME, PRETAX, REVENUES};
use crate::performed::Performed;
use crate::reckon;
use tieout_model::{Amount, Check, Date, Fact, Period, Schedule, ScheduleValue, Severity, Tie, Unit, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "EX27",
    name: "financial data schedule agrees with the statements",
    severity: Severity::Warning,
    tick: 'A',
    manual: "\
## What it checks
Values of the financial data schedule (exhibit 27, 1993 to 2001) are the figures of the statements of the same \
date or period, by concept and whatever the multiplier says; and the schedule's own identities: total assets are \
total liabilities and equity, interest parts make total interest, charge-offs and recoveries carry the allowance \
from opening to close (STANDARDS 3.3).

## Why it matters
The schedule was keyed in by hand a second time: where it and the statement differ, one of them was mistyped.

## Example
<TOTAL-ASSETS> 20,936 with a multiplier of 1,000, and total assets of 20,936 thousand in the balance sheet.

## When it stays silent
For a value of 0, which means \"not reported\" as often as zero, and where no statement has the figure. Schedules \
are not audited and their captions are read differently by different filers: a difference is a warning, off only \
for a slip of the hand in a total that every filer reads alike, where at least four other values of the schedule \
agree on one scale; otherwise it is open. An identity that fails is open.
",
};

/// A value of the schedule, the concepts it is, and whether every filer reads its caption alike.
type Meaning = (&'static str, &'static [&'static str], bool);

const INSTANTS: &[Meaning] = &[
    ("TOTAL-ASSETS", &["Assets"], true),
    ("TOTAL-LIABILITY-AND-EQUITY", &["LiabilitiesAndStockholdersEquity"], true),
    ("TOTAL-LIABILITIES-AND-EQUITY", &["LiabilitiesAndStockholdersEquity"], true),
    ("TOT-CAPITALIZATION-AND-LIAB", &["LiabilitiesAndStockholdersEquity"], true),
    ("CURRENT-ASSETS", &["AssetsCurrent"], true),
    ("TOTAL-CURRENT-ASSETS", &["AssetsCurrent"], true),
    ("CURRENT-LIABILITIES", &["LiabilitiesCurrent"], true),
    ("INVENTORY", &["InventoryNet"], false),
    ("CASH", CASH, false),
    ("DEPOSITS", &["Deposits"], true),
];

const FLOWS: &[Meaning] = &[
    ("NET-INCOME", NET_INCOME, true),
    ("TOTAL-REVENUES", REVENUES, false),
    ("SALES", REVENUES, false),
    ("GROSS-OPERATING-REVENUE", REVENUES, false),
    ("INCOME-PRETAX", PRETAX, false),
    ("INCOME-TAX", &["IncomeTaxExpenseBenefit"], false),
    ("INTEREST-EXPENSE", &["InterestExpense"], false),
    ("INTEREST-INCOME-NET", &["InterestIncomeExpenseNet"], false),
    ("EPS-PRIMARY", &["EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted"], false),
    ("EPS-BASIC", &["EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted"], false),
    ("EPS-DILUTED", &["EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"], false),
];

/// A total and its signed parts, by tag; a part that is not in the schedule counts as zero.
type Identity = (&'static str, &'static [(&'static str, bool)]);

const IDENTITIES: &[Identity] = &[
    ("TOTAL-LIABILITY-AND-EQUITY", &[("TOTAL-ASSETS", false)]),
    ("TOTAL-LIABILITIES-AND-EQUITY", &[("TOTAL-ASSETS", false)]),
    ("TOT-CAPITALIZATION-AND-LIAB", &[("TOTAL-ASSETS", false)]),
    ("INTEREST-TOTAL", &[("INTEREST-LOAN", false), ("INTEREST-INVEST", false), ("INTEREST-OTHER", false)]),
    ("INTEREST-INCOME-NET", &[("INTEREST-TOTAL", false), ("INTEREST-EXPENSE", true)]),
    (
        "ALLOWANCE-CLOSE",
        &[("ALLOWANCE-OPEN", false), ("CHARGE-OFFS", true), ("RECOVERIES", false), ("LOAN-LOSSES", false)],
    ),
    ("OPERATING-INCOME-LOSS", &[("GROSS-OPERATING-REVENUE", false), ("TOTAL-OPERATING-EXPENSES", true)]),
    ("EARNINGS-AVAILABLE-FOR-COMM", &[("NET-INCOME", false), ("PREFERRED-STOCK-DIVIDENDS", true)]),
];

/// A value beside the statement figure nearest to it, and the power of ten between them where they agree.
struct Pair<'a> {
    value: &'a ScheduleValue,
    amount: Amount,
    alike: bool,
    fact: &'a Fact,
    power: Option<i8>,
}

pub(crate) fn run(book: &Book<'_>, schedules: &[Schedule], out: &mut Vec<Performed>) {
    for schedule in schedules {
        identities(schedule, out);
        let Some(end) = text(schedule, "PERIOD-END").and_then(date) else {
            continue;
        };
        let quarters = text(schedule, "PERIOD-TYPE").and_then(quarters);
        let instants =
            INSTANTS.iter().filter_map(|meaning| pair(book, schedule, meaning, |p| p == Period::Instant(end)));
        let flows = FLOWS.iter().filter_map(|meaning| {
            let quarters = quarters?;
            pair(book, schedule, meaning, |p| p.end() == end && p.start().is_some() && p.quarters() == quarters)
        });
        let pairs: Vec<Pair<'_>> = instants.chain(flows).collect();
        for pair in &pairs {
            let agree = pairs.iter().filter(|other| other.power.is_some()).count();
            out.push(perform(book, schedule, pair, agree));
        }
    }
}

fn text<'a>(schedule: &'a Schedule, tag: &str) -> Option<&'a str> {
    schedule.values.iter().find(|v| v.tag == tag).map(|v| v.text.as_str())
}

/// `DEC-31-1997`.
fn date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = text.trim().split('-');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = (1..).zip(MONTHS).find(|(_, name)| month.eq_ignore_ascii_case(name))?.0;
    Date::new(year.trim().parse().ok()?, month, day.parse().ok()?).ok()
}

/// `YEAR`, `12-MOS`, `3-MOS`.
fn quarters(text: &str) -> Option<i32> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("YEAR") {
        return Some(4);
    }
    let months: i32 = text.split('-').next()?.parse().ok()?;
    (months > 0 && months % 3 == 0).then_some(months / 3)
}

fn pair<'a>(
    book: &Book<'a>,
    schedule: &'a Schedule,
    meaning: &Meaning,
    of: impl Fn(Period) -> bool,
) -> Option<Pair<'a>> {
    let &(tag, concepts, alike) = meaning;
    let value = schedule.values.iter().find(|v| v.tag == tag)?;
    let amount = value.amount.filter(|a| !a.is_zero())?;
    let per_share = tag.starts_with("EPS");
    let facts = concepts.iter().flat_map(|name| book.tagged(name)).take(60).flat_map(|place| book.row(place));
    let facts = facts
        .filter(|f| f.period.is_some_and(&of) && book.plain(f) && matches!(f.unit, Unit::PerShare(_)) == per_share);
    let mut first: Option<Pair<'a>> = None;
    for fact in facts.take(16) {
        let power = power(amount, fact.amount, per_share);
        if power.is_some() || first.is_none() {
            first = Some(Pair { value, amount, alike, fact, power });
        }
        if power.is_some() {
            break;
        }
    }
    first
}

/// The power of a thousand by which a value of the schedule is the statement's figure, in either sign.
fn power(value: Amount, figure: Amount, per_share: bool) -> Option<i8> {
    let powers: &[i8] = if per_share { &[0] } else { &[0, 3, 6, -3] };
    let meets = |power: i8| {
        let (a, b) = (value.abs().scaled(power).interval()?, figure.abs().interval()?);
        a.meets(b).then_some(power)
    };
    powers.iter().find_map(|&power| meets(power))
}

fn perform(book: &Book<'_>, schedule: &Schedule, pair: &Pair<'_>, agree: usize) -> Performed {
    let (value, fact) = (pair.amount, pair.fact);
    let multiplier = schedule.multiplier.unwrap_or(0);
    let scaled = |power: i8| value.scaled(power);
    let typed = [0, 3, 6].into_iter().any(|power| {
        let same = scaled(power).exponent == fact.amount.exponent;
        same && slip(value.mantissa.saturating_abs(), fact.amount.mantissa.saturating_abs()).is_some()
    });
    let verdict = match pair.power {
        Some(_) => Verdict::Ties,
        None if pair.alike && typed && agree >= 4 => Verdict::Off,
        None => Verdict::Open,
    };
    let printed = if matches!(fact.unit, Unit::PerShare(_)) { value } else { scaled(pair.power.unwrap_or(multiplier)) };
    let mut because = format!(
        "{} in the {}",
        crate::say::figure(fact.amount, 0),
        book.table(fact).map_or("table", |t| t.kind.name())
    );
    if pair.power.is_some_and(|power| power != multiplier) && !matches!(fact.unit, Unit::PerShare(_)) {
        because.push_str(", the multiplier is wrong");
    }
    Performed {
        tie: Tie {
            code: CHECK.code,
            verdict,
            doc: schedule.doc,
            fact: None,
            subject: format!("<{}>, {}", pair.value.tag, fact.period.map(|p| p.to_string()).unwrap_or_default()),
            printed,
            computed: Some(fact.amount),
            gap: None,
            tolerance: None,
            span: pair.value.span,
            parts: vec![fact.reference()],
            because,
            // The statement is audited and the schedule is not: no figure of a statement is blamed.
            blames: Vec::new(),
        },
        proves: Vec::new(),
        equation: None,
        told: false,
        help: String::new(),
    }
}

fn identities(schedule: &Schedule, out: &mut Vec<Performed>) {
    let find = |tag: &str| schedule.values.iter().find(|v| v.tag == tag);
    for &(total, parts) in IDENTITIES {
        let Some((value, amount)) = find(total).and_then(|v| Some((v, v.amount.filter(|a| !a.is_zero())?))) else {
            continue;
        };
        let figures: Vec<(Amount, bool)> =
            parts.iter().filter_map(|&(tag, minus)| Some((find(tag)?.amount?, minus))).collect();
        if figures.iter().all(|(amount, _)| amount.is_zero()) || figures.len() < parts.len().min(2) {
            continue;
        }
        let Some(reckoned) = reckon::sum(amount, figures.into_iter()) else {
            continue;
        };
        let names: Vec<String> =
            parts.iter().map(|(tag, minus)| format!("{} <{tag}>", if *minus { "less" } else { "plus" })).collect();
        out.push(Performed {
            tie: Tie {
                code: CHECK.code,
                verdict: if reckoned.ties { Verdict::Ties } else { Verdict::Open },
                doc: schedule.doc,
                fact: None,
                subject: format!("<{total}>"),
                printed: amount,
                computed: Some(reckoned.computed),
                gap: Some(reckoned.gap),
                tolerance: Some(reckoned.tolerance),
                span: value.span,
                parts: Vec::new(),
                because: names.join(" ").trim_start_matches("plus ").to_owned(),
                blames: Vec::new(),
            },
            proves: Vec::new(),
            equation: None,
            told: false,
            help: String::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SEED, report};
    use tieout_model::Report;
    use tieout_source::{Source, Span};

    fn with(values: &[(&str, &str)]) -> Report {
        let mut report = report(SEED);
        let value = |&(tag, text): &(&str, &str)| ScheduleValue {
            tag: tag.to_owned(),
            text: text.to_owned(),
            amount: text.replace(',', "").parse().ok().map(|m| Amount::new(m, 0)),
            span: Span::default(),
        };
        let mut all = vec![("PERIOD-TYPE", "3-MOS"), ("PERIOD-END", "MAR-31-2003")];
        all.extend(values);
        report.submission.schedules = vec![Schedule {
            doc: 2,
            article: "5".to_owned(),
            multiplier: Some(3),
            column: 0,
            values: all.iter().map(value).collect(),
        }];
        crate::check(&mut report, &Source::new("case", SEED.as_bytes()));
        report.ties.retain(|t| t.code == "EX27");
        report
    }

    const VALUES: [(&str, &str); 6] = [
        ("CASH", "7,690"),
        ("INVENTORY", "6,198"),
        ("CURRENT-ASSETS", "17,595"),
        ("TOTAL-ASSETS", "20,936"),
        ("TOTAL-LIABILITY-AND-EQUITY", "20,936"),
        ("NET-INCOME", "840"),
    ];

    #[test]
    fn stays_silent_where_values_are_the_statements() {
        let told = with(&VALUES);
        assert_eq!(told.ties.len(), 7, "{:#?}", told.ties);
        assert!(told.ties.iter().all(|t| t.verdict == Verdict::Ties), "{:#?}", told.ties);
    }

    #[test]
    fn fires_on_a_slip_among_others_that_agree() {
        let mut values = VALUES;
        values[2].1 = "17,955";
        let told = with(&values);
        let off: Vec<_> = told.ties.iter().filter(|t| t.verdict == Verdict::Off).collect();
        assert_eq!(off.len(), 1);
        assert_eq!(off[0].because, "17,595,000 in the balance sheet");
        let finding = told.findings.iter().find(|f| f.code == "EX27").unwrap();
        assert_eq!(finding.severity, Severity::Warning);
        values[2].1 = "16,000";
        assert!(with(&values).ties.iter().all(|t| t.verdict != Verdict::Off));
    }
}

//! `cargo xtask mutate`: is a wrong number found?
//!
//! In a sample of corpus filings one digit of one printed number is changed, of a number that some sum
//! vouches for; the file is read again. A mutation is *caught* where a tie is off or a finding speaks that
//! was not there before, *named* where what is new blames that number or says its true value, and *shown as
//! proven* where the wrong number carries a proof: the worst outcome. Last digits are told apart, since a
//! unit in the last place can be within rounding, which no reader can tell from a misprint; so are numbers
//! whose sum holds in another column too (a twin), without which a broken sum is not known to be one.

use crate::args::Args;
use crate::corpus::{self, File};
use crate::parallel;
use crate::random::{Random, hash};
use std::collections::BTreeSet;
use tieout::{Amount, Fact, FactRef, Proof, Report, Severity, Source, Span, Verdict};

/// Checks that are sums.
const SUMS: &[&str] = &["FOOT", "BAL", "CF", "CHAIN", "RF", "XFOOT"];

/// What became of one mutation.
struct Outcome {
    last_digit: bool,
    /// The sum that vouches for it holds in other columns too, so that the structure is known without it.
    twin: bool,
    caught: bool,
    named: bool,
    proven: bool,
    lost: bool,
    story: String,
}

/// Mutates `--samples` numbers, spread over the corpus.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let samples = args.number("--samples", 1000)?;
    let seed = args.number("--seed", 1)?;
    let show = args.number("--show", 10)?;
    args.done()?;
    let files = corpus::files();
    if files.is_empty() {
        println!("{}", corpus::absent());
        return Ok(());
    }
    let each = samples.div_ceil(files.len() as u64).max(1);
    let mut order: Vec<&File> = files.iter().collect();
    order.sort_by_key(|f| hash(&format!("{seed}{}", f.name)));
    order.truncate(samples.div_ceil(each) as usize);
    let outcomes = parallel::map(&order, |file| mutations(file, each, seed));
    let outcomes: Vec<Outcome> = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    println!("{} numbers mutated in {} files, one digit each (seed {seed})", outcomes.len(), order.len());
    table(&outcomes);
    let worst = outcomes.iter().filter(|o| o.proven && !o.caught && !o.last_digit);
    let missed = outcomes.iter().filter(|o| !o.proven && !o.caught && !o.last_digit);
    let worst: Vec<&Outcome> =
        worst.chain(outcomes.iter().filter(|o| o.proven && o.caught && !o.last_digit)).chain(missed).collect();
    worst.iter().take(show as usize).for_each(|o| println!("{}", o.story));
    Ok(())
}

fn table(outcomes: &[Outcome]) {
    println!("{:28}{:>16}{:>16}{:>16}{:>16}", "", "all", "last digit", "other digits", "...with a twin");
    let groups: [Vec<&Outcome>; 4] = [
        outcomes.iter().collect(),
        outcomes.iter().filter(|o| o.last_digit).collect(),
        outcomes.iter().filter(|o| !o.last_digit).collect(),
        outcomes.iter().filter(|o| !o.last_digit && o.twin).collect(),
    ];
    type Question = (&'static str, fn(&Outcome) -> bool);
    let questions: [Question; 6] = [
        ("mutated", |_| true),
        ("caught", |o| o.caught),
        ("named", |o| o.named),
        ("shown as proven though wrong", |o| o.proven),
        ("  of these not even caught", |o| o.proven && !o.caught),
        ("no longer read as a number", |o| o.lost),
    ];
    for (question, holds) in questions {
        print!("{question:28}");
        for group in &groups {
            let count = group.iter().filter(|o| holds(o)).count();
            let permille = (count * 1000).checked_div(group.len()).unwrap_or(0);
            print!("{:>9}{:>5}.{}%", count, permille / 10, permille % 10);
        }
        println!();
    }
}

/// `count` mutations of one file.
fn mutations(file: &File, count: u64, seed: u64) -> Result<Vec<Outcome>, String> {
    let mut bytes = file.read()?;
    let report = tieout::read(&Source::new(&file.name, &bytes));
    let vouched = vouched(&report);
    let mut random = Random::new(seed ^ hash(&file.name));
    let mut outcomes = Vec::new();
    for _ in 0..count {
        let Some(&reference) = vouched.get(random.below(vouched.len())) else { break };
        let Some(fact) = report.fact(reference) else { continue };
        let places: Vec<usize> = digits(&bytes, fact.span);
        let Some(&place) = places.get(random.below(places.len())) else { continue };
        let (old, new) = (bytes[place], b'0' + (bytes[place] - b'0' + 1 + random.below(9) as u8) % 10);
        bytes[place] = new;
        let mut outcome = judge(&Source::new(&file.name, &bytes), &report, fact);
        outcome.last_digit = places.last() == Some(&place);
        outcome.twin = has_twin(&report, fact);
        let shown = String::from_utf8_lossy(&bytes[fact.span.start as usize..fact.span.end as usize]).into_owned();
        bytes[place] = old;
        let verdict = if outcome.caught { "caught, yet" } else { "missed:" };
        outcome.story = format!(
            "{verdict} {shown}{} is truly {}; {} byte {place}, {} ({reference})",
            if outcome.proven { ", shown as proven," } else { "" },
            fact.amount,
            file.name,
            report.line(fact).label
        );
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// Numbers that some sum that ties was made of, or is.
fn vouched(report: &Report) -> Vec<FactRef> {
    let sums = report.ties.iter().filter(|t| t.verdict == Verdict::Ties && SUMS.contains(&t.code));
    let numbers: BTreeSet<FactRef> = sums.flat_map(|t| t.parts.iter().copied().chain(t.fact)).collect();
    numbers.into_iter().filter(|&r| report.fact(r).is_some_and(|f| !f.amount.is_zero())).collect()
}

/// Does some sum of this number hold in another column?
fn has_twin(report: &Report, fact: &Fact) -> bool {
    let lines = (0..).zip(&report.tables[fact.table as usize].lines);
    let sums = lines.filter_map(|(line, l)| Some((line, l.sum.as_ref()?)));
    let mut of_it =
        sums.filter(|(line, sum)| *line == fact.line || sum.parts.iter().any(|(part, _)| *part == fact.line));
    of_it.any(|(_, sum)| sum.holds.contains(&fact.col) && sum.holds.len() > 1)
}

fn digits(bytes: &[u8], span: Span) -> Vec<usize> {
    (span.start as usize..span.end as usize).filter(|&i| bytes.get(i).is_some_and(u8::is_ascii_digit)).collect()
}

fn judge(source: &Source<'_>, before: &Report, fact: &Fact) -> Outcome {
    let after = tieout::read(source);
    let offs = |report: &Report| -> BTreeSet<(&str, Span, String)> {
        let off = report.ties.iter().filter(|t| t.verdict == Verdict::Off);
        off.map(|t| (t.code, t.span, t.subject.clone())).collect()
    };
    let known = offs(before);
    let new_off: Vec<_> = after
        .ties
        .iter()
        .filter(|t| t.verdict == Verdict::Off && !known.contains(&(t.code, t.span, t.subject.clone())))
        .collect();
    let said: BTreeSet<&str> = before.findings.iter().map(|f| f.message.as_str()).collect();
    let new_said: Vec<_> =
        after.findings.iter().filter(|f| f.severity > Severity::Note && !said.contains(f.message.as_str())).collect();
    let now = after.facts.iter().find(|f| f.span == fact.span);
    let truth = [fact.amount.abs().to_string(), printed(fact.amount)];
    let blamed = new_off.iter().any(|t| now.is_some_and(|f| t.blames.contains(&f.reference())));
    let told = new_said.iter().any(|f| {
        let first = f.labels.first().is_some_and(|l| l.span == fact.span);
        first || truth.iter().any(|t| f.help.contains(t.as_str()) || f.message.contains(t.as_str()))
    });
    Outcome {
        last_digit: false,
        twin: false,
        caught: !new_off.is_empty() || !new_said.is_empty(),
        named: blamed || told,
        proven: now.is_some_and(|f| f.proof == Proof::Proven),
        lost: now.is_none(),
        story: String::new(),
    }
}

/// The digits with thousands commas, as a statement prints them.
fn printed(amount: Amount) -> String {
    let digits = Amount::new(amount.mantissa.saturating_abs(), amount.exponent.min(0)).to_string();
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
                 Ash Grove Tool Company
               Consolidated Balance Sheets
                     (In thousands)
                                  December 31,
                                2002       2001
                               -------    -------
Cash                           $   412    $   388
Receivables                      1,930      1,750
Inventories                      2,245      2,101
                               -------    -------
   Total current assets          4,587      4,239
Plant and equipment, net         3,020      3,144
                               -------    -------
   Total assets                $ 7,607    $ 7,383
                               =======    =======
";

    #[test]
    fn a_changed_total_is_caught_and_not_proven() {
        let before = tieout::read(&Source::new("t", TABLE.as_bytes()));
        let at = TABLE.find("4,587").unwrap();
        let fact = before.facts.iter().find(|f| f.span.start as usize == at).expect("the total is read");
        assert!(vouched(&before).contains(&fact.reference()));
        let wrong = TABLE.replace("4,587", "4,787");
        let outcome = judge(&Source::new("t", wrong.as_bytes()), &before, fact);
        assert!(outcome.caught && !outcome.proven && !outcome.lost);
        let same = judge(&Source::new("t", TABLE.as_bytes()), &before, fact);
        assert!(!same.caught && same.proven);
    }

    #[test]
    fn printed_as_statements_do() {
        assert_eq!(printed(Amount::new(-1_234_567, 3)), "1,234,567");
        assert_eq!(printed(Amount::new(123_456, -1)), "12,345.6");
    }
}

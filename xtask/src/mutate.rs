//! `cargo xtask mutate`: is a wrong number found?
//!
//! In a sample of corpus filings one digit of one printed number is changed, of a number that some sum
//! vouches for; the file is read again. A mutation is *caught* where a tie is off or a finding speaks that
//! was not there before, *named* where what is new blames that number or says its true value, and *shown as
//! proven* where the wrong number carries a proof: the worst outcome.
//!
//! A few units in the last place leave every sum of the number within its rounding: by the standard's own rule
//! (STANDARDS 5.4) nothing is wrong then, and no reader can tell it from rounding. These mutations are counted
//! apart; *beyond* is the rest. Of these, last digits are told apart, and numbers whose sum holds in another
//! column too (a twin), without which a broken sum is hardly known to be one.
//!
//! With `--html` the filings are HTML, their Inline XBRL tags taken away: a tag says the number a second time,
//! and a machine that compares the two proves nothing about the sums.

use crate::args::Args;
use crate::corpus::{self, File};
use crate::parallel;
use crate::random::{Random, hash};
use std::collections::BTreeSet;
use tieout::{Amount, Fact, FactRef, Proof, Report, Severity, Source, Span, Tie, Verdict};
use tieout_html::{Tag, Token};

/// Checks that are sums.
const SUMS: &[&str] = &["FOOT", "BAL", "CF", "CHAIN", "RF", "XFOOT"];

/// What became of one mutation.
struct Outcome {
    last_digit: bool,
    /// Every sum it takes part in still ties, within rounding: by the standard's own rule nothing is wrong.
    within: bool,
    /// The sum that vouches for it holds in other columns too, so that the structure is known without it.
    twin: bool,
    caught: bool,
    named: bool,
    proven: bool,
    lost: bool,
    fates: String,
    story: String,
}

/// The HTML filings mutated: those of today, whole reports and releases.
const HTML: &[&str] = &["html/ixbrl", "html/releases"];

/// Mutates `--samples` numbers, spread over the corpus.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let samples = args.number("--samples", 1000)?;
    let seed = args.number("--seed", 1)?;
    let show = args.number("--show", 10)?;
    let html = args.flag("--html");
    args.done()?;
    let files = if html { corpus::html() } else { corpus::files() };
    let files: Vec<File> = files.into_iter().filter(|f| !html || HTML.contains(&f.category())).collect();
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
    let beyond = || outcomes.iter().filter(|o| !o.within);
    let worst = beyond().filter(|o| o.proven && !o.caught);
    let missed = beyond().filter(|o| !o.proven && !o.caught);
    let unnamed = beyond().filter(|o| !o.proven && o.caught && !o.named);
    let worst = worst.chain(beyond().filter(|o| o.proven && o.caught)).chain(missed).chain(unnamed);
    let worst: Vec<&Outcome> = worst.collect();
    worst.iter().take(show as usize).for_each(|o| println!("{}", o.story));
    Ok(())
}

fn table(outcomes: &[Outcome]) {
    let heads = ["all", "within rounding", "beyond", "...last digit", "...with a twin"];
    println!("{:28}{}", "", heads.map(|head| format!("{head:>16}")).concat());
    let group = |takes: fn(&Outcome) -> bool| -> Vec<&Outcome> { outcomes.iter().filter(|o| takes(o)).collect() };
    let groups: [Vec<&Outcome>; 5] = [
        group(|_| true),
        group(|o| o.within),
        group(|o| !o.within),
        group(|o| !o.within && o.last_digit),
        group(|o| !o.within && o.twin),
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
    if HTML.contains(&file.category()) {
        bytes = without_tags(&bytes);
    }
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
        outcome.within = within_rounding(&report, fact, changed(&bytes, fact, place, old));
        let shown = String::from_utf8_lossy(&bytes[fact.span.start as usize..fact.span.end as usize]).into_owned();
        bytes[place] = old;
        let verdict = if outcome.caught { "caught, yet" } else { "missed:" };
        outcome.story = format!(
            "{verdict} {shown}{} is truly {}; {} byte {place}, {} ({reference}){}",
            if outcome.proven { ", shown as proven," } else { "" },
            fact.amount,
            file.name,
            report.line(fact).label,
            outcome.fates
        );
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// What the change of one digit adds to the figure, in units of its last place.
fn changed(bytes: &[u8], fact: &Fact, place: usize, old: u8) -> i128 {
    let behind = digits(bytes, fact.span).into_iter().filter(|&at| at > place).count() as u32;
    let step = i128::from(bytes[place]) - i128::from(old);
    let size = step.saturating_mul(10i128.saturating_pow(behind));
    if fact.amount.is_negative() { -size } else { size }
}

/// True where no sum that ties and has the figure in it is moved out of its rounding by the change.
fn within_rounding(report: &Report, fact: &Fact, change: i128) -> bool {
    let at = fact.reference();
    let sums = report.ties.iter().filter(|t| t.verdict == Verdict::Ties && SUMS.contains(&t.code));
    let mut of_it = sums.filter(|t| t.fact == Some(at) || t.parts.contains(&at));
    of_it.all(|tie| {
        let line = tie.fact.and_then(|total| report.tables.get(total.table as usize)?.lines.get(total.line as usize));
        let parts = line.and_then(|l| l.sum.as_ref()).map(|s| s.parts.as_slice()).unwrap_or_default();
        let adds = tie.fact != Some(at) && !parts.contains(&(at.line, true));
        let units = Amount::new(if adds { -change } else { change }, fact.amount.exponent - tie.printed.exponent);
        let moved = tie.gap.and_then(|gap| gap.ratio()?.add(units.ratio()?));
        let over = moved.zip(tie.tolerance.and_then(Amount::ratio)).and_then(|(gap, most)| gap.abs().sub(most));
        over.is_some_and(|over| over.signum() <= 0)
    })
}

/// What became of each sum that vouched for the number: open and why, or no longer known to be a sum.
fn fates(before: &Report, after: &Report, fact: &Fact) -> String {
    let at = fact.reference();
    let sums = before.ties.iter().filter(|t| t.verdict == Verdict::Ties && SUMS.contains(&t.code));
    let of_it = sums.filter(|t| t.fact == Some(at) || t.parts.contains(&at));
    let fate = |tie: &Tie| {
        let now = after.ties.iter().find(|t| t.code == tie.code && t.span == tie.span);
        let now = now.map_or("gone".to_owned(), |t| format!("{:?}, {}", t.verdict, t.because));
        let total = tie.fact.map(|f| f.to_string()).unwrap_or_default();
        format!("\n    {} {total}, {}: {now}", tie.code, tie.because)
    };
    of_it.map(fate).collect()
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

/// Where the digits of a number are: not those of tags and character references inside its span.
fn digits(bytes: &[u8], span: Span) -> Vec<usize> {
    let mut until = None;
    let mut digits = Vec::new();
    let number = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
    for (at, &byte) in (span.start as usize..).zip(number) {
        match (byte, until) {
            (_, Some(end)) if byte == end => until = None,
            (b'<', None) => until = Some(b'>'),
            (b'&', None) => until = Some(b';'),
            (b'0'..=b'9', None) => digits.push(at),
            _ => {}
        }
    }
    digits
}

/// The document as it was before it was tagged: no `ix:` element, and nothing of the header that only machines read.
fn without_tags(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut header = false;
    for token in tieout_html::tokens(bytes, Span::new(0, bytes.len())) {
        let (name, opens) = match token {
            Token::Start { name, tag, .. } => (name, Some((tag, true))),
            Token::End { name, tag, .. } => (name, Some((tag, false))),
            _ => (Span::default(), None),
        };
        let tagging = bytes[name.start as usize..name.end as usize].starts_with(b"ix:");
        if let Some((Tag::IxHeader, opened)) = opens {
            header = opened;
        }
        if !header && !tagging {
            plain.extend_from_slice(&bytes[token.span().start as usize..token.span().end as usize]);
        }
    }
    plain
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
        within: false,
        twin: false,
        caught: !new_off.is_empty() || !new_said.is_empty(),
        named: blamed || told,
        proven: now.is_some_and(|f| f.proof == Proof::Proven),
        lost: now.is_none(),
        fates: fates(before, &after, fact)
            + &new_said.iter().map(|f| format!("\n    said: {}; {}", f.message, f.help)).collect::<String>(),
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
    fn tags_go_and_what_they_show_stays() {
        let page =
            b"<body><ix:header><a>x</a></ix:header><td>$<ix:nonFraction name='b'>1,<b>2</b>3&#160;</ix:nonFraction>";
        let plain = without_tags(page);
        assert_eq!(plain, b"<body><td>$1,<b>2</b>3&#160;");
        let at = digits(&plain, Span::new(0, plain.len()));
        assert_eq!(at.iter().map(|&i| plain[i]).collect::<Vec<u8>>(), b"123");
    }

    #[test]
    fn printed_as_statements_do() {
        assert_eq!(printed(Amount::new(-1_234_567, 3)), "1,234,567");
        assert_eq!(printed(Amount::new(123_456, -1)), "12,345.6");
    }
}

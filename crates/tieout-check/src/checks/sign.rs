use crate::book::Book;
use crate::performed::{Performed, figure_tie};
use tieout_model::{Amount, Check, FactRef, Severity, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "SIGN",
    name: "parentheses are whole",
    severity: Severity::Warning,
    tick: 'A',
    manual: "\
## What it checks
A figure that takes part in a sum and is printed with one parenthesis only. The sum says which sign it has.

## Why it matters
A lost parenthesis turns a loss into a gain for everybody who copies the figure.

## Example
\"49,632)\" in a column whose net loss is reached only if it is subtracted: (49,632) is meant.

## When it stays silent
Where the figure is in no sum that holds: the parenthesis may be a footnote's. Figures with both or none are not \
its business.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let halves: Vec<_> = book.facts.iter().filter(|f| !f.aside && half(&book.printed(f)) && book.plain(f)).collect();
    if halves.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for fact in halves {
        let at = fact.reference();
        let Some(subtracted) = out.iter().filter(|p| p.tie.verdict == Verdict::Ties).find_map(|p| role(p, at)) else {
            continue;
        };
        let negative = subtracted != fact.amount.is_negative();
        let meant = Amount { mantissa: fact.amount.mantissa.saturating_abs(), ..fact.amount };
        let because = match (negative, fact.amount.is_negative()) {
            (true, _) => {
                format!("only one parenthesis is printed, and the sum wants {}", book.figure_like(fact, -meant))
            }
            (false, _) => {
                format!("only one parenthesis is printed, and the sum wants {}", book.figure_like(fact, meant))
            }
        };
        let mut done = figure_tie(book, CHECK.code, Verdict::Off, fact, None, &[], because);
        done.help = "a parenthesis is likely lost".to_owned();
        found.push(done);
    }
    out.extend(found);
}

/// One parenthesis without the other.
fn half(text: &str) -> bool {
    text.contains('(') != text.contains(')')
}

/// Whether a sum subtracts a figure; none where it takes no part.
fn role(performed: &Performed, at: FactRef) -> Option<bool> {
    let equation = performed.equation.as_ref()?;
    equation
        .parts
        .iter()
        .find(|(part, _)| *part == at)
        .map(|&(_, minus)| minus)
        .or((equation.total == at).then_some(false))
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Loss before extraordinary item | (29,539) | (14,299)
Extraordinary item | 49,632) | 1,200
Net loss {=1-2} | (79,171) | (15,499)
";

    #[test]
    fn fires_on_half_a_pair_and_says_what_is_meant() {
        let told = ties(TABLE, "SIGN");
        assert_eq!(
            told,
            [
                "off Extraordinary item, 2003-01-01..2003-12-31: only one parenthesis is printed, and the sum wants (49,632)"
            ]
        );
    }

    #[test]
    fn stays_silent_on_whole_pairs_and_outside_of_sums() {
        assert!(ties(&TABLE.replace("49,632)", "49,632"), "SIGN").is_empty());
        assert!(ties(&TABLE.replace("{=1-2}", ""), "SIGN").is_empty());
    }
}

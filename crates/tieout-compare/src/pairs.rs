use crate::disclosed::{Disclosure, Kind};
use crate::{Change, Compared, Side};
use std::collections::{BTreeMap, BTreeSet};
use tieout_model::{Amount, Fact, Period, Report, StatementKind, Unit};

/// What two figures must share before their labels are looked at: statement, period, unit and member.
pub(crate) type Group = (StatementKind, Period, String, String);

/// A figure with the words it is known by.
pub(crate) struct Figure<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) label: String,
    /// The label as printed.
    pub(crate) printed: &'a str,
    pub(crate) section: String,
    pub(crate) concept: &'a str,
}

pub(crate) fn pairs(earlier: Side<'_>, later: Side<'_>, disclosures: &[Disclosure]) -> Vec<Compared> {
    let (old, new) = (figures(earlier.report), figures(later.report));
    let kinds: BTreeSet<Kind> = disclosures.iter().map(|d| d.kind).collect();
    let mut out = Vec::new();
    for (group, news) in &new {
        let Some(olds) = old.get(group) else { continue };
        let mut partner: Vec<Option<(usize, &'static str)>> = vec![None; news.len()];
        let mut taken = vec![false; olds.len()];
        // From the surest likeness to the least.
        join(news, olds, &mut partner, &mut taken, "same label and heading", &|f| {
            (!f.label.is_empty()).then(|| format!("{}\n{}", f.section, f.label))
        });
        join(news, olds, &mut partner, &mut taken, "same label", &|f| (!f.label.is_empty()).then(|| f.label.clone()));
        // To four digits, in one statement and period: a line with other words.
        join(news, olds, &mut partner, &mut taken, "same amount", &|f| {
            (digits(f.fact.amount) >= 4).then(|| f.fact.amount.to_string())
        });
        // A line without a label has its concept from the lines around it: too little to know it by.
        join(news, olds, &mut partner, &mut taken, "same concept", &|f| {
            (!f.concept.is_empty() && !f.label.is_empty()).then(|| f.concept.to_owned())
        });
        let came = news.iter().zip(&partner).filter(|(_, p)| p.is_none()).map(|(f, _)| f);
        let went = olds.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(f, _)| f);
        let alone = Alone { came: by_amount(came), went: by_amount(went) };
        for (figure, partner) in news.iter().zip(&partner) {
            out.push(match partner.and_then(|(i, how)| Some((olds.get(i)?, how))) {
                Some((old, how)) => judge(old, figure, how, &kinds, &alone),
                None => Compared {
                    change: Change::New,
                    earlier: None,
                    later: Some(figure.fact.reference()),
                    because: "no such line in the earlier filing".to_owned(),
                },
            });
        }
        for (old, _) in olds.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            out.push(Compared {
                change: Change::Dropped,
                earlier: Some(old.fact.reference()),
                later: None,
                because: "no such line in the later filing".to_owned(),
            });
        }
    }
    out.sort_by_key(|c| (c.later.is_none(), c.later, c.earlier));
    out
}

/// Figures of the face statements as reported, of known periods. A line that a second table prints again (a
/// summary before the statement) counts once.
fn figures(report: &Report) -> BTreeMap<Group, Vec<Figure<'_>>> {
    let mut groups: BTreeMap<Group, Vec<Figure<'_>>> = BTreeMap::new();
    let mut seen: BTreeMap<(Group, String, String), u32> = BTreeMap::new();
    for fact in &report.facts {
        let Some(figure) = figure(report, fact) else { continue };
        let Some(group) = group(report, fact) else { continue };
        let key = (group.clone(), figure.section.clone(), figure.label.clone());
        let first = *seen.entry(key).or_insert(fact.table);
        if first != fact.table && !figure.label.is_empty() {
            continue;
        }
        groups.entry(group).or_default().push(figure);
    }
    groups
}

/// What a figure is compared within; `None` for figures of other tables, of parts of the company, of no known
/// period, and for those not as reported.
pub(crate) fn group(report: &Report, fact: &Fact) -> Option<Group> {
    let table = report.tables.get(fact.table as usize)?;
    let column = table.columns.get(fact.col as usize)?;
    let as_reported = table.coreg.is_empty() && table.scenario.is_empty() && column.scenario.is_empty();
    let period = fact.period.filter(|_| as_reported && !fact.aside)?;
    // A statement of income may go on as one of comprehensive income, here and not there.
    let kind = match table.kind {
        StatementKind::Other => return None,
        StatementKind::Comprehensive => StatementKind::Income,
        kind => kind,
    };
    Some((kind, period, fact.unit.to_string(), column.member.clone()))
}

pub(crate) fn figure<'a>(report: &'a Report, fact: &'a Fact) -> Option<Figure<'a>> {
    let table = report.tables.get(fact.table as usize)?;
    let line = table.lines.get(fact.line as usize)?;
    let (mut label, mut section) = (String::new(), String::new());
    tieout_taxonomy::normalise(&line.label, &mut label);
    if let Some(heading) = line.section.last().and_then(|&h| table.lines.get(h as usize)) {
        tieout_taxonomy::normalise(&heading.label, &mut section);
    }
    Some(Figure { fact, label, printed: &line.label, section, concept: &line.tag })
}

/// Joins figures that have the same key, where both sides have it equally often: the first with the first.
fn join<'f>(
    news: &'f [Figure<'f>],
    olds: &'f [Figure<'f>],
    partner: &mut [Option<(usize, &'static str)>],
    taken: &mut [bool],
    how: &'static str,
    key: &dyn Fn(&Figure<'f>) -> Option<String>,
) {
    let mut free: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, figure) in news.iter().enumerate().filter(|&(i, _)| partner.get(i).is_some_and(Option::is_none)) {
        if let Some(key) = key(figure) {
            free.entry(key).or_default().0.push(i);
        }
    }
    for (i, figure) in olds.iter().enumerate().filter(|&(i, _)| taken.get(i) == Some(&false)) {
        if let Some(key) = key(figure) {
            free.entry(key).or_default().1.push(i);
        }
    }
    for (new, old) in free.into_values().filter(|(new, old)| new.len() == old.len()) {
        for (n, o) in new.into_iter().zip(old) {
            if let (Some(partner), Some(taken)) = (partner.get_mut(n), taken.get_mut(o)) {
                *partner = Some((o, how));
                *taken = true;
            }
        }
    }
}

/// The labels of a statement and period that only one filing has, by their amounts without sign.
struct Alone<'a> {
    came: BTreeMap<String, &'a str>,
    went: BTreeMap<String, &'a str>,
}

fn by_amount<'a>(figures: impl Iterator<Item = &'a Figure<'a>>) -> BTreeMap<String, &'a str> {
    figures.map(|f| (f.fact.amount.abs().to_string(), f.printed)).collect()
}

fn judge(old: &Figure<'_>, new: &Figure<'_>, how: &str, kinds: &BTreeSet<Kind>, alone: &Alone<'_>) -> Compared {
    let (before, after) = (old.fact.amount, new.fact.amount);
    let (change, because) = if agree(before, after) {
        (Change::Agreed, how.to_owned())
    } else if agree(before, -after) {
        // The same amount, shown as a deduction here and not there: what it means has not changed.
        (Change::Agreed, format!("{how}; printed with the other sign"))
    } else if let Some(why) = drawn_anew(before, after, alone) {
        (Change::Disclosed, format!("{how}; {why}"))
    } else {
        match disclosure(old, kinds) {
            Some(kind) => (Change::Disclosed, format!("{how}; the later filing speaks of {}", kind.words())),
            None => (Change::Undisclosed, format!("{how}; the later filing has no words for a change")),
        }
    };
    Compared { change, earlier: Some(old.fact.reference()), later: Some(new.fact.reference()), because }
}

/// The difference, to three digits, is a line that one filing has and the other has not: lines were drawn anew, and
/// the later filing shows it.
fn drawn_anew(before: Amount, after: Amount, alone: &Alone<'_>) -> Option<String> {
    let by = after.ratio()?.sub(before.ratio()?)?.round(before.exponent.max(after.exponent))?.abs();
    let by = (digits(by) >= 3).then(|| by.to_string())?;
    let came = || alone.came.get(&by).map(|label| format!("the difference is the new line {label:?}"));
    let went = || alone.went.get(&by).map(|label| format!("the difference is the dropped line {label:?}"));
    came().or_else(went)
}

/// Digits that mean something: 1,200 has two.
fn digits(amount: Amount) -> usize {
    amount.mantissa.unsigned_abs().to_string().trim_end_matches('0').len()
}

/// The words that may be about this figure: a split changes shares and per-share figures only.
fn disclosure(figure: &Figure<'_>, kinds: &BTreeSet<Kind>) -> Option<Kind> {
    let per_share = matches!(figure.fact.unit, Unit::Shares | Unit::PerShare(_));
    kinds.iter().copied().find(|&kind| kind != Kind::Split || per_share)
}

/// The same digits, or figures of different precision whose intervals meet.
fn agree(a: Amount, b: Amount) -> bool {
    if a.exponent == b.exponent {
        return a.mantissa == b.mantissa;
    }
    match (a.interval(), b.interval()) {
        (Some(a), Some(b)) => a.meets(b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::Change;
    use crate::testing::compared;

    const THEN: &str = "table IS 2003-01-01..2003-03-31
Net sales|us-gaap:Revenues|7539
Cost of sales||5394
Gross profit||2145
Selling||1362
Other income||87
";

    fn changes(now: &str, words: &str) -> Vec<String> {
        let done = compared(THEN, now, words);
        done.figures
            .iter()
            .filter(|f| f.change != Change::Agreed)
            .map(|f| format!("{} {}", f.change.word(), f.because))
            .collect()
    }

    #[test]
    fn the_same_figures_agree() {
        assert!(changes(THEN, "").is_empty());
        assert_eq!(compared(THEN, THEN, "").count(Change::Agreed), 5);
    }

    #[test]
    fn a_change_is_told_apart_by_whether_it_is_spoken_of() {
        let now = THEN.replace("5394", "5400");
        assert_eq!(
            changes(&now, ""),
            ["undisclosed same label and heading; the later filing has no words for a change"]
        );
        let told = changes(&now, "Certain amounts were reclassified. ");
        assert_eq!(told, ["disclosed same label and heading; the later filing speaks of reclassified figures"]);
        // A split does not change costs, and articles that were restated are no figures.
        assert!(changes(&now, "A stock split. Amended and Restated Articles. ")[0].starts_with("undisclosed"));
    }

    #[test]
    fn a_line_under_another_name_is_known_by_its_concept() {
        let now = THEN.replace("Net sales|", "Revenues, net|").replace("7539", "7540");
        assert_eq!(changes(&now, ""), ["undisclosed same concept; the later filing has no words for a change"]);
    }

    #[test]
    fn a_line_under_other_words_is_known_by_its_amount() {
        let now = THEN.replace("Selling|", "Marketing and distribution|");
        assert!(changes(&now, "").is_empty());
        // Two digits are no evidence.
        let now = THEN.replace("Other income", "Interest income");
        assert_eq!(changes(&now, "").len(), 2);
    }

    #[test]
    fn a_line_without_a_label_is_not_known_by_its_concept() {
        let then = format!("{THEN}|us-gaap:OperatingExpenses|1449\n");
        let now = format!("{THEN}Expenses|us-gaap:OperatingExpenses|2900\n");
        let done = compared(&then, &now, "");
        assert_eq!(done.count(Change::Undisclosed), 0);
        assert_eq!((done.count(Change::New), done.count(Change::Dropped)), (1, 1));
    }

    #[test]
    fn lines_drawn_anew_explain_a_change() {
        // 1,362 was 1,050 and 312; and the other way round.
        let apart = THEN.replace("1362", "1050") + "Distribution||312\n";
        assert_eq!(
            changes(&apart, ""),
            [
                "disclosed same label and heading; the difference is the new line \"Distribution\"",
                "new no such line in the earlier filing"
            ]
        );
        let done = compared(&apart, THEN, "");
        assert_eq!((done.count(Change::Disclosed), done.count(Change::Dropped)), (1, 1));
        let other = THEN.replace("1362", "1050") + "Distribution||311\n";
        assert!(changes(&other, "")[0].starts_with("undisclosed"));
    }

    #[test]
    fn lines_come_and_go() {
        let now = THEN.replace("Other income", "Interest income");
        assert_eq!(
            changes(&now, ""),
            ["new no such line in the earlier filing", "dropped no such line in the later filing"]
        );
        // Figures of a period that the earlier filing does not have are not new: they are another period's.
        assert!(changes(&THEN.replace("2003", "2004"), "").is_empty());
    }

    #[test]
    fn a_sign_of_presentation_is_no_change() {
        assert!(changes(&THEN.replace("1362", "-1362"), "").is_empty());
    }
}

use crate::because::Because;
use crate::context::has;
use crate::{Found, Query};

/// Basic, diluted or one figure for both, as words of a label or heading tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Basic,
    Diluted,
    Both,
}

/// Primary earnings per share (APB 15, until December 1997) count as basic, fully diluted ones as diluted.
fn flavour(text: &str) -> Option<Flavour> {
    let has = |word: &str| has(text, word);
    let diluted = has("dilut") && !has("undiluted") && !has("before dilution");
    match (
        has("basic") || has("primary") || has("undiluted"),
        diluted || has("assuming conversion") || has("potential common"),
    ) {
        (true, true) => Some(Flavour::Both),
        (true, false) => Some(Flavour::Basic),
        (false, true) => Some(Flavour::Diluted),
        (false, false) => None,
    }
}

/// The label's own word, or that of the innermost heading that has one.
fn flavour_of(words: &str, query: &Query<'_>) -> Option<Flavour> {
    flavour(words).or_else(|| query.section.iter().rev().find_map(|h| flavour(h)))
}

/// The income a per share figure is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Income {
    Net,
    Continuing,
    Discontinued,
    BeforeExtraordinary,
    Extraordinary,
    Cumulative,
}

fn income(words: &str) -> Income {
    let has = |word: &str| words.contains(word);
    match () {
        () if has("before extraordinary") || has("before cumulative") => Income::BeforeExtraordinary,
        () if has("continuing") => Income::Continuing,
        () if has("discontinued") => Income::Discontinued,
        () if has("extraordinary") => Income::Extraordinary,
        () if has("cumulative") || has("accounting principle") || has("accounting increase") => Income::Cumulative,
        () => Income::Net,
    }
}

/// Words of measures that are not the income statement's own: adjusted, cash, tangible, market prices.
const FOREIGN: [&str; 22] = [
    "pro forma",
    "proforma",
    "adjusted",
    "gaap",
    "excluding",
    "exclusive",
    "before amortization",
    "before goodwill",
    "cash income",
    "core",
    "book",
    "market",
    "price",
    "high",
    "low",
    "close",
    "tangible",
    "asset value",
    "before special",
    "before nonrecurring",
    "restructuring",
    "flow",
];

/// A figure per share: the income it is of, then basic or diluted.
pub(crate) fn per_share(words: &str, query: &Query<'_>) -> Option<Found> {
    let heading = |word: &str| query.section.iter().any(|h| has(h, word));
    if FOREIGN.iter().any(|w| words.contains(w)) || heading("pro forma") || heading("adjusted") || heading("non-gaap") {
        return None;
    }
    let tag = |name: &'static str| Some(Found { tag: name, because: Because { words: true, ..Because::default() } });
    if words.contains("dividend")
        || words.contains("distribution")
        || (heading("dividend") && !heading("earnings") && !heading("income"))
    {
        if words.contains("preferred") || words.contains("class") {
            return None;
        }
        return match words.contains("paid") {
            true => tag("us-gaap:CommonStockDividendsPerShareCashPaid"),
            false => tag("us-gaap:CommonStockDividendsPerShareDeclared"),
        };
    }
    if words.contains("par value") || words.contains("stated value") {
        return (!words.contains("preferred"))
            .then_some(())
            .and_then(|()| tag("us-gaap:CommonStockParOrStatedValuePerShare"));
    }
    let names_income = [
        "income",
        "basic",
        "dilut",
        "primary",
        "continuing",
        "discontinued",
        "extraordinary",
        "cumulative",
        "per share",
        "per common",
        "per unit",
        "per limited",
    ];
    if !names_income.iter().any(|w| words.contains(w)) && !words.is_empty() && words != "total" {
        return None;
    }
    // A class of shares has its own figures; a bare "basic" under "continuing operations" is of those.
    if words.contains("class ") || words.contains("preferred share") || words.contains("preferred stock") {
        return None;
    }
    let mut of = income(words);
    let bare = !["income", "extraordinary", "discontinued"].iter().any(|w| words.contains(w));
    if of == Income::Net
        && bare
        && let Some(inner) = query.section.last()
    {
        let mut heading = String::new();
        crate::normalise(inner, &mut heading);
        of = income(&heading);
        if FOREIGN.iter().any(|w| heading.contains(w)) {
            return None;
        }
    }
    use Flavour::{Basic, Both, Diluted};
    let flavour = flavour_of(words, query).unwrap_or(Both);
    match (of, flavour) {
        (Income::Net, Basic) => tag("us-gaap:EarningsPerShareBasic"),
        (Income::Net, Diluted) => tag("us-gaap:EarningsPerShareDiluted"),
        (Income::Net, Both) => tag("us-gaap:EarningsPerShareBasicAndDiluted"),
        (Income::Continuing, Basic) => tag("us-gaap:IncomeLossFromContinuingOperationsPerBasicShare"),
        (Income::Continuing, Diluted) => tag("us-gaap:IncomeLossFromContinuingOperationsPerDilutedShare"),
        (Income::Continuing, Both) => tag("us-gaap:IncomeLossFromContinuingOperationsPerBasicAndDilutedShare"),
        (Income::Discontinued, Basic) => tag("us-gaap:IncomeLossFromDiscontinuedOperationsNetOfTaxPerBasicShare"),
        (Income::Discontinued, Diluted) => tag("us-gaap:IncomeLossFromDiscontinuedOperationsNetOfTaxPerDilutedShare"),
        (Income::Discontinued, Both) => {
            tag("us-gaap:DiscontinuedOperationIncomeLossFromDiscontinuedOperationNetOfTaxPerBasicAndDilutedShare")
        }
        (Income::BeforeExtraordinary, Diluted) => tag(
            "us-gaap:IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciplePerDilutedShare",
        ),
        (Income::BeforeExtraordinary, _) => tag(
            "us-gaap:IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciplePerBasicShare",
        ),
        (Income::Extraordinary, Diluted) => tag("us-gaap:IncomeLossFromExtraordinaryItemsNetOfTaxPerDilutedShare"),
        (Income::Extraordinary, _) => tag("us-gaap:IncomeLossFromExtraordinaryItemsNetOfTaxPerBasicShare"),
        (Income::Cumulative, Diluted) => {
            tag("us-gaap:CumulativeEffectOfChangeInAccountingPrincipleNetOfTaxPerDilutedShare")
        }
        (Income::Cumulative, _) => tag("us-gaap:CumulativeEffectOfChangeInAccountingPrincipleNetOfTaxPerBasicShare"),
    }
}

/// A number of shares: the averages behind earnings per share, or counts of the balance sheet.
pub(crate) fn shares(words: &str, query: &Query<'_>) -> Option<Found> {
    let heading = |word: &str| query.section.iter().any(|h| has(h, word));
    let tag = |name: &'static str| Some(Found { tag: name, because: Because { words: true, ..Because::default() } });
    if [
        "class ",
        "pro forma",
        "proforma",
        "effect",
        "option",
        "incremental",
        "adjust",
        "stock equivalent",
        "warrant",
        "conver",
        "potentially",
    ]
    .iter()
    .any(|w| words.contains(w))
        && !words.contains("weighted")
    {
        return None;
    }
    if words.contains("pro forma")
        || words.contains("class ")
        || words.starts_with("effect")
        || words.contains("adjusted") && !words.contains("average")
    {
        return None;
    }
    let average = words.contains("average") || heading("average");
    let computing =
        words.contains("comput") || heading("comput") || words.contains("calculat") || heading("calculation");
    let flavour = flavour_of(words, query);
    if average || computing || (flavour.is_some() && query.kind == tieout_model::StatementKind::Income) {
        return match flavour {
            Some(Flavour::Basic) => tag("us-gaap:WeightedAverageNumberOfSharesOutstandingBasic"),
            Some(Flavour::Diluted) => tag("us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding"),
            Some(Flavour::Both) => tag("us-gaap:WeightedAverageNumberOfShareOutstandingBasicAndDiluted"),
            None => tag("us-gaap:WeightedAverageNumberOfSharesOutstandingBasic"),
        };
    }
    let has = |word: &str| words.contains(word);
    match () {
        () if has("preferred") => match () {
            () if has("authorized") && !has("issued") => tag("us-gaap:PreferredStockSharesAuthorized"),
            () if has("outstanding") && !has("issued") => tag("us-gaap:PreferredStockSharesOutstanding"),
            () if has("issued") && !has("outstanding") => tag("us-gaap:PreferredStockSharesIssued"),
            () => None,
        },
        () if has("treasury") => tag("us-gaap:TreasuryStockCommonShares"),
        () if has("authorized") && !has("issued") && !has("outstanding") => tag("us-gaap:CommonStockSharesAuthorized"),
        () if has("outstanding") && !has("issued") && has("share") => tag("us-gaap:CommonStockSharesOutstanding"),
        () if has("issued") && !has("outstanding") && has("share") => tag("us-gaap:CommonStockSharesIssued"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_tag_named_here_has_properties() {
        let tags = include_str!("per_share.rs").split('"').filter(|s| s.starts_with("us-gaap:"));
        for tag in tags {
            assert!(crate::properties(tag).is_some() || tag.len() < 10, "{tag}");
        }
    }
}

//! Sentences in, claims out. The sentences are ours; each shows one turn of STANDARDS 7.2.

use crate::{Context, claims, reported_period};
use jiff::civil::date;
use tieout_grid::Paragraph;
use tieout_model::{Bound, Claim, ClaimKind, Period};

/// A company whose year is the calendar's, reporting the first quarter of 2003.
fn read(text: &str) -> Vec<Claim> {
    let context = Context {
        doc: 1,
        period: Period::months_to(3, date(2003, 3, 31)),
        fiscal_year_end: Some((12, 31)),
        ..Context::default()
    };
    claims(&[Paragraph::of(text.as_bytes(), 0)], &context)
}

/// `kind value subject @period`, one per claim.
fn brief(text: &str) -> Vec<String> {
    let when = |p: Option<Period>| p.map_or_else(|| "?".into(), |p| p.to_string());
    read(text).iter().map(|c| format!("{} {} {} @{}", c.kind.word(), c.amount, c.subject, when(c.period))).collect()
}

const NOW: &str = "2003-01-01..2003-03-31";
const AGO: &str = "2002-01-01..2002-03-31";

fn check(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<String> = expected.iter().map(|(claim, when)| format!("{claim} @{when}")).collect();
    assert_eq!(brief(text), expected, "{text}");
}

#[test]
fn a_level_and_its_change() {
    check(
        "Sales were $7.5 million for the quarter, down 16.0% from the first quarter of 2002.",
        &[("amount 7500000 Sales", NOW), ("change_percent -0.160 Sales", NOW)],
    );
    let found = read("Sales were $7.5 million for the quarter, down 16.0% from the first quarter of 2002.");
    assert_eq!(found[1].base, Period::months_to(3, date(2002, 3, 31)));
    assert_eq!(found[1].quote, "down 16.0%");
}

#[test]
fn a_loss_and_its_twin_a_share_are_negative() {
    check(
        "We had a net loss of $0.8 million, or $.11 per share, against a net loss of $3.5 million, or $.44 per share, a year earlier.",
        &[
            ("amount -800000 net loss", NOW),
            ("per_share -0.11 net loss per share", NOW),
            ("amount -3500000 net loss", AGO),
            ("per_share -0.44 net loss per share", AGO),
        ],
    );
    check(
        "Net loss was ($14) million or ($.38) per share.",
        &[("amount -14000000 Net loss", NOW), ("per_share -0.38 Net loss per share", NOW)],
    );
}

#[test]
fn who_lost_or_earned_has_a_net_result() {
    let filed = |text: &str| {
        let told = [Paragraph::of(b"Larch River Corporation reported.", 0), Paragraph::of(text.as_bytes(), 0)];
        let found = claims(&told, &Context::default());
        found.iter().map(|c| format!("{} {}", c.amount, c.subject)).collect::<Vec<_>>()
    };
    assert_eq!(
        filed("Larch River lost $3.5 million, or $.44 per share, in the quarter."),
        ["-3500000 net loss", "-0.44 net loss per share"]
    );
    assert_eq!(
        filed("The Company earned $2 million, or $.25 a share."),
        ["2000000 net income", "0.25 net income per share"]
    );
    assert_eq!(filed("Fern Barges lost $2 million."), ["-2000000 Fern Barges net loss"]);
    assert!(!filed("It earned $2 million in royalties.").iter().any(|c| c.contains("net income")));
    assert!(!filed("It lost $2 million on the sale.").iter().any(|c| c.contains("net loss")));
}

#[test]
fn whose_figure_it_is_stays_with_it() {
    let filed = |text: &str| {
        let told = [Paragraph::of(b"Larch River Corporation reported.", 0), Paragraph::of(text.as_bytes(), 0)];
        claims(&told, &Context::default()).into_iter().map(|c| c.subject).collect::<Vec<_>>()
    };
    assert_eq!(filed("Fern Barges had revenue of $2 million."), ["Fern Barges revenue"]);
    assert_eq!(filed("In May the Bank generated net income of $2 million."), ["Bank net income"]);
    assert_eq!(filed("Larch River had revenue of $2 million."), ["revenue"]);
    assert_eq!(filed("It had net sales of $2 million."), ["net sales"]);
}

#[test]
fn what_was_paid_is_neither_expense_nor_balance() {
    check("Cash paid for interest was $2 million.", &[("amount 2000000 Cash paid for interest", NOW)]);
    check("It paid income taxes of $2 million.", &[("amount 2000000 income taxes paid", NOW)]);
    check("The price included $2 million in cash.", &[("amount 2000000 ", "?")]);
    check("The firm had $2 million in cash.", &[("amount 2000000 cash", "2003-03-31")]);
}

#[test]
fn a_rate_that_differs_from_another_is_not_the_other() {
    check("The effective tax rate differs from the statutory rate of 35%.", &[("ratio 0.35 statutory rate", NOW)]);
}

#[test]
fn what_a_sentence_leaves_out_holds_for_its_figures() {
    let basis = |text: &str| read(text).into_iter().map(|c| c.basis).collect::<Vec<_>>();
    assert_eq!(basis("Sales rose 5%, or 7% if the two sold stores are excluded."), ["excluded", "excluded"]);
    assert_eq!(basis("Sales rose 5% without the two sold stores."), ["without"]);
    assert_eq!(basis("Sales rose 5%."), [""]);
    assert_eq!(read("If rates rose, interest expense would increase by $7 million.")[0].subject, "");
    assert_eq!(read("The effect on net income would have been an increase of $7 million.")[0].subject, "");
    let would = read("Net income for the quarter would have been $5 million.");
    assert_eq!((would[0].subject.as_str(), would[0].basis.as_str()), ("Net income", "would"));
}

#[test]
fn from_and_to_in_either_order_with_shares_of_revenue() {
    let claims = [
        ("amount 1800000 Gross profit", AGO),
        ("share_of 0.199 Gross profit", AGO),
        ("amount 2100000 Gross profit", NOW),
        ("share_of 0.285 Gross profit", NOW),
    ];
    let [a, b, c, d] = claims;
    check(
        "Gross profit rose from $1.8 million, or 19.9% of revenue, in the first quarter of 2002 to $2.1 million, or 28.5% of revenue, in the first quarter of 2003.",
        &[a, b, c, d],
    );
    check(
        "Gross profit rose to $2.1 million, or 28.5% of revenue, in the first quarter of 2003 from $1.8 million, or 19.9% of revenue, in the first quarter of 2002.",
        &[c, d, a, b],
    );
    assert_eq!(read("Costs were $5 million, or 19.9% of revenue.")[1].of, "revenue");
}

#[test]
fn balances_hold_at_a_day() {
    check(
        "The cash balance at March 31, 2003 was $7.7 million, up $0.1 million from December 31, 2002.",
        &[("amount 7700000 cash balance", "2003-03-31"), ("change_amount 100000 cash balance", "2003-03-31")],
    );
    check("Total debt was $2 million.", &[("amount 2000000 Total debt", "2003-03-31")]);
    check("There was a current ratio of 5.8 to 1.", &[("ratio 5.8 current ratio", "2003-03-31")]);
}

#[test]
fn more_or_less_than_at_another_day_is_a_change() {
    let told = [
        (
            "The firm held cash of $7.7 million at March 31, 2003, $0.1 million more than at December 31, 2002.",
            1,
            "cash",
        ),
        (
            "At March 31, 2003 the firm held cash of $7.7 million, $0.1 million more than at December 31, 2002.",
            1,
            "cash",
        ),
        ("Debt was $7.7 million at March 31, 2003, $0.1 million less than at December 31, 2002.", -1, "Debt"),
        ("At March 31, 2003 debt was $7.7 million, or $0.1 million less than on December 31, 2002.", -1, "debt"),
    ];
    for (text, sign, subject) in told {
        let change = format!("change_amount {} {subject}", sign * 100_000);
        check(text, &[(&format!("amount 7700000 {subject}"), "2003-03-31"), (&change, "2003-03-31")]);
        assert_eq!(read(text)[1].base, Some(Period::Instant(date(2002, 12, 31))), "{text}");
    }
}

#[test]
fn lists_in_step_with_their_years() {
    check(
        "Rent expense was $880,000, $1.4 million and $1.5 million for the years ended December 31, 2000, 2001 and 2002, respectively.",
        &[
            ("amount 880000 Rent expense", "2000-01-01..2000-12-31"),
            ("amount 1400000 Rent expense", "2001-01-01..2001-12-31"),
            ("amount 1500000 Rent expense", "2002-01-01..2002-12-31"),
        ],
    );
    check(
        "Inventory and backlog were $3 million and $9 million, respectively.",
        &[("amount 3000000 Inventory", "2003-03-31"), ("amount 9000000 backlog", "2003-03-31")],
    );
}

#[test]
fn a_segments_heading_qualifies_what_stands_below() {
    let heading =
        |text: &str| Paragraph { kind: tieout_grid::ParagraphKind::Heading, ..Paragraph::of(text.as_bytes(), 0) };
    let body = |text: &str| Paragraph::of(text.as_bytes(), 0);
    let found = claims(
        &[
            body("The Commercial Lines segment grew."),
            heading("Commercial Lines"),
            body("Revenues rose 5%."),
            heading("Liquidity"),
            body("Cash rose 6%."),
        ],
        &Context::default(),
    );
    let subjects: Vec<&str> = found.iter().map(|c| c.subject.as_str()).collect();
    assert_eq!(subjects, ["Commercial Lines Revenues", "Cash"]);
}

#[test]
fn a_noun_counts_both_numbers_before_it() {
    check(
        "It issued 2,435,846 and 6.3 million shares.",
        &[("count 2435846 shares", NOW), ("count 6300000 shares", NOW)],
    );
    assert_eq!(brief("The liquidation of $13 million of bonds was costly.").len(), 1);
    assert_eq!(brief("The preferred stock has a liquidation preference of $25.00.").len(), 0);
}

#[test]
fn words_to_the_right_govern() {
    check(
        "Revenue was $446.4 million, an 8.7% increase over the prior year.",
        &[("amount 446400000 Revenue", NOW), ("change_percent 0.087 Revenue", NOW)],
    );
    check("That reflects 19 percent higher volume.", &[("change_percent 0.19 volume", NOW)]);
    check(
        "Investment income was $11 million below the first quarter of 2002.",
        &[("change_amount -11000000 Investment income", NOW)],
    );
}

#[test]
fn an_effect_is_not_a_change() {
    // The subject would be compared with another period; it must stay unknown.
    check("Net income was reduced by $2.7 million for a charge.", &[("change_amount -2700000 ", "?")]);
    check("The rate order increased margin by $18 million.", &[("change_amount 18000000 ", "?")]);
    check("We increased our revenue per shipment by over 5%.", &[("change_percent 0.05 revenue per shipment", NOW)]);
}

#[test]
fn a_subject_that_could_not_be_read_is_not_the_one_before() {
    check(
        "Its cost of sales was $1 million. Operating expenses for it were $2 million.",
        &[("amount 1000000 cost of sales", NOW), ("amount 2000000 Operating expenses", NOW)],
    );
    check("Accounts payable rose to $3 million.", &[("amount 3000000 Accounts payable", "2003-03-31")]);
    check("Spare parts accounted for $4 million of the decrease.", &[("amount 4000000 ", "?")]);
}

#[test]
fn multiples_and_topics() {
    check("In the broadband category, our revenue more than doubled.", &[("multiple 2 broadband revenue", NOW)]);
    check(
        "Sales fell due to dial-up modems, as unit volume came down 8%.",
        &[("change_percent -0.08 dial-up modem unit volume", NOW)],
    );
    check(
        "Coatings Group \u{2014} Sales of $902 million increased $170 million.",
        &[("amount 902000000 Coatings Group Sales", NOW), ("change_amount 170000000 Coatings Group Sales", NOW)],
    );
}

#[test]
fn a_share_of_the_whole_named_before() {
    let found = read(
        "Selling, general and administrative expenses as a percentage of net sales declined to 15.1 percent, compared to 15.4 percent for 2002.",
    );
    assert_eq!(found.len(), 2);
    for claim in &found {
        assert_eq!(claim.kind, ClaimKind::ShareOf);
        assert_eq!(
            (claim.subject.as_str(), claim.of.as_str()),
            ("Selling, general and administrative expenses", "net sales")
        );
    }
}

#[test]
fn guidance_bounds_and_bases() {
    let found = read("We expect sales of $2.50 to $2.70 per share.");
    assert!(found.iter().all(|c| c.kind == ClaimKind::Guidance && c.period.is_none()) && found.len() == 2);
    assert_eq!(read("Sales were approximately $5 million.")[0].bound, Bound::Approximate);
    assert_eq!(read("Sales were more than $5 million.")[0].bound, Bound::AtLeast);
    assert_eq!(read("Excluding charges, net income was $5 million.")[0].basis, "excluding");
    assert_eq!(read("Pro forma net income was $5 million.")[0].basis, "pro forma");
}

#[test]
fn what_is_no_result_gives_no_claim() {
    check(
        "Call (800) 555-4836 at 5:00 p.m. on April 29, 2003, or see Item 9 of Form 8-K and Rule 13 for V.92 in Boston, MA 02111.",
        &[],
    );
    check("The Borrower shall maintain a net worth of $5 million.", &[]);
    check("The 6.75% convertible debentures and the common stock, par value $.01 per share, are listed.", &[]);
}

#[test]
fn another_time_than_the_document_is_unknown() {
    // Compared with a year, it is not of a quarter; compared with 1993, not of 2003.
    check("Sales rose 26.1 percent compared to 2002.", &[("change_percent 0.261 Sales", "?")]);
    check("Sales rose 26.1 percent compared to the first quarter of 1993.", &[("change_percent 0.261 Sales", "?")]);
}

#[test]
fn the_quarter_the_headline_names_places_those_of_other_years() {
    let context = Context { period: Period::months_to(3, date(2003, 3, 31)), ..Context::default() };
    let told = |head: &str, text: &str| {
        let found = claims(&[Paragraph::of(head.as_bytes(), 0), Paragraph::of(text.as_bytes(), 0)], &context);
        found.iter().map(|c| c.period.map_or("?".into(), |p| p.to_string())).collect::<Vec<_>>()
    };
    let text = "Sales were $5 million, up from $4 million in the first quarter of 2002.";
    assert_eq!(told("Brindle Reports First Quarter Results", text), [NOW, AGO]);
    assert_eq!(
        told(
            "A note.",
            "Sales were $5 million in the first quarter of 2003 and $4 million in the first quarter of 2002."
        ),
        [NOW, AGO]
    );
    // The year's end in June: its third quarter ends in March.
    assert_eq!(
        told("Third Quarter Results", "Sales were $9 million in the second quarter of 2003."),
        ["2002-10-01..2002-12-31"]
    );
    // Nobody says which quarter was reported.
    assert_eq!(told("A note.", text), ["?", "?"]);
}

#[test]
fn quotes_and_spans_are_verbatim() {
    let text = "\u{201C}Net  sales of\n $7.5   million\u{201D} fell (5%).";
    let paragraph = Paragraph::of(text.as_bytes(), 0);
    for claim in claims(&[paragraph], &Context::default()) {
        let raw = &text[claim.quote_span.start as usize..claim.quote_span.end as usize];
        assert_eq!(raw.split_whitespace().collect::<Vec<_>>().join(" "), claim.quote);
        assert!(claim.quote_span.contains(claim.span));
    }
}

#[test]
fn skipped_places_stay_silent() {
    let paragraph = Paragraph::of(b"Sales were $5 million.", 0);
    let skip = [paragraph.span];
    assert!(claims(&[paragraph], &Context { skip: &skip, ..Context::default() }).is_empty());
}

#[test]
fn the_reported_period_is_the_announced_one() {
    let text = "Acme announced results for the second quarter and six months ended June 30, 2004.";
    assert_eq!(reported_period(&[Paragraph::of(text.as_bytes(), 0)]), Period::months_to(3, date(2004, 6, 30)));
}

#[test]
fn hostile_text_is_read_in_time_and_without_a_panic() {
    for text in [
        "9".repeat(200_000),
        "1-".repeat(100_000),
        "$5 million and ".repeat(20_000),
        "(".repeat(100_000),
        "of $5 in 1995 ".repeat(20_000),
        "$5 million in May 1995, ".repeat(20_000),
        "sales of $5 ".repeat(20_000) + &"(in the first half of 1995) ".repeat(9_000),
        "\u{2019}$\u{a0}5%\u{201c}".repeat(9_000),
    ] {
        let _ = read(&text);
    }
    for cut in 0..60 {
        let text = "Net loss of $(5) million, or 6% of Q1 2003 sales, 5:1 at";
        let _ = read(text.get(..cut).unwrap_or(text));
        let _ = read(text.get(cut..).unwrap_or(text));
    }
}

#[test]
fn shares_of_the_same_in_two_years() {
    let years = ("2002-01-01..2002-12-31", "2001-01-01..2001-12-31");
    let expected = [("share_of 0.697 Cost of goods sold", years.0), ("share_of 0.702 Cost of goods sold", years.1)];
    check("Cost of goods sold was 69.7% of net sales in 2002 and 70.2% in 2001.", &expected);
    check("Cost of goods sold was 69.7% and 70.2% of net sales in 2002 and 2001, respectively.", &expected);
    let found = read("Cost of goods sold was 69.7% of net sales in 2002 and 70.2% in 2001.");
    assert_eq!((found[0].of.as_str(), found[1].of.as_str()), ("net sales", "net sales"));
}

//! A small release of our own and the report it should give, built by hand: what the pages and lists are
//! tested on.

use crate::rows::{Cell, List};
use crate::view::View;
use tieout::{
    Amount, Bound, Check, Claim, ClaimKind, Column, ColumnRole, Date, Document, DocumentFormat, Fact, FactRef, Finding,
    Label, Line, LineRole, Period, Proof, Report, Severity, Source, Span, StatementKind, Table, Tie, Unit, Verdict,
};

/// The one misprint: 1,870 / 3,903 is .479, so .48 and not .47.
const RELEASE: &str = "\
                                  EXHIBIT 99.1

             Maple Ridge Instruments Closes the Year

     Maple Ridge Instruments sold more. Sales of $4.2 million were up 5.0%
from a year earlier, and the net loss came to $.02 per share. Order intake
rose 12%.

                           MAPLE RIDGE INSTRUMENTS
                               Balance Sheets
                                (In thousands)
<TABLE>
<S>                                  <C>            <C>
                                      Dec 31,        Dec 31,
                                       2002           2001
                                      -------        -------
Assets

  Cash                               $ 1,200        $ 1,050
  Receivables                            640            715
                                      ------         ------
    Total assets                      $1,840         $1,765
                                      ======         ======
</TABLE>

                           MAPLE RIDGE INSTRUMENTS
                          Statements of Operations
                 (In thousands, except per share amounts)

                                      Year ended Dec 31,
                                       2002        2001
                                     ---------------------
Sales                                 $4,200      $4,000
Cost of sales                          2,950       3,660
                                     ---------------------
  Gross profit                         1,250         340
Selling expenses                      (1,330)     (2,210)
                                     ---------------------
  Net loss                               (80)     (1,870)

Loss per share                          (.02)       (.47)
Shares outstanding                     3,901       3,903
Order intake (unaudited)                  16          21
                                     =====================
";

const CHECKS: [Check; 2] = [
    Check { code: "FOOT", name: "column footing", severity: Severity::Error, tick: 'F', manual: "" },
    Check { code: "EPS", name: "per-share recomputation", severity: Severity::Error, tick: 'R', manual: "" },
];

/// The release and its report.
pub(crate) struct Fixture {
    pub(crate) report: Report,
}

impl Fixture {
    pub(crate) fn view(&self) -> View<'_> {
        View::new(Source::new("release.txt", RELEASE.as_bytes()), &self.report, &CHECKS)
    }
}

/// The rows of a list, cells joined by bars.
pub(crate) fn list(list: &List) -> Vec<String> {
    let fixture = release();
    let mut rows = Vec::new();
    (list.rows)(&fixture.view(), &mut |row| {
        assert_eq!(row.len(), list.columns.len());
        rows.push(row.iter().map(Cell::text).collect::<Vec<_>>().join("|"));
    });
    rows
}

/// Reads the fixture's two tables by the simplest rules that serve, then adds what checks would say.
pub(crate) fn release() -> Fixture {
    let mut report = Report::default();
    report.submission.documents.push(Document {
        doc_type: "EX-99.1".into(),
        filename: String::new(),
        description: String::new(),
        format: DocumentFormat::Text,
        body: Span::new(0, RELEASE.len()),
        dash_escaped: false,
    });
    let income = RELEASE.rfind("                           MAPLE").unwrap();
    let balance = RELEASE.find("                           MAPLE").unwrap();
    let [y2, y1] = [2002, 2001].map(|y| Date::new(y, 12, 31).unwrap());
    let year = |end| Period::months_to(12, end).unwrap();
    table(&mut report, StatementKind::BalanceSheet, balance..income - 1, [Period::Instant(y2), Period::Instant(y1)]);
    table(&mut report, StatementKind::Income, income..RELEASE.len(), [year(y2), year(y1)]);
    checks(&mut report);
    claims(&mut report, year(y2));
    findings(&mut report);
    Fixture { report }
}

fn table(report: &mut Report, kind: StatementKind, range: std::ops::Range<usize>, periods: [Period; 2]) {
    let index = report.tables.len() as u32;
    let mut lines: Vec<Line> = Vec::new();
    let mut start = range.start;
    for text in RELEASE[range.clone()].split_inclusive('\n') {
        let numbers: Vec<(usize, &str)> = numbers(text);
        if numbers.len() == 2 || text.trim() == "Assets" {
            let label = text.trim_start().split(['$', '\n']).next().unwrap().split("  ").next().unwrap();
            let heading = numbers.is_empty();
            let cash = label == "Cash";
            for (col, (at, printed)) in numbers.iter().enumerate() {
                let unit = unit(label);
                let scale = if unit == Unit::USD_PER_SHARE { 0 } else { 3 };
                report.facts.push(Fact {
                    table: index,
                    line: lines.len() as u32,
                    col: col as u32,
                    amount: amount(printed).scaled(scale),
                    unit,
                    period: Some(periods[col]),
                    span: Span::new(start + at, start + at + printed.len()),
                    aside: false,
                    proof: Proof::Proven,
                });
            }
            let at = start + text.find(label).unwrap();
            lines.push(Line {
                label: label.into(),
                label_span: Span::new(at, at + label.len()),
                section: if index == 0 && !heading { vec![0] } else { vec![] },
                role: if heading { LineRole::Heading } else { LineRole::Item },
                unit: unit(label),
                tag: if cash { "us-gaap:CashAndCashEquivalentsAtCarryingValue".into() } else { "".into() },
                tag_because: if cash { "label \"Cash\"".into() } else { String::new() },
                sum: None,
            });
        }
        start += text.len();
    }
    let column = |(period, heading): (Period, &str)| Column {
        heading: heading.into(),
        role: ColumnRole::Period,
        period: Some(period),
        member: String::new(),
        scenario: String::new(),
        because: format!("column heading \"{heading}\""),
    };
    report.tables.push(Table {
        doc: 1,
        kind,
        coreg: String::new(),
        scenario: String::new(),
        title: String::new(),
        scale: 3,
        scale_because: "In thousands".into(),
        columns: periods.into_iter().zip(["Dec 31, 2002", "Dec 31, 2001"]).map(column).collect(),
        lines,
        span: Span::new(range.start, range.end),
    });
}

fn unit(label: &str) -> Unit {
    match label {
        "Loss per share" => Unit::USD_PER_SHARE,
        "Shares outstanding" => Unit::Shares,
        _ => Unit::USD,
    }
}

/// Words of digits right of the labels.
fn numbers(line: &str) -> Vec<(usize, &str)> {
    let body = line.get(30..).unwrap_or("");
    let digits = |w: &str| w.chars().any(|c| c.is_ascii_digit()) && w.chars().all(|c| "0123456789,.()$".contains(c));
    let words = body.split_whitespace().filter(|w| digits(w) && !matches!(*w, "2002" | "2001" | "31,"));
    words
        .map(|w| {
            let at = w.as_ptr() as usize - line.as_ptr() as usize;
            let dollar = usize::from(w.starts_with('$'));
            (at + dollar, &w[dollar..])
        })
        .collect()
}

fn amount(printed: &str) -> Amount {
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let sign = if printed.starts_with('(') { -1 } else { 1 };
    Amount::new(sign * digits.parse::<i128>().unwrap(), if printed.contains('.') { -2 } else { 0 })
}

fn at(table: u32, line: u32, col: u32) -> FactRef {
    FactRef { table, line, col }
}

fn checks(report: &mut Report) {
    let mut tie = |code, verdict, fact: FactRef, subject: &str, computed, parts: Vec<FactRef>| {
        let figure = report.fact(fact).unwrap().clone();
        let off = verdict == Verdict::Off;
        report.ties.push(Tie {
            code,
            verdict,
            doc: 1,
            fact: Some(fact),
            subject: subject.into(),
            printed: figure.amount,
            computed: Some(computed),
            gap: Some(Amount::new(off.into(), 0)),
            tolerance: Some(Amount::new(5, -1)),
            span: figure.span,
            parts,
            because: String::new(),
            blames: if off { vec![fact] } else { vec![] },
        });
    };
    for col in 0..2 {
        let total = Amount::new([1840, 1765][col as usize], 3);
        tie("FOOT", Verdict::Ties, at(0, 3, col), "Total assets", total, vec![at(0, 1, col), at(0, 2, col)]);
    }
    let shares = |col| vec![at(1, 4, col), at(1, 6, col)];
    tie("EPS", Verdict::Off, at(1, 5, 1), "loss per share", Amount::new(-48, -2), shares(1));
    tie("EPS", Verdict::Ties, at(1, 5, 0), "loss per share", Amount::new(-2, -2), shares(0));
    for col in 0..2 {
        let gross = Amount::new([1250, 340][col as usize], 3);
        tie("FOOT", Verdict::Ties, at(1, 2, col), "Gross profit", gross, vec![at(1, 0, col), at(1, 1, col)]);
        let net = Amount::new([-80, -1870][col as usize], 3);
        tie("FOOT", Verdict::Ties, at(1, 4, col), "Net loss", net, vec![at(1, 2, col), at(1, 3, col)]);
    }
    for fact in report.facts.iter_mut().filter(|f| f.table == 1) {
        match (fact.line, fact.col) {
            (5, 1) => fact.proof = Proof::Off,
            (7, _) => fact.proof = Proof::Open,
            _ => {}
        }
    }
}

fn claims(report: &mut Report, year: Period) {
    let mut claim = |kind, quote: &str, number: &str, amount, unit, verdict, computed: &str, because: &str| {
        let start = RELEASE.find(quote.split(' ').next().unwrap()).unwrap();
        let end = start + RELEASE[start..].find(quote.rsplit(' ').next().unwrap()).unwrap();
        let span = RELEASE[start..].find(number).map(|i| Span::new(start + i, start + i + number.len())).unwrap();
        report.claims.push(Claim {
            doc: 1,
            kind,
            subject: "sales".into(),
            of: String::new(),
            quote: quote.into(),
            quote_span: Span::new(start, end + quote.rsplit(' ').next().unwrap().len()),
            period: Some(year),
            base: None,
            amount,
            unit,
            span,
            bound: Bound::Exact,
            basis: String::new(),
            note: String::new(),
            verdict,
            computed: computed.into(),
            support: if verdict == Verdict::Ties { vec![at(1, 0, 0), at(1, 0, 1)] } else { vec![] },
            because: because.into(),
        });
    };
    let sales = "Sales of $4.2 million were up 5.0% from a year earlier";
    let money = Amount::new(42, 5);
    claim(ClaimKind::Amount, sales, "$4.2 million", money, Unit::USD, Verdict::Ties, "4,200 in thousands", "");
    let growth = "(4,200 - 4,000) / 4,000 = 5.0%";
    let both = "both years are in table 2";
    claim(ClaimKind::ChangePercent, sales, "5.0%", Amount::new(50, -3), Unit::Pure, Verdict::Ties, growth, both);
    let orders = "Order intake rose 12%";
    let missing =
        "16 against 21 in table 2 is a fall of 23.8%, but whether that line is what the sentence means is not said";
    claim(ClaimKind::ChangePercent, orders, "12%", Amount::new(12, -2), Unit::Pure, Verdict::Open, "", missing);
}

fn findings(report: &mut Report) {
    let label = |fact: FactRef, text: &str| Label { span: report.fact(fact).unwrap().span, text: text.into() };
    let printed = report.fact(at(1, 5, 1)).unwrap().span;
    report.findings.push(Finding {
        code: "EPS",
        severity: Severity::Error,
        doc: 1,
        message:
            "loss per share of 2001 is printed .47; 1,870 / 3,903 is .479, which rounds to .48 (1 cent too little)"
                .into(),
        labels: vec![
            Label { span: Span { start: printed.start + 1, end: printed.end - 1 }, text: "printed here".into() },
            label(at(1, 4, 1), "the loss"),
            label(at(1, 6, 1), "the shares"),
        ],
        help: "the same division holds in the other column; .48 makes it hold in both".into(),
    });
    report.findings.push(Finding {
        code: "CLAIM",
        severity: Severity::Note,
        doc: 1,
        message: "\"Order intake rose 12%\": no table shows it".into(),
        labels: vec![Label { span: report.claims[2].span, text: String::new() }],
        help: String::new(),
    });
}

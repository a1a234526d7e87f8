//! The command line: a contract that scripts rely on. Extend it, don't change it.

use crate::page::text::wrap;
use clap::{ArgAction, Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads a company's earnings filing and proves its numbers.
#[derive(Debug, Parser)]
#[command(
    name = "tieout",
    version,
    about = "Reads a company's earnings filing and proves its numbers",
    long_about = "Reads a company's earnings filing and proves its numbers.\n\n\
        Give it an EDGAR submission or a bare press release, in plain text. It reads every financial statement into facts, \
        recomputes every total, balance and per-share figure, ties every number of the prose to the tables, \
        and shows where in the file each answer stands.",
    after_help = "Exit status: 0 all read and nothing off, 1 something is off, 2 could not read something.\n\
        'tieout help VERB' or 'tieout VERB --help' is the manual of one verb.",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = false,
    max_term_width = MEASURE
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Options that every verb takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// When to colour: auto is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = false)]
    pub(crate) color: ColorChoice,
    /// Say less: findings and the summary alone
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more: every table, every note, the reason for each verdict
    #[arg(short, long, global = true, action = ArgAction::SetTrue, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// How many files to read at once [default: one a core]
    #[arg(short, long, global = true, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Prove a filing's numbers: statements with tick marks, claims, findings
    Check {
        #[command(flatten)]
        files: Files,
        /// How to show it
        #[arg(short, long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
        #[arg(help = "How to show it: text, html, json, jsonl, sarif")]
        format: PageFormat,
        /// Write it to FILE instead of standard output; pages of several files go to a directory: pages/
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// List every number of every statement, one row each
    Facts(RowArgs),
    /// List every quantitative claim of the prose and its verdict, one row each
    Claims(RowArgs),
    /// List every check performed, one row each
    Ties(RowArgs),
    /// List every XBRL fact as tagged, with the printed number it wraps, one row each
    Tags(RowArgs),
    /// List header, cover page, items, exhibits and signature, one row each
    Cover(RowArgs),
    /// Compare two filings of one company: what agrees, what changed, what is new or gone
    Compare {
        /// The filing that came first: a release, last year's report, a draft
        #[arg(value_name = "EARLIER")]
        earlier: PathBuf,
        /// The filing that followed it
        #[arg(value_name = "LATER")]
        later: PathBuf,
        #[arg(short, long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
        #[arg(help = "How to show it: table (to look at), csv, json, jsonl (every figure)")]
        format: RowFormat,
    },
    /// Print a check's manual, or list all checks
    Rule {
        /// The check's code, as in the brackets of a finding: EPS
        code: Option<String>,
    },
}

/// What to read.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Filings to read, as filed: text or HTML; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// What to read, and how to list it.
#[derive(Debug, Args)]
pub(crate) struct RowArgs {
    #[command(flatten)]
    pub(crate) files: Files,
    #[arg(short, long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    #[arg(help = "How to list them: table (to look at), csv, json, jsonl (all columns)")]
    pub(crate) format: RowFormat,
}

/// How `check` shows a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    Text,
    Html,
    Json,
    Jsonl,
    Sarif,
}

/// How rows are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Csv,
    Json,
    Jsonl,
    /// Promised by the contract, not there yet: known, so that it can be answered, but not offered.
    #[value(hide = true)]
    Parquet,
}

/// No manual is wider.
const MEASURE: usize = 100;

/// The command with its manuals, made for a page of `width`.
pub(crate) fn command(width: usize) -> clap::Command {
    let width = width.min(MEASURE);
    let verbs = [
        ("check", CHECK),
        ("facts", FACTS),
        ("claims", CLAIMS),
        ("ties", TIES),
        ("tags", TAGS),
        ("cover", COVER),
        ("compare", COMPARE),
        ("rule", RULE),
    ];
    let command = Cli::command().term_width(width).after_long_help(hang(MANUAL, width));
    verbs
        .into_iter()
        .fold(command, |c, (verb, manual)| c.mut_subcommand(verb, |v| v.after_long_help(hang(manual, width))))
}

/// Wraps a manual. A line of two parts (a name, blanks, what it means) goes on under its second part; lines
/// indented that far already go on with it.
fn hang(manual: &str, width: usize) -> String {
    let mut entries: Vec<(&str, usize, String)> = Vec::new();
    for line in manual.lines() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        match entries.last_mut() {
            Some((_, column, text)) if indent > 2 && indent >= *column => *text += &format!(" {body}"),
            _ => {
                let gap = body.find("  ").map_or(0, |at| at + body[at..].len() - body[at..].trim_start().len());
                let (name, text) = line.split_at(indent + gap);
                entries.push((name, name.len(), text.to_string()));
            }
        }
    }
    let lines = entries.into_iter().map(|(name, column, text)| {
        let text = wrap(&text, width.saturating_sub(column)).join(&format!("\n{}", " ".repeat(column)));
        format!("{name}{text}").trim_end().to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The sentence for a format that is not there yet; `None` for those that are.
pub(crate) fn not_yet(verb: &Verb) -> Option<&'static str> {
    match verb {
        Verb::Facts(rows) | Verb::Claims(rows) | Verb::Ties(rows) | Verb::Tags(rows) | Verb::Cover(rows)
            if rows.format == RowFormat::Parquet =>
        {
            Some("--format parquet is not in this version yet; --format csv has the same columns in the same order")
        }
        _ => None,
    }
}

const MANUAL: &str = "\
Examples:
  tieout check 8k.txt                     the statements with tick marks, the claims, the findings
  tieout check -q *.txt                   only what is wrong, over many files
  tieout check --format html -o page.html 8k.txt
  tieout facts --format csv 8k.txt        every number with its concept, period, unit and place
  tieout claims 8k.txt                    what the prose says, and whether the tables agree
  curl -s URL | tieout check -            from standard input
  tieout rule EPS                         what a check does, and when it stays silent

Exit status:
  0  all files read, nothing off
  1  something is off: a printed figure cannot come from the figures it is made of
  2  a file could not be read, or the command was not understood; the other files are still done

A reader that closes the pipe early (tieout ... | head) is a success.

Environment:
  NO_COLOR  set to anything: no colour, unless --color always
  COLUMNS   how wide the page is, where there is no terminal to ask [default: 100]";

const CHECK: &str = "\
Tick marks stand beside the numbers, as auditors set them:
  capital   the number was checked and holds; the letter names the check (see the legend)
  small     the number is part of a calculation that holds
  X         exception: a failed check blames this number
  U         a check was tried, but the document does not carry what it needs
  ·         no check reaches this number

Examples:
  tieout check 8k.txt
  tieout check -v 10k.txt                 other tables too, all notes
  tieout check --format html -o page.html 10k.txt
  tieout check --format html -o pages/ *.txt
  tieout check --format sarif -o findings.sarif *.txt
  tieout check --format jsonl *.txt | jq -r 'select(.verdict == \"off\") | .file'

Formats:
  text   the page for people
  html   the same for a browser, in one file that needs nothing else: the document as filed on the left with a tick
         mark at each number, exceptions, statements and claims on the right. Click a number to see its calculation.
         j and k go from exception to exception, n and p from number to number, / filters, ? lists all keys
  json   one array with an object a file: cover, schedules, documents, tables, facts, claims, ties, findings
  jsonl  the same objects, one a line
  sarif  SARIF 2.1.0: the findings, for code review and continuous integration

Exit status: 0 nothing off, 1 something is off, 2 could not read something.";

const FACTS: &str = "\
Columns (csv, json and jsonl; the table shows the main ones):
  adsh          accession number, or empty
  doc           the document's number in the file, from 1
  doc_type      8-K, EX-99.1, 10-K405...
  report        the table's number in the file, from 1
  stmt          BS balance sheet, IS income, CF cash flow, EQ equity, CI comprehensive income, UN other
  coreg         empty for the registrant's consolidated figures, else whose
  scenario      empty as reported, else pro forma, restated, guidance...
  line, col     line and data column in the table, from 1; headings count as lines
  section       the headings above the line, joined by ' > '
  plabel        the line's label as printed
  tag           us-gaap:Name, tieout:Name, or empty
  because       what led to the tag and to the period
  period_start  ISO date; empty for instants
  period_end    ISO date
  qtrs          length in quarters; 0 for instants
  uom           USD, USD/shares, shares, pure, or another ISO currency
  value         the full value: scale applied, parentheses a minus, a printed dash 0
  decimals      printed precision: -3 thousands, 2 cents
  printed       the number as printed
  span_start, span_end   where it stands: byte offsets [start, end) in the file as given
  proof         proven, off or open

In json and jsonl an empty field is null and a value is a string, so that no digit is lost.

Examples:
  tieout facts 8k.txt
  tieout facts --format csv 19*.txt > facts.csv
  tieout facts --format jsonl 8k.txt | jq -r 'select(.tag == \"us-gaap:Assets\") | .value'";

const CLAIMS: &str = "\
Columns (csv, json and jsonl; the table shows the main ones):
  adsh, doc     accession number, document number
  claim         the claim's number in the file, from 1
  kind          amount, per_share, change_percent, change_amount, share_of, ratio, multiple, count,
                guidance, other
  subject       what it is about, in the document's words
  quote         the words that carry it
  period_start, period_end   when it holds, where that can be known
  value         full amounts; percents as fractions (down 16.0% is -0.160); doubled is 2
  decimals      printed precision of the value
  uom           USD, USD/shares, shares, pure
  span_start, span_end       byte offsets of the number in the file as given
  verdict       ties, off or open
  computed      the recomputation in one line
  support       the facts that carry it, as report.line.col
  because       why the verdict is what it is

Examples:
  tieout claims 8k.txt
  tieout claims --format csv *.txt > claims.csv";

const TIES: &str = "\
Columns (csv, json and jsonl; the table shows the main ones):
  adsh, doc     accession number, document number
  tie           the check's number in the file, from 1
  code          which check: see 'tieout rule'
  verdict       ties, off or open
  report, line, col          the figure checked; empty where it stands in the prose
  subject       what was checked, in words
  printed       as printed, full value
  computed      as calculated
  gap           how far apart, in units of the last printed digit
  tolerance     how far apart rounding alone can bring them, in the same units
  span_start, span_end       byte offsets of the figure in the file as given
  parts         the figures it was calculated from, as report.line.col

Examples:
  tieout ties 8k.txt
  tieout ties --format csv *.txt | grep ',off,'";

const TAGS: &str = "\
What an Inline XBRL document says by its tags (and what an XBRL instance in a submission states), beside the page.
The facts verb reads the page; the TAG check compares the two.

Columns:
  adsh, doc     accession number, document number
  name          the concept as tagged: us-gaap:Assets
  dimensions    axis=member, separated by '; '; empty for the whole entity
  period_start, period_end   of the fact's context; start empty for instants
  uom           USD, USD/shares, shares, pure, ...
  value         with scale and sign applied; words as their transformation reads them; empty for nil and for
                whole notes, whose text is the span
  decimals      the precision stated: -3 for thousands, INF for exact
  scale         power of ten between the printed digits and the value
  format        the transformation
  hidden        yes where the page does not show it
  fact          the number of a table that it wraps, as report.line.col
  id            its own id
  span_start, span_end       byte offsets of what it wraps in the file as given

Examples:
  tieout tags 10q.htm
  tieout tags --format csv 10q.htm | grep ',us-gaap:Assets,'";

const COVER: &str = "\
Columns:
  adsh, doc     accession number, document number (empty for the header)
  part          header, cover, item, exhibit, signature, release or schedule
  field         its name: for a header the printed key, for an EX-27 schedule the tag
  value         what it says
  note          what a reader should know about it; for a header field its section, for a schedule
                its article and column
  span_start, span_end       byte offsets in the file as given

Examples:
  tieout cover 8k.txt
  tieout cover --format jsonl *.txt | jq -r 'select(.part == \"item\") | .value'";

const COMPARE: &str = "\
A figure of both filings is one that stands in the same statement, for the same period and in the same unit, under
the same label or concept. It agrees where both print the same, as far as their precision goes.

Changes:
  undisclosed   it differs, and the later filing has no words for a change
  disclosed     it differs, and the later filing speaks of restated or reclassified figures, a stock split, ...
  new, dropped  a line of one filing only, in a statement and for a period that both have
  agreed        both print the same
  derived       of a period that neither prints: the year less nine months, six months less three

Columns (csv, json and jsonl):
  change        as above
  stmt, plabel, tag, period_start, period_end, uom
                as in the facts verb, from the later filing
  earlier, later, difference      full values; a derived figure stands under later
  because       how the two were known to be one figure, and what is said of the change
  earlier_fact, later_fact        where they stand, as report.line.col of each filing
  earlier_span_start, ... later_span_end       byte offsets in each file

Examples:
  tieout compare release.txt 10q.txt
  tieout compare 10q-2002.txt 10q-2003.txt
  tieout compare -v draft1.htm draft2.htm
  tieout compare --format csv release.txt 10q.txt | grep '^undisclosed'

Exit status: 0 nothing changed unless disclosed, 1 something did, 2 a file could not be read.";

const RULE: &str = "\
Examples:
  tieout rule             every check, with its tick mark
  tieout rule EPS         one check: what it checks, why it matters, an example, when it stays silent";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn manuals_hang_under_their_second_part() {
        let manual = "Columns:\n  doc     the number of the document\n  uom     USD,\n          shares";
        assert_eq!(
            hang(manual, 24),
            "Columns:\n  doc     the number of\n          the document\n  uom     USD, shares"
        );
        for width in [60, 80, 100] {
            for manual in [MANUAL, CHECK, FACTS, CLAIMS, TIES, TAGS, COVER, COMPARE, RULE].map(|m| hang(m, width)) {
                let long = manual.lines().find(|l| l.chars().count() > width);
                assert_eq!(long, None);
            }
        }
    }

    /// Every option and argument says what it does.
    #[test]
    fn everything_has_help() {
        for verb in Cli::command().get_subcommands() {
            assert!(verb.get_about().is_some(), "{}", verb.get_name());
            for arg in verb.get_arguments() {
                assert!(arg.get_help().is_some(), "{} {}", verb.get_name(), arg.get_id());
            }
        }
    }
}

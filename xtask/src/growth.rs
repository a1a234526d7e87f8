//! `cargo xtask growth`: does the cost stay linear in bytes, whatever the bytes are?
//!
//! Each pattern is repeated to two lengths, one four times the other. Linear work takes four times as long,
//! quadratic work sixteen times; between the two lies room for caches and allocators.

use crate::args::Args;
use std::time::{Duration, Instant};
use tieout::Source;

/// What is repeated: whatever makes some loop look far ahead or back.
const PATTERNS: &[&str] = &[
    "(",
    "<",
    "$",
    "-",
    "7",
    "1,",
    "\"",
    "a. ",
    "alpha ",
    "5% ",
    "$5 million, ",
    "$5 million, up 3% from $4 million, ",
    "\"sales of $5 million ",
    "net sales were 5 up 3% from (4) ",
    "sales of $5 million and $4 million, respectively, ",
    "December 31, 2002 and 2001, ",
    "<TABLE>",
    "<TABLE>\n<S> <C> <C>\n",
    "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n",
    "Item 5. Other Events.\n\n",
    "Sales        1,234      5,678\n",
    "Sales            -          -\n",
    "Sales    1,234    5,678\n\nSales rose 3%.\n\n",
    "  1,234",
    "  12/31/02",
    "(5) ",
    "<td>5",
    "<td x=\"",
    "<!--",
    "<!-- -",
    "<script><!--",
    "</title",
    "&#",
];

/// What stands before the pattern: in a statement more is tried than in prose.
const OPENINGS: &[(&str, &str)] =
    &[("prose", ""), ("statement", "              Statements of Income\n                2002       2001\n")];

/// The shorter length.
const SHORT: usize = 128 * 1024;
const TIMES: usize = 4;

/// Four times the bytes may take this many times as long.
const ALLOWED: u32 = 9;

/// Below this the clock tells nothing.
const NOTICEABLE: Duration = Duration::from_millis(100);

/// Measures every pattern; says which grow faster than their bytes.
pub(crate) fn run(args: Args) -> Result<(), String> {
    args.done()?;
    let mut failed = 0;
    for (place, opening) in OPENINGS {
        for pattern in PATTERNS {
            let (short, long) = (best(opening, pattern, SHORT), best(opening, pattern, SHORT * TIMES));
            if long > NOTICEABLE && long > short * ALLOWED {
                failed += 1;
                let (short, long) = (short.as_millis(), long.as_millis());
                println!("{pattern:?} in {place}: {SHORT} bytes {short} ms, {TIMES} times as many {long} ms");
            }
        }
    }
    println!("growth: {} passed, {failed} failed", OPENINGS.len() * PATTERNS.len() - failed);
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// The better of two runs: the other may have shared the machine.
fn best(opening: &str, pattern: &str, length: usize) -> Duration {
    let text = format!("{opening}{}", pattern.repeat(length / pattern.len()));
    let time = || {
        let start = Instant::now();
        std::hint::black_box(tieout::read(&Source::new("growth", text.as_bytes())));
        start.elapsed()
    };
    let first = time();
    if first > NOTICEABLE * 4 { first } else { first.min(time()) }
}

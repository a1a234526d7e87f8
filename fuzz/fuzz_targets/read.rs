//! The whole way of the data.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::Source;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("fuzz", bytes);
    let report = tieout::read(&source);
    for fact in &report.facts {
        let shown = source.slice(fact.span);
        let inside = fact.span.end as usize <= bytes.len();
        assert!(inside && (fact.amount.is_zero() || shown.iter().any(u8::is_ascii_digit)), "{fact:?}");
        assert!(report.fact(fact.reference()).is_some());
    }
    for claim in &report.claims {
        assert!(claim.quote_span.end as usize <= bytes.len() && claim.span.end as usize <= bytes.len());
    }
});

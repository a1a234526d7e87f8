//! Envelope, header, cover: whatever the bytes, nothing panics and every place lies in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout_source::Source;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("fuzz", bytes);
    let (submission, _) = tieout_submission::read(&source);
    let bodies = submission.documents.iter().map(|d| d.body);
    let fields = submission.header.iter().chain(&submission.cover).map(|f| f.span);
    for span in bodies.chain(fields) {
        assert!(span.start <= span.end && span.end as usize <= bytes.len(), "{span:?} of {}", bytes.len());
    }
});

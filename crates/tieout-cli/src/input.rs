//! Files as bytes, or a sentence that says why not and what to do instead.

use memmap2::Mmap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::Path;

/// Below this, reading is faster than mapping.
const MAP_FROM: u64 = 1 << 20;

/// The bytes of one input.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// Read into memory.
    Owned(Vec<u8>),
    /// Mapped.
    Mapped(Mmap),
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

/// The bytes of `path`, `-` for standard input. The error is a whole sentence for the user.
pub(crate) fn open(path: &Path) -> Result<Bytes, String> {
    let standard = path.as_os_str() == "-";
    let name = if standard { "standard input".to_string() } else { path.display().to_string() };
    let bytes = if standard { stdin() } else { file(path) }.map_err(|e| match e {
        Refusal::Io(e) => format!("{name}: {}", plain(&e)),
        Refusal::Directory => {
            format!("{name} is a directory; name the files in it: tieout check {}/*.txt", trimmed(path))
        }
        Refusal::TooLarge => format!("{name} is larger than 4 GiB; tieout reads one filing at a time: split it"),
    })?;
    match unreadable(&bytes) {
        Some(why) => Err(format!("{name} {why}")),
        None => Ok(bytes),
    }
}

enum Refusal {
    Io(io::Error),
    Directory,
    TooLarge,
}

impl From<io::Error> for Refusal {
    fn from(e: io::Error) -> Self {
        Refusal::Io(e)
    }
}

fn file(path: &Path) -> Result<Bytes, Refusal> {
    // The directory first: on some systems opening one succeeds and reading it then fails obscurely.
    let meta = std::fs::metadata(path)?;
    if meta.is_dir() {
        return Err(Refusal::Directory);
    }
    if meta.len() > tieout::MAX_LEN as u64 {
        return Err(Refusal::TooLarge);
    }
    let file = File::open(path)?;
    if meta.is_file() && meta.len() >= MAP_FROM {
        return Ok(Bytes::Mapped(map(&file)?));
    }
    all(file, meta.len())
}

fn stdin() -> Result<Bytes, Refusal> {
    all(io::stdin().lock(), 0)
}

/// Pipes do not say how long they are: stop one byte past the limit.
fn all(from: impl Read, expected: u64) -> Result<Bytes, Refusal> {
    let mut bytes = Vec::with_capacity(expected as usize);
    from.take(tieout::MAX_LEN as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > tieout::MAX_LEN { Err(Refusal::TooLarge) } else { Ok(Bytes::Owned(bytes)) }
}

#[allow(unsafe_code, reason = "a map is sound while nobody truncates the file; every mapping reader takes that risk")]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the map is read-only and private to this process; see the reason above for the one caveat.
    unsafe { Mmap::map(file) }
}

/// Why these bytes are no filing, and the way out; `None` where they may be one.
fn unreadable(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..8192).unwrap_or(bytes);
    let magic = |m: &[u8]| head.starts_with(m);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some("is empty: there is nothing to read");
    }
    if magic(b"%PDF-") {
        return Some("is a PDF; tieout reads plain text: pdftotext -layout FILE - | tieout check -");
    }
    if magic(b"\x1f\x8b") {
        return Some("is compressed: gzip -dc FILE | tieout check -");
    }
    if magic(b"\x28\xb5\x2f\xfd") {
        return Some("is compressed: zstd -dc FILE | tieout check -");
    }
    if magic(b"PK\x03\x04") {
        return Some("is a zip archive (or a Word or Excel file): unzip it, or save it as plain text");
    }
    if magic(b"\xff\xfe") || magic(b"\xfe\xff") {
        return Some("is UTF-16: iconv -f UTF-16 -t UTF-8 FILE | tieout check -");
    }
    // A stray NUL is dirt; many are another kind of file.
    let nuls = head.iter().filter(|&&b| b == 0).count();
    (nuls * 100 > head.len()).then_some("is binary; tieout reads plain text")
}

/// The system's words for an error, without its number.
pub(crate) fn plain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it".into(),
        _ => e.to_string(),
    }
}

fn trimmed(path: &Path) -> String {
    let name = path.display().to_string();
    match name.trim_end_matches('/') {
        "" => name,
        shorter => shorter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_no_filing() {
        assert!(unreadable(b"").unwrap().contains("empty"));
        assert!(unreadable(b" \r\n\t").unwrap().contains("empty"));
        assert!(unreadable(b"%PDF-1.4 ...").unwrap().contains("pdftotext"));
        assert!(unreadable(b"\x7fELF\x02\x01\x01\0\0\0\0\0").unwrap().contains("binary"));
    }

    #[test]
    fn old_bytes_are_fine() {
        assert_eq!(unreadable(b"Zoom\x92s sales \x96 up"), None);
        let mut long = vec![b'x'; 1000];
        long[3] = 0;
        assert_eq!(unreadable(&long), None, "one stray NUL");
    }
}

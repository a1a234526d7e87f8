//! Where the output goes: standard output, a file, or a file for each input.

use anstream::AutoStream;
use clap::ColorChoice;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where the output goes.
pub(crate) enum Target {
    /// All of it to one place, and what a message calls that.
    One(Box<dyn Write>, String),
    /// That of each input to a file of its own, in the order of the inputs.
    Each(Vec<PathBuf>),
}

impl Target {
    /// Standard output. `color` as for [`open`].
    pub(crate) fn stdout(color: Option<ColorChoice>) -> Target {
        Target::One(buffered(io::stdout().lock(), color), "standard output".into())
    }

    /// What a message calls it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Target::One(_, name) => name,
            // The error itself names the file.
            Target::Each(_) => "-o",
        }
    }

    /// Writes what belongs to no one input; pages have nothing of the sort.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Target::One(to, _) => to.write_all(bytes),
            Target::Each(_) => Ok(()),
        }
    }

    /// Writes the part of the input of this number.
    pub(crate) fn write_part(&mut self, number: usize, bytes: &[u8]) -> io::Result<()> {
        match self {
            Target::One(to, _) => to.write_all(bytes),
            Target::Each(paths) => match paths.get(number) {
                Some(path) => fs::write(path, bytes)
                    .map_err(|e| io::Error::new(e.kind(), format!("{}: {}", path.display(), crate::input::plain(&e)))),
                None => Ok(()),
            },
        }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::One(to, _) => to.flush(),
            Target::Each(_) => Ok(()),
        }
    }
}

/// Opens what `-o` says, or standard output. `pages` means that each input makes a whole page; `color` is wanted where
/// there may be any: data for programs is written as it is. The error is a sentence with the way out.
pub(crate) fn open(
    output: Option<&Path>,
    files: &[PathBuf],
    pages: bool,
    color: Option<ColorChoice>,
) -> Result<Target, String> {
    let Some(output) = output else {
        return match files {
            [_] if pages && io::stdout().is_terminal() => {
                Err("a page is of no use on a terminal: -o page.html writes it to a file".into())
            }
            [_, _, ..] if pages => Err(one_each(files.len())),
            _ => Ok(Target::stdout(color)),
        };
    };
    let name = output.display().to_string();
    let folder = output.is_dir() || name.ends_with('/');
    let error = |e: io::Error| format!("{name}: {}", crate::input::plain(&e));
    if folder && pages {
        fs::create_dir_all(output).map_err(error)?;
        return Ok(Target::Each(names(output, files)));
    }
    if folder {
        return Err(format!("{name} is a directory; -o wants the name of a file to write"));
    }
    if pages && files.len() > 1 {
        return Err(one_each(files.len()));
    }
    // Opening it for writing would empty what is to be read.
    let same = |file: &PathBuf| fs::canonicalize(file).is_ok_and(|f| fs::canonicalize(output).is_ok_and(|o| o == f));
    if files.iter().any(same) {
        return Err(format!("{name} is one of the files to read; -o would write over it"));
    }
    let file = File::create(output).map_err(error)?;
    Ok(Target::One(buffered(file, color), name))
}

fn one_each(files: usize) -> String {
    format!("a page holds one filing: -o pages/ writes {files} pages into the directory pages")
}

/// Colours taken out where they do not belong.
fn buffered<S: anstream::stream::RawStream + 'static>(to: S, color: Option<ColorChoice>) -> Box<dyn Write>
where
    AutoStream<S>: Write,
{
    const ROOM: usize = 1 << 16;
    let choice = match color {
        None => return Box::new(BufWriter::with_capacity(ROOM, to)),
        Some(ColorChoice::Always) => anstream::ColorChoice::Always,
        Some(ColorChoice::Never) => anstream::ColorChoice::Never,
        Some(ColorChoice::Auto) => AutoStream::choice(&to),
    };
    Box::new(BufWriter::with_capacity(ROOM, AutoStream::new(to, choice)))
}

/// `10k.txt` makes `10k.html`; where another file has made that already, `10k-2.html`.
fn names(folder: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    let mut taken: BTreeSet<OsString> = BTreeSet::new();
    let mut name = |file: &PathBuf| {
        let stem = match file.file_stem() {
            Some(stem) if file.as_os_str() != "-" => stem.to_os_string(),
            _ => "stdin".into(),
        };
        let mut name = stem.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = stem.clone();
            name.push(format!("-{n}"));
            n += 1;
        }
        name.push(".html");
        folder.join(name)
    };
    files.iter().map(&mut name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_name_of_its_own() {
        let files = ["a/10k.txt", "b/10k.txt", "-", "10k-2.htm"].map(PathBuf::from);
        let expected = ["10k.html", "10k-2.html", "stdin.html", "10k-2-2.html"].map(|n| Path::new("out").join(n));
        assert_eq!(names(Path::new("out"), &files), expected);
    }
}

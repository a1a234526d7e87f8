//! The corpus of real filings: not part of the project, so every task that wants it works without it.

use crate::repo;
use std::path::PathBuf;

/// The folders of plain-text filings.
const FOLDERS: &[&str] = &["seed", "text/8-K", "text/annual", "text/ex27", "text/labelled"];

/// The folders of HTML filings.
const HTML: &[&str] = &["html/8-K", "html/ixbrl", "html/old", "html/releases"];

/// One file: its name from the corpus folder on, and where it is.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl File {
    /// The folder it stands in: `text/annual`.
    pub(crate) fn category(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    pub(crate) fn read(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.path).map_err(|e| format!("{}: {e}", self.path.display()))
    }
}

/// Where it should be.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("TIEOUT_CORPUS").map_or_else(|| repo::root().join("../shared/corpus"), PathBuf::from)
}

/// Every plain-text filing, sorted by name; empty where there is no corpus.
pub(crate) fn files() -> Vec<File> {
    files_in(FOLDERS, ".txt")
}

/// Every HTML filing, as [`files`].
pub(crate) fn html() -> Vec<File> {
    files_in(HTML, "")
}

fn files_in(folders: &[&str], ending: &str) -> Vec<File> {
    let top = folder();
    let paths = folders.iter().flat_map(|f| repo::files(&top.join(f), ending));
    let name = |path: &PathBuf| path.strip_prefix(&top).map(|p| p.to_string_lossy().into_owned()).ok();
    let mut files: Vec<File> = paths.filter_map(|path| Some(File { name: name(&path)?, path })).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// What to say where it is not.
pub(crate) fn absent() -> String {
    format!("no corpus at {}: nothing compared (TIEOUT_CORPUS says where it is)", folder().display())
}

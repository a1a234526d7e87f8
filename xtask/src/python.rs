//! Python programs of others, each in a virtual environment of its own below `target/python`: nothing is
//! installed on the machine, and nothing is fetched twice.

use crate::repo;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of programs of an environment that holds exactly these packages, made where it is not there yet.
/// The error says why there is none: no Python, or a registry that cannot be reached.
pub(crate) fn environment(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let folder = repo::root().join("target").join("python").join(name);
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let (marker, wanted) = (folder.join("installed.txt"), packages.join("\n"));
    let there = std::fs::read_to_string(&marker).is_ok_and(|found| found == wanted);
    if there && quiet(Command::new(programs.join("python")).arg("--version")).is_ok() {
        return Ok(programs);
    }
    let python = ["python3", "python"].into_iter().find(|p| quiet(Command::new(p).arg("--version")).is_ok());
    let python = python.ok_or("no Python found")?;
    let _ = std::fs::remove_dir_all(&folder);
    quiet(Command::new(python).args(["-m", "venv"]).arg(&folder)).map_err(|why| format!("{python} -m venv: {why}"))?;
    let mut pip = Command::new(programs.join("python"));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--retries", "1", "--timeout", "20"]);
    quiet(pip.args(packages)).map_err(|why| format!("pip cannot install {}: {why}", packages.join(", ")))?;
    std::fs::write(&marker, wanted).map_err(|e| at(&marker, e))?;
    Ok(programs)
}

/// Runs it unheard; the error is the last line it wrote.
pub(crate) fn quiet(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| e.to_string())?;
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8_lossy(&said);
    if output.status.success() { Ok(()) } else { Err(said.lines().last().unwrap_or("no word of why").to_string()) }
}

fn at(path: &Path, error: std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_says_why() {
        let cargo = || Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        assert_eq!(quiet(cargo().arg("--version")), Ok(()));
        assert!(quiet(cargo().arg("no-such-command")).is_err());
        assert!(quiet(&mut Command::new("a program that is not there")).is_err());
    }
}

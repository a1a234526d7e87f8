//! Which crate may use which.

use super::Found;
use crate::repo;
use serde_json::Value;
use std::process::Command;

/// The stages from the bottom up. A crate uses crates of rows above its own in this list, never of its own
/// row or below: no stage knows who comes after it.
const STAGES: &[&[&str]] = &[
    &["tieout-source"],
    &["tieout-model", "tieout-html"],
    &["tieout-taxonomy", "tieout-submission", "tieout-inline", "tieout-grid"],
    &["tieout-statement", "tieout-prose", "tieout-coverage"],
    &["tieout-check", "tieout-compare"],
    &[FACADE],
];

/// The one crate of ours that the edges may use, beside one another.
const FACADE: &str = "tieout";

/// Third-party crates that stages may use: none of them opens files, prints, or reaches the network.
const PURE: &[&str] = &["jiff", "memchr", "aho-corasick", "phf", "encoding_rs"];

/// Crates of ours use only what is below them.
pub(super) fn direction(found: &mut Found) -> Result<(), String> {
    for (name, dependencies) in packages()? {
        if name == "xtask" {
            continue;
        }
        let own = dependencies.iter().filter(|d| is_ours(d));
        match rank(&name) {
            Some(rank) => {
                for used in own.filter(|used| self::rank(used).is_none_or(|r| r >= rank)) {
                    found.problem(format!("{name} uses {used}, which is not below it"));
                }
                for used in dependencies.iter().filter(|d| !is_ours(d) && !PURE.contains(&d.as_str())) {
                    found.problem(format!("{name} uses {used}: stages use {} only", PURE.join(", ")));
                }
            }
            None => {
                for used in own.filter(|used| *used != FACADE && self::rank(used).is_some()) {
                    found.problem(format!("{name} is an edge and uses {used}: edges use {FACADE} only"));
                }
            }
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    name == FACADE || name.starts_with("tieout-")
}

fn rank(name: &str) -> Option<usize> {
    STAGES.iter().position(|row| row.contains(&name))
}

/// Every package of the workspace with the names of its dependencies (not those of its tests).
fn packages() -> Result<Vec<(String, Vec<String>)>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let words = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(cargo).args(words).current_dir(repo::root()).output().map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_slice(&output.stdout)
        .map_err(|e| format!("cargo metadata: {e}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let packages = value["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let dependencies = |package: &Value| -> Vec<String> {
        let all = package["dependencies"].as_array().cloned().unwrap_or_default();
        all.iter().filter(|d| d["kind"].is_null()).map(|d| text(&d["name"])).collect()
    };
    Ok(packages.iter().map(|p| (text(&p["name"]), dependencies(p))).collect())
}

/// In the workspace's manifest each third-party crate says why it is there; nowhere else is a version named.
pub(super) fn reasons(found: &mut Found) -> Result<(), String> {
    let manifest = repo::text(&repo::root().join("Cargo.toml"))?;
    for line in section(&manifest, "[workspace.dependencies]") {
        let has_reason = line.rsplit_once("# ").is_some_and(|(_, reason)| reason.split_whitespace().count() >= 2);
        if !line.contains("path = ") && !has_reason {
            found.problem(format!("no reason beside: {line}"));
        }
    }
    for path in manifests()? {
        let manifest = repo::text(&repo::root().join(&path))?;
        for heading in ["[dependencies]", "[dev-dependencies]", "[build-dependencies]"] {
            for line in section(&manifest, heading).filter(|l| !l.contains("workspace = true")) {
                found.problem(format!("{path}: not the workspace's: {line}"));
            }
        }
    }
    Ok(())
}

/// Lints are set once, for all.
pub(super) fn lints(found: &mut Found) -> Result<(), String> {
    for path in manifests()? {
        let manifest = repo::text(&repo::root().join(&path))?;
        if section(&manifest, "[lints]").all(|l| l != "workspace = true") {
            found.problem(format!("{path}: [lints] workspace = true is missing"));
        }
    }
    Ok(())
}

/// The manifests of the workspace's crates.
fn manifests() -> Result<Vec<String>, String> {
    let all = repo::tracked()?.into_iter();
    Ok(all.filter(|p| p.ends_with("/Cargo.toml") && (p.starts_with("crates/") || p.starts_with("xtask/"))).collect())
}

/// The lines of a section, without blank ones and comments.
fn section<'a>(manifest: &'a str, heading: &'a str) -> impl Iterator<Item = &'a str> {
    let after = manifest.lines().skip_while(move |l| l.trim() != heading).skip(1);
    after.take_while(|l| !l.starts_with('[')).filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_at_the_next() {
        let lines: Vec<&str> = section("[a]\nx = 1\n\n# y\nz = 2\n[b]\nw = 3\n", "[a]").collect();
        assert_eq!(lines, ["x = 1", "z = 2"]);
    }

    #[test]
    fn ranks_go_up() {
        assert!(rank("tieout-grid") < rank("tieout-statement"));
        assert_eq!(rank("tieout-cli"), None);
    }
}

//! The tokenizer suite that browsers share, html5lib's. It is not part of the project: `TIEOUT_CONFORMANCE` says
//! where it is.
//!
//! Parse errors are not compared: the tokenizer recovers from them as the standard says, and reports none.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads files and says what it left out")]

mod form;

use form::Form;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tieout_html::Content;

/// What is left out, and why.
const LEFT_OUT: &[(&str, &str)] =
    &[("xmlViolation.test", "asks for changes that make the tokens fit XML, an option the standard does not have")];

#[test]
fn html5lib() {
    let folder = std::env::var_os("TIEOUT_CONFORMANCE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"), PathBuf::from);
    let folder = folder.join("html5lib-tokenizer");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("no conformance suite at {}: nothing compared", folder.display());
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some()).collect();
    paths.sort();
    let (mut passed, mut skipped, mut failed) = (0, 0, Vec::new());
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((_, why)) = LEFT_OUT.iter().find(|(left_out, _)| *left_out == name) {
            eprintln!("{name} left out: {why}");
            continue;
        }
        let suite: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).expect(&name);
        for test in suite["tests"].as_array().expect(&name) {
            for (content, element) in starts(test) {
                match run(test, content, &element) {
                    None => skipped += 1,
                    Some(Ok(())) => passed += 1,
                    Some(Err(difference)) => {
                        failed.push(format!("{name}: {} in {content:?}: {difference}", test["description"]));
                    }
                }
            }
        }
    }
    // Lone surrogates have no bytes in any encoding.
    eprintln!("html5lib: {passed} passed, {} failed, {skipped} hold lone surrogates", failed.len());
    assert!(passed > 6000 && failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// The states a test begins in, and the name of the last start tag.
fn starts(test: &Value) -> Vec<(Content, String)> {
    let element = test["lastStartTag"].as_str().unwrap_or_default();
    let state = |name: &str| match name {
        "Data state" => Content::Data,
        "RCDATA state" => Content::Rcdata,
        "RAWTEXT state" => Content::Rawtext,
        "Script data state" => Content::Script,
        "PLAINTEXT state" => Content::Plaintext,
        "CDATA section state" => Content::Cdata,
        _ => panic!("an unknown state: {name}"),
    };
    match test["initialStates"].as_array() {
        Some(names) => names.iter().map(|n| (state(n.as_str().unwrap()), element.to_string())).collect(),
        None => vec![(Content::Data, element.to_string())],
    }
}

/// None where the test cannot be written in bytes.
fn run(test: &Value, content: Content, element: &str) -> Option<Result<(), String>> {
    let escaped = test["doubleEscaped"] == true;
    let input = unescaped(test["input"].as_str().unwrap(), escaped)?;
    let mut expected = Vec::new();
    for token in test["output"].as_array().unwrap() {
        form::push(&mut expected, expected_form(token, escaped)?);
    }
    let ours = form::forms(input.as_bytes(), content, element.as_bytes());
    Some(if ours == expected {
        Ok(())
    } else {
        Err(format!("{input:?}\n  expected {expected:?}\n  ours     {ours:?}"))
    })
}

fn expected_form(token: &Value, escaped: bool) -> Option<Form> {
    let text = |value: &Value| unescaped(value.as_str()?, escaped);
    Some(match token[0].as_str().unwrap() {
        "StartTag" => {
            let all = token[2].as_object().unwrap();
            let attributes = all.iter().map(|(name, value)| Some((unescaped(name, escaped)?, text(value)?)));
            Form::Start(text(&token[1])?, attributes.collect::<Option<_>>()?, token[3] == true)
        }
        "EndTag" => Form::End(text(&token[1])?),
        "Character" => Form::Text(text(&token[1])?),
        "Comment" => Form::Comment(text(&token[1])?),
        "DOCTYPE" => Form::Doctype(text(&token[1]), text(&token[2]), text(&token[3]), token[4] == false),
        other => panic!("an unknown token: {other}"),
    })
}

/// `\uXXXX` as the character, where a test is escaped twice. None where it is half of a surrogate pair.
fn unescaped(text: &str, escaped: bool) -> Option<String> {
    if !escaped {
        return Some(text.to_string());
    }
    let mut parts = text.split("\\u");
    let mut out = parts.next()?.to_string();
    for part in parts {
        let (digits, rest) = part.split_at(4);
        out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap())?);
        out += rest;
    }
    Some(out)
}

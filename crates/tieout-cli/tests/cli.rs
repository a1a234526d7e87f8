//! The contract of the command line, on the built binary.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn tieout(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    command.args(args).env_remove("NO_COLOR").env_remove("COLUMNS").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> (i32, String, String) {
    parts(tieout(args).output().unwrap())
}

fn parts(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A file in a directory of this test's own.
fn file(test: &str, name: &str, bytes: &[u8]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Nothing in it can be off.
const WORDS: &[u8] = b"Maple Ridge Instruments opened an office by the lake.\n";

#[test]
fn nothing_off_is_0() {
    let path = file("quiet", "words.txt", WORDS);
    let (status, out, err) = run(&["check", path.to_str().unwrap()]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("nothing could be checked"), "{out}");
}

#[test]
fn a_missing_file_is_2_and_the_rest_is_done() {
    let path = file("missing", "words.txt", WORDS);
    let (status, out, err) = run(&["check", "no-such-file.txt", path.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert_eq!(err, "tieout: no-such-file.txt: no such file\n");
    assert!(out.contains("words.txt"), "{out}");
}

#[test]
fn a_directory_is_2_with_the_way_out() {
    let dir = file("directory", "words.txt", WORDS);
    let dir = dir.parent().unwrap().to_str().unwrap();
    let (status, out, err) = run(&["facts", dir]);
    assert_eq!((status, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("is a directory") && err.contains("tieout check "), "{err}");
}

#[test]
fn what_is_no_filing_is_2() {
    for (name, bytes, word) in [
        ("empty.txt", &b""[..], "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("paper.pdf", b"%PDF-1.4\n", "pdftotext"),
        ("a.out", b"\x7fELF\0\0\0\0\0\0", "binary"),
        ("a.txt.gz", b"\x1f\x8b\x08", "gzip -dc"),
    ] {
        let path = file("no-filing", name, bytes);
        let (status, _, err) = run(&["check", path.to_str().unwrap()]);
        assert_eq!(status, 2, "{name}");
        assert!(err.contains(word) && err.contains(name) && err.lines().count() == 1, "{name}: {err}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_fine() {
    let path = file("latin", "latin.txt", b"Maple Ridge\x92s office \x96 by the lake \xe9\n");
    assert_eq!(run(&["check", path.to_str().unwrap()]).0, 0);
}

#[test]
fn a_dash_is_standard_input() {
    let mut child =
        tieout(&["check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(WORDS).unwrap();
    let (status, out, _) = parts(child.wait_with_output().unwrap());
    assert_eq!(status, 0);
    assert!(out.starts_with("-\n"), "{out}");
}

#[test]
fn empty_standard_input_is_called_so() {
    let (status, _, err) = run(&["check", "-"]);
    assert_eq!((status, err.as_str()), (2, "tieout: standard input is empty: there is nothing to read\n"));
}

#[test]
fn html_is_read_as_text_is() {
    let page = b"<html><body><p>Statements of Income<br>Year ended December 31, 2019</p><table>\
        <tr><td>Net sales</td><td>$</td><td>4,200</td></tr><tr><td>Cost of sales</td><td></td><td>(3,100</td><td>)</td></tr>\
        <tr><td>Gross profit</td><td>$</td><td>1,100</td></tr></table></body></html>";
    let path = file("html", "release.htm", page);
    let (status, out, err) = run(&["facts", "--format", "csv", path.to_str().unwrap()]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("\"(3,100)\""), "{out}");
}

#[test]
fn a_closed_pipe_is_success() {
    let path = file("pipe", "words.txt", WORDS);
    let path = path.to_str().unwrap();
    // More files than a pipe holds the output of.
    let mut args = vec!["check"];
    args.extend(std::iter::repeat_n(path, 2000));
    let mut child = tieout(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let (status, _, err) = parts(child.wait_with_output().unwrap());
    assert_eq!((status, err.as_str()), (0, ""));
}

#[test]
fn output_keeps_the_order_of_the_files() {
    let names: Vec<String> = (0..40)
        .map(|i| {
            // The first are the longest, so that the others overtake them.
            let path = file("order", &format!("{i:02}.txt"), &WORDS.repeat(4000 / (i + 1) + 1));
            path.to_str().unwrap().to_string()
        })
        .collect();
    let mut args = vec!["check", "-q"];
    args.extend(names.iter().map(String::as_str));
    let (status, out, _) = run(&args);
    assert_eq!(status, 0);
    let seen: Vec<&str> = out.lines().filter_map(|l| l.split("  ").next()).filter(|l| l.ends_with(".txt")).collect();
    assert_eq!(seen, names);
}

#[test]
fn csv_has_one_header_in_contract_order() {
    let path = file("csv", "words.txt", WORDS);
    let path = path.to_str().unwrap();
    for (verb, header) in [
        (
            "facts",
            "adsh,doc,doc_type,report,stmt,coreg,scenario,line,col,section,plabel,tag,because,period_start,\
             period_end,qtrs,uom,value,decimals,printed,span_start,span_end,proof",
        ),
        (
            "claims",
            "adsh,doc,claim,kind,subject,quote,period_start,period_end,value,decimals,uom,span_start,span_end,\
             verdict,computed,support,because",
        ),
        (
            "ties",
            "adsh,doc,tie,code,verdict,report,line,col,subject,printed,computed,gap,tolerance,span_start,span_end,\
             parts",
        ),
        ("cover", "adsh,doc,part,field,value,note,span_start,span_end"),
    ] {
        let (status, out, _) = run(&[verb, "--format", "csv", path, path]);
        assert_eq!(status, 0);
        assert_eq!(out.lines().next().unwrap(), header);
        assert_eq!(out.matches("adsh").count(), 1);
    }
}

#[test]
fn json_is_an_array_and_lines_are_objects() {
    let path = file("json", "words.txt", WORDS);
    let path = path.to_str().unwrap();
    let (_, out, _) = run(&["facts", "--format", "json", path]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), serde_json::json!([]));
    let (_, out, _) = run(&["facts", "--format", "jsonl", path]);
    assert_eq!(out, "");
    let (_, out, _) = run(&["check", "--format", "json", path, path]);
    let reports: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(reports[1]["file"], path);
    let (_, out, _) = run(&["check", "--format", "jsonl", path, path]);
    assert_eq!(out.lines().filter(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()).count(), 2);
    let (_, out, _) = run(&["check", "--format", "sarif", path]);
    let log: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let path = file("colour", "words.txt", WORDS);
    let path = path.to_str().unwrap();
    assert!(!run(&["check", path]).1.contains('\x1b'));
    assert!(run(&["check", "--color", "always", path]).1.contains('\x1b'));
    assert!(!run(&["--color=never", "check", path]).1.contains('\x1b'));
}

#[test]
fn formats_to_come_are_said_kindly() {
    let path = file("formats", "words.txt", WORDS);
    let path = path.to_str().unwrap();
    let (status, _, err) = run(&["facts", "--format", "parquet", path]);
    assert!(status == 2 && err.contains("--format csv"), "{err}");
}

#[test]
fn a_page_is_one_file_that_fetches_nothing() {
    let path = file("page", "words.txt", WORDS);
    let page = path.with_extension("html");
    let (path, page) = (path.to_str().unwrap(), page.to_str().unwrap());
    let (status, out, err) = run(&["check", "--format", "html", path]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("<!doctype html>") && out.ends_with("</html>\n"), "{out}");
    assert!(out.contains("opened an office") && !out.contains("http:") && !out.contains("https:"), "{out}");
    let done = run(&["check", "--format", "html", "-o", page, path]);
    assert_eq!(done, (0, String::new(), String::new()));
    assert_eq!(std::fs::read_to_string(page).unwrap(), out);
}

#[test]
fn pages_of_several_files_go_to_a_directory() {
    let one = file("pages/in", "one.txt", WORDS);
    let two = file("pages/in", "two.txt", WORDS);
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let (status, out, err) = run(&["check", "--format", "html", one, two]);
    assert!(status == 2 && out.is_empty() && err.contains("-o pages/"), "{err}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages/out");
    let _ = std::fs::remove_dir_all(&folder);
    let into = format!("{}/", folder.display());
    // A file that cannot be read leaves no page, and the others theirs.
    let (status, out, err) = run(&["check", "--format", "html", "-o", &into, one, "no-such-file.txt", two]);
    assert_eq!((status, out.as_str(), err.as_str()), (2, "", "tieout: no-such-file.txt: no such file\n"));
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["one.html", "two.html"]);
    assert!(std::fs::read_to_string(folder.join("two.html")).unwrap().contains("two.txt"));
}

#[test]
fn output_goes_where_it_is_told() {
    let path = file("output", "words.txt", WORDS);
    let to = path.with_extension("json");
    let (path, to) = (path.to_str().unwrap(), to.to_str().unwrap());
    assert_eq!(run(&["check", "--format", "json", "-o", to, path]), (0, String::new(), String::new()));
    assert_eq!(std::fs::read_to_string(to).unwrap(), run(&["check", "--format", "json", path]).1);
    let (status, _, err) = run(&["check", "-o", path, path]);
    assert!(status == 2 && err.contains("write over"), "{err}");
    assert_eq!(std::fs::read_to_string(path).unwrap().as_bytes(), WORDS);
    let (status, _, err) = run(&["check", "-o", "no-such-directory/x.txt", path]);
    assert!(status == 2 && err.contains("no-such-directory"), "{err}");
    let folder = Path::new(path).parent().unwrap().to_str().unwrap();
    let (status, _, err) = run(&["check", "-o", folder, path]);
    assert!(status == 2 && err.contains("is a directory"), "{err}");
}

#[test]
fn mistakes_on_the_command_line_are_2() {
    assert_eq!(run(&["check"]).0, 2);
    assert_eq!(run(&["chek", "x"]).0, 2);
    for (verb, known) in [("check", "text, html, json, jsonl, sarif]"), ("facts", "table, csv, json, jsonl]")] {
        let (status, _, err) = run(&[verb, "--format", "xml", "x"]);
        assert!(status == 2 && err.contains(known), "{err}");
    }
    let (status, _, err) = run(&["rule", "NOSUCH"]);
    assert!(status == 2 && err.contains("NOSUCH"), "{err}");
}

#[test]
fn help_reads_like_a_manual() {
    let (status, out, _) = run(&["--help"]);
    assert_eq!(status, 0);
    for word in ["Examples:", "Exit status:", "NO_COLOR", "check", "facts", "claims", "ties", "cover", "rule"] {
        assert!(out.contains(word), "{word}");
    }
    let (_, facts, _) = run(&["facts", "--help"]);
    assert!(facts.contains("span_start, span_end") && facts.contains("us-gaap:Name"), "{facts}");
    let (_, short, _) = run(&["-h"]);
    assert!(short.lines().count() < out.lines().count());
    let (_, check, _) = run(&["check", "--help"]);
    assert!(check.contains("-o page.html") && check.contains("--output <FILE>"), "{check}");
    let narrow = tieout(&["facts", "--help"]).env("COLUMNS", "80").output().unwrap();
    let (_, narrow, _) = parts(narrow);
    assert!(
        narrow.contains("\n                balance sheet")
            || narrow.contains("\n                income")
            || narrow.contains("\n                comprehensive"),
        "{narrow}"
    );
    assert!(narrow.lines().all(|l| l.chars().count() <= 80), "{narrow}");
}

//! `cargo xtask page`: the page of `check --format html` in a real browser. What it does there stands in
//! `web-test/page.mjs`. It needs Node and Chromium (or Chrome) and installs neither: where one is missing, it says so and passes.

use crate::args::Args;
use crate::repo;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names that the browser goes by.
const BROWSERS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A document that tries to run, to load, to cover the page and to close its boxes.
const HOSTILE: &str = r#"<html><head><script>harm = 1</script><link rel=stylesheet href=http://127.0.0.1:9/x.css>
<style>@import "http://127.0.0.1:9/y.css"; #side { display: none }</style></head><body onload="harm = 2">
<p style="position:fixed;inset:0;z-index:99;background:url(http://127.0.0.1:9/z.png)">Maple Ridge Instruments</p>
<img src=http://127.0.0.1:9/x.png onerror="harm = 3"><svg onload="harm = 4"><script>harm = 5</script></svg>
<div style="position:absolute;left:-4000px;top:-4000px;width:9000px;height:9000px;background-color:red">.</div>
<a href="javascript:harm = 6">a</a><iframe src=http://127.0.0.1:9/></iframe><object data=http://127.0.0.1:9/o></object>
</template></div></div></section></main></body></html><table><b><script>harm = 7</script><p>the end"#;

/// Makes the pages of the examples and tries them.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let shots = args.flag("--shots");
    args.done()?;
    let Some(browser) = browser() else {
        println!("no Chromium found (CHROMIUM=PATH names one): the page is not tried in a browser");
        return Ok(());
    };
    if !works("node") {
        println!("no Node found: the page is not tried in a browser");
        return Ok(());
    }
    let folder = repo::root().join("target").join("page");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let hostile = folder.join("hostile.htm");
    std::fs::write(&hostile, HOSTILE).map_err(|e| format!("{}: {e}", hostile.display()))?;
    let large = folder.join("large.htm");
    std::fs::write(&large, self::large()).map_err(|e| format!("{}: {e}", large.display()))?;
    for (file, page) in [
        (Path::new("examples/planted.txt"), "planted.html"),
        (Path::new("examples/clean.txt"), "clean.html"),
        (Path::new("examples/zoom-2003.txt"), "zoom.html"),
        (Path::new("examples/bank-2024.htm"), "bank.html"),
        (Path::new("examples/annual-1995.txt"), "annual.html"),
        (&hostile, "hostile.html"),
        (&large, "large.html"),
    ] {
        let page = folder.join(page);
        let _ = std::fs::remove_file(&page);
        let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
        let status = Command::new(cargo)
            .args(["run", "--quiet", "-p", "tieout-cli", "--", "check", "--format", "html", "-o"])
            .args([page.as_path(), file])
            .current_dir(repo::root())
            .stderr(Stdio::null())
            .status();
        // 1 and 2 speak of the file.
        if !status.is_ok_and(|s| s.code().is_some_and(|c| c <= 2)) || !page.exists() {
            return Err(format!("no page of {}", file.display()));
        }
    }
    let mut test = Command::new("node");
    test.arg(repo::root().join("xtask/web-test/page.mjs")).arg(browser).arg(&folder);
    if shots {
        test.arg(repo::root().join("docs"));
    }
    let status = test.stdin(Stdio::null()).status().map_err(|e| format!("node: {e}"))?;
    if status.success() { Ok(()) } else { Err("the page does not do what it should".into()) }
}

/// A filing of ten megabytes as programs write them today: a style on every cell. One sum is off.
fn large() -> String {
    const BYTES: usize = 10 << 20;
    let cell = "vertical-align:bottom;padding:2px 1pt;text-align:right;background-color:#cceeff;font-family:'Times New \
                Roman',sans-serif;font-size:10pt;font-weight:400;line-height:120%;border-top:0.5pt solid #000";
    let row = |label: &str, now: u32, then: u32| {
        format!(
            "<tr><td colspan=3 style=\"{cell}\"><span style=\"color:#000000\">{label}</span></td>\
             <td style=\"{cell}\">$</td><td style=\"{cell}\">{now}</td><td style=\"{cell}\"></td>\
             <td style=\"{cell}\">$</td><td style=\"{cell}\">{then}</td></tr>\n"
        )
    };
    let mut page = String::from("<html><body><div style=\"width:100%\">\n<p>Maple Ridge Instruments</p>\n");
    let mut part = 0;
    while page.len() < BYTES {
        part += 1;
        page += &format!("<p style=\"margin-top:12pt\">{part}. Segment {part}</p><table>");
        page += &format!(
            "<tr><td colspan=3></td><td></td><td style=\"{cell}\">2024</td><td></td><td></td><td>2023</td></tr>\n"
        );
        let (mut now, mut then) = (0, 0);
        for line in 0..12 {
            let (a, b) = (117 + part % 83 + 31 * line, 96 + part % 71 + 29 * line);
            (now, then) = (now + a, then + b);
            page += &row(&format!("Product {line}"), a, b);
        }
        page += &row("Total net sales", if part == 2 { now + 90 } else { now }, then);
        page += "</table>";
        for _ in 0..6 {
            page +=
                "<p style=\"text-indent:24pt;line-height:120%\">The segment makes instruments and sells them.</p>\n";
        }
    }
    page + "<p>the last words</p></div></body></html>"
}

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.into_iter().chain(BROWSERS.map(PathBuf::from)).find(|b| works(b))
}

fn works(program: impl AsRef<Path>) -> bool {
    let mut command = Command::new(program.as_ref());
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|s| s.success())
}

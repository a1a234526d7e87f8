//! Judged figures as an XBRL report, and what Arelle says of it.
//!
//! Each sum stands in a context of its own. The taxonomy has one total and its items for every row of signs that
//! occurs, so that it stays small however many sums there are; a figure printed twice is two facts of one concept.

use super::judged::{Judged, Kind};
use crate::{python, repo};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use tieout::Amount;

/// What Arelle calls a sum, and two facts, whose rounding intervals do not meet.
const INCONSISTENT: &str = "calc11e:inconsistentCalculationUsingRounding";
const DUPLICATES: &str = "arelle:duplicateFacts";

/// Arelle's objection to each, in order; `None` where it has none.
pub(crate) fn judge(all: &[&Judged], programs: &Path) -> Result<Vec<Option<String>>, String> {
    let folder = repo::root().join("target").join("arelle");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let (schema, linkbase) = taxonomy(all);
    for (name, text) in [("sums.xsd", schema), ("sums-cal.xml", linkbase), ("report.xml", report(all))] {
        std::fs::write(folder.join(name), text).map_err(|e| format!("{name}: {e}"))?;
    }
    let log = folder.join("log.txt");
    let _ = std::fs::remove_file(&log);
    let mut arelle = Command::new(programs.join("arelleCmdLine"));
    arelle.current_dir(&folder).args(["--file", "report.xml", "--validate", "--calc", "c11r"]);
    arelle.args(["--validateDuplicateFacts", "inconsistent", "--workOffline", "--disablePersistentConfig"]);
    arelle.args(["--logFile", "log.txt", "--logFormat", "[%(messageCode)s] %(message)s"]);
    // What it keeps for itself stays out of the user's folders.
    arelle.arg("--xdgConfigHome").arg(&folder);
    python::quiet(&mut arelle).map_err(|why| format!("Arelle: {why}"))?;
    objections(&repo::text(&log)?, all.len())
}

/// The signs of a sum, as its total is named: `s` and a `p` or `m` for each item. A figure printed twice is `twice`.
fn name(judged: &Judged) -> String {
    match judged.kind {
        Kind::Sum => judged.parts.iter().fold("s".to_string(), |name, part| name + if part.1 { "m" } else { "p" }),
        Kind::Twice => "twice".to_string(),
    }
}

/// The schema and the calculation linkbase.
fn taxonomy(all: &[&Judged]) -> (String, String) {
    let mut schema = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xbrli=\"http://www.xbrl.org/2003/instance\"
 xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"
 targetNamespace=\"http://example.com/sums\" elementFormDefault=\"qualified\">
<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type=\"simple\" xlink:href=\"sums-cal.xml\"
 xlink:role=\"http://www.xbrl.org/2003/role/calculationLinkbaseRef\"
 xlink:arcrole=\"http://www.w3.org/1999/xlink/properties/linkbase\"/></xs:appinfo></xs:annotation>
<xs:import namespace=\"http://www.xbrl.org/2003/instance\"
 schemaLocation=\"http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd\"/>
"
    .to_string();
    let mut linkbase = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<link:linkbase xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">
<link:calculationLink xlink:type=\"extended\" xlink:role=\"http://www.xbrl.org/2003/role/link\">
"
    .to_string();
    let mut concept = |name: &str| {
        let _ = writeln!(
            schema,
            "<xs:element name=\"{name}\" id=\"{name}\" type=\"xbrli:decimalItemType\" \
             substitutionGroup=\"xbrli:item\" xbrli:periodType=\"instant\"/>"
        );
    };
    for total in all.iter().map(|j| name(j)).collect::<BTreeSet<String>>() {
        concept(&total);
        let signs = total.strip_prefix('s').unwrap_or_default();
        if signs.is_empty() {
            continue;
        }
        let locator = |name: &str| {
            format!("<link:loc xlink:type=\"locator\" xlink:href=\"sums.xsd#{name}\" xlink:label=\"{name}\"/>\n")
        };
        linkbase += &locator(&total);
        for (order, sign) in (1..).zip(signs.chars()) {
            let item = format!("{total}.{order}");
            concept(&item);
            linkbase += &locator(&item);
            let weight = if sign == 'm' { -1 } else { 1 };
            let _ = writeln!(
                linkbase,
                "<link:calculationArc xlink:type=\"arc\" \
                 xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/summation-item\" \
                 xlink:from=\"{total}\" xlink:to=\"{item}\" order=\"{order}\" weight=\"{weight}\"/>"
            );
        }
    }
    (schema + "</xs:schema>\n", linkbase + "</link:calculationLink></link:linkbase>\n")
}

/// The facts, each with the value and the decimals that were read.
fn report(all: &[&Judged]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<xbrli:xbrl xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" xmlns:link=\"http://www.xbrl.org/2003/linkbase\"
 xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:t=\"http://example.com/sums\">
<link:schemaRef xlink:type=\"simple\" xlink:href=\"sums.xsd\"/>
<xbrli:unit id=\"u\"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
"
    .to_string();
    for (index, judged) in all.iter().enumerate() {
        let _ = writeln!(
            out,
            "<xbrli:context id=\"c{index}\"><xbrli:entity><xbrli:identifier scheme=\"http://example.com/sum\">\
             {index}</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2003-12-31</xbrli:instant>\
             </xbrli:period></xbrli:context>"
        );
        let total = name(judged);
        let mut fact = |concept: &str, amount: Amount| {
            let decimals = amount.decimals();
            let _ = writeln!(
                out,
                "<t:{concept} contextRef=\"c{index}\" unitRef=\"u\" decimals=\"{decimals}\">{amount}</t:{concept}>"
            );
        };
        fact(&total, judged.total);
        for (order, &(part, _)) in (1..).zip(&judged.parts) {
            match judged.kind {
                Kind::Sum => fact(&format!("{total}.{order}"), part),
                Kind::Twice => fact(&total, part),
            }
        }
    }
    out + "</xbrli:xbrl>\n"
}

/// Reads the log: an objection names its context. Any other word than that it loaded and validated is an error,
/// for the report itself must be in order.
fn objections(log: &str, count: usize) -> Result<Vec<Option<String>>, String> {
    let mut found = vec![None; count];
    let mut validated = false;
    for line in log.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (code, message) = line.strip_prefix('[').and_then(|l| l.split_once("] ")).unwrap_or(("", line));
        let context = match code {
            INCONSISTENT => message.split_once(" context ").and_then(|(_, rest)| rest.split_whitespace().next()),
            DUPLICATES => message.split_whitespace().last().map(|word| word.trim_end_matches('.')),
            _ if code == "info" || code.starts_with("info:") => {
                validated |= message.starts_with("validated in ");
                continue;
            }
            _ => None,
        };
        let index = context.and_then(|c| c.strip_prefix('c')).and_then(|n| n.parse::<usize>().ok());
        let slot = index.and_then(|index| found.get_mut(index)).ok_or_else(|| format!("Arelle says: {line}"))?;
        *slot = Some(message.to_string());
    }
    if validated { Ok(found) } else { Err("Arelle validated nothing".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_says_which() {
        let log = "[info] loaded in 6.41 secs at 2026-11-23 - report.xml\n\
            [calc11e:inconsistentCalculationUsingRounding] Calculation inconsistent from spp in link role r \
            reported sum [1, 2] computed sum [3, 4] context c1 unit u\n\
            [arelle:duplicateFacts] Duplicate fact set with inconsistent duplicate(s) t:twice: 5, 6, c2.\n\
            [info:profileActivity] ... find inconsistencies 1.069 secs\n\
            [info] validated in 3.37 secs - report.xml\n";
        let found = objections(log, 4).unwrap();
        assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true, false]);
        assert!(objections(log, 2).is_err(), "a context that is not there");
        assert!(objections("[info] loaded in 1 secs", 4).is_err());
        let strange = log.to_string() + "[calc11e:excessDigits] Calculations check stopped\n";
        assert!(objections(&strange, 4).is_err());
    }

    #[test]
    fn one_total_for_each_row_of_signs() {
        let thousands = |n| Amount::new(n, 3);
        let sum = Judged {
            kind: Kind::Sum,
            total: thousands(3),
            parts: vec![(thousands(5), false), (Amount::new(2, 2), true)],
            ties: true,
            gap: Amount::default(),
            tolerance: Amount::default(),
            place: String::new(),
        };
        let (schema, linkbase) = taxonomy(&[&sum, &sum]);
        assert_eq!(schema.matches("<xs:element").count(), 3);
        assert_eq!(linkbase.matches("weight=\"-1\"").count(), 1);
        let facts = report(&[&sum, &sum]);
        assert!(facts.contains("<t:spm.2 contextRef=\"c1\" unitRef=\"u\" decimals=\"-2\">200</t:spm.2>"), "{facts}");
    }
}

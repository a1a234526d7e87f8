use tieout_model::{Fact, Table, Tagged, TaggedValue, Tagging};
use tieout_source::Source;

/// Ties tagged facts to the numbers of tables that they wrap, and names lines as their filer did: a line
/// takes the concept that most of its numbers are tagged with.
pub fn adopt(source: &Source<'_>, tables: &mut [Table], facts: &[Fact], tagging: &mut Tagging) {
    if tagging.facts.is_empty() {
        return;
    }
    wrap(facts, &mut tagging.facts);
    let mut named: Vec<(u32, u32, &Tagged)> = Vec::new();
    for tagged in &tagging.facts {
        if let Some(at) = tagged.fact {
            named.push((at.table, at.line, tagged));
        }
    }
    named.sort_by_key(|&(table, line, _)| (table, line));
    for line in named.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let names: Vec<&[u8]> = line.iter().map(|(.., tagged)| source.slice(tagged.name)).collect();
        let count = |name: &[u8]| names.iter().filter(|n| **n == name).count();
        // The first of those that are tagged most often.
        let most = names.iter().map(|name| count(name)).max().unwrap_or(0);
        let Some(name) = names.iter().find(|name| count(name) == most) else { continue };
        let Some(&(table, at, _)) = line.first() else { continue };
        if let Some(target) = tables.get_mut(table as usize).and_then(|t| t.lines.get_mut(at as usize)) {
            target.tag = String::from_utf8_lossy(name).into_owned().into();
            target.tag_because = "tagged so by the filer".to_owned();
        }
    }
}

/// Finds for each visible numeric fact the number it wraps: that of a table's cell whose bytes meet its own.
fn wrap(facts: &[Fact], tagged: &mut [Tagged]) {
    let mut places: Vec<(u32, usize)> = facts.iter().enumerate().map(|(i, f)| (f.span.start, i)).collect();
    places.sort_unstable();
    for fact in tagged.iter_mut() {
        let numeric = matches!(fact.value, TaggedValue::Number(_) | TaggedValue::Nil);
        if fact.hidden || !numeric || fact.span.is_empty() {
            continue;
        }
        // The last number that begins before this ends.
        let after = places.partition_point(|&(start, _)| start < fact.span.end);
        let cell = after.checked_sub(1).and_then(|i| places.get(i)).and_then(|&(_, i)| facts.get(i));
        fact.fact = cell.filter(|cell| cell.span.end > fact.span.start).map(Fact::reference);
    }
}

// Lays out what is known of the numbers, and ties it to the document beside it. The lists are those of data.rs, read
// by position; nothing is fetched, and every word of the filing goes through esc().
'use strict';
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const { head, docs, checks, periods, units, places, tables, facts, ties, claims, findings, words: said } = data;
// Labels and reasons come as numbers.
const spell = (list, ...at) => { for (const item of list) for (const i of at) item[i] = said[item[i]]; };
for (const t of tables) spell(t[10], 0, 3, 4);
spell(facts, 8);
spell(ties, 4, 8);
spell(claims, 1, 5);
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const out = $('out'), calc = $('calc'), help = $('help');
const VERDICT = ['ties', 'off', 'open'], LOOK = { o: 'off', p: 'ties', t: 'ties', u: 'open' };

const esc = (s) => String(s ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const many = (n, one, more = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;
const grouped = (s) => s.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
const upper = (s) => s.charAt(0).toUpperCase() + s.slice(1);
const check = new Map(checks.map((c) => [c[0], c]));

// ---- what belongs together -------------------------------------------------------------------------------

const gather = (list, key) => {
  const map = new Map();
  list.forEach((item, i) => {
    const keys = key(item);
    for (const k of Array.isArray(keys) ? keys : [keys]) if (k >= 0 || k > '') map.has(k) ? map.get(k).push(i) : map.set(k, [i]);
  });
  return map;
};
const index = (part) => (part < 0 ? -1 - part : part);
const factAt = gather(facts, (f) => f[0]);
const tieAt = gather(ties, (t) => t[2]);
const tieOf = gather(ties, (t) => t[9].map(index));
const blamedBy = gather(ties, (t) => t[10]);
const claimAt = gather(claims, (c) => c[0]);
const claimOf = gather(claims, (c) => c[6]);
const findingAt = gather(findings, (f) => [...new Set(f[4].map((l) => l[0]))]);
const factsOf = gather(facts, (f) => f[1]);
const look = (place) => places[place][2][0];
const mark = (place) => places[place][2].slice(1);
const printed = (place) => (place < 0 ? '' : places[place][1]);

// Documents shown as HTML are shadow roots; a number is in the page or in one of them. They come after this script, so
// that a number may not be there yet.
const hosts = () => [...document.querySelectorAll('.htm')];
const element = (place) => {
  for (const tree of [document, ...hosts().map((h) => h.shadowRoot)]) {
    const found = tree?.getElementById('n' + place);
    if (found) return found;
  }
  return null;
};
const pieces = (place) => {
  const first = element(place);
  if (!first || !('m' in first.dataset)) return first ? [first] : [];
  return [first, ...(first.closest('.c') ?? first.getRootNode()).querySelectorAll(`[data-n="${place}"]`)];
};

const when = (p) => {
  if (p < 0) return '';
  const [start, end, quarters] = periods[p];
  if (!start) return end;
  const length = quarters % 4 === 0 ? many(quarters / 4, 'year') : `${quarters * 3} months`;
  return quarters > 0 ? `${length} to ${end}` : `${start} to ${end}`;
};
const label = (fact) => {
  const [, table, line] = facts[fact];
  return tables[table][10][line]?.[0] || '(no label)';
};
const sections = (fact) => {
  const [, table, line] = facts[fact];
  const lines = tables[table][10], path = [];
  let depth = lines[line]?.[1] ?? 0;
  for (let i = line - 1; i >= 0 && depth > 0; i--) {
    if (lines[i][2] === 0 && lines[i][1] < depth) {
      path.unshift(lines[i][0]);
      depth = lines[i][1];
    }
  }
  return path;
};
// Lines of markup tell a reader nothing: they come as 0.
const stands = (at) => (at ? `line ${at.toLocaleString('en')}` : 'show');
const number = (place, words = printed(place), extra = '') =>
  place < 0 ? esc(words)
    : `<a class="num ${look(place)}" href="#n${place}" data-p="${place}"${mark(place) ? ` data-t="${esc(mark(place))}"` : ''}${extra}>${esc(words)}</a>`;
const code = (name, verdict) => `<span class="code ${'pou'[verdict] ?? ''}" title="${esc(check.get(name)?.[1] ?? '')}">${esc(name)}</span>`;
const badge = (verdict) => `<span class="v v${verdict}">${VERDICT[verdict]}</span>`;
const line = (place, words) => (place < 0 ? esc(words) : `<a href="#n${place}" data-p="${place}">${esc(words)}</a>`);

// ---- the right side --------------------------------------------------------------------------------------

const exceptions = findings.map((f, i) => i).filter((i) => findings[i][1] > 0).sort((a, b) => findings[b][1] - findings[a][1]);
const notes = findings.map((f, i) => i).filter((i) => findings[i][1] === 0);
const errors = exceptions.filter((i) => findings[i][1] === 2).length;

const verdict = () => {
  const tied = head.ties[0], all = head.ties[0] + head.ties[1] + head.ties[2];
  const [seal, title, words] =
    head.verdict === 'off'
      ? ['X', many(errors || exceptions.length, 'exception'), 'Figures of this document contradict one another. Each is shown below with its calculation.']
      : head.unread ? ['?', 'Not read', 'Nothing in this file is of a kind that this version reads.']
      : head.verdict === 'ties' ? ['F', 'It ties out', `Everything that could be checked holds: ${many(tied, 'check')} of ${all.toLocaleString('en')}.`]
      : ['U', 'Nothing could be checked', 'The document carries no figures that can be proven from one another.'];
  const meter = (name, [good, off, open]) => {
    const sum = good + off + open;
    if (!sum) return '';
    const width = (n) => `style="width:${(100 * n) / sum}%"`;
    return `<div class="meter"><i><span ${width(good)}></span>${off ? `<span class="o" ${width(off)}></span>` : ''}</i>
      <b>${good.toLocaleString('en')}</b> of ${many(sum, name[0])} ${name[1]}${off ? `, <b>${off}</b> off` : ''}</div>`;
  };
  return `<div class="verdict ${head.verdict}"><div class="seal" aria-hidden="true">${seal}</div><h2>${title}</h2><p>${words}</p></div>
    <div class="meters">${meter(['number', 'proven'], head.facts)}${meter(['check', 'tie'], head.ties)}${meter(['claim', 'tie'], head.claims)}</div>`;
};

const filterBar = () => {
  const chip = (name, words) => `<button type="button" data-show="${name}" aria-pressed="${name === 'all'}">${words}</button>`;
  return `<div class="filter" role="search"><div class="chips" role="group" aria-label="Show">${chip('all', 'All')}${chip('off', 'Off')}${chip('open', 'Open')}${chip('ties', 'Ties')}</div>
    <input id="find" type="search" placeholder="Filter lines, claims, concepts  ( / )" aria-label="Filter by words" autocomplete="off" spellcheck="false"></div>`;
};

const card = (i, nth) => {
  const [name, severity, message, hint, labels] = findings[i];
  const [place, at] = labels[0] ?? [-1, 0];
  const seen = new Set();
  const others = labels.filter(([p, l]) => p >= 0 && !seen.has(p) && seen.add(p));
  return `<li class="ex s${severity}" data-f="${i}" tabindex="0" aria-label="${esc(name)}: ${esc(message)}">
    <div class="top">${code(name, severity === 2 ? 1 : 2)}<span>${esc(check.get(name)?.[1] ?? '')}</span>${place >= 0 ? line(place, stands(at)).replace('<a ', '<a tabindex="-1" ') : ''}</div>
    <p class="say">${esc(message)}</p>${hint ? `<p class="help">${esc(upper(hint))}</p>` : ''}
    ${others.length > 1 || severity ? `<ul>${others.map(([p, , words]) => `<li>${number(p, printed(p), ' tabindex="-1"')} ${esc(words)}</li>`).join('')}</ul>` : ''}</li>`;
};

const findingsPart = () => {
  const some = exceptions.length
    ? `<section class="part" data-part="off"><h2>Exceptions <small>${[many(errors, 'error'), many(exceptions.length - errors, 'warning')].filter((s) => !s.startsWith('0')).join(', ')}<span class="keys"> · j and k step through them</span></small></h2><ol>${exceptions.map(card).join('')}</ol></section>`
    : '';
  return some;
};
const notesPart = () => notes.length
  ? `<section class="part"><details class="more"><summary class="h2">Notes <small>${many(notes.length, 'thing')} not settled, or worth knowing</small></summary><ol></ol></details></section>`
  : '';

const statement = (t) => {
  const [doc, kind, name, , who, , , first, last] = tables[t];
  const own = factsOf.get(t) ?? [];
  const of = (proof) => own.filter((f) => facts[f][7] === proof).length;
  const off = own.filter((f) => look2(f) === 'o').length;
  const open = kind !== 'UN';
  return `<details class="tab" data-table="${t}" style="--rows:${tables[t][10].length}"${open ? ' open' : ''}><summary><span class="name">${esc(name)}${who ? `, ${esc(who)}` : ''}</span>
    <small>${[docs.length > 1 ? esc(docs[doc - 1]?.[0] ?? '') : '', first ? `lines ${first.toLocaleString('en')}–${last.toLocaleString('en')}` : ''].filter(Boolean).join(' · ')}</small>
    <span class="n">${off ? `<b>${off} off</b> · ` : ''}${of(0)} of ${own.length} proven</span></summary></details>`;
};
const look2 = (f) => (facts[f][0] < 0 ? 'n' : look(facts[f][0]));

// A table's inside, made when it is opened.
const fill = (details) => {
  if (details.dataset.full) return;
  details.dataset.full = 1;
  const t = +details.dataset.table;
  const [, , , title, , scale, , , , columns, lines] = tables[t];
  const cells = new Map();
  const used = new Set();
  for (const f of factsOf.get(t) ?? []) {
    cells.set(facts[f][2] * 4096 + facts[f][3], f);
    used.add(facts[f][3]);
  }
  const cols = [...used].sort((a, b) => a - b);
  const scaled = { 3: 'in thousands', 6: 'in millions', 9: 'in billions' }[scale] ?? '';
  const rows = lines.map(([words, depth, role, tag], l) => {
    const tds = cols.map((c) => {
      const f = cells.get(l * 4096 + c);
      return `<td>${f === undefined ? '' : number(facts[f][0])}</td>`;
    });
    const looks = cols.map((c) => cells.get(l * 4096 + c)).filter((f) => f !== undefined).map((f) => LOOK[look2(f)] ?? 'none');
    return `<tr class="r${role}" data-v="${[...new Set(looks)].join(' ')}"${tag ? ` title="${esc(tag)}"` : ''}><td style="--d:${Math.min(depth, 8)}">${esc(words)}</td>${tds.join('')}</tr>`;
  });
  const th = (c) => {
    const f = (factsOf.get(t) ?? []).find((f) => facts[f][3] === c && facts[f][6] >= 0);
    const [heading, more] = columns[c] ?? ['', ''];
    return `<th scope="col">${esc(heading || (f === undefined ? '' : when(facts[f][6])))}${more ? `<small>${esc(more)}</small>` : ''}</th>`;
  };
  details.insertAdjacentHTML('beforeend',
    `${title ? `<p class="title">${esc(title)}${scaled && !title.toLowerCase().includes(scaled) ? ` (${scaled})` : ''}</p>` : ''}<div class="scroll"><table class="st"><thead><tr><th><span hidden>Line</span></th>${cols.map(th).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`);
  sieve(details);
  tint(details);
};

const claimItem = (i) => {
  const [place, , quote, v, computed, because, , at] = claims[i];
  const words = printed(place), from = words ? quote.indexOf(words) : -1;
  const said = from < 0 ? esc(quote) : `${esc(quote.slice(0, from))}<b>${esc(words)}</b>${esc(quote.slice(from + words.length))}`;
  return `<li data-c="${i}" tabindex="0"><span class="v v${v}">${VERDICT[v]}</span><q>${said}</q><span class="why">${esc(computed || because)}${at ? ` · ${stands(at)}` : ''}</span></li>`;
};
// Many at once are laid out some at a time.
const SOME = 40;
const some = (items, wrap) => {
  const pieces = [];
  for (let i = 0; i < items.length; i += SOME) pieces.push(wrap(items.slice(i, i + SOME).join(''), Math.min(SOME, items.length - i)));
  return pieces.join('');
};
const claimList = (v) => {
  const of = claims.map((c, i) => i).filter((i) => claims[i][3] === v).map(claimItem);
  return of.length ? `<div class="claims" data-part="${VERDICT[v]}">${some(of, (html, n) => `<ol class="some" style="--n:${n}">${html}</ol>`)}</div>` : '';
};
const claimsPart = () => {
  if (!claims.length) return '';
  const open = claims.filter((c) => c[3] === 2).length;
  // Many open claims are a list to search, not to read.
  const folded = open > 24;
  return `<section class="part"><h2>Claims <small>${many(claims.length, 'figure')} of the prose</small></h2>${claimList(1)}${claimList(0)}
    ${!open ? '' : `<details class="more" data-open${folded ? '' : ' open'}><summary>Open: ${many(open, 'claim')} that no table settles</summary></details>`}</section>`;
};

const statementsPart = () => {
  const face = tables.map((t, i) => i).filter((i) => tables[i][1] !== 'UN');
  const other = tables.map((t, i) => i).filter((i) => tables[i][1] === 'UN' && (factsOf.get(i) ?? []).length);
  return `${face.length ? `<section class="part"><h2>Statements <small>${face.length}, with a tick mark at each number</small></h2>${face.map(statement).join('')}</section>` : ''}
    ${other.length ? `<section class="part" id="others"><h2>Other tables <small>${other.length}</small></h2>${some(other.map(statement), (html, n) => `<div class="some" style="--n:${n}">${html}</div>`)}</section>` : ''}`;
};

const legendPart = () => {
  const letters = new Map();
  for (const [, name, tick] of checks) letters.set(tick, [...(letters.get(tick) ?? []), name]);
  const used = new Set(places.flatMap((p) => [...p[2].slice(1)].map((c) => c.toUpperCase())));
  const each = [...letters].filter(([l]) => used.has(l)).map(([l, names]) => `<span><b>${esc(l)}</b> ${esc(names.join(', '))}</span>`);
  return `<div class="legend">${each.join('')}<span class="t"><b>f</b> small: part of such a calculation</span><span class="o"><b>X</b> exception</span><span class="u"><b>U</b> the document does not carry what is needed</span></div>
    <p class="sign">${esc(head.file)} · ${many(head.bytes, 'byte')} · tieout ${esc(head.version)}. Proven means that the filing agrees with itself, not that it is true.</p>`;
};

document.querySelector('#who h1').textContent = head.company ?? head.file;
document.querySelector('#who p').textContent = [head.form, head.date, head.accession, head.company ? head.file : ''].filter(Boolean).join('  ·  ');
out.innerHTML = verdict() + (facts.length || claims.length || findings.length ? filterBar() : '') + findingsPart() + statementsPart() + claimsPart() + notesPart() + legendPart();
const ruler = $('ruler');
ruler.innerHTML = exceptions.map((i) => `<a class="s${findings[i][1]}" style="top:${findings[i][5] / 100}%" data-f="${i}" title="${esc(findings[i][2])}"></a>`).join('');
const lines = places.length ? places[places.length - 1][0] : 0;
root.classList.toggle('long', lines > 4000 || head.bytes > 400000);

const unfold = (details) => {
  if (details.matches('.tab')) fill(details);
  else if (details.dataset.full) return;
  else if ('open' in details.dataset) {
    details.insertAdjacentHTML('beforeend', claimList(2));
    details.dataset.full = 1;
    sieve(details);
  } else {
    details.querySelector('ol').innerHTML = notes.map(card).join('');
    details.dataset.full = 1;
  }
};

// ---- one number ------------------------------------------------------------------------------------------

let at = -1, current = -1;
const tinted = [];

const tieBlock = (i, mine = -1) => {
  const [name, v, place, , subject, computed, gap, tolerance, because, parts] = ties[i];
  const rows = parts.map((part) => {
    const f = index(part), p = facts[f][0];
    return `<tr${p === mine ? ' class="me"' : ''}><td class="sg">${part < 0 ? '−' : ''}</td><td>${line(p, label(f))} <span class="why">${elsewhere(f, place)}</span></td><td>${number(p)}</td></tr>`;
  });
  if (computed) rows.push(`<tr class="sum"><td></td><td>calculated</td><td>${esc(computed)}</td></tr>`);
  if (computed || parts.length) rows.push(`<tr class="pr"><td></td><td>printed</td><td>${esc(printed(place))}</td></tr>`);
  const far = gap === null ? '' : gap === '0' ? '<b class="ok">exact</b>'
    : `<b class="${v === 1 ? '' : 'ok'}">${esc(grouped(gap.replace('-', '')))}</b> apart in units of the last digit printed; rounding alone allows ${esc(tolerance ?? '0')}`;
  return `<div class="tie v${v}"><h3>${code(name, v)}<span>${esc(check.get(name)?.[1] ?? name)} <small>${esc(subject)}</small></span>${badge(v)}</h3>
    ${rows.length ? `<table>${rows.join('')}</table>` : ''}${far || because ? `<p class="gap">${[far, esc(because)].filter(Boolean).join(' · ')}</p>` : ''}</div>`;
};
// What tells a part from the figure it makes: its period where that is another.
const elsewhere = (f, place) => {
  const own = factAt.get(place)?.[0];
  const said = [];
  if (own === undefined || facts[own][1] !== facts[f][1]) said.push(tables[facts[f][1]][2]);
  if (own === undefined || facts[own][6] !== facts[f][6]) said.push(when(facts[f][6]));
  return esc(said.filter(Boolean).join(', '));
};

// The same amount of the same time, or the same concept: found when first asked for.
const twinKeys = ([, table, l, , value, unit, period]) => {
  const tag = tables[table][10][l]?.[3];
  return period < 0 ? [] : [...(+value ? [`${value}|${unit}|${period}`] : []), ...(tag ? [`${tag}|${unit}|${period}`] : [])];
};
let twins = null;
const twinOf = () => (twins ??= gather(facts, twinKeys));

const show = (place) => {
  const [at, text] = places[place];
  const own = factAt.get(place) ?? [], said = claimAt.get(place) ?? [];
  const f = own[0];
  const word = { o: 'off', p: f === undefined ? 'ties' : 'proven', t: 'part of a calculation that holds', u: 'open', n: 'not checked', w: '' }[look(place)];
  const v = { o: 1, p: 0, t: 0, u: 2 }[look(place)];
  const html = [`<button type="button" id="close" aria-label="Close" title="Close (Esc)">×</button>`];
  const path = f !== undefined
    ? [...sections(f), `<b>${esc(label(f))}</b>`].map((s, i, all) => (i === all.length - 1 ? s : esc(s))).join(' › ')
    : said.length ? `<b>${esc(claims[said[0]][1])}</b>` : '';
  html.push(`<div class="chead"><strong>${esc(text)}</strong><span class="path">${path}</span>${word ? `<span class="code ${'pou'[v] ?? ''}">${word}</span>` : ''}</div>`);
  for (const i of findingAt.get(place) ?? []) {
    const [, severity, message, hint, labels] = findings[i];
    // The calculation below says the rest; the whole sentence is needed where there is none.
    const known = said.length || (tieAt.has(place) || own.some((g) => blamedBy.has(g)));
    const words = said.length ? '' : known ? hint : [message, hint].filter(Boolean).join('; ');
    if (severity > 0 && (words || labels[0][0] !== place) || severity === 0 && labels[0][0] === place && words) html.push(`<p class="hint"><a href="#" data-f="${i}">${['Note', 'Warning', 'Exception'][severity]}</a> ${esc(upper(words || labels.find((l) => l[0] === place)[2]))}</p>`);
  }
  for (const c of said) {
    const [, , quote, v, computed, because, support] = claims[c];
    html.push(`<div class="tie v${v}"><h3><span>“${esc(quote)}”</span>${badge(v)}</h3>${support.length ? `<table>${support.map((s) => `<tr><td class="sg"></td><td>${line(facts[s][0], label(s))} <span class="why">${esc([tables[facts[s][1]][2], when(facts[s][6])].filter(Boolean).join(', '))}</span></td><td>${number(facts[s][0])}</td></tr>`).join('')}</table>` : ''}
      <p class="gap">${esc(because.includes(computed) ? because : [computed, because].filter(Boolean).join(' · '))}</p></div>`);
  }
  // A check of a claim says what the claim has said.
  const made = (tieAt.get(place) ?? []).filter((i) => !said.length || ties[i][9].length === 0 || !claims[said[0]][6].length);
  const blamed = own.flatMap((f) => blamedBy.get(f) ?? []).filter((i) => !made.includes(i));
  const order = (a, b) => [2, 0, 1][ties[b][1]] * -1 + [2, 0, 1][ties[a][1]];
  html.push(...[...new Set([...blamed, ...made])].sort((a, b) => (ties[a][1] === 1 ? -1 : 0) - (ties[b][1] === 1 ? -1 : 0) || order(b, a)).slice(0, 12).map((i) => tieBlock(i)));
  const part = own.flatMap((f) => tieOf.get(f) ?? []).filter((i) => !blamed.includes(i));
  // A number that makes others is shown in the nearest of them.
  const within = made.length || said.length ? -1 : part.find((i) => ties[i][3] >= 0 && facts[ties[i][3]][1] === facts[f]?.[1]) ?? -1;
  if (within >= 0) html.push(tieBlock(within, place));
  const lists = [];
  const list = (name, items, html) => items.length && lists.push(`<div><h3>${name}</h3><ul>${[...new Set(items.slice(0, 24).map(html))].slice(0, 12).map((x) => `<li>${x}</li>`).join('')}${items.length > 12 ? `<li class="why">and ${items.length - 12} more</li>` : ''}</ul></div>`);
  list('Part of', part.filter((i) => ties[i][3] >= 0 && i !== within), (i) => `${code(ties[i][0], ties[i][1])} ${line(ties[i][2], ties[i][4])}`);
  list('Said in the prose', own.flatMap((f) => claimOf.get(f) ?? []), (c) => `${badge(claims[c][3])} ${line(claims[c][0], `“${claims[c][2]}”`)}`);
  if (f !== undefined) {
    const period = facts[f][6];
    const stand = (i) => {
      const [p, table] = facts[i];
      return `${number(p)} ${line(p, label(i))} <span class="why">${esc([tables[table][2], places[p]?.[0] ? stands(places[p][0]) : ''].filter(Boolean).join(', '))}</span>`;
    };
    const twins = new Set(period < 0 ? [] : twinKeys(facts[f]).flatMap((k) => twinOf().get(k) ?? []));
    list('Also stands', [...twins].filter((i) => i !== f && facts[i][0] !== place).sort((a, b) => a - b), stand);
  }
  if (lists.length) html.push(`<div class="lists">${lists.join('')}</div>`);
  const dl = [['Stands', `<a href="#n${place}" data-p="${place}" data-jump>${at ? stands(at) : 'in the document'}</a>`]];
  if (f !== undefined) {
    const [, table, l, col, value, unit, period, , why] = facts[f];
    const [, , name, title, who, , scaleWhy, , , columns, rows] = tables[table];
    dl.push(['Table', `<a href="#" data-tab="${table}">${esc(upper(name))}${who ? ', ' + esc(who) : ''}</a> <span class="why">${esc(title)}</span>`]);
    dl.push(['Column', `${esc(columns[col]?.[0] ?? '')} <span class="why">${esc([when(period), why].filter(Boolean).join(', by '))}</span>`]);
    dl.push(['Value', `${esc(grouped(value))} ${esc(units[unit])}${scaleWhy ? ` <span class="why">scale by ${esc(scaleWhy)}</span>` : ''}`]);
    if (rows[l]?.[3]) dl.push(['Concept', `${esc(rows[l][3])} <span class="why">${esc(rows[l][4])}</span>`]);
  }
  html.push(`<dl class="facts">${dl.map(([k, v]) => `<dt>${k}</dt><dd>${v}</dd>`).join('')}</dl>`);
  calc.innerHTML = html.join('');
  calc.hidden = false;
  calc.scrollTop = 0;
  return [...new Set([...made, ...blamed, ...(within >= 0 ? [within] : [])].flatMap((i) => [...ties[i][9].map((x) => facts[index(x)][0]), ties[i][2]]).concat(said.flatMap((c) => claims[c][6].map((x) => facts[x][0]))))];
};

let parts = new Set();
// The links of the right side: those that were tinted are let go, those of this number are tinted.
const tint = (within) => {
  if (within === out) for (const a of out.querySelectorAll('.num:is(.at, .in)')) a.classList.remove('at', 'in');
  if (at < 0) return;
  const near = parts.size > 400 ? [] : [...parts];
  for (const p of [at, ...near]) for (const a of within.querySelectorAll(`.num[href="#n${p}"]`)) a.classList.add(p === at ? 'at' : 'in');
};
// The same in the document.
const tintDocument = () => {
  for (const e of tinted.splice(0)) e.classList.remove('at', 'in');
  for (const p of parts) for (const e of p === at ? [] : pieces(p)) tinted.push(e) && e.classList.add('in');
  for (const e of at < 0 ? [] : pieces(at)) tinted.push(e) && e.classList.add('at');
};
const select = (place, { move = true, focus = false } = {}) => {
  if (!(place >= 0 && place < places.length)) return;
  at = place;
  parts = new Set(show(place));
  tintDocument();
  const table = facts[factAt.get(place)?.[0]]?.[1];
  const tab = table === undefined ? null : out.querySelector(`.tab[data-table="${table}"][open]`);
  if (tab) unfold(tab);
  tint(out);
  const e = element(place);
  if (e && move) reveal(e, $('src'));
  if (e && focus) {
    e.tabIndex = -1;
    e.focus({ preventScroll: true });
  }
  const own = [...out.querySelectorAll(`.st .num[href="#n${place}"]`)].find((a) => a.checkVisibility());
  if (own && move !== 'side') reveal(own, out);
  for (const li of out.querySelectorAll('.claims [aria-current]')) li.removeAttribute('aria-current');
  const c = claimAt.get(place)?.[0];
  if (c !== undefined) {
    const li = out.querySelector(`[data-c="${c}"]`);
    if (li) {
      li.setAttribute('aria-current', 'true');
      if (move !== 'side') reveal(li, out);
    }
  }
  try { history.replaceState(null, '', '#n' + place); } catch { /* a page without an address */ }
};
const close = () => {
  at = -1;
  parts = new Set();
  tintDocument();
  tint(out);
  calc.hidden = true;
  for (const e of out.querySelectorAll('[aria-current=true]')) e.removeAttribute('aria-current');
  try { history.replaceState(null, '', location.pathname + location.search); } catch { /* as above */ }
};
// Only as far as needed: what is in sight stays where it is. Twice, since what comes into sight takes its own height.
const reveal = (e, box) => {
  const step = () => {
    const r = e.getBoundingClientRect(), b = box.getBoundingClientRect();
    const bottom = box.id === 'src' && matchMedia('(max-width: 900px)').matches && !calc.hidden ? b.bottom - calc.offsetHeight : b.bottom;
    if (r.top < b.top + 60 || r.bottom > bottom - 40) box.scrollTop += r.top - b.top - (bottom - b.top) * 0.35;
    if (r.left < b.left + 40 || r.right > b.right - 20) box.scrollLeft += r.left - b.left - b.width * 0.5;
  };
  step();
  step();
  requestAnimationFrame(step);
};

const exception = (i, focus = true) => {
  current = exceptions.indexOf(i);
  const place = findings[i][4].map((l) => l[0]).find((p) => p >= 0);
  if (place !== undefined) select(place, { move: 'side' });
  for (const li of out.querySelectorAll('.ex')) li.toggleAttribute('aria-current', false);
  const li = out.querySelector(`.ex[data-f="${i}"]`);
  if (li) {
    li.setAttribute('aria-current', 'true');
    reveal(li, out);
    if (focus) li.focus({ preventScroll: true });
  }
};
const stepException = (by) => {
  const shown = exceptions.filter((i) => out.querySelector(`.ex[data-f="${i}"]:not([hidden])`));
  if (!shown.length) return;
  const now = shown.indexOf(exceptions[current]);
  exception(shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : (now + by + shown.length) % shown.length]);
};
const stepNumber = (by) => {
  const show = root.dataset.show;
  const wanted = (p) => (show === 'all' ? look(p) !== 'w' : LOOK[look(p)] === show);
  let p = at;
  for (let n = 0; n < places.length; n++) {
    p = p < 0 ? (by > 0 ? 0 : places.length - 1) : (p + by + places.length) % places.length;
    if (wanted(p)) return select(p, { focus: true });
  }
};

// ---- what to show ----------------------------------------------------------------------------------------

const sieve = (within = out) => {
  const show = root.dataset.show, words = ($('find')?.value ?? '').trim().toLowerCase(), busy = show !== 'all' || words;
  const has = (e) => !words || (e.textContent + ' ' + (e.title ?? '')).toLowerCase().includes(words);
  for (const e of within.querySelectorAll('.ex')) e.hidden = (show === 'ties' || (show === 'off' && findings[e.dataset.f][1] === 0) || (show === 'open' && findings[e.dataset.f][1] === 2)) || !has(e);
  for (const e of within.querySelectorAll('.claims li')) e.hidden = (show !== 'all' && VERDICT[claims[e.dataset.c][3]] !== show) || !has(e);
  for (const e of within.querySelectorAll('.st tbody tr')) e.hidden = (show !== 'all' && !e.dataset.v.split(' ').includes(show)) || !has(e);
  // A table is judged by its numbers, whether or not they are made.
  for (const e of out.querySelectorAll('.tab')) e.hidden = Boolean(busy) && !tableHas(+e.dataset.table, show, words);
  for (const e of out.querySelectorAll('.claims')) e.hidden = Boolean(busy) && !e.querySelector('li:not([hidden])');
  for (const e of out.querySelectorAll('section.part')) {
    const unread = e.querySelector('details.more:not([data-full], [open])');
    e.hidden = Boolean(busy) && !unread && !e.querySelector('.ex:not([hidden]), .tab:not([hidden]), .claims:not([hidden])');
  }
};
const lower = new Map();
const lowered = (s) => lower.get(s) ?? (lower.set(s, s.toLowerCase()), lower.get(s));
const tableHas = (t, show, words) => {
  const lines = tables[t][10];
  const has = (l) => !words || lowered(lines[l]?.[0] ?? '').includes(words) || lowered(lines[l]?.[3] ?? '').includes(words);
  const of = (f) => (show === 'all' || LOOK[look2(f)] === show) && (has(facts[f][2]) || words && lowered(printed(facts[f][0])).includes(words));
  return (factsOf.get(t) ?? []).some(of) || show === 'all' && lines.some((_, l) => has(l));
};
const showOnly = (name) => {
  root.dataset.show = name;
  for (const b of out.querySelectorAll('.chips button')) b.setAttribute('aria-pressed', b.dataset.show === name);
  for (const host of hosts()) dress(host);
  if (name === 'open') for (const d of out.querySelectorAll('details[data-open]')) d.open = true;
  sieve();
};

// ---- light, help, panes ----------------------------------------------------------------------------------

const kept = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch { /* no storage for this page */ }
  return null;
};
const setDark = (on) => {
  root.toggleAttribute('data-dark', on);
  for (const host of hosts()) dress(host);
};
// A document in a box of its own does not see what the page is.
const dress = (host) => {
  host.toggleAttribute('data-dark', root.hasAttribute('data-dark'));
  host.dataset.show = root.dataset.show;
};
// Asked for by each such document as it comes.
window.dress = () => dress(document.currentScript.parentElement);
const system = matchMedia('(prefers-color-scheme: dark)');
const chosen = kept('tieout-theme');
setDark(chosen ? chosen === 'dark' : system.matches);
system.addEventListener('change', (e) => kept('tieout-theme') || setDark(e.matches));
const toggleDark = () => {
  const on = !root.hasAttribute('data-dark');
  setDark(on);
  kept('tieout-theme', on ? 'dark' : 'light');
};

const KEYS = [['j', 'next exception'], ['k', 'previous exception'], ['n', 'next number'], ['p', 'previous number'], ['/', 'filter by words'], ['f', 'show all, off, open, ties in turn'], ['d', 'light or dark'], ['Esc', 'close, then clear the filter'], ['?', 'this help']];
const showHelp = () => {
  help.innerHTML = `<button type="button" class="shut" aria-label="Close">×</button><h2 id="help-title">Reading this page</h2>
    <p>Click a number, here or in the document, to see where it stands and how it was checked.</p><h3>Keys</h3>
    <dl>${KEYS.map(([k, v]) => `<dt><kbd>${k}</kbd></dt><dd>${v}</dd>`).join('')}</dl><h3>Tick marks</h3>
    <dl>${checks.map(([c, name, tick]) => `<dt><kbd>${esc(tick)}</kbd></dt><dd><a href="#" data-rule="${esc(c)}">${esc(c)}</a> ${esc(name)}</dd>`).join('')}
    <dt><kbd>f</kbd></dt><dd>a small letter: part of such a calculation that holds</dd><dt><kbd>X</kbd></dt><dd>exception: a failed check blames this number</dd><dt><kbd>U</kbd></dt><dd>unsupported: the document does not carry what the check needs</dd></dl>`;
  if (!help.open) help.showModal();
};
const showRule = (name) => {
  const [c, title, , manual] = check.get(name) ?? [];
  if (!c) return;
  help.innerHTML = `<button type="button" class="shut" aria-label="Close">×</button><h2 id="help-title">${esc(c)}: ${esc(title)}</h2><pre>${esc(manual)}</pre>`;
  if (!help.open) help.showModal();
};
const pane = (name) => { root.dataset.pane = name; };

// ---- events ----------------------------------------------------------------------------------------------

document.addEventListener('click', (event) => {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return;
  const near = (what) => target.closest(what);
  const stop = () => event.preventDefault();
  let e;
  if ((e = near('data'))) {
    // Words picked up with the mouse are not a click.
    if (String(getSelection())) return;
    const id = e.id || 'n' + e.dataset.n;
    select(+id.slice(1), { move: 'doc' });
  } else if ((e = near('.code')) && check.has(e.textContent)) {
    stop();
    showRule(e.textContent);
  } else if ((e = near('[data-rule]'))) {
    stop();
    showRule(e.dataset.rule);
  } else if ((e = near('[data-p]'))) {
    stop();
    if ('jump' in e.dataset) pane('src');
    select(+e.dataset.p, { move: e.closest('#out') ? 'side' : true });
  } else if ((e = near('[data-tab]'))) {
    stop();
    pane('out');
    const tab = out.querySelector(`[data-table="${e.dataset.tab}"]`);
    if (tab) {
      tab.hidden = false;
      tab.open = true;
      fill(tab);
      tab.scrollIntoView({ block: 'start' });
    }
  } else if ((e = near('[data-f]'))) {
    stop();
    exception(+e.dataset.f, !e.closest('.ex'));
  } else if ((e = near('[data-c]'))) {
    select(claims[e.dataset.c][0], { move: 'side' });
    e.setAttribute('aria-current', 'true');
  } else if ((e = near('[data-show]')) && e.tagName === 'BUTTON') showOnly(e.dataset.show);
  else if ((e = near('.panes [data-pane]'))) pane(e.dataset.pane);
  else if (near('#close')) close();
  else if (near('#theme')) toggleDark();
  else if (near('#keys')) showHelp();
  else if (near('.shut') || target === help) help.close();
  else if ((e = near('a[href^="#"]'))) {
    // A place in the document, which lies in a shadow root that addresses do not reach.
    stop();
    e.getRootNode().getElementById?.(e.getAttribute('href').slice(1))?.scrollIntoView();
  }
});
document.addEventListener('toggle', (event) => event.target.matches('details[open]') && unfold(event.target), true);
document.addEventListener('input', (event) => {
  if (event.target.id !== 'find') return;
  if (event.target.value) out.querySelectorAll('details[data-open]').forEach(unfold);
  sieve();
});
const cycle = ['all', 'off', 'open', 'ties'];
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches?.('input');
  if (event.key === 'Escape') {
    if (help.open) return;
    if (typing) event.target.blur();
    if (!calc.hidden && !typing) return close();
    if ($('find')?.value || root.dataset.show !== 'all') {
      if ($('find')) $('find').value = '';
      showOnly('all');
    }
    return;
  }
  if (typing || help.open) return;
  const act = {
    j: () => stepException(1), k: () => stepException(-1), n: () => stepNumber(1), p: () => stepNumber(-1),
    d: toggleDark, '?': showHelp, f: () => showOnly(cycle[(cycle.indexOf(root.dataset.show) + 1) % 4]),
    '/': () => { pane('out'); $('find')?.focus(); $('find')?.select(); },
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  } else if (event.key === 'Enter' && event.target.matches('.ex, .claims li')) event.target.click();
});

// The line between the two sides can be moved.
const bar = $('bar'), main = document.querySelector('main');
const divide = (x) => {
  const share = Math.min(80, Math.max(20, (100 * x) / main.clientWidth));
  main.style.setProperty('--split', `${share}fr`);
  main.style.setProperty('--rest', `${100 - share}fr`);
};
bar.addEventListener('pointerdown', (event) => {
  bar.setPointerCapture(event.pointerId);
  bar.onpointermove = (e) => divide(e.clientX);
  event.preventDefault();
});
bar.addEventListener('pointerup', () => { bar.onpointermove = null; });
bar.addEventListener('keydown', (event) => {
  const by = { ArrowLeft: -40, ArrowRight: 40 }[event.key];
  if (by) divide(bar.offsetLeft + by);
});
addEventListener('beforeprint', () => out.querySelectorAll('.tab[open]').forEach(fill));
if (typeof document.body.checkVisibility !== 'function') Element.prototype.checkVisibility = function () { return this.offsetParent !== null; };

// The first statements at once, the others when they come near: each that is made moves all of a long page.
const tabs = [...out.querySelectorAll('.tab')];
tabs.filter((d) => d.open).slice(0, 6).forEach(unfold);
const near = new IntersectionObserver((seen) => seen.forEach((e) => e.isIntersecting && e.target.open && unfold(e.target)), { root: out, rootMargin: '1200px' });
tabs.forEach((d) => near.observe(d));

const address = () => /^#n\d+$/.test(location.hash) && select(+location.hash.slice(2), { focus: true });
addEventListener('hashchange', address);
address();
root.dataset.ready = '';

// The document is there.
document.addEventListener('DOMContentLoaded', () => {
  for (const { shadowRoot } of hosts()) {
    // A block lets nothing out: one that is wider than the page is shown as if it were none.
    const free = (block) => { if (block.scrollWidth > block.clientWidth) block.style.contentVisibility = 'visible'; };
    shadowRoot?.addEventListener('contentvisibilityautostatechange', (event) => event.skipped || free(event.target), true);
    for (const block of [...shadowRoot?.querySelectorAll('.c') ?? []].slice(0, 3)) free(block);
  }
  if (at >= 0) {
    tintDocument();
    const e = element(at);
    if (e) reveal(e, $('src'));
  } else if (exceptions.length && innerWidth > 900 && !$('src').scrollTop) {
    const place = findings[exceptions[0]][4].map((l) => l[0]).find((p) => p >= 0);
    const e = place === undefined ? null : element(place);
    if (e) reveal(e, $('src'));
  }
});
})();

// The page in a browser, as a reader uses it: node page.mjs BROWSER FOLDER [SHOTS]. FOLDER holds pages of the examples
// (planted.html, clean.html), of a document that means harm (hostile.html) and of a very long one (large.html); SHOTS is where to leave pictures.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open } from './browser.mjs';

const [program, folder, shots] = process.argv.slice(2);
const address = (name) => pathToFileURL(resolve(folder, name)).href;
const browser = await open(program);
const { evaluate, press, click, until } = browser;
let failed = 0;

const equal = (seen, wanted) => {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`);
};
const holds = async (code) => {
  if (!(await until(code, 5000))) throw new Error(`not so: ${code}`);
};
const test = async (name, run) => {
  try {
    await run();
    console.log(`ok     ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n       ${error.message}`);
  }
};
const q = (what) => `document.querySelector(${JSON.stringify(what)})`;
const calc = `document.getElementById('calc').innerText`;
const number = (text) => `[...document.querySelectorAll('data')].find((d) => d.textContent === ${JSON.stringify(text)})`;

await browser.go(address('planted.html'));

await test('the verdict stands at the top, exceptions first', async () => {
  const cards = await evaluate(`[...document.querySelectorAll('.ex')].map((e) => e.classList[1] + ' ' + e.querySelector('.code').textContent)`);
  const errors = cards.filter((c) => c.startsWith('s2'));
  equal(await evaluate(`${q('.verdict h2')}.textContent`), `${errors.length} exceptions`);
  equal(cards.slice(0, errors.length), errors);
  for (const one of ['s2 FOOT', 's2 BAL', 's2 CF-BS', 's2 PCT', 's1 EX27']) if (!cards.includes(one)) throw new Error(`no ${one} among ${cards}`);
  const parts = await evaluate(`[...document.querySelectorAll('section.part > h2')].map((h) => h.firstChild.textContent.trim())`);
  equal(parts, ['Exceptions', 'Statements', 'Claims']);
});

await test('lines have the numbers of the file', async () => {
  // A counter cannot be read back; the piece says where it begins.
  const line = `(() => { const p = ${number('8,124')}.closest('p'); return +p.parentElement.style.getPropertyValue('--f') + [...p.parentElement.children].indexOf(p) + 1; })()`;
  equal(await evaluate(line), 88);
});

await test('a click on a number shows its calculation', async () => {
  await click(number('10,598'));
  await holds(`/column footing/.test(${calc}) && /10,498/.test(${calc}) && /6,391/.test(${calc})`);
  await holds(`/Total operating expenses/.test(${calc}) && /line 143/.test(${calc}) && /us-gaap:/.test(${calc})`);
  equal(await evaluate(`[...document.querySelectorAll('#src data.in')].map((d) => d.textContent).includes('4,107')`), true);
  equal(await evaluate('location.hash'), await evaluate(`'#' + ${number('10,598')}.id`));
});

await test('a figure said in the prose points at the tables', async () => {
  await click(number('$53.2 million'));
  await holds(`/53,172/.test(${calc}) && /income statement/.test(${calc})`);
  await click(number('53,172'));
  await holds(`/Said in the prose/.test(${calc}) && /53\\.2 million/.test(${calc})`);
});

await test('Escape closes the calculation', async () => {
  await press('Escape');
  await holds(`document.getElementById('calc').hidden && location.hash === ''`);
});

await test('j and k go from exception to exception', async () => {
  const now = `${q('.ex[aria-current=true] .say')}?.textContent ?? ''`;
  await press('j');
  await holds(`(${now}).startsWith('Total current assets')`);
  await press('j');
  await holds(`(${now}).startsWith('Total liabilities')`);
  await press('k');
  await holds(`(${now}).startsWith('Total current assets')`);
  await holds(`(() => { const r = ${q('#src data.at')}.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; })()`);
});

await test('n and p go from number to number', async () => {
  await press('Escape');
  const now = `${q('#src data.at')}?.textContent`;
  await press('n');
  await holds(`${now} !== undefined`);
  const first = await evaluate(now);
  await press('n');
  await holds(`${now} !== ${JSON.stringify(first)}`);
  await press('p');
  await holds(`${now} === ${JSON.stringify(first)}`);
  equal(await evaluate('document.activeElement.tagName'), 'DATA');
  await press('Escape');
});

await test('the filter leaves what is wanted', async () => {
  const rows = `[...document.querySelectorAll('.st tbody tr, .claims li')].filter((r) => r.checkVisibility())`;
  const all = await evaluate(`${rows}.length`);
  await click(q('.chips [data-show=off]'));
  await holds(`${rows}.length > 0 && ${rows}.length < ${all} / 4 && ${rows}.every((r) => r.querySelector('.num.o, .v1'))`);
  await press('Escape');
  await holds(`${rows}.length === ${all}`);
  await press('/');
  equal(await evaluate('document.activeElement.id'), 'find');
  for (const key of 'cost of') await press(key);
  await holds(`${rows}.length > 0 && ${rows}.every((r) => /cost of/i.test(r.textContent))`);
  await press('Escape');
  await press('Escape');
  await holds(`${rows}.length === ${all}`);
});

await test('help names the keys, and each check has its manual', async () => {
  await press('?');
  await holds(`${q('#help')}.open && /next exception/.test(${q('#help')}.innerText)`);
  await click(q('[data-rule=FOOT]'));
  await holds(`/What it checks/.test(${q('#help')}.innerText)`);
  await press('Escape');
  await evaluate(`${q('#help')}.close()`);
});

await test('light and dark', async () => {
  const paper = `getComputedStyle(${q('.doc')}).backgroundColor`;
  const light = await evaluate(paper);
  await browser.dark(true);
  await holds(`${paper} !== ${JSON.stringify(light)}`);
  await click(q('#theme'));
  await holds(`${paper} === ${JSON.stringify(light)}`);
  await press('d');
  await holds(`${paper} !== ${JSON.stringify(light)}`);
  await evaluate('localStorage.clear()');
  await browser.dark(false);
});

await test('words are legible: contrast of 4.5 and more, light and dark', async () => {
  const worst = `(() => {
    const rgb = (c) => { const x = document.createElement('canvas').getContext('2d'); x.fillStyle = c; x.fillRect(0, 0, 1, 1); return [...x.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => ((v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)); };
    const l = (c) => { const [r, g, b] = rgb(getComputedStyle(document.documentElement).getPropertyValue(c)); return .2126 * r + .7152 * g + .0722 * b; };
    const ratio = (a, b) => { const [x, y] = [l(a), l(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
    return Math.min(...['--page', '--card', '--paper'].flatMap((b) => ['--ink', '--quiet', '--tick', '--off', '--open', '--accent'].map((c) => ratio(c, b))), ratio('--off', '--off-wash'), ratio('--open', '--open-wash'), ratio('--tick', '--tick-wash'), ratio('--quiet', '--stripe'));
  })()`;
  for (const dark of [false, true]) {
    await browser.dark(dark);
    await browser.sleep(100);
    const ratio = await evaluate(worst);
    if (ratio < 4.5) throw new Error(`${dark ? 'dark' : 'light'}: ${ratio.toFixed(2)}`);
  }
  await browser.dark(false);
});

await test('a small window shows one side at a time', async () => {
  await browser.size(390, 844, true);
  await holds(`!${q('#src')}.checkVisibility() && ${q('#out')}.checkVisibility()`);
  await click(q('.panes [data-pane=src]'));
  await holds(`${q('#src')}.checkVisibility() && !${q('#out')}.checkVisibility()`);
  equal(await evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  await browser.size(1440, 900);
});

await test('it prints', async () => {
  const pdf = await browser.pdf();
  equal(pdf.subarray(0, 5).toString(), '%PDF-');
  if (pdf.length < 20000) throw new Error(`${pdf.length} bytes`);
});

await test('an address with a number opens it', async () => {
  const id = await evaluate(`${number('10,598')}.id`);
  await browser.go(`${address('planted.html')}?again#${id}`);
  await holds(`${q('#src data.at')}?.textContent === '10,598' && !${q('#calc')}.hidden`);
});

await test('a page without exceptions says so', async () => {
  await browser.go(address('clean.html'));
  equal(await evaluate(`${q('.verdict h2')}.textContent`), 'It ties out');
  equal(await evaluate(`document.querySelectorAll('.ex, data.o').length`), 0);
});

await test('a document that means harm does none', async () => {
  await browser.go(address('hostile.html'));
  equal(await evaluate('window.harm ?? null'), null);
  const shown = await evaluate(`${q('.htm')}.shadowRoot.textContent`);
  equal(/Maple Ridge/.test(shown) && /the end/.test(shown), true);
  equal(await evaluate(`[...${q('.htm')}.shadowRoot.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on') || n === 'src').length`), 0);
  // It neither closes the page's own boxes nor covers them.
  equal(await evaluate(`Boolean(document.querySelector('main > #side > #out .verdict'))`), true);
  equal(await evaluate(`document.elementFromPoint(innerWidth - 200, 300).closest('#side') !== null`), true);
});

await test('a filing of ten megabytes is quick', async () => {
  const begun = Date.now();
  await browser.send('Page.navigate', { url: address('large.html') });
  await holds(`${q('.verdict h2')} && 'ready' in document.documentElement.dataset`);
  const seen = Date.now() - begun;
  if (!(await until(`document.readyState === 'complete'`))) throw new Error('it does not end');
  const tree = `${q('.htm')}.shadowRoot`;
  equal(await evaluate(`/the last words/.test(${tree}.textContent)`), true);
  // What is not in sight is not laid out.
  const [all, laid] = await evaluate(`(() => { const all = [...${tree}.querySelectorAll('.c')]; return [all.length, all.filter((c) => c.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length]; })()`);
  if (all < 100 || laid > 12) throw new Error(`${laid} of ${all} blocks are laid out`);
  // A click far down is answered and brings the number into sight.
  const took = await evaluate(`(async () => {
    const numbers = [...${tree}.querySelectorAll('data.p')], times = [];
    for (const at of [0.9, 0.2, 0.5]) {
      const number = numbers[Math.floor(numbers.length * at)], begun = performance.now();
      number.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - begun);
      if (!number.classList.contains('at') || document.getElementById('calc').hidden) throw new Error('no answer');
    }
    return Math.min(...times);
  })()`);
  // Bounds for a slow machine with other work.
  if (seen > 4000 || took > 1000) throw new Error(`seen after ${seen} ms, a click took ${Math.round(took)} ms`);
  await press('j');
  await holds(`(() => { const r = ${tree}.querySelector('data.at')?.getBoundingClientRect(); return r && r.top > 0 && r.bottom < innerHeight; })()`);
});

await test('nothing is fetched, and nothing is complained of', async () => {
  equal(browser.requests().filter((url) => !/^(file|data|about|blob):/.test(url)), []);
  equal(browser.complaints(), []);
});

if (shots) {
  const shot = async (name) => {
    await browser.sleep(400);
    writeFileSync(join(shots, name), await browser.screenshot());
  };
  const light = async (on) => {
    await browser.dark(!on);
    await evaluate('localStorage.clear()');
  };
  await browser.size(1440, 900);
  for (const [name, page] of [['page-release.png', 'zoom'], ['page-bank.png', 'bank'], ['page-annual.png', 'annual']]) {
    await browser.go(address(`${page}.html`));
    await press('j');
    await shot(name);
  }
  await light(false);
  await browser.go(address('bank.html'));
  await press('j');
  await shot('page-bank-dark.png');
  await light(true);
  await browser.size(800, 900);
  await browser.go(address('bank.html'));
  await shot('page-narrow.png');
}
await browser.close();
console.log(`page: ${failed} failed`);
process.exit(failed ? 1 : 0);

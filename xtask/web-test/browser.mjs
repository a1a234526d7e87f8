// A headless Chromium and the few words needed to speak with it, over a pipe: nothing to install but the browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Starts the browser; the object's functions reach one page.
export async function open(program, { width = 1440, height = 900, dark = false } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tieout-page-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage', '--hide-scrollbars',
    '--disable-background-networking', '--remote-debugging-pipe', `--user-data-dir=${home}`, 'about:blank'];
  const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const waiting = new Map(), heard = [];
  let last = 0, rest = Buffer.alloc(0);
  const closed = new Promise((done) => child.once('exit', done));
  closed.then(() => waiting.forEach(({ no }) => no(new Error('the browser has ended'))));
  child.stdio[4].on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1)) {
      const message = JSON.parse(rest.subarray(0, end).toString());
      if (message.id === undefined) heard.push(message);
      else {
        const { yes, no } = waiting.get(message.id);
        waiting.delete(message.id);
        message.error ? no(new Error(`${message.error.message}`)) : yes(message.result);
      }
    }
  });
  let target;
  const send = (method, params = {}) => new Promise((yes, no) => {
    const id = ++last;
    waiting.set(id, { yes, no });
    child.stdio[3].write(JSON.stringify({ id, method, params, sessionId: target }) + '\0');
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  target = (await send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  const light = (on) => send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: on ? 'dark' : 'light' }] });
  const size = (w, h, mobile = false) => send('Emulation.setDeviceMetricsOverride', { width: w, height: h, deviceScaleFactor: 1, mobile });
  await size(width, height);
  await light(dark);
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  const evaluate = async (code) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression: code, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  // Until the expression is true; its last value otherwise.
  const until = async (code, patience = 20000) => {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) if (await evaluate(code).catch(() => false)) return true;
    return false;
  };
  return {
    send, evaluate, until, size, sleep,
    dark: light,
    // Loads an address and waits for the page's own script.
    go: async (url) => {
      await send('Page.navigate', { url });
      if (!(await until('document.readyState === "complete" && "ready" in document.documentElement.dataset', 60000))) throw new Error(`${url} does not get ready`);
    },
    // Presses a key, as a person would.
    press: async (key) => {
      const text = key.length === 1 ? key : key === 'Enter' ? '\r' : undefined;
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    // Clicks the middle of what an expression gives.
    click: async (code) => {
      const at = await evaluate(`(() => { const e = ${code}; e.scrollIntoView({ block: 'center' }); const r = e.getClientRects()[0]; return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);
      for (const type of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
    },
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot', { format: 'png' })).data, 'base64'),
    pdf: async () => Buffer.from((await send('Page.printToPDF', { printBackground: false })).data, 'base64'),
    // What the browser complained of, and what it asked the network for.
    complaints: () => heard.flatMap((m) => {
      if (m.method === 'Runtime.exceptionThrown') return [m.params.exceptionDetails.exception?.description ?? m.params.exceptionDetails.text];
      if (m.method === 'Log.entryAdded' && m.params.entry.level === 'error') return [m.params.entry.text];
      if (m.method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(m.params.type)) return [m.params.args.map((a) => a.value ?? a.description).join(' ')];
      return [];
    }),
    requests: () => heard.filter((m) => m.method === 'Network.requestWillBeSent').map((m) => m.params.request.url),
    // The next event of this name.
    next: (method) => new Promise((done) => { const look = setInterval(() => { const m = heard.find((h) => h.method === method); if (m) { clearInterval(look); done(m.params); } }, 50); }),
    close: async () => {
      send('Browser.close').catch(() => {});
      await Promise.race([closed, sleep(3000)]);
      child.kill('SIGKILL');
      await closed;
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

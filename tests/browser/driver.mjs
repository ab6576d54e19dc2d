// SPDX-License-Identifier: Apache-2.0
//
// One Chromium for many tests at a time: node driver.mjs SOCKET. "ready" on standard output says that it listens there.
// On a connection a line of JSON, {"do": NAME, …}, is answered by one line, {"value": …} or {"fault": "…"};
// tests/system/browser.py speaks to it. A connection has windows of its own, which are closed with it. When standard
// input ends, however that comes, so does the browser.
//
// Most of what a window costs is to open it, for which Chromium starts a process, so that one that was closed is
// kept, emptied of all that it has seen, for the next that asks for its kind.
//
// A page is looked at as a stranger would: nothing is taken past the page's Content-Security-Policy,
// and whatever the browser complains of (a refused style, a script's fault, a request to another
// host) is kept and told as the page's complaints.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const modules = fileURLToPath(new URL('../../build/browser/', import.meta.url));
const require = createRequire(modules);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const { HtmlValidate, StaticConfigLoader } = await import(
	pathToFileURL(require.resolve('html-validate')));

const PATIENCE = 20000; // ms of real time for one thing to be there
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

// HTML as the standard has it, and the rules for people who can't see. What a mail needs beyond that
// (widths and colours as attributes, for Outlook's Word engine) is let through for mails alone.
const rules = {
	extends: ['html-validate:standard', 'html-validate:a11y'],
	rules: {
		'long-title': 'off', // of search engines
		'no-inline-style': 'off',
	},
};
const validators = {
	page: new HtmlValidate(new StaticConfigLoader(rules)),
	mail: new HtmlValidate(new StaticConfigLoader({
		...rules,
		rules: { ...rules.rules, 'no-deprecated-attr': 'off', 'require-sri': 'off' },
	})),
};

// Everything on the page is ours and on this machine: a sandbox needs what root and containers lack, and a process
// for each site is work for nothing. What V8 has compiled of the check's text is kept.
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
	chromiumSandbox: false,
	args: ['--disable-dev-shm-usage', '--font-render-hinting=none', '--force-color-profile=srgb',
		'--renderer-process-limit=1', '--disable-site-isolation-trials', '--js-flags=--no-flush-bytecode'],
});
const idle = new Map(); // windows that were closed, by their kind
const validated = new Map(); // what was wrong, by what was looked at

async function new_window(kind, { javascript, language, scale }) {
	const context = await browser.newContext({
		deviceScaleFactor: scale, javaScriptEnabled: javascript, locale: language, timezoneId: 'Europe/Stockholm',
	});
	context.setDefaultTimeout(PATIENCE);
	const page = await context.newPage();
	const seen = { page, kind, dark: false, complaints: [], requests: [], status: null, headers: {}, source: null };
	page.on('console', message => {
		// That an answer is 404 or 410 is the test's to judge.
		if (['error', 'warning'].includes(message.type())
			&& !message.text().startsWith('Failed to load resource'))
			seen.complaints.push(message.text());
	});
	page.on('pageerror', error => seen.complaints.push(String(error)));
	page.on('request', request => {
		seen.requests.push(`${request.method()} ${request.url()}`);
		if (!/^(file:|data:|about:|http:\/\/127\.0\.0\.1:)/.test(request.url()))
			seen.complaints.push(`a request to another host: ${request.url()}`);
	});
	page.on('response', async response => {
		const request = response.request();
		if (!request.isNavigationRequest() || request.frame() !== page.mainFrame())
			return;
		seen.status = response.status();
		seen.headers = response.headers();
		seen.source = response.status() >= 300 && response.status() < 400 ? null
			: response.text().catch(() => null);
	});
	return seen;
}

async function look(seen, width, height, dark) {
	const now = seen.page.viewportSize();
	if (now.width !== width || now.height !== height)
		await seen.page.setViewportSize({ width, height });
	if (seen.dark !== dark)
		await seen.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
	seen.dark = dark;
}

async function open_window({ width = 360, height = 740, dark = false, javascript = true, language = 'sv-SE',
	scale = 1 }) {
	const kind = JSON.stringify([javascript, language, scale]);
	const seen = idle.get(kind)?.pop() ?? await new_window(kind, { javascript, language, scale });
	await look(seen, width, height, dark);
	return seen;
}

// Nothing that it has seen, been given or complained of is left to who gets it next.
async function empty({ page }) {
	await page.goto('about:blank');
	await page.context().clearCookies();
	const chromium = await page.context().newCDPSession(page);
	await chromium.send('Network.clearBrowserCache');
	await chromium.send('Page.resetNavigationHistory');
	await chromium.detach();
}

const throw_away = seen => seen.page.context().close().catch(() => {});

// One that can't be emptied, since its page has crashed, is no more to be had.
async function close_window(seen) {
	try {
		await empty(seen);
	} catch {
		return throw_away(seen);
	}
	Object.assign(seen, { complaints: [], requests: [], status: null, headers: {}, source: null });
	idle.set(seen.kind, [...idle.get(seen.kind) ?? [], seen]);
}

// ---- the check of WCAG ---------------------------------------------------------------------------
//
// A copy of what a window shows is looked at, in one window for all, since a page whose scripts are off would not run
// the check's either, and to read the check's text, and to run it for the first time, costs more than all else of
// it: it stays, and the document below it is exchanged.
let checker = null, checked = Promise.resolve();

function exchange(html) {
	const copy = new DOMParser().parseFromString(html, 'text/html');
	document.replaceChild(document.adoptNode(copy.documentElement), document.documentElement);
}

async function violations(html, { width, height }, dark) {
	if (!checker) {
		checker = await open_window({});
		await checker.page.setContent('<!DOCTYPE html><title>A copy</title>');
		await checker.page.evaluate(axe);
	}
	await look(checker, width, height, dark);
	await checker.page.evaluate(exchange, html);
	// What it says of all that is well is more than the page, and is left where it is.
	return checker.page.evaluate(async tags => (await window.axe.run(document, {
		runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })).violations, WCAG);
}

// Where something is, as a reader would say it: its label, its role and name, its text.
function find(page, { label, role, name, text, css, exact = false, nth = 0 }) {
	const found = label !== undefined ? page.getByLabel(label, { exact })
		: role !== undefined ? page.getByRole(role, name === undefined ? {} : { name, exact })
			: text !== undefined ? page.getByText(text, { exact })
				: page.locator(css);
	return found.nth(nth);
}

// What is past the window's right edge, widest first: a reader would have to scroll sideways.
function sideways() {
	const wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= wide)
		return [];
	return [...document.body.querySelectorAll('*')]
		.map(each => [each.getBoundingClientRect().right, each])
		.filter(([right]) => right > wide + 0.5)
		.sort(([one], [other]) => other - one).slice(0, 5)
		.map(([right, each]) => `${each.tagName.toLowerCase()} to ${Math.round(right)} of ${wide}: `
			+ each.textContent.trim().replace(/\s+/g, ' ').slice(0, 60));
}

// Options of commands, and what stands for a date in them, that end on another line than they begin on.
function parted() {
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
	for (let node = walker.nextNode(); node; node = walker.nextNode())
		for (const { 0: word, index } of node.data.matchAll(/--[a-z][a-z-]+|(ÅÅÅÅ|YYYY)-MM-DD/g)) {
			const range = document.createRange();
			range.setStart(node, index);
			range.setEnd(node, index + word.length);
			if (new Set([...range.getClientRects()].map(each => each.top)).size > 1)
				found.push(word);
		}
	return found;
}

// Which element has the keyboard, and whether one sees that it does.
function focus() {
	const each = document.activeElement;
	if (!each || each === document.body)
		return null;
	const labels = each.labels ? [...each.labels].map(label => label.innerText).join(' ') : '';
	const marked = [each, ...(each.labels || []), each.parentElement].some(one => {
		const style = getComputedStyle(one);
		return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
			|| style.boxShadow !== 'none';
	});
	return { tag: each.tagName.toLowerCase(), type: each.type || '', name: each.name || '',
		value: each.value || '', marked,
		text: (labels || each.innerText || '').trim().replace(/\s+/g, ' ') };
}

const verbs = {
	async open({ window, url }) {
		await window.page.goto(url, { waitUntil: 'load' });
		return window.page.url();
	},
	async click({ window, ...where }) {
		await find(window.page, where).click();
		await window.page.waitForLoadState('load');
	},
	async twice({ window, ...where }) {
		await find(window.page, where).dblclick();
		await window.page.waitForLoadState('load');
	},
	cookie: ({ window, url, name, value }) => window.page.context().addCookies(
		[{ url, name, value, httpOnly: true, sameSite: 'Strict' }]),
	fill: ({ window, value, ...where }) => find(window.page, where).fill(value),
	choose: ({ window, value, ...where }) => find(window.page, where).selectOption(value),
	check: ({ window, ...where }) => find(window.page, where).check(),
	value: ({ window, ...where }) => find(window.page, where).inputValue(),
	checked: ({ window, ...where }) => find(window.page, where).isChecked(),
	count: ({ window, ...where }) => find(window.page, where).count(),
	href: ({ window, ...where }) => find(window.page, where).getAttribute('href'),
	press: ({ window, key }) => window.page.keyboard.press(key),
	// Enter on what leads to another page. A click waits for the page that it asks for, a key doesn't:
	// looked at right after it, the old page is still there.
	async enter({ window }) {
		await Promise.all([window.page.waitForNavigation({ waitUntil: 'load' }),
			window.page.keyboard.press('Enter')]);
	},
	type: ({ window, text }) => window.page.keyboard.type(text),
	back: ({ window }) => window.page.goBack().then(() => undefined),
	reload: ({ window }) => window.page.reload().then(() => undefined),
	url: ({ window }) => window.page.url(),
	title: ({ window }) => window.page.title(),
	text: ({ window }) => window.page.innerText('body'),
	status: ({ window }) => window.status,
	headers: ({ window }) => window.headers,
	source: ({ window }) => window.source,
	requests: ({ window }) => window.requests.splice(0),
	complaints: ({ window }) => window.complaints.splice(0),
	focus: ({ window }) => window.page.evaluate(focus),
	parted: ({ window }) => window.page.evaluate(parted),
	sideways: ({ window }) => window.page.evaluate(sideways),
	scroll: ({ window, ...where }) => find(window.page, where).evaluate(
		each => each.scrollIntoView({ block: 'start', behavior: 'instant' })),
	look: ({ window, width, dark, height = 740 }) => look(window, width, height, dark),
	async picture({ window, path, full = true }) {
		await window.page.screenshot({ path, fullPage: full, animations: 'disabled' });
	},
	// For a picture that is to be small and still legible: what it shows of the page, and nothing between.
	leave_out: ({ window, css }) => window.page.locator(css).evaluateAll(
		all => all.forEach(each => { each.style.display = 'none'; })),
	// As the browser's own printing has it, on the paper that the page asks for.
	pdf: ({ window, path }) => window.page.pdf({ path, preferCSSPageSize: true }),
	// Each violation of WCAG A or AA, in a line with the elements.
	async axe({ window }) {
		const html = await window.page.content();
		const found = checked.then(() => violations(html, window.page.viewportSize(), window.dark));
		checked = found.catch(() => { // the next one gets a checker that has not failed
			const failed = checker;
			checker = null;
			return failed && throw_away(failed);
		});
		return (await found).map(each => `${each.id} (${each.impact}): ${each.help}: `
			+ each.nodes.map(node => `${node.target.join(' ')} ${node.any.concat(node.all)
				.map(why => why.message).join('; ')}`).join(' | '));
	},
	// The same page in another look is the same HTML.
	async validate({ html, as }) {
		const key = `${as}:${html}`;
		if (!validated.has(key)) {
			const report = await validators[as].validateString(html);
			validated.set(key, report.results.flatMap(result => result.messages.map(each =>
				`${each.line}:${each.column}: ${each.message} [${each.ruleId}]`)));
		}
		return validated.get(key);
	},
};

// ---- who asks -------------------------------------------------------------------------------------

async function answer(windows, { do: verb, page, ...what }) {
	if (verb === 'page')
		return windows.push(await open_window(what)) - 1;
	if (verb === 'close')
		return close_window(...windows.splice(page, 1, null));
	return verbs[verb]({ window: windows[page], ...what });
}

async function serve(socket) {
	const windows = [];

	socket.on('error', () => {}); // who has gone away gets no answer
	for await (const line of createInterface({ input: socket })) {
		const said = await answer(windows, JSON.parse(line)).then(value => ({ value: value ?? null }),
			error => ({ fault: String(error && error.message || error) }));
		socket.write(`${JSON.stringify(said)}\n`);
	}
	for (const window of windows.filter(Boolean))
		await close_window(window);
}

const server = createServer(serve).listen(process.argv[2], () => console.log('ready'));
for await (const line of createInterface({ input: process.stdin }))
	console.error(`nothing is asked here: ${line}`);
server.close();
await browser.close();
process.exit();

// SPDX-License-Identifier: Apache-2.0
//
// One Chromium, driven by lines of JSON: {"do": NAME, …} on standard input is answered by one line
// on standard output, {"value": …} or {"fault": "…"}. tests/browser/browser.py speaks to it. When
// standard input ends, however that comes, the browser is closed.
//
// A page is looked at as a stranger would: nothing is taken past the page's Content-Security-Policy,
// and whatever the browser complains of (a refused style, a script's fault, a request to another
// host) is kept and told as the page's complaints.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
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
// for each site is work for nothing.
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	chromiumSandbox: false,
	args: ['--disable-dev-shm-usage', '--font-render-hinting=none', '--force-color-profile=srgb',
		'--renderer-process-limit=1', '--disable-site-isolation-trials'],
});
const pages = [];
const validated = new Map(); // what was wrong, by what was looked at

async function open_page({ width = 360, height = 740, dark = false, javascript = true,
	language = 'sv-SE', scale = 1 }) {
	const context = await browser.newContext({
		viewport: { width, height }, deviceScaleFactor: scale,
		colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: javascript,
		locale: language, timezoneId: 'Europe/Stockholm',
	});
	context.setDefaultTimeout(PATIENCE);
	const page = await context.newPage();
	const seen = { page, javascript, look: { dark, language }, complaints: [], requests: [], status: null, headers: {}, source: null };
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
	pages.push(seen);
	return pages.length - 1;
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
	page: open_page,
	async close({ page }) {
		await pages[page].copy?.context().close();
		await pages[page].page.context().close();
		pages[page] = null;
	},
	async open({ page, url }) {
		await pages[page].page.goto(url, { waitUntil: 'load' });
		return pages[page].page.url();
	},
	async click({ page, ...where }) {
		await find(pages[page].page, where).click();
		await pages[page].page.waitForLoadState('load');
	},
	async twice({ page, ...where }) {
		await find(pages[page].page, where).dblclick();
		await pages[page].page.waitForLoadState('load');
	},
	cookie: ({ page, url, name, value }) => pages[page].page.context().addCookies(
		[{ url, name, value, httpOnly: true, sameSite: 'Strict' }]),
	fill: ({ page, value, ...where }) => find(pages[page].page, where).fill(value),
	choose: ({ page, value, ...where }) => find(pages[page].page, where).selectOption(value),
	check: ({ page, ...where }) => find(pages[page].page, where).check(),
	value: ({ page, ...where }) => find(pages[page].page, where).inputValue(),
	checked: ({ page, ...where }) => find(pages[page].page, where).isChecked(),
	count: ({ page, ...where }) => find(pages[page].page, where).count(),
	href: ({ page, ...where }) => find(pages[page].page, where).getAttribute('href'),
	press: ({ page, key }) => pages[page].page.keyboard.press(key),
	// Enter on what leads to another page. A click waits for the page that it asks for, a key doesn't:
	// looked at right after it, the old page is still there.
	async enter({ page }) {
		await Promise.all([pages[page].page.waitForNavigation({ waitUntil: 'load' }),
			pages[page].page.keyboard.press('Enter')]);
	},
	type: ({ page, text }) => pages[page].page.keyboard.type(text),
	back: ({ page }) => pages[page].page.goBack().then(() => undefined),
	reload: ({ page }) => pages[page].page.reload().then(() => undefined),
	url: ({ page }) => pages[page].page.url(),
	title: ({ page }) => pages[page].page.title(),
	text: ({ page }) => pages[page].page.innerText('body'),
	status: ({ page }) => pages[page].status,
	headers: ({ page }) => pages[page].headers,
	source: ({ page }) => pages[page].source,
	requests: ({ page }) => pages[page].requests.splice(0),
	complaints: ({ page }) => pages[page].complaints.splice(0),
	focus: ({ page }) => pages[page].page.evaluate(focus),
	parted: ({ page }) => pages[page].page.evaluate(parted),
	sideways: ({ page }) => pages[page].page.evaluate(sideways),
	scroll: ({ page, ...where }) => find(pages[page].page, where).evaluate(
		each => each.scrollIntoView({ block: 'start', behavior: 'instant' })),
	async look({ page, width, dark, height = 740 }) {
		await pages[page].page.setViewportSize({ width, height });
		pages[page].look.dark = dark;
		await pages[page].page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
	},
	async picture({ page, path, full = true }) {
		await pages[page].page.screenshot({ path, fullPage: full, animations: 'disabled' });
	},
	// For a picture that is to be small and still legible: what it shows of the page, and nothing between.
	leave_out: ({ page, css }) => pages[page].page.locator(css).evaluateAll(
		all => all.forEach(each => { each.style.display = 'none'; })),
	// As the browser's own printing has it, on the paper that the page asks for.
	pdf: ({ page, path }) => pages[page].page.pdf({ path, preferCSSPageSize: true }),
	// Each violation of WCAG A or AA, in a line with the elements.
	async axe({ page }) {
		// A page whose scripts are off would not run the check's either: then a copy is looked at.
		const seen = pages[page];
		let looked = seen.page;
		if (!seen.javascript) {
			seen.copy ??= pages[await open_page(seen.look)].page;
			looked = seen.copy;
			const { width, height } = seen.page.viewportSize(), as = `${width} ${height} ${seen.look.dark}`;
			if (seen.copied !== as) {
				await looked.setViewportSize({ width, height });
				await looked.emulateMedia({ colorScheme: seen.look.dark ? 'dark' : 'light' });
				seen.copied = as;
			}
			await looked.setContent(await seen.page.content());
		}
		// What it says of all that is well is more than the page, and is left where it is; and what is looked at
		// in several looks has it already.
		if (!await looked.evaluate(() => 'axe' in window))
			await looked.evaluate(axe);
		const violations = await looked.evaluate(async tags => (await window.axe.run(document, {
			runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })).violations, WCAG);
		return violations.map(each => `${each.id} (${each.impact}): ${each.help}: `
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

for await (const line of createInterface({ input: process.stdin })) {
	let answer;
	try {
		const { do: verb, ...what } = JSON.parse(line);
		answer = { value: (await verbs[verb](what)) ?? null };
	} catch (error) {
		answer = { fault: String(error && error.message || error) };
	}
	process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();

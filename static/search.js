// Search; plan/search/ writes its index.
"use strict";
{
const STEP = 10, STALE = Error();
const PAIRS = /([\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3005-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]+)/u;
const WORDS = /([\p{Alpha}\p{M}\p{N}]+)/u;
const LEFT_OUT = /[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u200b-\u200f\ufe00-\ufe0f]/gu;
const PLAIN = new Map("ßss æae ðd øo þth đd ħh ıi łl œoe ςσ ىي یي کك ةه ہه ەه ٱا".split(" ").map((two) => [two[0], two.slice(1)]));
for (let at = 0; at < 160; at++) PLAIN.set(String.fromCharCode("٠۰०০੦૦୦௦౦೦൦๐໐၀០᠐".charCodeAt(at / 10) + at % 10), at % 10);

const fold = (text) => text.normalize("NFKD").toLowerCase().replace(LEFT_OUT, "").replace(/[^\0-\x7f]/gu, (letter) => PLAIN.get(letter) ?? letter).normalize("NFC");
const runs = (text) => fold(text).split(WORDS).flatMap((run, at) => at % 2 ? run.split(PAIRS) : []).filter(Boolean);
const paired = (run) => PAIRS.test(run);
const pairs = (run) => [...run].map((letter, at, all) => letter + (all[at + 1] ?? ""));
const cut = (run) => [...run].slice(0, 32).join("");
const terms = (text) => runs(text).flatMap((run) => paired(run) ? pairs(run) : cut(run));

// What a query asks for; without: words, never: phrases to leave out.
function parse(query) {
	const asked = { words: [], phrases: [], without: [], never: [] };
	query.replace(/[“”„«»「」『』]/g, '"').replace(/(-?)(?:"([^"]*)"?|([^\s"]+))(\s?)/gu, (_, minus, quoted, word, end) => {
		const own = runs(quoted ?? word), words = own.map((run, turn) => {
			const dense = paired(run), one = ![...run][1];
			const prefix = dense ? one : word && !end && !minus && !own[turn + 1] && !one;
			return { run, dense, prefix, terms: dense && !one ? pairs(run).slice(0, -1) : [cut(run)] };
		});
		const phrase = quoted && (own[1] || words[0]?.terms[1]);
		if (phrase) (minus ? asked.never : asked.phrases).push(own);
		if (!minus) asked.words.push(...words);
		else if (!phrase && own[0]) asked.without.push(words);
	});
	return asked;
}

// Files hand over what they hold, with a digest.
const held = new Map(), loads = new Map();
const load = (src) => new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror })));
async function file(name, version) {
	if (!loads.has(name)) loads.set(name, dateline.load(`search/${name}.js?${version}`));
	await loads.get(name);
	const [digest, content] = held.get(name);
	if (digest && digest !== version) throw STALE;
	return content;
}

// A year's briefs with a term, and by how much.
async function briefs([year, digest, , shards], term, prefix) {
	const key = [...term].slice(0, paired(term) ? 1 : 2), found = new Map();
	const sum = key.reduce((sum, letter) => (sum * 31 + letter.codePointAt()) % 65521, 0);
	const lines = (await file(`${year}/${sum % shards}`, digest)).matchAll(RegExp(`\n${term}(${prefix ? "\\S*" : ""}) (.*)`, "g"));
	for (const [, rest, line] of lines) {
		let brief = 0;
		for (const [, high, low] of line.matchAll(/([a-~]*)(.)/g)) {
			const number = [...high].reduce((sum, digit) => sum * 30 + digit.charCodeAt() - 97, 0) * 55 + low.charCodeAt() - 37;
			brief += Math.floor(number / 3);
			found.set(brief, Math.max(found.get(brief) ?? 0, [1, 3, 6][number % 3] * (rest ? 1 : 2)));
			brief++;
		}
	}
	return found;
}
async function all(year, words) {
	const found = await Promise.all(words.flatMap(({ terms, prefix }) => terms.map((term) => briefs(year, term, prefix))));
	return found.reduce((all, one) => new Map([...all].flatMap(([brief, worth]) => one.has(brief) ? [[brief, worth + one.get(brief)]] : [])));
}

// What a query finds, year by year: best first, then newest.
async function* find({ words, without }, { topic, agency, year } = {}, version = "") {
	const marks = [topic && "#" + topic, agency && "@" + agency].filter(Boolean).map((mark) => ({ terms: [mark] }));
	const years = (await file("years", version)).filter(([name]) => !year || name === year);
	for (const one of years) {
		const [found, ...gone] = await Promise.all([[...words, ...marks], ...without].map((words) => all(one, words)));
		gone.forEach((other) => other.forEach((_, brief) => found.delete(brief)));
		const briefs = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([brief]) => brief);
		yield { year: one, last: one === years.at(-1), briefs };
	}
}
const address = (year, tail) => `${year}/${tail}.html`;
async function card([year, digest, count, , blocks], brief) {
	const size = Math.ceil(count / blocks);
	return [year, ...(await file(`${year}/b${Math.floor(brief / size)}`, digest))[brief % size]];
}

// Whether a page has the phrases; undefined where it cannot be read.
async function holds([year, tail], { phrases, never }) {
	const answer = await fetch(address(year, tail)).catch(() => {});
	if (!answer?.ok) return;
	const html = (await answer.text()).replace(/<(?!\/?(a|b|code|del|em|i|strong)\b)/g, " <");
	const page = new DOMParser().parseFromString(html, "text/html").querySelector("main");
	page.querySelectorAll("nav, .recommended, .mentioned, .cite").forEach((other) => other.remove());
	const text = ` ${runs(page.textContent).join(" ")} `, edge = (run) => paired(run) ? "" : " ";
	const has = (phrase) => text.includes(edge(phrase[0]) + phrase.join(" ") + edge(phrase.at(-1)));
	return phrases.every(has) && !never.some(has);
}

const dateline = this.dateline = { put: (name, ...content) => held.set(name, content), load, terms, parse, find, card };

function start(form) {
	const [found, results, older, browse] = document.querySelectorAll("#found, #results, #older, #browse");
	const say = form.dataset, inputs = [...form.elements].filter(({ name }) => name), [field] = inputs;
	const digits = (text) => text.replace(/\d/g, (one) => say.digits[one]);
	const safe = (text) => text.replace(/[&<>"]/g, (odd) => `&#${odd.charCodeAt()};`);
	let turn = 0, shown, timer, more;

	const marked = (text, { words }) => text.split(WORDS).map((raw, at) => {
		const folded = fold(raw), word = at % 2 && words.find(({ run, prefix, dense }) => dense ? folded.includes(run) : prefix ? folded.startsWith(run) : folded === run);
		if (!word) return safe(raw);
		const from = word.dense && folded.indexOf(word.run), to = word.dense ? from + word.run.length : raw.length;
		return `${raw.slice(0, from)}<mark>${raw.slice(from, to)}</mark>${raw.slice(to)}`;
	}).join("");
	function row([year, tail, headline, line, date, mark, style = ""], query) {
		const other = shown === year ? "" : ` <span>${form.year.querySelector(`[value="${shown = year}"]`).text}</span>`;
		return `<li class="${style}"><time datetime="${year}-${tail.slice(0, 5).replace("/", "-")}">${safe(date)}${other}</time><a href="${address(year, tail)}">${marked(headline, query)}</a><small>${mark ? `<b>${safe(mark)}</b>&nbsp;· ` : ""}${marked(line, query)}</small></li>`;
	}

	function search(version = "") {
		const own = ++turn, query = parse(field.value), wanted = Object.fromEntries(new FormData(form));
		const asks = query.words[0] || wanted.topic || wanted.agency, count = { known: 0, shown: 0 };
		browse.hidden = asks;
		older.hidden = true;
		if (!asks) return results.innerHTML = found.textContent = "";
		async function* hits() {
			const open = query.phrases[0] || query.never[0];
			for await (const { year, last, briefs } of find(query, wanted, version)) {
				count.known += open ? 0 : briefs.length;
				for (let at = 0; at <= briefs.length; at += STEP) {
					let cards = await Promise.all(briefs.slice(at, at + STEP).map((brief) => card(year, brief)));
					if (open) {
						const sure = await Promise.all(cards.map((card) => holds(card, query)));
						cards = cards.filter((_, at) => sure[at] !== false);
						count.known += cards.length;
						count.unsure ||= sure.includes(undefined);
					}
					count.whole = last && (!open || at + STEP >= briefs.length);
					count.year = year[0];
					yield* cards;
				}
			}
			count.whole = count.done = true;
		}
		const stream = hits();
		more = async () => {
			try {
				for (let n = 0; n < STEP && !count.done; n++) {
					const { value } = await stream.next();
					if (own !== turn) return;
					if (!count.shown) results.innerHTML = shown = "";
					if (value) results.insertAdjacentHTML("beforeend", row(value, query)), count.shown++;
				}
				older.hidden = count.whole && count.shown === count.known;
				const said = !count.whole ? say.soFar : count.known ? say.found : say.none, n = count.known.toLocaleString(say.locale).replace(/\D/g, say.mark);
				found.textContent = digits(said.replace("{n}", n).replace("{year}", count.year)) + (count.unsure ? " " + say.unchecked : "");
			} catch (error) {
				if (own !== turn) return;
				loads.clear();
				if (error === STALE && !version) return search(Date.now());
				results.innerHTML = "";
				found.textContent = say.failed;
				browse.hidden = false;
			}
		};
		return more();
	}
	function run() {
		try { history.replaceState(null, "", "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value))); } catch {} // on a disk
		search();
	}
	const soon = (wait) => { clearTimeout(timer); timer = setTimeout(run, wait); };
	form.oninput = () => soon(120);
	form.onsubmit = (event) => { event.preventDefault(); soon(); };
	older.onclick = async () => {
		const last = results.lastChild;
		await more();
		last?.nextSibling?.querySelector("a").focus();
	};
	document.onkeydown = (event) => {
		const stops = [field, ...results.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
		const to = at >= 0 && { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at && field }[event.key];
		if (to) { event.preventDefault(); to.focus(); }
	};
	const asked = new URLSearchParams(location.search);
	for (const input of inputs) input.value = asked.get(input.name) ?? "";
	search();
}
if (this.document) start(document.forms.search);
}

/* The shortlist, on every page: a star on each card and trial page, and how many are on it in
   the link of the page's header, whose word is that of the stars. The list is kept in the browser;
   where that keeps nothing, or each page's own, the link has it in its address. */
window.trialpagesShortlist = (() => {
  'use strict';

  const link = document.getElementById('shortlist-link');
  if (!link) return null;

  const MOST = 100;
  const MOST_COMPARED = 4;
  const NAME = /^(?=.*\d{4})[A-Za-z\d-]{5,40}$/; // of a trial's files
  const page = new URL(link.href);
  const root = new URL('.', page); // of this page's language
  const shared = new URL('..', document.currentScript.src); // of the site
  const key = `trialpages shortlist ${shared.pathname}`;
  const word = link.textContent.trim();
  const inWords = (number) => number.toLocaleString(document.documentElement.lang, { numberingSystem: 'latn' });

  const valid = (names) => (Array.isArray(names) ? [...new Set(names)].filter((name) => NAME.test(name)).slice(0, MOST) : []);

  let unkept = null; // the list, where the browser refuses to keep it
  const kept = () => {
    if (unkept) return unkept;
    let text = '';
    try {
      text = localStorage.getItem(key);
    } catch {
      unkept = [];
    }
    try {
      return valid(JSON.parse(text || '[]'));
    } catch {
      return [];
    }
  };

  const addressOf = (names) => (names.length ? `#${names.join(',')}` : '');

  /** What the shortlist's address needs of them, where the browser doesn't keep it for that page. */
  const behind = (names) => (unkept || location.protocol === 'file:' ? addressOf(names) : '');

  let stars = new Map(); // button -> name
  const show = () => {
    const names = kept();
    for (const [button, name] of stars) button.setAttribute('aria-pressed', names.includes(name));
    for (const one of document.querySelectorAll('.shortlist-link')) {
      one.textContent = names.length ? `${word} (${inWords(names.length)})` : word;
      one.href = page.href + behind(names);
    }
    for (const one of document.querySelectorAll('.compare-way')) {
      one.href = new URL(`compare.html${addressOf(names)}`, root).href;
      one.hidden = names.length < 2 || names.length > MOST_COMPARED;
    }
    for (const one of document.querySelectorAll('.print-way')) {
      one.href = `${page.href}?print${behind(names)}`;
      one.hidden = !names.length;
    }
  };

  /** Keep these, as far as they may be names. False where the browser refuses. */
  const keep = (names) => {
    const found = valid(names);
    try {
      if (found.length) localStorage.setItem(key, JSON.stringify(found));
      else localStorage.removeItem(key);
      unkept = null;
    } catch {
      unkept = found;
    }
    show();
    return !unkept;
  };

  const toggle = (name) => {
    const names = kept();
    keep(names.includes(name) ? names.filter((one) => one !== name) : [...names, name]);
  };

  /* ---- stars ---- */

  const nameIn = (address) => {
    const found = /\/trials\/([^/]+)\.html$/.exec(new URL(address).pathname);
    return found && NAME.test(found[1]) ? found[1] : '';
  };

  /** The way to the list beside what one has just put on it, and to what one most wants of it. */
  const showWay = () => {
    if (document.querySelector('.shortlist-way') || document.getElementById('shortlist')) return;
    const way = document.createElement('p');
    way.className = 'shortlist-way';
    const { compare, print, printAll } = document.querySelector('.cards')?.dataset ?? {};
    for (const [name, words, label] of [['shortlist-link'], ['compare-way', compare], ['print-way', print, printAll]]) {
      if (name !== 'shortlist-link' && !words) continue; // on a trial's page
      const to = way.appendChild(document.createElement('a'));
      Object.assign(to, { className: name, textContent: words });
      if (label) to.setAttribute('aria-label', label);
    }
    document.querySelector('main').append(way);
    show();
  };

  const starOf = (name, label) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'star' });
    button.setAttribute('aria-label', `${word}: ${label}`);
    button.addEventListener('click', () => {
      toggle(name);
      showWay();
      button.dispatchEvent(new CustomEvent('starred', { bubbles: true, detail: name }));
    });
    stars.set(button, name);
    return button;
  };

  /** Give a star to each card that has none. */
  const starAll = () => {
    stars = new Map([...stars].filter(([button]) => button.isConnected));
    for (const item of document.querySelectorAll('.card:not(:has(.star))')) {
      const heading = item.querySelector('h2, h3, h4');
      const name = nameIn(heading?.querySelector('a')?.href || location.href);
      if (name) heading.after(starOf(name, item.querySelector('.trial-id')?.textContent || name));
    }
    show();
  };

  const ids = document.querySelector('.trial > .trial-header .trial-ids');
  const own = nameIn(location.href);
  if (ids && own) {
    const button = starOf(own, ids.querySelector('.trial-id').textContent);
    button.textContent = word;
    ids.append(button);
  }
  for (const list of document.querySelectorAll('#results, #cards')) new MutationObserver(starAll).observe(list, { childList: true });
  addEventListener('storage', show);
  addEventListener('pageshow', show);
  starAll();

  /* ---- addresses that are sent to others ---- */

  const OWN_COMPUTER = /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1\])$/;
  /** This page's address as others can open it: at the site, where this is a copy of it; empty where
      only this computer can. */
  const publicAddress = () => {
    const canonical = document.querySelector('link[rel="canonical"]');
    if (canonical) return canonical.href;
    const { protocol, hostname, href } = location;
    return protocol.startsWith('http') && !OWN_COMPUTER.test(hostname) ? href.split(/[?#]/)[0] : '';
  };

  /* ---- answers to criteria, with a program and words of their own (theme/ticks.js) ---- */

  const answers = `trialpages answers ${shared.pathname} `;
  const hasAnswers = (name) => {
    try {
      return Boolean(localStorage.getItem(answers + name));
    } catch {
      return false;
    }
  };

  const load = (path) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: new URL(path, root).href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const ticks = async () => {
    if (!window.trialpagesTicksWords) await load('ticks.js');
    if (!window.trialpagesTicks) await load(window.trialpagesTicksWords.script);
    return window.trialpagesTicks;
  };

  return { root, shared, own, answers, hasAnswers, ticks, publicAddress, kept, keep, valid, addressOf, starAll, showWay, isKept: () => !unkept, MOST };
})();

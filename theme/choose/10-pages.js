/* The shortlist and the comparison take what they show of a trial from its page: over http they fetch
   it, from a folder a hidden frame opens it and trial.js hands it over. */
window.trialpagesPages = (() => {
  'use strict';

  document.querySelector('.needs-scripts')?.remove();
  const { root } = window.trialpagesShortlist;
  const LONGEST_WAIT = 20000;
  const AT_ONCE = 4;

  class Unreadable extends Error {}

  const overHttp = async (href) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST_WAIT);
    try {
      const answer = await fetch(href, { signal: stop.signal });
      if (!answer.ok) throw new Unreadable(`${href}: ${answer.status}`);
      return await answer.text();
    } catch (error) {
      throw new Unreadable(error.message);
    } finally {
      clearTimeout(timer);
    }
  };

  const fromFolder = (href) => new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    const end = (how, what) => {
      clearTimeout(late);
      removeEventListener('message', taken);
      frame.remove();
      how(what);
    };
    const taken = ({ source, data }) => {
      if (source === frame.contentWindow && typeof data?.trialpage === 'string') end(resolve, data.trialpage);
    };
    const late = setTimeout(() => end(reject, new Unreadable(`${href} is late`)), LONGEST_WAIT);
    addEventListener('message', taken);
    Object.assign(frame, { src: href, hidden: true });
    document.body.append(frame);
  });

  const REFERENCES = ['id', 'for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls'];

  /** The page's main part, out of the document, its links whole, without what one presses. */
  const asPart = (text, href) => {
    const main = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
    if (!main) throw new Unreadable(`${href} is no page`);
    for (const link of main.querySelectorAll('[href]')) link.setAttribute('href', new URL(link.getAttribute('href'), href).href);
    for (const one of main.querySelectorAll('script, form, button, iframe')) one.remove();
    return main;
  };

  /** The part with other ids, by a function of each; without any where that gives nothing. */
  const renamed = (part, rename) => {
    for (const one of [part, ...part.querySelectorAll('*')]) {
      for (const name of REFERENCES.filter((reference) => one.hasAttribute(reference))) {
        const ids = one.getAttribute(name).split(/\s+/).map(rename).filter(Boolean);
        if (ids.length) one.setAttribute(name, ids.join(' '));
        else one.removeAttribute(name);
      }
    }
    return part;
  };

  const hrefOf = (name) => new URL(`trials/${name}.html`, root).href;

  /** Where a page leads on at once: a trial's former number to the present one. A frame goes there itself. */
  const leadsTo = (text, href) => {
    const content = new DOMParser().parseFromString(text, 'text/html').querySelector('meta[http-equiv="refresh"]')?.content;
    const beside = content && new URL(content.replace(/^.*url=/i, ''), href);
    return beside?.href.startsWith(root.href) ? beside.href : null;
  };

  const read = async (name) => {
    const href = hrefOf(name);
    if (location.protocol === 'file:') return asPart(await fromFolder(href), href);
    const text = await overHttp(href);
    const other = leadsTo(text, href);
    return asPart(other ? await overHttp(other) : text, other || href);
  };

  const known = new Map();
  /** A trial's page, asked for once; after a failure the next call tries again. */
  const pageOf = (name) => {
    if (!known.has(name)) {
      known.set(name, read(name).catch((error) => {
        known.delete(name);
        throw error;
      }));
    }
    return known.get(name);
  };

  /** The pages of all of these, in their order; null for one that can't be read. */
  const pagesOf = async (names, done = () => {}) => {
    const pages = new Map();
    const ahead = [...names];
    const work = async () => {
      while (ahead.length) {
        const name = ahead.shift();
        pages.set(name, await pageOf(name).catch(() => null));
        done(pages.size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return names.map((name) => [name, pages.get(name)]);
  };

  /** Copies of what a selector names in a page, to be put into this one beside those of others, which
      have the same ids. */
  const copies = (page, selector, rename = () => '') =>
    [...page.querySelectorAll(selector)].map((one) => renamed(document.importNode(one, true), rename));

  /** The names in this page's address, behind #, and how many parts of it are none. */
  const inAddress = () => {
    let text = location.hash.slice(1);
    try {
      text = decodeURIComponent(text);
    } catch { /* what can't be read is no name */ }
    const parts = text.split(/[\s,]+/).filter(Boolean);
    const names = window.trialpagesShortlist.valid(parts);
    return { names, others: new Set(parts).size - names.length };
  };

  const language = document.documentElement.lang;
  const forms = new Intl.PluralRules(language);

  /** A sentence that stands in data-* of an element, its {names} filled in. */
  const sentences = (element) => (name, values = {}) => {
    const number = (value) => (typeof value === 'number' ? value.toLocaleString(language, { numberingSystem: 'latn' }) : value);
    const text = element.getAttribute(`data-${name}`) ?? element.getAttribute(`data-${name}-${forms.select(values.n)}`);
    return text.replace(/\{(\w+)\}/g, (_, key) => number(values[key]));
  };

  const MOST_LISTED = 10;
  /** Names of an address's making, bounded; the sentence has its quotes. */
  const listed = (names) => [...names.slice(0, MOST_LISTED), ...(names.length > MOST_LISTED ? ['…'] : [])].join(', ');

  return { pagesOf, copies, hrefOf, inAddress, listed, sentences };
})();

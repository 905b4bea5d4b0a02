/* Trials in packs (trialpages/lists/packs.py): what is known of a trial by its file's name; and the
   buttons that save a list as a file. A pack is a script, so that a site opened from a folder has it
   too. */
window.trialpagesTrials = (() => {
  'use strict';

  const root = window.trialpagesShortlist?.root || new URL('.', location.href); // of this page's language
  const shared = new URL('..', document.currentScript.src); // of the site
  const AT_ONCE = 8;
  const LONGEST_WAIT = 20000;

  class Unreadable extends Error {}

  /* ---- scripts, each of which hands over what it has ---- */

  const handed = new Map();
  window.trialpagesPacks = (count, columns, former) => handed.set('index', { count, columns, former });
  window.trialpagesPack = (number, count, trials) => handed.set(number, { count, trials });
  window.trialpagesList = (names) => handed.set('list', names.split(' '));

  const script = (address, key) => new Promise((resolve, reject) => {
    const one = document.createElement('script');
    const end = () => {
      clearTimeout(late);
      one.remove();
      if (handed.has(key)) resolve(handed.get(key));
      else reject(new Unreadable(`${address} can't be read`));
    };
    const late = setTimeout(end, LONGEST_WAIT);
    Object.assign(one, { src: address, onload: end, onerror: end });
    document.head.append(one);
  });

  const reading = new Map();
  /** A script's data, asked for once; after a failure the next call tries again. */
  const once = (address, key) => {
    if (!reading.has(address.href)) {
      reading.set(address.href, script(address, key).catch((error) => {
        reading.delete(address.href);
        throw error;
      }));
    }
    return reading.get(address.href);
  };

  const entry = () => once(new URL('packs/index.js', shared), 'index');

  /** In which pack a trial is: FNV-1a. */
  const packOf = (name, count) => {
    let found = 0x811C9DC5;
    for (const sign of new TextEncoder().encode(name)) found = Math.imul(found ^ sign, 0x01000193) >>> 0;
    return ((found ^ (found >>> 16)) >>> 0) % count;
  };

  /** The names under which the trials of these are here now: one may have been of another number. */
  const present = async (names) => {
    if (!names.length) return [];
    const { former } = await entry();
    return [...new Set(names.map((name) => (Object.hasOwn(former, name) ? former[name] : name)))];
  };

  /** A trial's data by its name, for each name that the site has: `card` and `title` from the packs of
      this page's language, `csv`, `ris` and `bib` from those that all languages share. `read` is told
      how many packs there are and how many are read. */
  const find = async (names, read = () => {}, from = root) => {
    if (!names.length) return new Map();
    const { count } = await entry();
    const numbers = [...new Set(names.map((name) => packOf(name, count)))];
    const packs = new Map();
    const ahead = [...numbers];
    const work = async () => {
      while (ahead.length) {
        const number = ahead.shift();
        const pack = await once(new URL(`packs/${number}.js`, from), number);
        if (pack.count !== count) throw new Unreadable('the site was published anew');
        packs.set(number, pack.trials);
        read(packs.size, numbers.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const found = names.map((name) => [name, packs.get(packOf(name, count))]);
    return new Map(found.filter(([name, trials]) => Object.hasOwn(trials, name)).map(([name, trials]) => [name, trials[name]]));
  };

  /* ---- lists as files ---- */

  const TYPES = { csv: 'text/csv', ris: 'application/x-research-info-systems', bib: 'application/x-bibtex' };

  /** The list's text in a form. A table begins with its mark, by which spreadsheets know UTF-8. */
  const textOf = async (form, trials) => {
    const before = form === 'csv' ? `\uFEFF${(await entry()).columns}` : '';
    return before + [...trials.values()].map((trial) => trial[form]).join(form === 'csv' ? '' : '\n');
  };

  const save = (name, type, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const nameIn = ({ href }) => decodeURIComponent(new URL(href).pathname.split('/').pop().replace(/\.html$/, ''));
  const cardsOnPage = () => [...document.querySelectorAll('#cards .card-title a')].map(nameIn);

  const files = document.querySelector('.files');
  const all = files?.querySelector('.star-all');
  const MOST_STARRED = 20; // of a list that one still looks through

  /** Offer to put the whole list on the shortlist. */
  const offerAll = (number) => { if (all) all.hidden = number < 2 || number > MOST_STARRED; };
  const given = {
    /** What is saved: the names of all trials of the list. The search and the shortlist say their own. */
    names: async () => {
      const { list } = files.dataset;
      if (!list) return cardsOnPage();
      return once(new URL(list, location.href), 'list');
    },
  };

  if (files) {
    const status = files.querySelector('[role="status"]');
    const say = (words, values = {}) => {
      status.textContent = words.replace(/\{(\w+)\}/g, (_, key) => Number(values[key]).toLocaleString(document.documentElement.lang, { numberingSystem: 'latn' }));
    };
    files.addEventListener('click', async ({ target }) => {
      const form = target.closest('button')?.dataset.form;
      if (!form) return;
      try {
        const names = await given.names();
        const trials = await find(names, (n, all) => say(status.dataset.reading, { n, all }), shared);
        if (trials.size < names.length) throw new Unreadable('the list is of another build');
        save(`${files.dataset.name}.${form}`, TYPES[form], await textOf(form, trials));
        say(status.dataset.saved, { n: trials.size });
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        say(status.dataset.failed);
      }
    });
    all?.addEventListener('click', async () => {
      const { trialpagesShortlist: shortlist } = window;
      shortlist.keep([...shortlist.kept(), ...await given.names()]);
      shortlist.showWay();
      status.textContent = document.getElementById('shortlist-link').textContent;
    });
    offerAll(files.dataset.list ? Infinity : cardsOnPage().length);
    files.hidden = false;
  }

  return { find, present, given, files, offerAll, Unreadable };
})();

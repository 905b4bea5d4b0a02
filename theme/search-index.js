/* Search, 2 of 6: Pagefind's parts, searched together, and their hits as rows of the tables. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { lettersOf } = search;

  const LONGEST_BLOCK = 50; // milliseconds before a key that was typed gets its turn

  /* ---- opening ---- */

  /** The value of `make`, made at the first call; after an error the next call tries again. */
  const once = (make) => {
    let made = null;
    return () => {
      made ??= make().catch((error) => {
        made = null;
        throw error;
      });
      return made;
    };
  };

  /** The parts: each can hand out a trial's text, and none can search yet. */
  const texts = once(async () => {
    const [{ parts: names }] = await Promise.all([
      search.table('facets'),
      search.loadScript(new URL('pagefind/engine.js', search.root).href),
    ]);
    const { Part } = window.trialpagesPagefind;
    return names.map((name) => new Part({ basePath: `/${name}/`, baseUrl: '/', primary: true }));
  });

  /** The parts, ready to search. */
  const index = once(async () => {
    const parts = await texts();
    const { rows, columns } = await search.table('facets');
    const language = document.documentElement.lang || 'en';
    const [first, ...others] = parts;
    await first?.init(language, { load_wasm: true }); // one engine for all
    await Promise.all(others.map((part) => part.init(language, { load_wasm: false })));
    parts.forEach((part) => { [, , part.files] = search.fromCbor(part.searchMeta); });
    return { parts, rowsByFragment: rowsByFragment(rows, parts, columns) };
  });

  /** What Pagefind calls the trial of a row, in its part. */
  const fragmentOf = (row, { fragment }) => String(fragment.numberOf(row));

  const rowsByFragment = (rows, parts, columns) => {
    const known = parts.map(() => new Map());
    for (let row = 0; row < rows; row += 1) {
      known[columns.part.numberOf(row)].set(fragmentOf(row, columns), row);
    }
    return known;
  };

  /* ---- what is asked ---- */

  /** As the documents are split: words part at a slash, and a sign before a digit stands alone.
      These signs the index leaves out of words, `10^9` or `CD4+`, but Pagefind not of a question. */
  const asTerm = (words) => words
    .replace(/(\S)\/(?=\S)/g, '$1/ ')
    .replace(/([≥≤<>]=?)(?=\d)/g, '$1 ')
    .replace(/[$+<=>^`|~]/g, '')
    .trim();

  const LONE_SIGNS = /(?<!\S)[^\p{L}\p{N}\s]+(?!\S)/u;

  /** The phrases in quotes, one by one, and the other words together. A sign that stands alone is
      no word of the index but has its place: `"100 × 10^9"` is two phrases, one on each side. */
  const termsOf = (words) => {
    const quoted = [...words.matchAll(/"([^"]*)"/g)].map(([, phrase]) => asTerm(phrase));
    const phrases = quoted.flatMap((phrase) => phrase.split(LONE_SIGNS)).filter(lettersOf);
    const exact = phrases.map((phrase) => `"${phrase.trim()}"`);
    const others = asTerm(words.replace(/"[^"]*"/g, ' ').replaceAll('"', ' '));
    return lettersOf(others) ? [...exact, others] : exact;
  };

  const wordsOf = (term) => term.split(/\s+/).filter(lettersOf);

  /* ---- searching ---- */

  const breathe = () => new Promise((resolve) => { setTimeout(resolve); });

  const SHORTEST_BEGINNING = 3;

  /** Read the files of a part that a term needs. Pagefind reads the one where a word would be; here
      those with words that begin as the last one does are read too, for it may be half typed. */
  const readFiles = async (part, term) => {
    const reading = [part.search(term, { preload: true })];
    const beginning = lettersOf(wordsOf(term).at(-1));
    if (beginning.length >= SHORTEST_BEGINNING && !term.startsWith('"')) {
      for (const [first, last, name] of part.files) {
        if (first <= `${beginning}\uffff` && last >= beginning) reading.push(part.loadChunk(name));
      }
    }
    await Promise.all(reading);
  };

  /** Each part's results, in turns: between two of them the page may answer a key. */
  const searchParts = async (parts, term, stale) => {
    await Promise.all(parts.map((part) => readFiles(part, term)));
    const found = [];
    let since = performance.now();
    for (const part of parts) {
      if (performance.now() - since > LONGEST_BLOCK) {
        await breathe();
        since = performance.now();
      }
      if (stale()) return [];
      found.push((await part.search(term)).results);
    }
    return found;
  };

  const askedWhole = new WeakMap();

  /** Whether a part has this very word, whatever its ending: quick, and asked once. */
  const knowsWhole = (part, word) => {
    if (!askedWhole.has(part)) askedWhole.set(part, new Map());
    const asked = askedWhole.get(part);
    if (!asked.has(word)) {
      const found = part.search(`"${word.replaceAll('"', '')}"`);
      asked.set(word, found.then(({ results }) => results.length > 0));
    }
    return asked.get(word);
  };

  const without = async (words, knows) => {
    const known = await Promise.all(words.map(knows));
    return words.filter((_, i) => !known[i]);
  };

  /** Pagefind takes a word it doesn't know for the longest beginning that it does know: `aspirin`
      may find `a`. A part knows its own words only. Where it hasn't a word as it is asked, its best
      result tells whether it has one that begins so. */
  const unknownIn = async (part, term, [best]) => {
    const doubtful = await without(wordsOf(term), (word) => knowsWhole(part, word));
    if (!doubtful.length) return [];
    const { content, locations, meta } = await best.data();
    const words = content.split(/\s+/);
    const inMeta = Object.values(meta).flatMap((value) => value.split(/\s+/));
    const found = [...locations.map((location) => words[location] || ''), ...inMeta].map(lettersOf);
    return doubtful.filter((word) => !found.some((other) => other.includes(lettersOf(word))));
  };

  /** The results of those parts that know every word, and the words that none of them knows. */
  const searchTerm = async (parts, term, stale) => {
    const found = await searchParts(parts, term, stale);
    if (term.startsWith('"')) return { found, unknown: [] };
    const unknown = await Promise.all(found.map((results, i) =>
      (results.length ? unknownIn(parts[i], term, results) : null)));
    if (unknown.some((words) => words?.length === 0)) {
      return { found: found.map((results, i) => (unknown[i]?.length ? [] : results)), unknown: [] };
    }
    const knowsAny = async (word) =>
      (await Promise.all(parts.map((part) => knowsWhole(part, word)))).includes(true);
    return { found: found.map(() => []), unknown: await without(wordsOf(term), knowsAny) };
  };

  /** Row -> hit: its score, and how to read its text with the places that match. */
  const asHits = (found, rowsOf) => {
    const hits = new Map();
    found.forEach((results, i) => {
      for (const { id, score, data } of results) {
        const row = rowsOf[i].get(id); // none for what a newer, smaller part holds
        if (row !== undefined) hits.set(row, { score, texts: [data] });
      }
    });
    return hits;
  };

  const inBoth = (one, other) => {
    const both = new Map();
    for (const [row, { score, texts }] of one) {
      const more = other.get(row);
      if (more) both.set(row, { score: score + more.score, texts: [...texts, ...more.texts] });
    }
    return both;
  };

  /** The trials that say all of this: `hits`, and `unknown` words that no trial says. */
  search.find = async (words, stale = () => false) => {
    const { parts, rowsByFragment: rowsOf } = await index();
    const answers = [];
    for (const term of termsOf(words)) answers.push(await searchTerm(parts, term, stale));
    const hits = answers.map(({ found }) => asHits(found, rowsOf));
    return {
      hits: hits.length ? hits.reduce(inBoth) : new Map(),
      unknown: answers.flatMap(({ unknown }) => unknown),
    };
  };

  /** A trial's text, `hit` being its own if there is one: content, anchors, meta, where it matches. */
  search.textOf = async (row, hit) => {
    if (hit?.texts.length) {
      const read = [];
      for (const data of hit.texts) read.push({ ...await data() }); // they share one object
      const matches = read.flatMap((text) => text.weighted_locations);
      return { ...read[0], matches };
    }
    const parts = await texts();
    const { columns } = await search.table('facets');
    const part = parts[columns.part.numberOf(row)];
    return { ...await part.loadFragment(fragmentOf(row, columns), [], ''), matches: [] };
  };

  search.warmUp = index;
})();

/* Search: words in quotes. Pagefind's index knows where in a text each word stands; its parts and
   its engine are read only for these. Whether a trial counts is for 40-rank.js to say. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const LONGEST_BLOCK = 50; // milliseconds before a key that was typed gets its turn

  /** As the documents are split: words part at a slash, and a sign before a digit stands alone.
      These signs the index leaves out of words, `10^9` or `CD4+`, but Pagefind not of a question. */
  const asTerm = (words) => words
    .replace(/(\S)\/(?=\S)/g, '$1/ ')
    .replace(/([≥≤<>]=?)(?=\d)/g, '$1 ')
    .replace(/[$+<=>^\x60|~]/g, '')
    .trim();

  /** A sign that stands alone is no word of the index but has its place: `"100 × 10^9"` is two
      phrases, one on each side. */
  const LONE_SIGNS = /(?<!\S)[^\p{L}\p{N}\s]+(?!\S)/u;
  const termsOf = (phrase) => asTerm(phrase).split(LONE_SIGNS).filter(search.lettersOf)
    .map((part) => `"${part.trim()}"`);

  /** What Pagefind's code reads: a file of the build, held to its sum. */
  search.pagefindFile = async (name) => {
    try {
      const { sums } = await search.table('places');
      return await search.summedFile(name, sums[name]);
    } catch (error) {
      lost = error;
      throw error;
    }
  };

  let known = null; // the parts of the build they belong to, ready to search
  let lost = null; // why a file couldn't be had: Pagefind's code goes on without

  /** What Pagefind found, if it had all it asked for. */
  const whole = async (finding) => {
    const found = await finding.catch((error) => { lost ??= error; });
    if (!lost) return found;
    const error = lost;
    [known, lost] = [null, null];
    throw error;
  };

  /** A policy lets no WebAssembly run. */
  class Forbidden extends Error {}
  search.Forbidden = Forbidden;

  const refuseForbidden = () => {
    try {
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6D, 1, 0, 0, 0)); // the smallest there is
    } catch (error) {
      throw new Forbidden(error.message);
    }
  };

  const engine = () => search.program('engine.js', () => window.trialpagesPagefind);

  /** Begins to read all that any words in quotes need, at once: Pagefind's code would ask for one
      file after the other, and over a slow link a round costs more than a small file. Whoever reads
      them afterwards sees what couldn't be read. */
  const readAhead = async () => {
    engine().catch(() => {});
    const { sums } = await search.table('places');
    for (const [name, sum] of Object.entries(sums)) {
      if (!name.includes('/index/')) search.summedFile(name, sum).catch(() => {});
    }
  };

  const opened = async (build) => {
    refuseForbidden();
    await readAhead();
    const { rows, columns, parts: names } = await search.table('places');
    const { Part } = await engine();
    const parts = names.map((name) => new Part({ basePath: `/${name}/`, baseUrl: '/', primary: true }));
    const language = document.documentElement.lang || 'en';
    const [first, ...others] = parts;
    await first?.init(language, { load_wasm: true }); // one engine for all
    await Promise.all(others.map((part) => part.init(language, { load_wasm: false })));
    const rowsOf = parts.map(() => new Map());
    for (let row = 0; row < rows; row += 1) {
      rowsOf[columns.part.numberOf(row)].set(String(columns.fragment.numberOf(row)), row);
    }
    return { build, parts, rowsOf };
  };

  const open = async () => {
    const { build } = await search.entry();
    if (known?.build !== build) {
      const found = await whole(opened(build));
      known = found;
    }
    return known;
  };

  const breathe = () => new Promise((resolve) => { setTimeout(resolve); });

  /** Reads what the terms need of all parts at once. */
  const preload = async (terms) => {
    const { parts } = await open();
    const reading = terms.flatMap((term) => parts.map((part) => part.search(term, { preload: true })));
    await whole(Promise.all(reading));
  };

  const withTerm = async (term, stale) => {
    const { parts, rowsOf } = await open();
    const found = new Set();
    let since = performance.now();
    for (const [i, part] of parts.entries()) {
      if (performance.now() - since > LONGEST_BLOCK) {
        await breathe();
        since = performance.now();
      }
      if (stale()) return found;
      for (const { id } of (await whole(part.search(term))).results) {
        const row = rowsOf[i].get(id); // none for what a newer, smaller part holds
        if (row !== undefined) found.add(row);
      }
    }
    return found;
  };

  const STEMMED = /^[a-z]+$/;

  /** The rows that say each word of a phrase, in either number: Pagefind knows stems alone, and takes
      `Memorial` for memory. Together with the word before it is one word at times, `gall bladder`. */
  const sayingWords = async (phrase) => {
    const keys = await search.keys();
    const parts = keys.wordsOf(phrase).flatMap((word) => word.parts);
    const forms = (part) => [part, ...search.forms.numbersOf(part, keys)];
    const said = parts.map((part, i) => [...forms(part), ...(i ? forms(parts[i - 1] + part) : [])])
      .filter((_, i) => STEMMED.test(parts[i]));
    await search.readAhead(said.flat(), []);
    const each = await Promise.all(said.map((all) => Promise.all(all.map(search.postingsOf))));
    const rows = each.map((found) => new Set(found.flatMap((postings) => [...postings?.rows ?? []])));
    return (row) => rows.every((one) => one.has(row));
  };

  /** The rows that say each phrase word for word. */
  search.withPhrases = async (phrases, stale = () => false) => {
    let rows = null;
    const terms = phrases.flatMap(termsOf);
    await preload(terms);
    for (const term of terms) {
      const found = await withTerm(term, stale);
      rows = rows ? new Set([...rows].filter((row) => found.has(row))) : found;
    }
    const says = await Promise.all(phrases.map(sayingWords));
    return new Set([...rows || []].filter((row) => says.every((one) => one(row))));
  };
})();

/* Search: which trials say a word, and what it is worth there (trialpages/search/word_files.py). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const MOST_FILES = 8; // for the endings of a word

  /** What a key is put in order by (place_of in word_files.py). */
  const placeOf = (key) => {
    if (key.includes(' ')) return `=${key}`;
    return key.startsWith('^') ? key.replace(/^\^([^=]*)/, '$1^') : key;
  };

  /** A file of words, ready to be asked. */
  const asWords = ({ keys, counts, widths, about, names = {}, aside = {}, content }) => {
    let end = 0;
    /** Where the bytes of each word begin, of those that have bytes of this kind. */
    const starts = (has) => keys.map((_, i) => {
      const start = end;
      if (has(i)) end += counts[i];
      return start;
    });
    const steps = [0, 1, 2, 3].map((byte) => starts((i) => widths[i] > byte));
    const worths = starts(() => true);
    if (end !== content.length) throw new search.Unreadable('a file of words is cut');
    const rowsOf = (i) => {
      const rows = new Uint32Array(counts[i]);
      for (let k = 0; k < rows.length; k += 1) {
        for (let byte = 0; byte < widths[i]; byte += 1) rows[k] += content[steps[byte][i] + k] * 256 ** byte;
        if (k) rows[k] += rows[k - 1];
      }
      return rows;
    };
    const found = new Map();
    const postings = (i) => {
      if (!found.has(i)) {
        found.set(i, { key: keys[i], rows: rowsOf(i), worths: content.slice(worths[i], worths[i] + counts[i]),
          about: Number(about[i]), names: names[keys[i]] || [], aside: aside[keys[i]] });
      }
      return found.get(i);
    };
    return { keys, places: keys.map(placeOf), postings };
  };

  const ready = new WeakMap();
  const wordsFile = async (number) => {
    const file = await search.file(`words/${number}`);
    if (!ready.has(file)) ready.set(file, asWords(file));
    return ready.get(file);
  };

  /** Where `place` is, or would be put, in an ordered list. */
  const placeIn = (list, place) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < place) low = middle + 1; else high = middle;
    }
    return low;
  };

  /** The number of the file in which something with this place stands, if it stands anywhere. */
  const fileOf = (firsts, place) => {
    const at = placeIn(firsts, place);
    return firsts[at] === place ? at : Math.max(0, at - 1);
  };

  const filesOfBeginning = (firsts, start) => {
    const from = fileOf(firsts, start);
    const to = Math.min(fileOf(firsts, `${start}\uffff`), from + MOST_FILES - 1);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  };

  /** The postings of a key, or null: { key, rows, worths, about, names, aside }; `about` is how many
      trials are about it, nine of more, and the last the formal name of what only texts mention. */
  search.postingsOf = async (key) => {
    const { words: firsts } = await search.entry();
    if (!firsts.length) return null;
    const place = placeOf(key);
    const file = await wordsFile(fileOf(firsts, place));
    const at = placeIn(file.places, place);
    return file.keys[at] === key ? file.postings(at) : null;
  };

  /** Begins to read the files of these keys, and those of words that begin so: over a slow link a
      round costs more than the files. Whoever reads them afterwards sees what couldn't be read. */
  search.readAhead = async (keys, starts) => {
    const { words: firsts } = await search.entry();
    if (!firsts.length) return;
    const wanted = new Set(keys.map((key) => fileOf(firsts, placeOf(key))));
    for (const start of starts) for (const number of filesOfBeginning(firsts, start)) wanted.add(number);
    for (const number of wanted) wordsFile(number).catch(() => {});
  };

  /** Whether a name is the one of this key but for its spelling. */
  search.sameName = (name, key) => {
    const { nameOf, wordsOf } = search.keysNow();
    return nameOf(name) === key || wordsOf(name)[0]?.short === key;
  };

  /** The postings of all words that begin so, of names none; of very many the first files alone. */
  search.beginning = async (start) => {
    const { words: firsts } = await search.entry();
    if (!firsts.length) return [];
    const files = await Promise.all(filesOfBeginning(firsts, start).map(wordsFile));
    return files.flatMap(({ keys, places, postings }) => {
      const found = [];
      for (let at = placeIn(places, start); at < keys.length && places[at].startsWith(start); at += 1) {
        if (keys[at].startsWith(start) && !keys[at].endsWith('=')) found.push({ key: keys[at], read: () => postings(at) });
      }
      return found;
    });
  };

  const only = ({ key, rows, worths }, fits) => {
    const kept = [...rows.keys()].filter(fits);
    return { key, rows: kept.map((i) => rows[i]), worths: kept.map((i) => worths[i]) };
  };

  /** The postings of another form of a word without those where it is somebody's name: kidney stones
      are no Dr Stone (trialpages/search/weights.py). */
  const withoutNames = (postings) => only(postings, (i) => postings.worths[i] % 2 === 1);

  /** The postings of a plural without those where it is an abbreviation: AIDS are no aids. */
  const withoutShort = async (postings) => {
    const short = new Set((await search.postingsOf(`^${postings.key}`))?.rows);
    return only(postings, (i) => !short.has(postings.rows[i]));
  };

  search.postings = { withoutNames, withoutShort };
})();

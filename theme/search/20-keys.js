/* Search: words as the index knows them, as trialpages/search/keys.py makes them. The letters and
   rules come with the entry, so that they are written down once. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const SHORTEST_RULED = 4;
  const SHORTEST_PLURAL = 3;
  const LONGEST = 40;

  const RUN = /[\p{L}\p{N}]+/gu;
  const LETTERS_ALONE = /^\p{L}+$/u;
  const NUMBER = /^\p{Nd}+$/u;
  const ABBREVIATION = /^(?=.*[A-Z].*[A-Z])[A-Z0-9]{2,5}$/;

  const ROMAN = 'i ii iii iv v vi vii viii ix x'.split(' ');
  const ROMAN_BESIDE = new RegExp(`\\b(stage|grade|type|class|factor) (${ROMAN.join('|')})\\b`, 'g');
  /** `type ii` is `type 2`, of keys. */
  const arabic = (name) => name.replace(ROMAN_BESIDE, (_, word, number) => `${word} ${ROMAN.indexOf(number) + 1}`);

  search.isShort = (text) => ABBREVIATION.test(text);

  const remembering = (make) => {
    const known = new Map();
    return (key) => {
      if (!known.has(key)) known.set(key, make(key));
      return known.get(key);
    };
  };

  /** The functions for the letters and rules of an entry. */
  const keysWith = ({ letters, rules, plurals, joints, unspaced }) => {
    const escaped = joints.replace(/[\\\]^-]/g, '\\$&');
    const word = new RegExp(`[\\p{L}\\p{N}\\p{M}]+(?:[${escaped}][\\p{L}\\p{N}\\p{M}]+)*`, 'gu');
    const unspacedRun = new RegExp(`[${unspaced}]+`, 'gu');
    const ruled = rules.map(([pattern, instead]) => [new RegExp(pattern, 'g'), instead]);
    const endings = plurals.map(([pattern, instead]) => [new RegExp(pattern), instead]);

    const plain = (text) => (/^[\0-\x7f]*$/.test(text) ? text
      : text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\0-\x7f]/gu, (sign) => letters[sign] ?? sign).normalize('NFC'));

    /** One look for all rules: most words fall under none. */
    const isRuled = new RegExp(rules.map(([pattern]) => `(?:${pattern})`).join('|'));

    const canonical = remembering((run) => {
      if (run.length < SHORTEST_RULED || !LETTERS_ALONE.test(run) || !isRuled.test(run)) return run;
      return ruled.reduce((key, [pattern, instead]) => key.replace(pattern, instead), run);
    });

    const singular = (key) => {
      if (key.length <= SHORTEST_PLURAL || !LETTERS_ALONE.test(key)) return key;
      const ending = endings.find(([pattern]) => pattern.test(key));
      return ending ? key.replace(...ending) : key;
    };

    /** Each two neighbours of letters that are written without blanks. */
    const pieces = (run) => {
      const found = [];
      let at = 0;
      for (const { 0: run2, index } of run.matchAll(unspacedRun)) {
        if (index > at) found.push(run.slice(at, index));
        const signs = [...run2];
        for (let i = 0; i < Math.max(1, signs.length - 1); i += 1) found.push(signs.slice(i, i + 2).join(''));
        at = index + run2.length;
      }
      if (at < run.length) found.push(run.slice(at));
      return found;
    };

    /** A word's keys: of its `parts`, of the whole where it has several, of an abbreviation. */
    const keysOfWord = remembering((text) => {
      const bare = plain(text);
      const runs = (bare.toLowerCase().match(RUN) || []).map((run) => canonical(run).slice(0, LONGEST));
      const parts = runs.flatMap(pieces);
      const joined = runs.join('');
      const whole = runs.every((run) => NUMBER.test(run)) ? runs.join('.') : joined; // 2.5 is no 25
      return {
        parts,
        whole: runs.length > 1 && joined.length <= LONGEST ? whole : null,
        short: ABBREVIATION.test(bare) ? `^${joined}` : null,
      };
    });

    /** The words of a text, in order: where each begins and ends in it, and its keys. */
    const wordsOf = (text) => [...text.matchAll(word)].map(({ 0: found, index }) =>
      ({ text: found, start: index, end: index + found.length, ...keysOfWord(found) }));

    const nameOf = (text) => arabic(wordsOf(text).flatMap(({ parts }) => parts.map(singular)).join(' '));

    return { plain, canonical, singular, arabic, wordsOf, nameOf };
  };

  let known = null; // the entry and its functions

  /** The functions for the build that the page knows. */
  search.keys = async () => {
    const entry = await search.entry();
    if (known?.entry !== entry) known = { entry, ...keysWith(entry) };
    return known;
  };
  search.keysNow = () => known;
})();

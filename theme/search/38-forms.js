/* Search: other forms of a word: its other number, and words of one stem. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const SHORTEST_SHARED = 4; // letters of a stem that words of one meaning share
  const SHORT = 3; // letters of a singular whose other number no stem leads to, `egg`

  const STEMS = {
    en: (key) => key.replace(/(?<=[a-z]{3}on)ian$/, '').replace(/(?<=[a-z]{4})(ing|ed|ly|ment|er|or)$/, '')
      .replace(/([b-df-hj-np-tv-z])\1$/, '$1').replace(/(ic|al|ical)$/, '').replace(/[eyi]$/, ''),
    // `metformina` is Metformin, but `hongo` no Hong Kong.
    es: (key) => key.replace(/(?<=[a-z]{3}[^aeiou])es$/, '').replace(/(?<=[a-z]{5})[oae]$/, ''),
  };

  const RECORDS = 'en'; // the language they are in
  const stemmer = (language, singular) => {
    const stem = STEMS[language.slice(0, 2)] || ((key) => key);
    return Object.assign((key) => stem(singular(key)), { singular });
  };

  /** Words that share a stem and no meaning, each two in the order of the alphabet. */
  const STRANGERS = new Set(`apple apply, colon colony, colonic colony, corn corneal, count county, counted county, counter county,
    counting county, enter enteral, form formal, formal former, grade grady, graded grady, grading grady,
    general generic, later lateral, mater material, memorial memory, office official, organ organic,
    part party, partial party, plan plane, police policy, port portal, read readily, read ready,
    reader readily, reader reading, reader ready, readily reading, reading ready, rosacea rosaceae, sever several,
    several severe, several severely, should shoulder, sign signal, signal signed, signal signing,
    state static, stated static, statement static, stone stony, store story, stored story, skin skinner,
    thin thinner, thinned thinner, thinner thinning, trace tracy, traced tracy, tracing tracy, unite unity,
    united unity`.split(/,\s+/));

  /** Whether two words of one stem are forms of one word: of short stems they aren't, `pile` and
      `pill`, `male` and `Mali`; nor is `master` a form of `mast`, `number` of `numb`. */
  const areForms = (one, other, stem) => {
    if (stem.length < SHORTEST_SHARED || STRANGERS.has([one, other].sort().join(' '))) return false;
    const [short, long] = one.length < other.length ? [one, other] : [other, one];
    return short.length > SHORTEST_SHARED || !/^[eo]r$/.test(long.replace(short, ''));
  };

  /** Words whose other number no ending makes. */
  const IRREGULAR = new Map('child children, man men, woman women, foot feet, tooth teeth, mouse mice'.split(', ')
    .map((pair) => pair.split(' ')).flatMap(([one, many]) => [[one, many], [many, one]]));

  /** What an English word is in the other number. */
  const numbersOf = (part, { singular }) => {
    if (IRREGULAR.has(part)) return [IRREGULAR.get(part)];
    const one = singular(part);
    return [one, `${one}s`, `${one}es`, one.replace(/y$/, 'ies')].filter((key, i, all) =>
      key !== part && singular(key) === one && all.indexOf(key) === i);
  };

  const hasNoStem = (part, { singular }) => singular(part).length === SHORT || IRREGULAR.has(part);

  search.forms = { areForms, hasNoStem, numbersOf, stemmer, RECORDS };
})();

/* Search: a question answered with rows of the tables, as the page shows them in order. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const newestOpen = async () => {
    const { columns: { open } } = await search.entry();
    return (row) => open.numberOf(row) !== null;
  };

  /** Takes out those that say a phrase that must not be said, or have such a place. */
  const leaveOut = async (hits, { withoutPhrases, notThere }, stale) => {
    for (const phrase of withoutPhrases) {
      for (const row of await search.withPhrases([phrase], stale)) hits.delete(row);
    }
    for (const { name, labels } of notThere) {
      const isThere = await search.hasAnyOf(name, labels);
      for (const row of hits.keys()) if (isThere(row)) hits.delete(row);
    }
  };

  /** What the words find; of words that must not be said alone, all trials but those that say them: `hits` row -> { score, missing }, of which `whole` have all the words and
      `others` most; `unknown` words that no trial says; `met` by what, `names` among the words. */
  search.find = async (text, stale = () => false, soft = []) => {
    const { rows } = await search.entry();
    const question = await search.questionOf(text, soft);
    const isOfExcluded = [question.without, question.withoutPhrases, question.notThere].some((said) => said.length > 0);
    if (!question.words.length && question.phrases.length === 0 && !isOfExcluded) {
      return { question, hits: new Map(), whole: new Map(), others: new Map(), soft, unknown: [], met: [], names: [], translated: [], untranslated: [] };
    }
    const binding = question.phrases.length ? search.withPhrases(question.phrases, stale) : null;
    binding?.catch(() => {}); // whoever waits for it below sees what went wrong
    const ranked = await search.ranked(question, rows, await newestOpen());
    await leaveOut(ranked.hits, question, stale);
    let { whole, others } = search.inTiers(ranked, question.words);
    if (binding && !stale()) {
      const bound = await binding;
      whole = new Map([...ranked.hits].filter(([row, { missing }]) => bound.has(row) && !missing.length));
      others = new Map();
    }
    return { ...ranked, question, soft, whole, others, isBound: Boolean(binding) };
  };

  const IF_CLOSED = 0.9; // in the countries that were asked for

  /** The rows of hits, best first; those that are closed to who asks count for less. */
  search.inOrder = (hits, isClosed = () => false) => [...hits]
    .map(([row, { score }]) => ({ row, score: score * (isClosed(row) ? IF_CLOSED : 1) }))
    .sort((one, other) => other.score - one.score || one.row - other.row).map(({ row }) => row);

  const MOST_AHEAD = 3;
  const COMMON = 0.1; // of all trials, that say a word which tells little of a thing: `severe`, `metastatic`

  /** Of the `others`, the best first, those that come before all: where none of the trials with all
      words is about a thing that several of them name, some that are, and lack only common words; where
      none has all words, all that are: `lung cancer that came back after chemo`. */
  search.aheadOf = ({ hits, names, met }, { whole, others }) => {
    const about = names.filter(({ length }) => length > 1).map(({ postings }) => new Set(postings.rows));
    const isAbout = (row) => about.some((rows) => rows.has(row));
    if (whole.some(isAbout)) return [];
    if (!whole.length) return others.filter(isAbout);
    const isCommon = (n) => met[n].count >= COMMON * met[n].at.length;
    return others.filter((row) => isAbout(row) && hits.get(row).missing.every(isCommon)).slice(0, MOST_AHEAD);
  };

  const IN_TITLE = 0.35; // what a word is worth at least that stands in a title (trialpages/search/weights.py)

  /** By distance, rows about a thing that the words name stand before those that only mention it. */
  search.aboutFirst = (found, rows) => {
    const about = (found?.names || []).map(({ postings }) => new Set(postings.rows));
    const isAbout = (row) => about.some((those) => those.has(row)) || found.met.every(({ at }) => at[row] >= IN_TITLE);
    const mentioning = about.length ? rows.filter((row) => !isAbout(row)) : [];
    const only = new Set(mentioning);
    return { whole: [...rows.filter((row) => !only.has(row)), ...mentioning], mentioning };
  };

  /** For whoever only wants the rows of a question. */
  search.found = async (text) => {
    const { whole, others, unknown } = await search.find(text);
    return { rows: [...search.inOrder(whole), ...search.inOrder(others)], sentence: unknown.map(({ text: word }) => word).join(' ') };
  };
})();

/* Search: lay names that are words of everyday, too (trialpages/search/lay_names.py). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  /** Of the words those that, beside soft ones alone, mean the thing they are a lay name of: `fits` is
      epilepsy, and nothing that fits. */
  search.layAlone = async (words, names) => {
    const { everyday } = await search.entry();
    const isLay = (i) => names.some(({ at, length, postings: { key } }) => at === i && length === 1 && everyday.includes(key.slice(0, -1)));
    return words.map((_, i) => isLay(i) && words.every(({ soft }, other) => soft || other === i));
  };
})();

/* Search: which words of a question a trial must say. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  /** Of each word whether a trial must say it to have all: soft ones only within a longer name,
      `male infertility`, or where all are soft; vague ones where no trial says another, too. What a
      visitor is told of is none even there, `newly diagnosed multiple myeloma`. */
  const demandedOf = (words, names, met) => {
    const named = (i) => names.some(({ at, length }) => length > 1 && i >= at && i < at + length);
    const firm = words.map(({ soft, told }, i) => !soft || (named(i) && !told));
    const isSaid = firm.some((is, i) => is && met[i].count);
    const found = isSaid ? firm : firm.map((is, i) => is || words[i].vague);
    return found.includes(true) ? found : found.map(() => true);
  };

  /** Of the words that are demanded those that tell of a thing: `disease` alone is nobody's Crohn's. */
  const tellingOf = (words, demanded, met) => {
    const found = demanded.map((is, i) => is && !words[i].vague && met[i].count > 0);
    return found.includes(true) ? found : demanded;
  };

  search.demanded = { demandedOf, tellingOf };
})();

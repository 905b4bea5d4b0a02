/* Search: two words of a question that a record may write as one. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const LONGEST_PAIR = 20; // letters of two words that may be one, `ak 104`

  /** Two neighbours that may be one word in a record, `AK 104`, `beta carotene`. */
  const mayBePairs = (words, { arabic }) => words.slice(1).flatMap((after, at) => {
    const [one, other] = [words[at].parts.join(''), after.parts.join('')];
    const fits = (one + other).length <= LONGEST_PAIR && (one.length <= 5 || /\d/.test(one + other));
    const numbered = arabic(`${one} ${other}`).replace(' ', ''); // `stageiv` is stage4
    return fits ? [{ at, length: 2, key: numbered }] : [];
  });

  /** `stage 4` is said by those that say it side by side: a 4 beside something else is another. */
  const isNumbered = ({ postings: { key } }) => /^(?:stage|grade|type|class|factor)\d+$/.test(key);

  const pairsIn = async (words, keys) => {
    const found = [];
    for (const { at, length, key } of mayBePairs(words, keys)) {
      const postings = await search.postingsOf(key);
      if (postings) found.push({ at, length, postings });
    }
    return found;
  };

  search.pairs = { isNumbered, mayBePairs, pairsIn };
})();

/* Search: a name at the end of a question that several places have, `lung cancer Córdoba`: it is found
   as a word, and the places are offered. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const MOST_WORDS = 3;

  /** The last words of a text in capitals, the longest first: [from, name]. */
  const namesAtEnd = (text) => {
    const words = [...text.matchAll(/[\p{L}.'’-]+/gu)];
    return words.slice(-MOST_WORDS).map(({ index }) => text.slice(index))
      .filter((name) => /^\p{Lu}\p{L}*\p{Ll}/u.test(name) && !/[^\p{L}\s.'’-]/u.test(name));
  };

  /** What a name at the end may mean where that is several places: { called, said, choices }, or null. */
  search.placesUnasked = async (text) => {
    for (const called of namesAtEnd(text)) {
      if (await search.isNoPlace(called.split(' ')[0]) || search.patterns.negated(text, text.length - called.length)) continue;
      const places = (await search.placesCalled(called)).filter(({ missing }) => !missing);
      const [first, ...others] = places.length ? await search.likeliestPlaces(places) : [];
      if (!first) continue;
      const isApart = others.some(({ name }) => name === 'town' || name === first.name);
      const choices = isApart ? others : [first, ...others];
      return choices.length > 1 ? { called, said: called, choices } : null;
    }
    return null;
  };
})();

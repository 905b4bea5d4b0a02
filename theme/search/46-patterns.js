/* Search: patterns of a language, and where they are in what was typed. */
(() => {
  'use strict';

  const language = () => (document.documentElement.lang || 'en').slice(0, 2);

  /** Those of the site's language first; then the others, since a visitor may ask in his own. */
  const of = ({ [language()]: own, ...others }) => [own, ...Object.values(others)].filter(Boolean);

  /** `not children`, and `not for children`, `except in the elderly`, `outside the United States`. */
  const DENIED = new RegExp('(?:^|[^\\p{L}])(?:not|no|non|without|sin|never|nunca|except|excludes?|excluding|excepto|salvo|outside|fuera|(?:away|far) from|anywhere but|lejos de)[ -]'
    + '(?:(?:an?|any|the|for|from|in|of|on|with|el|las?|los|una?|con|de|en|para) )*$', 'iu');
  const AWAY = /(?:^|[^\p{L}])(?:(?:away|far) (?=from )|lejos (?=de ))/giu; // `from Leeds` is what was matched
  const negated = (text, index) => DENIED.test(text.slice(0, index))
    || [...text.matchAll(AWAY)].some((match) => match.index + match[0].length === index);

  /** A word, or words in quotes, behind a minus; but `12 -17` are years. */
  const MINUS = /(^|\s)[-\u2212\u2013]("[^"]+"|\p{L}[^\s"]*|(?<!\d\s[-\u2212\u2013])\p{N}[^\s"]*)/gu;

  /** The text without what is behind a minus, and that as it was typed. */
  const withoutExcluded = (text) => ({ text: text.replace(MINUS, '$1'), excluded: [...text.matchAll(MINUS)].map(([, , words]) => words) });

  /** Where a pattern is in the text and isn't denied: its match, or null. */
  const matchOf = (text, pattern) => {
    const match = pattern.exec(text);
    return match && !negated(text, match.index) ? match : null;
  };

  const firstOf = (text, patterns) => patterns.map((pattern) => matchOf(text, pattern)).find(Boolean) || null;

  window.trialpagesSearch.patterns = { of, negated, matchOf, firstOf, withoutExcluded };
})();

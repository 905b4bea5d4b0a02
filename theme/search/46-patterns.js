/* Search: patterns of a language, and where they are in what was typed. */
(() => {
  'use strict';

  const language = () => (document.documentElement.lang || 'en').slice(0, 2);

  /** Those of the site's language first; then the others, since a visitor may ask in his own. */
  const of = ({ [language()]: own, ...others }) => [own, ...Object.values(others)].filter(Boolean);

  const negated = (text, index) => /(?:^|[^\p{L}])(?:not|no|non|without|sin|never|nunca)[ -]$/iu.test(text.slice(0, index));

  /** Where a pattern is in the text and isn't denied: its match, or null. */
  const matchOf = (text, pattern) => {
    const match = pattern.exec(text);
    return match && !negated(text, match.index) ? match : null;
  };

  const firstOf = (text, patterns) => patterns.map((pattern) => matchOf(text, pattern)).find(Boolean) || null;

  window.trialpagesSearch.patterns = { of, negated, matchOf, firstOf };
})();

/* Search: what a visitor says of how and when he was told what he has, `just diagnosed with lupus
   last week`, `for 20 years`: no word of what he looks for. Single words: 35-question.js. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const SPAN = '(?:\\d+|an?|two|three|six|few|several|many) (?:day|week|month|year)s?';
  const whole = (said) => new RegExp(`(?<![\\p{L}\\p{N}-])(?:${said})(?![\\p{L}\\p{N}])`, 'giu');

  /** A trial may say these, too, and need not: `newly diagnosed multiple myeloma`. */
  const MAY_BE_SAID = whole(`(?:(?:newly|new|recently|first)[ -])?diagnosed|for (?:(?:about|over|the (?:past|last)) )?${SPAN}`);
  const OWN = whole(`(?:been|was|were|just) told|told me|${SPAN} ago|(?:last|this) (?:week|month|year)(?! of life)|just(?= (?:been )?diagnosed)`
    + '|(?:hace|il y a|vor|منذ|قبل) \\d+ \\p{L}+');

  /** Which words of a text, by where they stand, are the visitor's own (`isOwn`), and which of them a
      trial may say (`maySay`). */
  search.toldIn = (text) => {
    const within = (pattern) => {
      const found = [...text.matchAll(pattern)];
      return ({ start, end }) => found.some(({ 0: said, index }) => index <= start && end <= index + said.length);
    };
    return { isOwn: within(OWN), maySay: within(MAY_BE_SAID) };
  };
})();

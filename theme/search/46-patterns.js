/* Search: patterns of a language, and where they are in what was typed. */
(() => {
  'use strict';

  const language = () => (document.documentElement.lang || 'en').slice(0, 2);

  /** Those of the site's language first; then the others, since a visitor may ask in his own. */
  const of = ({ [language()]: own, ...others }) => [own, ...Object.values(others)].filter(Boolean);

  /** `not children`, and `isn't for children`, `all but`, `other than`, `closed to` them, `outside the
      United States`; with what may stand between. */
  const NO = 'not|no|non|without|never|cannot|\\p{L}+n[\'’]t|nor|neither|nobody|excepts?|excludes?|excluding|outside|lack(?:s|ing)?|avoid(?:s|ing)?|anywhere but'
    + '|(?:all|any|every|anything|anyone|anybody|anywhere|everything|everyone|everybody|everywhere)(?: \\p{L}+){0,2} (?:but|bar)'
    + '|(?:other|rather) than|(?:apart|aside|away|far|excluded|barred|different) from|instead of|closed (?:to|for)|no ?one'
    + '|sin|nunca|tampoco|ningun[oa]?|excepto|salvo|excluyendo|excluid[oa]s?|fuera|lejos de|en vez de|en lugar de|aparte de|distint[oa]s? de|tod[oa]s?(?: \\p{L}+){0,2} menos|(?<!(?:al|más o) )menos|cerrad[oa]s? a'
    + '|pas|sans|sauf|hors|excepté|ailleurs que|à part|autres? que|plutôt que|au lieu de|nicht|ohne|außer|ausser|außerhalb|ausserhalb|statt|kein(?:e[rnms]?)?'
    + '|غير|ليس|ليست|بدون|باستثناء|عدا|خارج|سوى';
  const BESIDE = 'an?|any|the|for|from|in|at|of|on|with|near|to|el|las?|los|una?|con|de|en|para|a|le|les|du|des|d|au|aux|pour|dans|der|die|das|den|dem|für|im|von|zu|في|من|على'
    + '|be|been|being|have|having|liv(?:e|es|ing)|travel(?:s|ling|ing)?|just|only|based|located|held|open|accept(?:s|ing|ed)?|tak(?:es?|ing)|includ(?:es?|ing)|recruit(?:s|ing)?|enrol(?:l?s|l|l?ing)?|allow(?:s|ing|ed)?|want(?:s|ing)?'
    + '|acepta[n]?|aceptan|incluye[n]?|admiten?|reclutan?|sea[n]?|son|es|está[n]?';
  const DENIED = new RegExp(`(?:^|[^\\p{L}])(?<said>(?:${NO})[ -](?:(?:${BESIDE})[ -])*)$`, 'iu');
  const DENIED_UNPARTED = /(?:非|不|无|没有|除了?|除外|排除|不包括|不含|不要|不在|不是)\s*$/u; // no blanks in Chinese
  /** `men excluded`, `children can't join`. */
  const LEFT_OUT = new RegExp('^ ?(?<said>(?:(?:are|is|be|were|son|están?) )?(?:excluded|barred|ineligible|excluid[oa]s|exclus?e?s|ausgeschlossen|ausgenommen|除外|以外|之外|مستثن\\p{L}+|need not apply'
    + '|(?:not|never|cannot|can[\'’]?t|(?:are|is|do|does)n[\'’]t|no)(?: be| get)? (?:allowed|eligible|accepted|included|permitted|admitted|welcome|wanted|recruited|enrol?led|join|take part|participate|apply|aceptad[oa]s?|permitid[oa]s?|incluid[oa]s?)))(?!\\p{L})', 'iu');
  const AWAY = /(?:^|[^\p{L}])(?:(?:away|far|apart|aside|excluded|barred) (?=from )|(?:lejos|fuera|aparte) (?=de ))/giu; // `from Leeds` is what was matched
  const negated = (text, index, end = null) => DENIED.test(text.slice(0, index)) || DENIED_UNPARTED.test(text.slice(0, index))
    || (end !== null && LEFT_OUT.test(text.slice(end)))
    || [...text.matchAll(AWAY)].some((match) => match.index + match[0].length === index);

  /** The words that deny what is behind them, or before them, as they were said; or null. */
  const denialBefore = (text) => DENIED.exec(text)?.groups.said.trim() ?? null;
  const denialAfter = (text) => LEFT_OUT.exec(text)?.groups.said ?? null;

  /** A word, or words in quotes, behind a minus; but `12 -17` are years. */
  const MINUS = /(^|\s)[-\u2212\u2013]("[^"]+"|\p{L}[^\s"]*|(?<!\d\s[-\u2212\u2013])\p{N}[^\s"]*)/gu;

  /** The text without what is behind a minus, and that as it was typed. */
  const withoutExcluded = (text) => ({ text: text.replace(MINUS, '$1'), excluded: [...text.matchAll(MINUS)].map(([, , words]) => words) });

  /** Where a pattern is in the text and isn't denied: its match, or null. */
  const matchOf = (text, pattern) => {
    const match = pattern.exec(text);
    return match && !negated(text, match.index, match.index + match[0].length) ? match : null;
  };

  const firstOf = (text, patterns) => patterns.map((pattern) => matchOf(text, pattern)).find(Boolean) || null;

  window.trialpagesSearch.patterns = { of, negated, denialBefore, denialAfter, matchOf, firstOf, withoutExcluded };
})();

/* Search, 4 of 6: ids, whole or in part, and what a misspelt word may have meant. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { folded, lettersOf } = search;

  const MOST_IDS = 200;

  /* ---- ids ---- */

  const NCT = /^\s*NCT[\s-]?(\d{8})\s*$/i;
  const WHOLE_IDS = [
    [NCT, 'https://clinicaltrials.gov/study/', ([, digits]) => `NCT${digits}`],
    [/^\s*(ISRCTN\d{8})\s*$/i, 'https://www.isrctn.com/', ([, id]) => id.toUpperCase()],
    [/^\s*((?:ACTRN\d{14}|DRKS\d{8}|ChiCTR[\w-]{8,}|CTRI\/[\d/]{10,}|jRCT\w{8,}|UMIN\d{9}|KCT\d{7}|(?:EUCTR)?\d{4}-\d{6}-\d\d(?:-\d\d)?))\s*$/i,
      'https://trialsearch.who.int/Trial2.aspx?TrialID=', ([, id]) => id],
  ];

  /** A registry's whole id, and where that registry would show it; null for anything else. */
  search.registryId = (words) => {
    for (const [pattern, address, written] of WHOLE_IDS) {
      const match = pattern.exec(words);
      if (match) return { id: written(match), href: address + encodeURIComponent(written(match)) };
    }
    return null;
  };

  /** Whether words begin as a registry's ids do, so that they can mean nothing else. */
  const BEGINNING = /^\s*(?:NCT|ISRCTN|ACTRN|DRKS|ChiCTR|CTRI|jRCT|UMIN|KCT|EUCTR)[\s/-]?\w*\d{3}[\w/-]*\s*$/i;
  search.beginsId = (words) => BEGINNING.test(words);

  /** Whether words may be an id: one with digits enough, and not a sentence. */
  search.mayBeId = (words) => {
    const letters = lettersOf(words);
    const digits = letters.replace(/\D/g, '').length;
    return digits >= 3 && letters.length >= 5 && words.trim().split(/\s+/).length <= 3 && !/["≥≤<>]/.test(words);
  };

  /** The rows whose ids are these letters, and those whose ids hold them: at an end of an id first. */
  search.withId = async (words) => {
    const { columns } = await search.table('ids');
    const wanted = lettersOf(words);
    const exact = [];
    const atAnEnd = [];
    const within = [];
    if (!wanted) return { exact, partly: [] };
    columns.ids.lines.forEach((line, row) => {
      const letters = line.split('|').map(lettersOf);
      if (letters.includes(wanted)) exact.push(row);
      else if (letters.some((id) => id.startsWith(wanted) || id.endsWith(wanted))) atAnEnd.push(row);
      else if (letters.some((id) => id.includes(wanted))) within.push(row);
    });
    return { exact, partly: [...atAnEnd, ...within].slice(0, MOST_IDS) };
  };

  /* ---- did you mean ---- */

  const SHORTEST = 4;
  const slips = (length) => (length < 6 ? 1 : 2);

  /** Slips of the pen between two words: a letter more, less, other, or two swapped (optimal string
      alignment); more than `most` are not counted out. */
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let above = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
      [before, above] = [above, row];
    }
    return above[other.length];
  };

  /** The site's own word nearest to a misspelt one; of equally near ones that with most trials. */
  const nearest = (word, lines, trialsOf) => {
    const letters = folded(word).replace(/[^\p{L}\p{N}]/gu, '');
    if (letters.length < SHORTEST) return null;
    let best = null;
    lines.forEach((known, row) => {
      const slip = distance(letters, known, slips(letters.length));
      if (slip > slips(letters.length)) return;
      const cost = slip + (known[0] === letters[0] ? 0 : 0.5) - Math.log1p(trialsOf(row)) / 20;
      if (!best || cost < best.cost) best = { known, cost };
    });
    return best?.known ?? null;
  };

  /** The words asked, each unknown one replaced; null where nothing of the site's is near. */
  search.meant = async (words, unknown) => {
    const { columns } = await search.table('words');
    let meant = words;
    for (const word of unknown) {
      const known = nearest(word, columns.word.lines, columns.trials.numberOf);
      if (!known || known === lettersOf(word)) return null;
      meant = meant.replace(word, known);
    }
    return meant === words ? null : meant;
  };
})();

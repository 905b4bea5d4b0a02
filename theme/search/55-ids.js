/* Search: ids, whole or in part, and what a misspelt word may have meant. */
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
  const LONG = 9; // letters of a word in which two slips may be
  const MIDDLING = 6; // letters of a word in which two may be if it begins right and is a name: `athsma`
  const OTHER_BEGINNING = 0.6; // of a slip, for a word with another first letter
  const MOST_MEANT = 3;
  const MOST_MENDED = 4; // words without a trial for which others are sought: each takes a search
  const MOST_LOOKED_AT = 12; // words of a question that may be slips
  const SHORTEST_END = 6;
  const RARE = 5; // trials that may share a slip
  const SO_MUCH_MORE = 20; // trials with the right word for each with the slip
  const OFTEN = 100; // trials that may say a slip as a name, `Brest`
  const MORE_TOGETHER = 10; // trials with all words, the right one among them, for each with the slip

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

  /** The longest of the site's words that a compound one ends with: `polyarthritis`. */
  const endOf = (letters, lines, trials) => {
    const fits = ({ known }) => known.length >= SHORTEST_END && known.length * 2 >= letters.length;
    return lines.map((known, row) => ({ known, row })).filter(({ known }) => letters.endsWith(known))
      .filter(fits).sort((one, other) => other.known.length - one.known.length).slice(0, 1)
      .map(({ known, row }) => ({ known, slips: letters.length - known.length, trials: trials.numberOf(row) }));
  };

  /** Those that are the name of what trials here are about: a name is no slip of a common word,
      `Marfan` of `margin`. */
  const named = async (found) => {
    const { singular } = await search.keys();
    const postings = await Promise.all(found.map(({ known }) => search.postingsOf(`${singular(known)}=`)));
    return found.filter((_, i) => postings[i]);
  };

  /** The site's own words near to a misspelt one, the nearest first; of equally near ones those of
      most trials. */
  search.near = async (word) => {
    const letters = lettersOf(word);
    if (letters.length < SHORTEST || /\d/.test(letters)) return [];
    const { columns: { word: { lines }, trials } } = await search.table('words');
    const within = (most, fits) => lines.flatMap((known, row) => {
      if (!fits(known)) return [];
      const slips = distance(letters, known, most);
      const other = known[0] === letters[0] ? 0 : OTHER_BEGINNING;
      return slips === 0 || slips > most ? [] : [{ known, slips: slips + other, trials: trials.numberOf(row) }];
    });
    let found = within(letters.length < LONG ? 1 : 2, () => true);
    if (!found.length && letters.length >= MIDDLING) found = await named(within(2, (known) => known[0] === letters[0]));
    if (!found.length) return endOf(letters, lines, trials);
    const cost = ({ slips, trials: count }) => slips - Math.log1p(count) / 20;
    return found.sort((one, other) => cost(one) - cost(other)).slice(0, MOST_MEANT);
  };

  const instead = (words, word, known) => words.replace(word, known);

  /** What a question with words that no trial says may mean: the question and its answer. */
  search.meant = async (words, { unknown, soft }, stale) => {
    let best = null;
    let text = words;
    const mended = [];
    for (const { text: word } of unknown.slice(0, MOST_MENDED)) {
      const near = await search.near(word);
      if (!near.length) continue;
      const tried = [];
      for (const { known } of near) {
        const answer = await search.find(instead(text, word, known), stale, soft);
        tried.push({ words: instead(text, word, known), answer });
        if (stale()) return null;
      }
      const at = Math.max(0, tried.findIndex(({ answer }) => answer.whole.size));
      best = tried[at];
      mended.push(near[at].known);
      text = best.words;
    }
    if (!best?.answer.hits.size) return null;
    return await search.suggested(best.words, best.answer, stale, mended) || best;
  };

  /** How many trials are about a word, of those that tell of it in title, conditions or treatments. */
  const aboutIt = async (letters) => {
    const { columns: { word: { lines }, trials } } = await search.table('words');
    const row = lines.indexOf(letters);
    return row < 0 ? 0 : trials.numberOf(row);
  };

  /** What a question may mean of which a word is the subject of few trials, and one like it of many.
      `brest cancer` has a slip, though a town's name is in the trials' places. Where a question has
      two, the other is looked for among the words not yet `mended`. */
  search.suggested = async (words, found, stale, mended = []) => {
    const { question, met, names } = found;
    for (const [i, { text: word }] of question.words.slice(0, MOST_LOOKED_AT).entries()) {
      const { count, typed } = met[i];
      const rare = count <= RARE;
      if (mended.includes(word) || word.length <= SHORTEST || count === 0 || (!typed && !rare)) continue;
      if (!rare && (count > OFTEN || question.words.length < 2)) continue;
      // What several trials are about is no slip of theirs.
      if (names.some(({ at, length, postings: { rows } }) => at <= i && i < at + length && rows.length > 1)) continue;
      const about = rare ? count : await aboutIt(lettersOf(word));
      if (about > RARE) continue;
      const near = (await search.near(word)).filter(({ slips, trials }) => slips === 1 && trials >= SO_MUCH_MORE * about);
      // A form of it is no other word: one with a letter more at its end.
      const other = near.find(({ known }) => !known.startsWith(lettersOf(word)) && !lettersOf(word).startsWith(known));
      if (!other) continue;
      const meant = instead(words, word, other.known);
      const answer = await search.find(meant, stale, found.soft);
      if (!rare && answer.whole.size < MORE_TOGETHER * Math.max(1, found.whole.size)) continue;
      return await search.suggested(meant, answer, stale, [...mended, other.known]) || { words: meant, answer };
    }
    return null;
  };
})();

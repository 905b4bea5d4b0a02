/* Search: what a misspelt word may have meant. Words of what is studied come before others. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { lettersOf } = search;

  const SHORTEST = 4;
  const SHORTEST_BEGUN = 3; // of a word that few trials say, and these only as a beginning: `lug`
  const LONG = 9; // letters of a word in which two slips may be
  const MIDDLING = 6; // letters of a word in which two may be if it begins right and is a name: `athsma`
  const OTHER_BEGINNING = 0.6; // of a slip, for a word with another first letter
  const LIKE = 0.5; // of a slip, for a word that sounds the same
  const MOST_SILENT = 3; // letters more or fewer that such a word has
  const IF_STUDIED = 0.25; // of a slip, that a word of conditions is nearer than others
  const MOST_MEANT = 3;
  const MOST_MENDED = 4; // words without a trial for which others are sought: each takes a search
  const MOST_LOOKED_AT = 12; // words of a question that may be slips
  const SHORTEST_END = 6;
  const RARE = 5; // trials that may share a slip
  const SO_MUCH_MORE = 20; // trials with the right word for each with the slip
  const SOME = 5; // trials with the right word, where none is about the slip
  const OFTEN = 100; // trials that may say a slip as a name, `Brest`
  const TWICE = 2; // such trials, where none says the word itself
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

  search.slips = distance;

  /** The longest of the site's words that a compound one ends with: `polyarthritis`. */
  const endOf = (letters, lines, trials) => {
    const fits = ({ known }) => known.length >= SHORTEST_END && known.length * 2 >= letters.length;
    return lines.map((known, row) => ({ known, row })).filter(({ known }) => letters.endsWith(known))
      .filter(fits).sort((one, other) => other.known.length - one.known.length).slice(0, 1)
      .map(({ known, row }) => ({ known, slips: letters.length - known.length, trials: trials.numberOf(row), isStudied: false }));
  };

  /** Those that are the name of what trials here are about: a name is no slip of a common word,
      `Marfan` of `margin`. */
  const named = async (found) => {
    const { singular } = await search.keys();
    const postings = await Promise.all(found.map(({ known }) => search.postingsOf(`${singular(known)}=`)));
    return found.filter((_, i) => postings[i]);
  };

  const sounds = new Map(); // word -> how it sounds
  const soundOf = (word) => {
    if (!sounds.has(word)) sounds.set(word, search.soundOf(word));
    return sounds.get(word);
  };

  const consonants = (sound) => sound.replace(/(?!^)[aeiou]/g, '');

  /** Those that sound like it, or like it but for a vowel: `exema` like eczema, `siriasis` like psoriasis. */
  const soundingLike = (letters, lines) => {
    const sound = soundOf(letters);
    const most = sound.length < MIDDLING ? 0 : 1;
    const fits = (known) => known !== letters && Math.abs(known.length - letters.length) <= MOST_SILENT
      && consonants(soundOf(known)) === consonants(sound);
    return lines.filter(fits).map((known) => ({ known, slips: LIKE + distance(sound, soundOf(known), most) }))
      .filter(({ slips }) => slips <= LIKE + most);
  };

  /** `NSTEMI` is no STEMI: a letter more before a short word is no slip, but where it is the same. */
  const isPrefixed = (letters, known) => letters.length <= MIDDLING && letters.slice(1) === known && letters[0] !== letters[1];

  const writtenLike = (letters, lines, most, fits = () => true) => lines.filter((known) => fits(known) && !isPrefixed(letters, known)).flatMap((known) => {
    const slips = distance(letters, known, most);
    return slips === 0 || slips > most ? [] : [{ known, slips: slips + (known[0] === letters[0] ? 0 : OTHER_BEGINNING) }];
  });

  /** The site's own words near to a misspelt one, the nearest first; of equally near ones those of
      what is studied, and of most trials. */
  search.near = async (word, shortest = SHORTEST) => {
    const letters = lettersOf(word);
    if (letters.length < shortest || /\d/.test(letters)) return [];
    const { subjects, columns: { word: { lines }, trials } } = await search.table('words');
    let found = [...writtenLike(letters, lines, letters.length < LONG ? 1 : 2), ...soundingLike(letters, lines.slice(0, subjects))];
    if (!found.length && letters.length >= MIDDLING) found = await named(writtenLike(letters, lines, 2, (known) => known[0] === letters[0]));
    if (!found.length) return endOf(letters, lines, trials);
    const rows = new Map(lines.map((known, row) => [known, row]));
    const costOf = (slips, row) => slips - Math.log1p(trials.numberOf(row)) / 20 - (row < subjects ? IF_STUDIED : 0);
    const each = found.map(({ known, slips }) => ({ known, slips, trials: trials.numberOf(rows.get(known)),
      isStudied: rows.get(known) < subjects, cost: costOf(slips, rows.get(known)) })).sort((one, other) => one.cost - other.cost);
    return each.filter(({ known }, i) => each.findIndex((one) => one.known === known) === i).slice(0, MOST_MEANT);
  };

  /** Words with another in place of one, not within a longer word before it. */
  const instead = (words, word, known) => {
    const whole = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return words.replace(new RegExp(`(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`, 'u'), known);
  };

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

  /** Whether words are the name of a thing, each a word of what is studied: `type 2 diabetes`. */
  search.isCondition = async (text) => {
    const { nameOf, wordsOf } = await search.keys();
    if (!await search.postingsOf(`${nameOf(text)}=`)) return false;
    const { subjects, columns: { word: { lines } } } = await search.table('words');
    const rows = wordsOf(text).map((word) => lettersOf(word.text)).filter((letters) => letters.length >= SHORTEST)
      .map((letters) => lines.indexOf(letters));
    return rows.length > 0 && rows.every((row) => row >= 0 && row < subjects);
  };

  /** How many trials are about a word, of those that tell of it in title, conditions or treatments;
      nine of more, as the word's own file has it, which is read already. */
  const aboutIt = async (letters) => {
    const { canonical } = await search.keys();
    const own = canonical(letters) === letters ? await search.postingsOf(letters) : null;
    if (own) return own.about;
    const { columns: { word: { lines }, trials } } = await search.table('words');
    const row = lines.indexOf(letters);
    return row < 0 ? 0 : trials.numberOf(row);
  };

  /** Whether what found trials for a word isn't that word: its beginning, a form of it, or what it
      means in another language, `depresion`. */
  const isMetOtherwise = (i, { met, translated }) => !met[i].typed || translated.some((one) => covers(one, i));
  const covers = ({ at, length }, i) => at <= i && i < at + length;

  /** Another name of the same thing that the one asked as number `i` is a slip of, or that name in
      another language, `asma`: that one finds the trials that only mention it, too. */
  const spelledLike = async (i, { names }) => {
    const own = names.find((one) => one.length === 1 && one.at === i && !one.inEnglish);
    if (!own?.postings.names.length) return null;
    const letters = own.postings.key.slice(0, -1);
    const isAlike = (known) => consonants(soundOf(known)) === consonants(soundOf(letters));
    const near = own.postings.names.filter((name) => /^\p{L}+$/u.test(name))
      .map((known) => ({ known, slips: isAlike(known) ? LIKE : distance(letters, known, 1) })).filter(({ slips }) => slips <= 1);
    return near.sort((one, other) => one.slips - other.slips)[0] || null;
  };

  /** Whether no word with so many trials is like this one, as the entry knows of the most frequent. */
  const isLikeNone = async (letters, many) => {
    const { frequent: { least, words } } = await search.entry();
    return many >= least && ![...writtenLike(letters, words, 1), ...soundingLike(letters, words)].some(({ slips }) => slips <= 1);
  };

  /** The word that the one asked as number `i` may be a slip of, or null: a word that is the subject of
      few trials is, of one like it that many are about; one of none, of one that is studied. */
  const rightFor = async (i, found) => {
    const { question: { words }, met, names } = found;
    const { text } = words[i];
    const { count, typed } = met[i];
    const namesake = await spelledLike(i, found);
    if (namesake) return { ...namesake, isPlain: false, times: TWICE };
    const rare = count <= RARE;
    const otherwise = !rare && isMetOtherwise(i, found);
    const begun = !typed && count <= OFTEN && !names.some((one) => covers(one, i));
    const shortest = begun ? SHORTEST_BEGUN : SHORTEST;
    if (text.length < shortest || /\d/.test(text) || count === 0 || (count > OFTEN && !otherwise)) return null;
    // What several trials are about is no slip of theirs, unless of what very many are.
    const named = otherwise ? [] : names.filter((one) => covers(one, i)).map(({ postings: { rows } }) => rows.length);
    const letters = lettersOf(text);
    const about = await aboutIt(letters);
    if (about > RARE || (about && !rare && !otherwise && words.length < 2)) return null;
    const many = SO_MUCH_MORE * Math.max(1, about, ...named.filter((rows) => rows > 1));
    const isOfNone = rare && !about && named.every((rows) => rows <= 1);
    if (!otherwise && !isOfNone && await isLikeNone(letters, many)) return null;
    const fits = ({ slips, trials, isStudied }) => slips <= 1 && (otherwise ? isStudied && trials >= SOME
      : trials >= many || (isOfNone && isStudied && trials >= SOME));
    // A form of it is no other word: one with a letter more at its end, where trials say it without.
    const isForm = (known) => letters.startsWith(known) || ((typed || letters.length < SHORTEST) && known.startsWith(letters));
    const other = (await search.near(text, shortest)).filter(fits).find(({ known }) => !isForm(known));
    if (!other) return null;
    const isPlain = !otherwise && !other.known.startsWith(letters) && (!rare || other.trials >= SO_MUCH_MORE * count);
    return { ...other, isPlain, times: otherwise ? TWICE : rare ? 0 : MORE_TOGETHER };
  };

  /** A word of four letters has many others near it: it counts within a longer name, `hart failure`. */
  const isNamed = (at, { names }) => names.some((name) => name.length > 1 && name.at <= at && at < name.at + name.length);

  /** What a question may mean of which a word is the subject of few trials, and one like it of many;
      `isPlain` where it can mean little else. `brest cancer` has a slip, though a town's name is in the
      trials' places. Where a question has two, the other is looked for among the words not yet `mended`. */
  search.suggested = async (words, found, stale, mended = []) => {
    for (const [i, { text: word }] of found.question.words.slice(0, MOST_LOOKED_AT).entries()) {
      const right = mended.includes(word) ? null : await rightFor(i, found);
      if (!right) continue;
      const meant = instead(words, word, right.known);
      const answer = await search.find(meant, stale, found.soft);
      if (word.length === SHORTEST && right.slips >= 1 && found.met[i].typed && !isNamed(i, answer)) continue;
      if (answer.whole.size < right.times * Math.max(1, found.whole.size)) continue;
      return await search.suggested(meant, answer, stale, [...mended, right.known]) || { words: meant, answer, isPlain: right.isPlain };
    }
    return null;
  };
})();

/* Search: from words to trials, the best first. A trial that says all words comes before one that
   lacks any, but for `aheadOf` (45-find.js). A word as it was typed counts more than in another form,
   and that more than one that only begins so; capitals of two to five letters are an abbreviation
   and stand for nothing else. What is called by several names is found by each (names.py). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { demanded: { demandedOf, tellingOf }, forms: { areForms, hasNoStem, numbersOf, stemmer } } = search;
  const { isNumbered, mayBePairs, pairsIn } = search.pairs;
  const { withoutNames, withoutShort } = search.postings;

  const AS_TYPED = 1;
  const ANOTHER_NUMBER = 0.97; // `tumours` for `tumour`
  const ANOTHER_FORM = 0.85;
  const BEGINNING = 0.5;
  const BY_TRANSLATION = 0.95;
  const PLAIN_OF_SHORT = 0.5; // `ms`, where records have `MS` too
  const LONGEST_SHORT = 4;
  const LONGEST_ABBREVIATION = 5;
  const MOSTLY = 0.4; // of the trials that say a word, as an abbreviation: `ms` is a millisecond, too
  const SHORTEST_FORM = 4; // letters of a word that has other forms
  const SHORTEST_STEM = 3;
  const SHORTEST_BEGINNING = 2;
  const LONGEST_NAME = 7; // words
  const MOST_WORDS_FOR = 3; // a longer name, the usual ones first
  const SHORTEST_SINGULAR = 3;
  const OF_NAME = 1.5; // what a whole name counts beside its words
  const SAID_TOO = 0.5; // of what its words are worth, beside the name
  const IF_OPEN = 1.03; // a trial that one can join, among its equals
  const IF_VAGUE = 0.5; // a word that says little, `problems`
  const ENOUGH = 10; // trials with all words, before others with most of them follow

  /* ---- the trials of one word ---- */

  /** By row, how well a word is met, from 0 to 1; and by which keys. */
  const newMet = (rows) => ({ at: new Float32Array(rows), keys: new Set(), count: 0, typed: false });

  const meet = (met, { key, rows, worths }, share) => {
    for (let i = 0; i < rows.length; i += 1) {
      const worth = share * worths[i] / 255;
      if (met.at[rows[i]] === 0) met.count += 1;
      if (worth > met.at[rows[i]]) met.at[rows[i]] = worth;
    }
    met.keys.add(key);
  };

  /** A part of a word: `within` a longer name of a thing, `kidney stone`, it is nobody's own name. */
  const metByPart = async (rows, part, short, stem, { known, within }) => {
    const met = newMet(rows);
    const typed = await search.postingsOf(part);
    const exact = typed && within ? withoutNames(typed) : typed;
    const capitals = part.length <= LONGEST_SHORT || short ? await search.postingsOf(short || `^${part}`) : null;
    if (short && capitals) {
      meet(met, capitals, AS_TYPED);
      return met;
    }
    if (capitals) meet(met, capitals, AS_TYPED);
    if (exact) meet(met, exact, capitals ? PLAIN_OF_SHORT : AS_TYPED);
    met.typed = Boolean(exact);
    for (const key of hasNoStem(part, stem) ? numbersOf(part, stem) : []) {
      const postings = await search.postingsOf(key);
      if (postings) meet(met, withoutNames(await withoutShort(postings)), ANOTHER_NUMBER);
    }
    if (part.length >= SHORTEST_FORM) {
      const wanted = stem(part);
      for (const { key, read } of await search.beginning(beginningOf(part, stem))) {
        if (key === part) continue;
        if (stem.singular(key) === stem.singular(part)) meet(met, withoutNames(read()), ANOTHER_NUMBER);
        else if (stem(key) === wanted && areForms(stem.singular(key), stem.singular(part), wanted)) meet(met, withoutNames(read()), ANOTHER_FORM);
      }
    }
    if (!met.count && !known && part.length >= SHORTEST_BEGINNING) {
      for (const { read } of await search.beginning(part)) meet(met, read(), BEGINNING);
      met.begun = true;
    }
    return met;
  };

  /** A trial must say all parts of a compound word, or it as a whole. */
  const metByWord = async (rows, { parts, whole, short }, stem, { known = false, within = false }) => {
    const joined = whole ? await search.postingsOf(whole) : null;
    const each = await Promise.all(parts.map((part) =>
      metByPart(rows, part, parts.length === 1 ? short : null, stem, { known: known || joined, within })));
    const met = each.length === 1 ? each[0] : newMet(rows);
    if (each.length > 1) {
      for (let row = 0; row < rows; row += 1) {
        const least = Math.min(...each.map(({ at }) => at[row]));
        if (least > 0) {
          met.at[row] = least;
          met.count += 1;
        }
      }
      for (const { keys } of each) for (const key of keys) met.keys.add(key);
      met.begun = each.some(({ begun }) => begun);
    }
    if (joined) meet(met, joined, AS_TYPED);
    return met;
  };

  /* ---- names ---- */

  /** What may be a name in a question, the longest first: it may have an idle word within, as `hole
      in the heart` and `cáncer de mama`. `at` and `length` count the other words alone; of one that
      may be an abbreviation, `short` is its key. */
  const mayBeNames = (spoken, { singular, arabic }) => {
    const keyed = spoken.map(({ parts }) => parts.map(singular).join(' '));
    const telling = (from, to) => spoken.slice(from, to).filter(({ idle }) => !idle).length;
    const found = [];
    for (let length = Math.min(LONGEST_NAME, spoken.length); length > 0; length -= 1) {
      for (let from = 0; from + length <= spoken.length; from += 1) {
        const to = from + length;
        if (spoken[from].idle || spoken[to - 1].idle) continue;
        const place = { at: telling(0, from), length: telling(from, to), short: length === 1 ? shortOf(spoken[from]) : null };
        const bare = keyed.slice(from, to).filter((word) => !ARTICLES.has(word));
        const said = [straight(keyed, spoken, from, to), keyed.slice(from, to), bare].map((words) => arabic(words.join(' ')));
        for (const name of new Set([...said, ...search.cancersOf(bare, singular)])) found.push({ ...place, key: `${name}=` });
      }
    }
    return found;
  };

  /** As it is spoken: `Arthritis, Rheumatoid` is rheumatoid arthritis. */
  const straight = (keyed, spoken, from, to) => {
    const parts = [[]];
    for (let i = from; i < to; i += 1) {
      parts[0].push(keyed[i]);
      if (spoken[i].comma && i + 1 < to) parts.unshift([]);
    }
    return parts.flat();
  };

  const ARTICLES = new Set('the a an my your his her'.split(' ')); // names are known without, too

  const shortOf = ({ short, parts }) => short || (parts.length === 1 && parts[0].length <= LONGEST_ABBREVIATION ? `^${parts[0]}` : null);

  /** What an abbreviation is the name of. In small letters it is one where many of the records that
      say the word mean that: `copd`, but not `add`. */
  const shortName = async (short, { text, parts }) => {
    if (!short) return null;
    if (text !== text.toUpperCase()) {
      const [capitals, all] = [await search.postingsOf(short), await search.postingsOf(parts[0])];
      if (!capitals || capitals.rows.length < MOSTLY * (all?.rows.length ?? 0)) return null;
    }
    return search.postingsOf(`${short}=`);
  };

  /** The names that are in a question, the longest first, none within another. */
  const namesIn = async ({ words, spoken }, keys) => {
    const taken = words.map(() => false);
    const found = [];
    for (const { at, length, key, short } of mayBeNames(spoken, keys)) {
      if (taken.slice(at, at + length).includes(true)) continue;
      const postings = await shortName(short, words[at]) || await search.postingsOf(key);
      if (!postings) continue;
      found.push({ at, length, postings });
      taken.fill(true, at, at + length);
    }
    return found;
  };

  /** The English words for what is asked in another language, since records are in English: those of the
      longest names and words that the table has, none within another. */
  const translatedIn = async ({ words, spoken, askedIn }, keys) => {
    if (!askedIn) return [];
    const { english, ending } = await search.table(`asked-${askedIn}`);
    const { wordsOf } = keys;
    const plural = new RegExp(ending, 'g');
    const asked = words.map(({ parts }) => parts.map((part) => (part.length > SHORTEST_SINGULAR ? part.replace(plural, '') : part)).join(' '));
    const taken = words.map(() => false);
    const found = [];
    for (const { at, length, key } of mayBeNames(spoken, keys)) {
      const said = english[asked.slice(at, at + length).join(' ')];
      if (!said || taken.slice(at, at + length).includes(true)) continue;
      found.push({ at, length, key, said: said.map((name) => ({ key: `${name}=`, words: wordsOf(name) })) });
      taken.fill(true, at, at + length);
    }
    const said = found.flatMap((one) => one.said);
    await search.readAhead(said.flatMap((name) => [name.key, ...name.words.flatMap(({ parts }) => parts)]), []);
    for (const name of said) name.postings = await search.postingsOf(name.key);
    return found;
  };

  /** Of the English words those that are a name. */
  const translatedNames = (translated) => translated.flatMap(({ at, length, said }) => {
    const name = said.find(({ postings }) => postings);
    return name ? [{ at, length, postings: name.postings, inEnglish: true }] : [];
  });

  /** The names that were asked for as such, but for those within a longer one of the others. */
  const withoutShorter = (own, others) => own.filter(({ at, length }) => !others.some((one) =>
    one.at <= at && at + length <= one.at + one.length));

  /** Lets the English words meet what is asked in another language: all those of one of the names. */
  const meetTranslated = async (met, translated, rows, stem) => {
    for (const { at, length, said } of translated) {
      for (const { words } of said) {
        const each = await Promise.all(words.map((word) => metByWord(rows, word, stem, { known: true, within: true })));
        for (const one of met.slice(at, at + length)) {
          for (let row = 0; row < rows; row += 1) {
            const worth = BY_TRANSLATION * Math.min(...each.map((other) => other.at[row]));
            if (worth > 0 && one.at[row] === 0) one.count += 1;
            if (worth > one.at[row]) one.at[row] = worth;
          }
          for (const { keys } of each) for (const key of keys) one.keys.add(key);
        }
      }
    }
  };

  /** Whether few trials say all words: what else may be meant takes another round of requests. */
  const hasFew = (met, demanded, rows) => {
    const all = met.filter((_, i) => demanded[i]);
    return [...Array(rows).keys()].filter((row) => all.every(({ at }) => at[row] > 0)).length < ENOUGH;
  };

  /** Lets what a name of several words is called in one word meet it in prose, too: `came back` and
      `recurrent`, as that word would if it were asked. */
  const meetInOneWord = async (met, names) => {
    const longer = names.filter(({ length }) => length > 1);
    const words = ({ postings }) => postings.names.filter((name) => /^\p{L}+$/u.test(name)).slice(0, MOST_WORDS_FOR);
    await search.readAhead(longer.flatMap(words), []);
    for (const name of longer) {
      for (const word of words(name)) {
        const postings = await search.postingsOf(word);
        if (postings) for (const one of met.slice(name.at, name.at + name.length)) meet(one, withoutNames(postings), BY_TRANSLATION);
      }
    }
  };

  /** What of the words a trial says, a number only beside its word where any does. */
  const besideIts = (met, pairs, words) => {
    const found = [...met];
    for (const { at, postings } of pairs.filter(isNumbered)) {
      const said = `${words[at].text} ${words[at + 1].text}`;
      found[at + 1] = { ...newMet(met[at + 1].at.length), keys: met[at + 1].keys, said };
      meet(found[at + 1], postings, AS_TYPED);
    }
    return found;
  };

  /** Lets a name meet its words. Asked for alone, it counts more where all its words are said often. */
  const meetName = (met, postings, isAlone) => {
    const least = Array.from(postings.rows, (row) => Math.min(...met.map(({ at }) => at[row])));
    for (const one of met) {
      meet(one, postings, 1);
      if (isAlone) postings.rows.forEach((row, i) => { one.at[row] += SAID_TOO * least[i]; });
    }
  };

  const beginningOf = (part, stem) => (stem(part).length >= SHORTEST_STEM ? stem(part) : part);

  /** Begins to read all that the words of a question may need, at once. */
  const readAhead = ({ words, spoken, askedIn }, keys, stem) => {
    if (askedIn) search.table(`asked-${askedIn}`).catch(() => {});
    const parts = words.flatMap((word) => word.parts);
    const capitals = parts.filter((part) => part.length <= LONGEST_SHORT).map((part) => `^${part}`);
    const compounds = words.flatMap(({ whole, short }) => [whole, short].filter(Boolean));
    const names = mayBeNames(spoken, keys);
    const joint = [...names, ...mayBePairs(words, keys)].map(({ key }) => key);
    const shorts = names.flatMap(({ short }) => (short ? [short, `${short}=`] : []));
    const others = parts.filter((part) => hasNoStem(part, stem)).flatMap((part) => numbersOf(part, stem)).flatMap((key) => [key, `^${key}`]);
    const formed = parts.filter((part) => part.length >= SHORTEST_FORM);
    const organs = words.flatMap((word) => search.otherOrgans(word, keys.singular));
    return search.readAhead([...parts, ...organs, ...others, ...capitals, ...compounds, ...joint, ...shorts],
      formed.map((part) => beginningOf(part, stem)));
  };

  const OF_PEOPLE = /^(?:disease|syndrome|disorder|sign|tumou?r)$/iu; // `Wilson disease` asks for no Dr Wilson

  /* ---- all of it ---- */

  const rarity = (rows, count) => Math.log(1 + (rows - count + 0.5) / (count + 0.5));

  /** Every trial that says any of the words, best first:
      `hits` row -> { score, missing: numbers of words }, `met` what met each word, `total` how many of these a trial must say, `names`. */
  search.ranked = async (question, rows, isOpen) => {
    const keys = await search.keys();
    const stem = stemmer(document.documentElement.lang || 'en', keys.singular);
    const { words } = question;
    await readAhead(question, keys, stem);
    const [own, pairs] = [await namesIn(question, keys), await pairsIn(words, keys)];
    const translated = await translatedIn(question, keys);
    const inEnglish = translatedNames(translated);
    const names = [...withoutShorter(own, inEnglish), ...inEnglish].map(amongOthers(words));
    const joint = [...names, ...pairs, ...translated];
    const named = words.map((_, i) => joint.some(({ at, length }) => i >= at && i < at + length));
    const isWithin = (n) => OF_PEOPLE.test(words[n + 1]?.text) || names.some(({ at, length }) => length > 1 && at <= n && n < at + length);
    const alone = await Promise.all(words.map((word, i) => metByWord(rows, word, stem, { known: named[i], within: isWithin(i) })));
    const met = besideIts(alone, pairs, words);
    const scores = new Float32Array(rows);
    await meetTranslated(met, translated, rows, stemmer(search.forms.RECORDS, keys.singular));
    for (const { at, length, postings } of [...names, ...pairs]) meetName(met.slice(at, at + length), postings, length === words.length);
    await Promise.all(words.flatMap((word, i) => search.otherOrgans(word, keys.singular).map(async (form) => {
      const postings = await search.postingsOf(form);
      if (postings) meet(met[i], withoutNames(postings), ANOTHER_FORM);
    })));
    const weights = met.map(({ count }, i) => rarity(rows, count) * (words[i].vague ? IF_VAGUE : 1));
    const demanded = demandedOf(words, names, met);
    if (hasFew(met, demanded, rows)) await meetInOneWord(met, names);
    for (const { at, length, postings } of [...names, ...pairs.filter(isNumbered)]) {
      const share = OF_NAME * weights.slice(at, at + length).reduce((sum, one) => sum + one, 0) / Math.sqrt(length);
      postings.rows.forEach((row, i) => { scores[row] += share * postings.worths[i] / 255; });
    }
    const hits = new Map();
    const telling = tellingOf(words, demanded, met);
    for (let row = 0; row < rows; row += 1) {
      const missing = [];
      let score = 0;
      met.forEach(({ at, count }, i) => {
        if (at[row] > 0) score += weights[i] * at[row]; else if (count && demanded[i]) missing.push(i);
      });
      const isMet = score > 0 && met.some(({ at }, i) => telling[i] && at[row] > 0);
      if (isMet || !met.length) hits.set(row, { score: (met.length ? score + scores[row] : 1) * (isOpen(row) ? IF_OPEN : 1), missing });
    }
    for (const word of question.without) await exclude(hits, rows, word, stemmer('', keys.singular)); // `-German` is no `Germany`
    const isTranslated = (i) => translated.some(({ at, length }) => i >= at && i < at + length);
    const untranslated = question.askedIn ? words.filter((_, i) => !isTranslated(i) && met[i].count < ENOUGH) : [];
    const total = met.filter(({ count }, i) => count && demanded[i]).length;
    return { hits, total, met, names, translated, untranslated, unknown: search.unsaidAmong(words, met) };
  };

  /** A name beside other words: that a trial is about it counts more than how much, so that these
      tell among many, `food allergy technology`. */
  const amongOthers = ({ length }) => (name) => (name.length === length ? name
    : { ...name, postings: { ...name.postings, worths: Array.from(name.postings.worths, (worth) => Math.sqrt(255 * worth)) } });

  const exclude = async (hits, rows, word, stem) => {
    const { at } = await metByWord(rows, word, stem, { known: true });
    for (const row of hits.keys()) if (at[row] > 0) hits.delete(row);
  };

  search.ENOUGH = ENOUGH;

  /** The trials with all words; and where these are few, or filters leave `few` of them, those that
      lack fewest, the best first. */
  search.inTiers = ({ hits }, words, few = false) => {
    const whole = new Map();
    const some = [];
    for (const [row, hit] of hits) {
      if (hit.missing.length === 0) whole.set(row, hit); else some.push([row, hit]);
    }
    if ((whole.size >= ENOUGH && !few) || !some.length) return { whole, others: new Map() };
    const telling = words.filter(({ text }) => !/^[\p{N}.,]+$/u.test(text)).length;
    const numbers = words.length - telling;
    const most = some.filter(([, { missing }]) => words.length - missing.length > numbers);
    const half = most.filter(([, { missing }]) => missing.length * 2 <= words.length);
    return { whole, others: new Map(half.length ? half : most) };
  };
})();

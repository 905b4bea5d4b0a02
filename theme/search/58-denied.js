/* Search: what a question denies, `without placebo`, `not children`, `no diabetes`: a trial may say it
   all the same, and the page says so. What is left of the question is searched for. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const escaped = (said) => said.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const MOST_WORDS = 5; // of what is a filter where it isn't denied, `phase 3`, `Leeds or New York`
  const WHERE = /(?:^|\s)(?:in|near|en)\s/iu;
  const OR = /\s+(?:or|o)\s+(?:the\s+)?/iu; // between places

  /** The names that hold the word asked as number `at`. */
  const namesAround = (names, at) => names.filter((name) => name.at <= at && at < name.at + name.length);

  const FILTERED = { filter: 'trials', place: 'trials in' };
  /** What the beginning of a text would be a filter of, `phase 3`, `children`, or null; behind `in`
      it is a place alone. */
  const filterAt = async (text, before) => {
    const words = text.split(/\s+/);
    for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
      const said = words.slice(0, length).join(' ').replace(/[,;.]$/, '');
      const { read } = await search.understood(`${before} ${said}`, []);
      const found = read.find((one) => [said, `in ${said}`].includes(one.said));
      if (found) return { said, isPlace: found.name === 'place' };
    }
    return null;
  };

  /** `not type 2`: a trial may say both words and not that. */
  const isCounted = (words, at) => /^(?:stage|grade|type|class|factor)$/iu.test(words[at].text) && /^(?:\d|[iv]+)[abc]?$/iu.test(words[at + 1]?.text);

  /** What is denied from the word `at` on, `heart failure`: as it is asked, and as records say it. */
  const deniedAt = ({ question: { words }, names, translated }, at) => {
    const alone = { length: isCounted(words, at) ? 2 : 1 };
    const { length } = namesAround([...names, ...translated], at).find((name) => name.at === at) || alone;
    const asked = words.slice(at, at + length).map((word) => word.text);
    const english = translated.find((name) => name.at === at)?.said[0].words.map((word) => word.text);
    return { asked, english: english || asked };
  };

  const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

  /** `trials that have not started` denies what a sentence tells: no word that a trial could lack. */
  const TOLD = /(?:^|\s)(?:have|has|had|do|does|did|am|are|is|was|were|be|been|will|can|could|should|would|must|may|might)\s+$/iu;
  /** `not controlled`: how something is, which the word alone doesn't tell. */
  const isState = (denied, [first]) => denied === 'not' && /ed$/iu.test(first);
  const LINKING = /(?:(?:^|\s)(?:but|and|or|pero|y|that|which|who|are|is|que))+\s*$/iu;

  /** `men excluded`, where that would be a filter otherwise. */
  const leftOutIn = async (text, deniedAfter) => {
    const filter = await filterAt(text, FILTERED.filter);
    return filter && { said: `${text} ${deniedAfter}`, words: text, instead: null };
  };

  /** Of a denied word what is `said` of which `words`, and the question that leaves out the trials
      that say them, or have such a place (`there`); none where they mean more than the words, `not
      children`, or are no words for themselves. Null where only a place could be denied and none is. */
  const denialIn = async (all, found, at) => {
    const { denied: byItself, deniedAsFilter, deniedAfter, text } = found.question.words[at];
    if (!byItself && !deniedAsFilter) return leftOutIn(text, deniedAfter);
    const denied = byItself || escaped(deniedAsFilter);
    const { asked, english } = deniedAt(found, at);
    const isAway = search.isAway(denied);
    const place = new RegExp(`(?<!\\p{L})${denied}\\s(?:\\p{L}+\\s){0,3}?${asked.map(escaped).join('\\s')}(?![\\p{L}\\p{N}])`, 'iu').exec(all);
    if (!place) return isAway || !byItself ? null : { said: `${denied} ${asked.join(' ')}`, words: english.join(' '), instead: null };
    const start = place.index + place[0].length - asked.join(' ').length;
    const isWhere = isAway || WHERE.test(all.slice(place.index, start));
    const filter = await filterAt(all.slice(start), isWhere ? FILTERED.place : FILTERED.filter);
    if ((isAway && !filter?.isPlace) || (!byItself && !filter)) return null;
    const end = start + (filter ? filter.said : asked.join(' ')).length;
    const said = all.slice(place.index, end);
    const before = all.slice(0, place.index);
    if (filter ? !filter.isPlace : TOLD.test(before) || isState(denied, asked) || isCounted(found.question.words, at)) return { said, words: filter?.said ?? english.join(' '), instead: null };
    const left = filter ? filter.said.replace(/[,;]/g, '').split(OR) : [english.join(' ')];
    const behindMinus = left.map((words) => words.replaceAll(' ', '-'));
    const instead = oneLine(`${before.replace(LINKING, '')} ${all.slice(end)} ${behindMinus.map((words) => `-${words}`).join(' ')}`);
    const there = await Promise.all(behindMinus.map(search.placeCalled));
    return { said, words: filter?.said ?? english.join(' '), instead, there: there.every(Boolean) ? there : null };
  };

  /** Names that deny a word by themselves, whether or not a record here has them. */
  const NAMES = ['migraine without aura', 'migraña sin aura'];
  const MOST_READ = 10; // trials, as many as a page shows at first
  const WHERE_CALLED = ['conditions', 'identifiers'];
  const SHORTEST = 3; // words of such a name
  const SHORTEST_TITLE = 6; // words: fewer may be in any title

  /** What the first trials are called: their titles and conditions, each as one key. */
  const calledIn = async ({ whole }) => {
    const { nameOf } = await search.keys();
    const trials = await Promise.all(search.inOrder(whole).slice(0, MOST_READ).map(search.textOf));
    return trials.flatMap(({ title, sections }) => [title, ...sections.filter(([id]) => WHERE_CALLED.includes(id))
      .flatMap(([, , inside]) => inside.map(([, content]) => content))]).map(nameOf);
  };

  const within = (name, names) => names.some((one) => ` ${one} `.includes(` ${name} `));

  /** Whether a denied word and what is before it are a name together: one of the index, one known, or
      the question what one of the first trials is called. */
  const isNamed = async (found, at) => {
    const { words, spoken } = found.question;
    if (namesAround(found.names, at).some(({ postings: { key } }) => key.includes(` ${words[at].denied} `))) return true;
    const { nameOf } = await search.keys();
    const keyOf = (some) => nameOf(some.map(({ text }) => text).join(' '));
    const to = spoken.indexOf(words[at]) + 1;
    if (to >= SHORTEST && NAMES.map(nameOf).includes(keyOf(spoken.slice(to - SHORTEST, to)))) return true;
    return spoken.length >= SHORTEST_TITLE && within(keyOf(spoken), await calledIn(found));
  };

  const MOST_DENIED = 10; // each is looked up among all towns, and an address may hold hundreds
  /** What the first such words of an answer deny, but for a name like `migraine without aura`. */
  search.deniedIn = async (found, asked) => {
    const denied = (found?.question.words || []).flatMap((word, at) => (word.denied || word.deniedAsFilter || word.deniedAfter ? [at] : [])).slice(0, MOST_DENIED);
    const named = await Promise.all(denied.map((at) => isNamed(found, at)));
    return (await Promise.all(denied.filter((_, i) => !named[i]).map((at) => denialIn(asked, found, at)))).filter(Boolean);
  };

  /** The words without those that are denied. */
  search.withoutDenied = (words, denied) => denied.filter(({ said }) => words.includes(said))
    .reduce((left, { said }) => oneLine(left.replace(said, ' ').replace(LINKING, ' ')), words);
})();

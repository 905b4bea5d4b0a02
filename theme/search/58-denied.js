/* Search: what a question denies, `without placebo`, `not children`, `no diabetes`: a trial may say it
   all the same, and the page says so. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const escaped = (said) => said.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const MOST_WORDS = 3; // of what is a filter where it isn't denied, `phase 3`

  /** The names that hold the word asked as number `at`. */
  const namesAround = (names, at) => names.filter((name) => name.at <= at && at < name.at + name.length);

  /** What the beginning of a text would be a filter of, `phase 3`, `children`, or null. */
  const filterAt = async (text) => {
    const words = text.split(/\s+/);
    for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
      const said = words.slice(0, length).join(' ').replace(/[,;.]$/, '');
      const { read } = await search.understood(`trials ${said}`, []);
      const found = read.find((one) => one.said === said);
      if (found) return found;
    }
    return null;
  };

  /** What is denied from the word `at` on, `heart failure`: as it is asked, and as records say it. */
  const deniedAt = ({ question: { words }, names, translated }, at) => {
    const { length } = namesAround([...names, ...translated], at).find((name) => name.at === at) || { length: 1 };
    const asked = words.slice(at, at + length).map((word) => word.text);
    const english = translated.find((name) => name.at === at)?.said[0].words.map((word) => word.text);
    return { asked, english: english || asked };
  };

  /** Of a denied word what is `said` of which `words`, and the question that leaves out the trials
      that say them; none where they mean more than the words, `not children`, but for a country. */
  const denialIn = async (all, found, at) => {
    const { denied } = found.question.words[at];
    const { asked, english } = deniedAt(found, at);
    const place = new RegExp(`(?<!\\p{L})${denied}\\s(?:\\p{L}+\\s){0,3}?${asked.map(escaped).join('\\s')}(?![\\p{L}\\p{N}])`, 'iu').exec(all);
    if (!place) return { said: `${denied} ${asked.join(' ')}`, words: english.join(' '), instead: null };
    const start = place.index + place[0].length - asked.join(' ').length;
    const filter = await filterAt(all.slice(start));
    const end = start + (filter ? filter.said : asked.join(' ')).length;
    const said = all.slice(place.index, end);
    if (filter && !filter.filters.country) return { said, words: filter.said, instead: null };
    const others = `${all.slice(0, place.index)} ${all.slice(end)}`.replace(/\s+/g, ' ').trim();
    const left = filter ? filter.said.split(' ') : english;
    return { said, words: left.join(' '), instead: `${others} -${left.join('-')}`.trim() };
  };

  /** What the words of an answer deny, but for a name like `migraine without aura`. */
  search.deniedIn = async (found, words) => {
    const denied = (found?.question.words || []).flatMap((word, at) => {
      const isNamed = namesAround(found.names, at).some(({ postings: { key } }) => key.includes(` ${word.denied} `));
      return word.denied && !isNamed ? [at] : [];
    });
    return Promise.all(denied.map((at) => denialIn(found.meant || words, found, at)));
  };
})();

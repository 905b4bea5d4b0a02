/* Search: one result as the visitor sees it. Nothing is ever parsed as HTML. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { page } = search;
  if (!page) return;

  const PLACES = 3;
  const EXCERPT_WORDS = 30;
  const WORDS_BEFORE_MATCH = 8;
  const MOST_MARKS = 8;
  const OF_NAME = 2;
  const OF_TRANSLATION = 3; // words told
  const ELSEWHERE = ['references', 'related']; // these speak of other studies
  const OF_ELSEWHERE = 0.5;
  const OF_PEOPLE = ['contacts', 'investigators', 'responsible-party']; // names, which are as they were typed

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /** A sentence of the page's own (data-text-…), its {names} filled in. */
  const text = (name, values = {}) =>
    (page.getAttribute(`data-text-${name}`) || '').replace(/\{(\w+)\}/g, (_, key) => values[key]);

  /* ---- a trial's text ---- */

  /** The text of a trial: its address, title, facts, and its sections with their places. */
  search.textOf = async (row) => {
    const { together } = await search.entry();
    const file = await search.textFile(Math.floor(row / together));
    file.texts ??= JSON.parse(new TextDecoder().decode(file.content));
    const found = file.texts[row % together];
    if (!found) throw new search.Unreadable(`texts of row ${row} are cut`);
    const [url, title, meta, sections] = found;
    return { url, title, meta, sections };
  };

  const addressOf = ({ url }) => new URL(url, search.root);

  /* ---- where the words are in it ---- */

  const keysOf = ({ parts, whole, short }) => [...parts, whole, short].filter(Boolean);

  /** A function of a word that is asked once for each text of one. */
  const remembered = (make) => {
    const known = new Map();
    return (word) => {
      if (!known.has(word.text)) known.set(word.text, make(word));
      return known.get(word.text);
    };
  };

  /** What tells of each word of a text which of the words asked it is, and which of their names; an
      abbreviation only where the trial `isAbout` its thing. */
  const matcher = async ({ met, names, question }) => {
    const { wordsOf, singular } = await search.keys();
    const asked = met.map(({ keys }) => keys);
    const called = new Map();
    for (const { postings } of names) {
      for (const name of [postings.key.slice(0, -1), ...postings.names]) called.set(name, postings.key);
    }
    const longest = Math.max(0, ...[...called.keys()].map((name) => name.split(' ').length));
    const phrases = question.phrases.map((phrase) => wordsOf(phrase).flatMap(({ parts }) => parts));
    // A text says its words many times over: of each is remembered what it is.
    const numbersOf = remembered((word) => {
      const keys = keysOf(word);
      return [...asked.keys()].filter((n) => keys.some((key) => asked[n].has(key)));
    });
    const singularOf = remembered(({ parts }) => parts.map(singular).join(' '));
    const firsts = new Set([...called.keys()].map((name) => name.split(' ')[0]));
    const beginsName = remembered((word) => firsts.has(singularOf(word).split(' ')[0]) || called.has(word.short));

    const isTyped = (word, n) => met[n].begun || keysOf(question.words[n]).some((key) => keysOf(word).includes(key));

    return (content, isAbout, section = '') => {
      const words = wordsOf(content);
      const isName = OF_PEOPLE.includes(section);
      const matches = new Map(); // word -> which of the words asked
      words.forEach((word, i) => {
        const numbers = isName ? numbersOf(word).filter((n) => isTyped(word, n)) : numbersOf(word);
        if (numbers.length) matches.set(i, new Set(numbers));
      });
      const found = [];
      if (called.size && !isName) {
        const singulars = words.map(singularOf);
        for (let at = 0; at < words.length; at += 1) {
          if (!beginsName(words[at])) continue;
          for (let length = 1; length <= longest && at + length <= words.length; length += 1) {
            const name = length === 1 && called.has(words[at].short) ? words[at].short : singulars.slice(at, at + length).join(' ');
            if (!called.has(name) || (name.startsWith('^') && !isAbout(called.get(name)))) continue;
            found.push({ at, length, of: called.get(name) });
            for (let i = at; i < at + length; i += 1) matches.set(i, new Set(matches.get(i)).add(called.get(name)));
          }
        }
      }
      for (const parts of phrases) {
        words.forEach((_, at) => {
          const here = words.slice(at, at + parts.length).flatMap((word) => word.parts).slice(0, parts.length);
          if (parts.length && here.join(' ') === parts.join(' ')) {
            for (let i = at; i < Math.min(at + parts.length, words.length); i += 1) matches.set(i, new Set(matches.get(i)).add(`"${parts.join(' ')}`));
          }
        });
      }
      return { words, matches, found };
    };
  };

  /** What a place is worth: each word asked counts once, a whole name more. */
  const worthOf = ({ matches, found }, weights) => {
    const said = new Set([...matches.values()].flatMap((numbers) => [...numbers]));
    let worth = 0;
    for (const number of said) worth += typeof number === 'number' ? weights[number] ?? 1 : OF_NAME * 3;
    return worth + found.length / 10 + matches.size / 100;
  };

  /** Every place of a trial, with what the words meet in it. */
  const matchedIn = (trial, match, isAbout) => trial.sections.flatMap(([id, heading, inside]) =>
    inside.map(([anchor, content]) => ({ section: id, id: anchor || id, heading, content, ...match(content, isAbout, id) })));

  /** A function of a name's key: whether this trial is about the thing. Of another the same
      abbreviation may be of another thing. */
  const aboutIn = (row, names) => {
    const keys = new Set(names.filter(({ postings: { rows } }) => rows.includes(row)).map(({ postings: { key } }) => key));
    return (key) => keys.has(key);
  };

  const bestOf = (all, weights) => {
    const shareOf = ({ section }) => (ELSEWHERE.includes(section) ? OF_ELSEWHERE : 1);
    return all.filter(({ matches }) => matches.size)
      .map((place) => ({ ...place, worth: shareOf(place) * worthOf(place, weights) }))
      .sort((one, other) => other.worth - one.worth).slice(0, PLACES);
  };

  /** The name by which a trial was found that doesn't say it as it was asked: the record's own; or
      of what was asked in another language the English words it says, and of another word its forms. */
  const foundAs = (matched, { met, names, translated, question }, isAbout) => {
    const isSaid = (key) => matched.some(({ found }) => found.some((one) => one.of === key));
    const byWords = translated.filter(({ key, said }) => !isSaid(key) && !said.some(({ postings }) => postings && isSaid(postings.key)))
      .map(({ at }) => wordsMeeting(matched, at, question)).filter(Boolean);
    const here = names.filter(({ postings: { key } }) => isAbout(key));
    const isCovered = (n) => [...here, ...translated].some(({ at, length }) => at <= n && n < at + length);
    const byForms = question.words.map((_, n) => (met[n].begun || isCovered(n) ? '' : wordsMeeting(matched, n, question))).filter(Boolean);
    return [...byWords, ...byForms, ...here.flatMap(({ postings: { key }, inEnglish }) => {
      const all = matched.flatMap(({ content, words, found }) => found.filter((one) => one.of === key)
        .map(({ at, length }) => content.slice(words[at].start, words[at + length - 1].end)))
        .sort((one, other) => search.isShort(one) - search.isShort(other));
      const asked = key.slice(0, -1);
      return all.length && (inEnglish || !all.some((name) => search.sameName(name, asked))) ? [all[0]] : [];
    })];
  };

  /** The words by which a trial meets the one asked as number `n`, where it doesn't say that itself,
      in either number. */
  const wordsMeeting = (matched, n, { words }) => {
    const own = keysOf(words[n]);
    const asked = new Set([...own, ...own.flatMap((key) => search.forms.numbersOf(key, search.keysNow()))]);
    const found = new Map();
    for (const { words: said, matches } of matched) {
      for (const [i, numbers] of matches) if (numbers.has(n)) found.set(keysOf(said[i]).join(), said[i]);
    }
    const all = [...found.values()];
    return all.some((word) => keysOf(word).some((key) => asked.has(key))) ? ''
      : all.slice(0, OF_TRANSLATION).map((word) => word.text).join(', ');
  };

  /* ---- as the visitor sees it ---- */

  const PIECE = /\n|[^\s\n]+/g;

  /** The place's own words around its matches, as the record has them, matches marked: where the words
      that tell most are, `Alzheimer's` before `disease`. */
  const excerptOf = ({ content, words, matches }, weights) => {
    const marked = [...matches].map(([i, numbers]) => ({ ...words[i], numbers }));
    const pieces = [...content.matchAll(PIECE)].map(({ 0: piece, index }) => ({
      piece,
      index,
      marks: marked.filter(({ start, end }) => start < index + piece.length && end > index),
    }));
    const hits = pieces.flatMap(({ marks }, i) => (marks.length ? [i] : []));
    const behind = (hit) => {
      const there = pieces.slice(hit, hit + EXCERPT_WORDS - WORDS_BEFORE_MATCH).flatMap(({ marks }) => marks);
      return worthOf({ matches: new Map(there.map((mark) => [mark.start, mark.numbers])), found: [] }, weights);
    };
    const densest = hits.reduce((best, hit) => (behind(hit) > behind(best) ? hit : best), hits[0]);
    const start = pieces.length <= EXCERPT_WORDS ? 0 : Math.max(0, densest - WORDS_BEFORE_MATCH);
    const end = Math.min(pieces.length, start + EXCERPT_WORDS);
    const nodes = start > 0 ? ['… '] : [];
    for (let i = start; i < end; i += 1) {
      const { piece, index, marks } = pieces[i];
      if (piece === '\n') {
        nodes.push(' · ');
        continue;
      }
      if (i > start && pieces[i - 1].piece !== '\n') nodes.push(' ');
      let at = index;
      for (const { start: from, end: to } of marks) {
        nodes.push(content.slice(at, Math.max(at, from)));
        nodes.push(make('mark', {}, content.slice(Math.max(at, from), Math.min(to, index + piece.length))));
        at = Math.min(to, index + piece.length);
      }
      nodes.push(content.slice(at, index + piece.length));
    }
    if (end < pieces.length) nodes.push(' …');
    return nodes;
  };

  const withMarks = (address, words, id = '') => {
    const marks = [...new Set(words.map((word) => word.toLowerCase()))];
    const marked = new URL(address);
    if (marks.length) marked.searchParams.set('mark', marks.slice(0, MOST_MARKS).join(' '));
    marked.hash = id;
    return marked.href;
  };

  const saidIn = ({ words, matches }) => [...matches.keys()].map((i) => words[i].text);

  const OF_CRITERIA = /^(?:inclusion|exclusion|criteria)(?:-|$)/;
  const KEEPS_OUT = /^exclusion(?:-|$)/;

  const placeItem = (place, trial, weights) => {
    const href = withMarks(addressOf(trial), saidIn(place), place.id);
    const heading = make('span', { class: 'place-heading' }, search.said(OF_CRITERIA.test(place.section) ? 'criteria' : 'heading', place.heading));
    const excerpt = make('span', { class: 'place-text', dir: 'auto' }, ...excerptOf(place, weights));
    const out = KEEPS_OUT.test(place.section) ? [make('span', { class: 'place-out' }, text('keeps-out')), ' '] : [];
    return make('li', {}, make('a', { href }, heading, ' ', ...out, excerpt));
  };

  /** The best place where the words are, and the others for whoever opens them. */
  const placesIn = (places, trial, weights) => {
    const [first, ...others] = places.map((place) => placeItem(place, trial, weights));
    if (!first) return [];
    const best = make('ul', { class: 'places' }, first);
    if (!others.length) return [best];
    const summary = make('summary', {}, search.countedText('more-places', others.length));
    return [best, make('details', { class: 'more-places' }, summary, make('ul', { class: 'places' }, ...others))];
  };

  const note = (name, words) => make('p', { class: 'card-note' }, text(name, { words }));

  /** What makes an item of the list of a row, for an answer of search.find, or for none, to a
      question. */
  search.itemsFor = async (answer, question) => {
    const match = answer ? await matcher(answer) : null;
    const { rows } = await search.entry();
    const closedIn = await search.closedIn(question);
    const weights = answer?.met.map(({ count }) => Math.log(1 + rows / (count + 1)));
    return async (row) => {
      const trial = await search.textOf(row);
      const isAbout = aboutIn(row, answer?.names ?? []);
      const all = match ? matchedIn(trial, match, isAbout) : [];
      const places = bestOf(all, weights);
      const item = await search.cardOf(row, trial, withMarks(addressOf(trial), places.flatMap(saidIn)), question);
      for (const { stand, label } of closedIn(row)) item.append(note(`closed-${stand}`, label));
      const missing = answer?.hits.get(row)?.missing || [];
      if (missing.length) item.append(note('lacks', search.quotedWords(missing.map((i) => answer.met[i].said || answer.question.words[i].text))));
      const inTitle = match ? [{ content: trial.title, ...match(trial.title, isAbout) }] : [];
      const as = match ? [...new Set(foundAs([...inTitle, ...all], answer, isAbout))] : [];
      if (as.length) item.append(note('found-as', as.join(', ')));
      item.append(...(places.length ? placesIn(places, trial, weights) : search.aboutOf(trial)));
      return item;
    };
  };

  Object.assign(search, { make, text, addressOf });
})();

/* Search: what the page says of an answer: how many there are, what was understood of the words,
   what may have been meant. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { page, make, text } = search;
  if (!page) return;

  const language = document.documentElement.lang || undefined;
  const forms = new Intl.PluralRules(language);
  const inWords = (n) => n.toLocaleString(language, { numberingSystem: 'latn' });
  const KEPT = Object.fromEntries(['meant', 'places', 'filter', 'said', 'total'].map((name) => [name, `{${name}}`])); // filled in later
  const counted = (name, n) => text(`${name}-${forms.select(n)}`, { ...KEPT, n: inWords(n) });
  Object.assign(search, { countedText: counted, inWords });

  /* ---- words of a question inside a sentence of ours: whoever made the address chose them ---- */

  const MOST_WORDS = 10;
  const MOST_SIGNS = 40;
  const cut = (words, most = MOST_SIGNS) => {
    const signs = [...words];
    return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : words;
  };

  /** Each in quotes, the first of many, none longer than anybody types. */
  search.quotedWords = (words) => {
    const said = words.slice(0, MOST_WORDS).map((word) => text('quoted', { word: cut(word) }));
    const more = words.length - said.length;
    return said.join(', ') + (more > 0 ? ` ${counted('more-words', more)}` : '');
  };

  const MOST_OF_A_QUESTION = 200;
  /** A whole question, for a sentence that puts it in quotes. */
  search.cutQuestion = (words) => cut(words, MOST_OF_A_QUESTION);

  /* ---- what was understood of the words ---- */

  const understood = document.getElementById('search-understood');
  const chosen = document.getElementById('search-chosen');

  const ageInWords = (age, unit) => {
    const units = document.getElementById('filter-age-unit');
    return `${inWords(age)} ${units.querySelector(`[value="${unit}"]`).textContent}`;
  };

  const agesInWords = ([from, to]) => {
    const values = { from: inWords(from), to: inWords(to), last: inWords(to - 1) };
    if (to === search.people.FOREVER) return text('age-from', values);
    return text(from ? 'age-between' : 'age-below', values);
  };

  const chipOf = (filter, label, data) => {
    const button = make('button', { type: 'button', class: 'chip', ...data },
      filter, ' ', make('span', { 'aria-hidden': 'true' }, '×'));
    button.setAttribute('aria-label', label);
    return button;
  };

  const show = (row, sentence, chips) => {
    row.replaceChildren(...(chips.length ? [sentence, ' ', ...chips.flatMap((chip) => [chip, ' '])] : []));
    row.hidden = !chips.length;
  };

  const MOST_VALUES = 8;

  const valuesIn = ({ filters, age, unit, ages }) => {
    if (age !== null) return ageInWords(age, unit);
    if (ages) return agesInWords(ages);
    const all = Object.entries(filters).flatMap(([name, labels]) => labels.map((label) => search.wordFor(name, label)));
    return all.length > MOST_VALUES ? `${all.slice(0, MOST_VALUES).join(', ')}, …` : all.join(' / ');
  };

  const labelled = (label, value) => `${label}${text('colon')} ${value}`;

  const understoodChip = ({ name, filters, age, unit, ages, near, said }) => {
    if (near) return chipOf(search.nearby.inWords(near), text('take-off', { filter: search.nearby.inWords(near), said }), { 'data-name': name });
    const filter = name === 'sex' ? text(`open-to-${filters.sex[0].toLowerCase()}`)
      : labelled(page.getAttribute(`data-understood-${name}`), valuesIn({ filters, age, unit, ages }));
    return chipOf(filter, text('take-off', { filter, said }), { 'data-name': name });
  };

  const WITHIN = 100; // km, as the field begins with
  /** The same question for places around a town that it names, where the site has distances. */
  const aroundTown = ({ name, filters, said }, words) => {
    const [label, another] = (search.nearby && name === 'place' && (filters.town || filters.city)) || [];
    if (!label || another) return [];
    const q = words.replace(said, ' ').replace(/\s+/g, ' ').trim();
    const parameters = new URLSearchParams({ ...(q ? { q } : {}), near: label, within: WITHIN });
    return [make('a', { href: `?${parameters}` }, text('near-instead', { place: search.wordFor('city', label), n: WITHIN }))];
  };

  /** What was `read` of the `words` that somebody typed. */
  search.showUnderstood = (read, words) => show(understood, text('understood'),
    read.flatMap((one) => [understoodChip(one), ...aroundTown(one, words)]));

  /** `takenOff` is called with the name of what the visitor doesn't want understood. */
  search.listenToUnderstood = (takenOff) => understood.addEventListener('click', ({ target }) => {
    const chip = target.closest('.chip');
    if (chip) takenOff(chip.dataset.name);
  });

  /* ---- the filters that were chosen, in the panel or by an address ---- */

  /** A label in the words of the page, which has its own for some. */
  search.wordFor = (group, label) => page.getAttribute(`data-${group}-${label}`) || search.said(group, label);

  const legendOf = (group) =>
    document.querySelector(`#filter-groups [data-group="${group}"] summary`).textContent.trim();

  /** What no trial here is known to have is an address's own: in quotes, and bounded. */
  const valueOf = (group, label) => (search.isLabel(group, label) || page.hasAttribute(`data-${group}-${label}`)
    ? search.wordFor(group, label) : search.quotedWords([label]));
  const inWordsOf = (group, label) => labelled(legendOf(group), valueOf(group, label));

  const chosenChip = (filter, data) => chipOf(filter, text('take-away', { filter }), data);

  /** Names every filter of a question, and needs no table for it: the panel shows the same once
      its table is there, on a phone once it is opened, and on paper not at all. */
  search.showChosen = ({ filters, age, unit, near }) => {
    const chips = Object.entries(filters).flatMap(([name, labels]) =>
      labels.map((label) => chosenChip(inWordsOf(name, label), { 'data-name': name, 'data-value': label })));
    if (age !== null) {
      const filter = labelled(page.getAttribute('data-understood-age'), ageInWords(age, unit));
      chips.push(chosenChip(filter, { 'data-name': 'age' }));
    }
    if (near) chips.push(chosenChip(search.nearby.inWords(near), { 'data-name': 'near' }));
    show(chosen, text('chosen'), chips);
  };

  /** `takenAway` is called with the name of a filter and its value, that of the age without. */
  search.listenToChosen = (takenAway) => chosen.addEventListener('click', ({ target }) => {
    const chip = target.closest('.chip');
    if (!chip) return;
    const at = [...chosen.querySelectorAll('.chip')].indexOf(chip);
    takenAway(chip.dataset.name, chip.dataset.value);
    const left = chosen.querySelectorAll('.chip');
    (left[Math.min(at, left.length - 1)] || document.getElementById('q')).focus();
  });

  const MOST_UNREAD = 5; // what no trial here has, in a row of an address's own making
  /** Of what an address or the panel asks for and no trial here can have. */
  const unreadIn = ({ resolved, question }) => [
    ...resolved.unknown.slice(0, MOST_UNREAD).map(([name, value]) => text('unknown-filter', { filter: labelled(legendOf(name), cut(value, MOST_OF_A_QUESTION)) })),
    ...question.unread.map((age) => text('unread-age', { age: cut(age) })),
  ];
  search.saysUnread = (answered) => unreadIn(answered).flatMap((sentence) => [sentence, ' ']);

  /* ---- the sentence above the results ---- */

  const questionLink = (words, asWords = null) => {
    const parameters = new URLSearchParams(location.search);
    parameters.set('q', words);
    if (asWords) parameters.append('as-words', asWords);
    return make('a', { href: `?${parameters}` }, search.cutQuestion(words));
  };

  const unsaid = (unknown = []) => (unknown.length
    ? [text('unsaid', { words: search.quotedWords(unknown.map(({ text: word }) => word)) }), ' '] : []);

  /** A sentence with a link in the place of `{name}`. */
  const withLink = (sentence, name, link) => {
    const [before, after] = sentence.split(`{${name}}`);
    return [before, link, after ?? '', ' '];
  };

  const didYouMean = ({ meant, typed, suggested, unknown }, asked) => {
    if (typed) return withLink(text('mended', { meant, words: '{words}' }), 'words', questionLink(typed, 'spelling'));
    if (!meant && !suggested) return unsaid(unknown);
    const sentence = meant ? text('meant', { words: search.cutQuestion(asked), meant: '\n' })
      : counted('suggested', suggested.count).replace('{meant}', '\n');
    const [before, after] = sentence.split('\n');
    return [before, questionLink(meant || suggested.words), after ?? '', ' '];
  };

  const placesInWords = (places) => places.flatMap(({ name, labels }) => labels.map((label) => search.wordFor(name, label))).join(' / ');

  /** Of each word that is denied, `without placebo`, that trials may say it all the same, and how to
      leave those out where that is another way to say it. */
  const deniedOf = ({ denied }) => denied.flatMap(({ said, words, instead, there }) => {
    const sentence = [text('denied', { said: cut(said), words: cut(words) }), ' '];
    const how = there ? text('denied-instead-place', { place: placesInWords(there), link: '{link}' }) : text('denied-instead', { link: '{link}' });
    return instead ? [...sentence, ...withLink(how, 'link', questionLink(instead))] : sentence;
  });

  const leftOut = ({ found }) => {
    const { excluded = [], notThere = [] } = found?.question || {};
    return [
      ...(excluded.length ? [text('left-out', { words: search.quotedWords(excluded) }), ' '] : []),
      ...(notThere.length ? [text('left-out-place', { place: placesInWords(notThere) }), ' '] : []),
    ];
  };

  /** Of a name that only texts mention: what it is called otherwise, and that no title does. */
  const asideOf = ({ found, whole }) => {
    const name = whole.length ? found?.names.find(({ postings }) => postings.aside) : null;
    if (!name) return [];
    const said = found.question.words.slice(name.at, name.at + name.length).map((word) => word.text).join(' ');
    return [text('aside', { name: name.postings.aside, words: search.quotedWords([said]) }), ' '];
  };

  /** Who asks in a language that records aren't in, and finds few, finds more by English words. */
  const FEW = 10;
  const languageOf = ({ found, whole }) => (found?.untranslated.length && whole.length < FEW
    ? [' ', text('records-language')] : []);

  /** How many say how many of the words: those that say few of them aren't counted. */
  const countedOthers = (name, others, { total, others: hits }) => {
    const lacking = others.map((row) => hits.get(row).missing.length);
    const [fewest, most] = [total - Math.max(...lacking), total - Math.min(...lacking)];
    const said = fewest === most ? inWords(fewest) : text('at-least', { n: inWords(fewest) });
    return counted(name, others.length).replace('{said}', said).replace('{total}', inWords(total));
  };

  const counts = ({ whole, others, found, question }) => {
    if (!others.length) return [counted('found', whole.length)];
    return whole.length
      ? [counted('found', whole.length), ' ', countedOthers('others', others, found)]
      : [text(search.hasFilters(question) ? 'none-whole-filtered' : 'none-whole'), ' ', countedOthers('some', others, found)];
  };

  const anyOf = (places) => new Intl.ListFormat(language, { type: 'disjunction' }).format(places);

  const noneAbout = ({ whole, mentioning = [] }) => (mentioning.length && mentioning.length === whole.length ? [' ', text('none-about')] : []);

  /** How many of those that are counted recruit, but not where they were asked for. */
  const closedOf = ({ closed, question: { filters } }) => {
    const name = search.placeGroup(filters);
    const places = (filters[name] || []).filter((label) => search.isLabel(name, label)).map((label) => search.wordFor(name, label));
    return closed ? [' ', counted('closed', closed).replace('{places}', anyOf(places))] : [];
  };

  /** Of what was understood as a place, how many more there are without it, where it leaves few. */
  const withoutPlace = ({ read, found, filtered, whole, question: { filters } }) => {
    const place = read.find(({ name }) => name === 'place');
    const name = place && Object.keys(place.filters)[0];
    if (!name || whole.length >= FEW || place.filters[name] !== filters[name]) return [];
    const more = (filtered.butFor.get(name) || []).filter((row) => !found || found.whole.has(row)).length;
    return more ? [' ', counted('without', more).replace('{filter}', labelled(page.getAttribute('data-understood-place'), valuesIn(place)))] : [];
  };

  /** That there are trials whose ages nobody can compare here with the one asked, and where. */
  const unreadAges = ({ unreadAges: count }) => {
    if (!count) return [];
    const parameters = new URLSearchParams(location.search);
    parameters.set('ages_unread', 'yes');
    return [' ', ...withLink(text('ages-unread', { link: '{link}' }), 'link', make('a', { href: `?${parameters}` }, counted('show', count)))];
  };

  /** Where there is more than what was found. */
  const moreOf = (answered) => [...withoutPlace(answered), ...unreadAges(answered)];

  /** Of an answer (65-answer.js) that holds a trial. */
  search.sentenceOf = (answered) => {
    const { found, question } = answered;
    return [...search.saysUnread(answered), ...(found ? didYouMean(found, question.words) : []), ...deniedOf(answered), ...leftOut(answered), ...search.saysPlace(answered), ...asideOf(answered), ...counts(answered),
      ...noneAbout(answered), ...closedOf(answered), ...(answered.ofPlace.length ? [' ', ...answered.ofPlace] : []), ...moreOf(answered), ...languageOf(answered)];
  };

  /** Of one that holds none: at a place that nobody knows there may be some all the same. */
  search.sentenceOfNone = (answered) => {
    const { found, question, isNowhere } = answered;
    const isNone = found && !found.whole.size && !found.others.size;
    const none = [text(isNone ? 'none' : 'none-filtered', { words: search.cutQuestion(question.words) }), ' '];
    const sentences = isNowhere ? [...answered.ofPlace, ...isNone ? none : []] : [...none, ...answered.ofPlace];
    return [...search.saysUnread(answered), ...leftOut(answered), ...search.saysPlace(answered), ...sentences, ...moreOf(answered), ...languageOf(answered)];
  };
})();

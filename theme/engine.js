/* Search: a search engine elsewhere answers (`search:` in site.yaml), and no index of the site's own.
   Loaded behind the engine's adapter and before search.js, which hands over to `takeOver` what asks
   the index otherwise. Cards, filters and sentences are those of search.js. Whatever goes wrong is
   said, and never taken for an answer that holds nothing. */
window.trialpagesEngine = (() => {
  'use strict';

  const settings = JSON.parse(document.getElementById('search').dataset.engine);
  const { fields, statuses, said } = settings;
  const known = new Map(Object.entries(fields)); // group of filters -> its field

  const PAGE = 20;
  const LONGEST_WAIT = 10000;
  const SHOWN = ['title', 'path', 'numbers', 'cards', 'closed', 'countries', 'towns'];
  const OF_A_TRIAL = /^trials\/[^/\\:?#]+\.html$/;

  /** The engine gave no answer, or none that can be shown: `said` names the sentence for it. */
  class Failed extends Error {
    constructor(why, more = why) {
      super(`the search engine: ${more}`);
      this.said = `error-engine-${why}`;
      this.isLasting = why === 'key' || why === 'odd';
    }
  }

  /* ---- one question ---- */

  const statusOf = (status) => {
    if (status === 401 || status === 403) return new Failed('key', status);
    return new Failed(status >= 500 || status === 429 ? 'refused' : 'odd', status);
  };

  const answerTo = async ({ address, headers, body }, signal) => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        credentials: 'omit',
        signal,
      });
      return { status: response.status, isGood: response.ok, text: await response.text() };
    } catch (error) {
      throw new Failed(signal.aborted ? 'late' : 'refused', error);
    }
  };

  const isNumber = (value) => Number.isInteger(value) && value >= 0;
  const isDocument = (one) => typeof one?.title === 'string' && OF_A_TRIAL.test(one.path)
    && Object.values(one.cards ?? {}).length > 0;

  const isWhole = ({ found, documents, counts }, { page, size }) => isNumber(found)
    && documents.every(isDocument) && documents.length === Math.max(0, Math.min(size, found - page * size))
    && Object.values(counts).every((all) => all.every(([, count]) => isNumber(count)));

  const adapter = window.trialpagesAdapter;

  const readAnswer = (text, asked) => {
    let answer = null;
    try {
      answer = adapter.read(JSON.parse(text), settings);
    } catch (error) {
      throw new Failed('odd', error);
    }
    if (answer.status) throw statusOf(answer.status);
    const isUsable = answer.isCounted ? isWhole(answer, asked) : answer.documents.every(isDocument);
    if (!isUsable) throw new Failed('odd', 'its answer has another shape');
    return answer;
  };

  const ask = async (asked) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST_WAIT);
    try {
      const { status, isGood, text } = await answerTo(adapter.request(settings, asked), stop.signal);
      if (!isGood) throw statusOf(status);
      return readAnswer(text, asked);
    } finally {
      clearTimeout(timer);
    }
  };

  /* ---- a question of the page in the engine's terms ---- */

  const YES_OR_NO = { yes: true, no: false };
  const valueOf = ({ kind }, label) => (kind === 'bool' ? YES_OR_NO[label] : kind === 'int32' ? Number(label) : label);
  const labelOf = ({ kind }, value) => (kind === 'bool' ? (value === 'true' ? 'yes' : 'no') : value);

  const ORDERS = { updated: 'last_updated', start: 'start_date', enrollment: 'enrollment' };

  const orderOf = ({ words, order }) => ORDERS[order] ?? (words ? null : ORDERS.updated);

  const limitsOf = (question, hoursOf) => {
    if (question.age === null && !question.ages) return [];
    const [from, to] = hoursOf(question);
    return [['takes_from', '<', Math.ceil(to)], ['takes_below', '>', Math.floor(from)]]; // whole hours
  };

  const termsOf = (question, { hoursOf }) => ({
    words: question.words,
    any: Object.entries(question.filters).filter(([name]) => known.has(name))
      .map(([name, labels]) => [known.get(name).name, labels.map((label) => valueOf(known.get(name), label))]),
    limits: limitsOf(question, hoursOf),
    sort: orderOf(question),
    page: 0,
    size: PAGE,
    counts: [],
    fields: SHOWN,
  });

  const without = (question, name) => {
    const { [name]: left, ...filters } = question.filters;
    return { ...question, filters };
  };

  /* ---- in place of the index ---- */

  const takeOver = (search) => {
    const { make, text } = search;

    let latest = { key: '', pages: new Map() };
    /** A page of what a question finds, asked for once. */
    const pageOf = (question, page) => {
      const terms = { ...termsOf(question, search), page };
      const key = JSON.stringify({ ...terms, page: 0 });
      if (latest.key !== key) latest = { key, pages: new Map() };
      const { pages } = latest;
      if (!pages.has(page)) {
        pages.set(page, ask(terms).catch((error) => {
          pages.delete(page);
          throw error;
        }));
      }
      return pages.get(page);
    };

    /** How many carry each label of a group, its own choices aside: they are alternatives. */
    const counted = async (name, { question }) => {
      const field = known.get(name);
      const terms = { ...termsOf(without(question, name), search), size: 1, counts: [field.name] };
      const { counts: { [field.name]: found = [] } } = await ask(terms);
      const numbers = new Map(found.map(([value, count]) => [labelOf(field, value), count]));
      for (const label of question.filters[name] ?? []) if (!numbers.has(label)) numbers.set(label, 0);
      const place = (label) => (name === 'status' ? settings.order.indexOf(label) : 0);
      const labels = [...numbers.keys()].sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1));
      return { labels, counts: labels.map((label) => numbers.get(label)), names: {}, within: [] };
    };

    /** Of a question that finds nothing, whether its words alone find nothing either. */
    const withoutFilters = async (question) => {
      const alone = { ...question, filters: {}, age: null, ages: null };
      const isUnsaid = question.words && !(await pageOf(alone, 0)).documents.length;
      return isUnsaid ? { whole: new Map(), others: new Map(), untranslated: [] } : null;
    };

    const answered = async (question) => {
      const idle = !question.words && !search.hasFilters(question);
      const { found, isCounted, documents } = await pageOf(question, 0);
      const count = isCounted ? found : Math.max(documents.length, isNumber(found) ? found : 0);
      return {
        question,
        read: [],
        denied: [],
        resolved: { filters: question.filters, unknown: [], changed: false, near: null },
        found: count || idle ? null : await withoutFilters(question),
        filtered: { question, isCounted, passing: { length: count } },
        idle,
        whole: idle ? [] : Array.from({ length: count }, (_, row) => row),
        others: [],
        ofPlace: [],
      };
    };

    /** An address may say near what place, from a link of another time. */
    const saysNear = () => {
      const asked = new URLSearchParams(location.search).get('near')?.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
      return asked ? [text('engine-near', { place: search.cutQuestion(asked) }), ' '] : [];
    };
    const { saysUnread } = search;
    search.saysUnread = (answer) => [...saysNear(), ...saysUnread(answer)];

    const sentenceOf = (answer) => [
      ...search.saysUnread(answer),
      answer.filtered.isCounted ? search.countedText('found', answer.whole.length) : text('engine-uncounted'),
    ];

    const cardsOf = ({ cards }) => cards[settings.language] ?? Object.values(cards)[0];
    const labelsOf = (document, name) => document[known.get(name)?.name] ?? [];

    /** The chosen places in which a recruiting trial takes nobody, if it takes nobody in any. */
    const closedNotes = (document, { filters: { city = [], country = [] } }) => {
      const [name, chosen] = city.length ? ['city', city] : ['country', country];
      const here = labelsOf(document, name).filter((label) => chosen.includes(label));
      const stands = document.closed?.[name] ?? {};
      if (here.some((label) => !Object.hasOwn(stands, label))) return [];
      return here.map((label) => make('p', { class: 'card-note' }, text(`closed-${stands[label]}`, { words: search.said(name, label) })));
    };

    const itemsFor = async (_, question) => async (row) => {
      const { documents } = await pageOf(question, Math.floor(row / PAGE));
      const document = documents[row % PAGE];
      if (!document) throw new Failed('odd', `no trial in place ${row}`);
      const trial = { title: document.title, url: document.path, meta: cardsOf(document) };
      const item = await search.cardOf(document, trial, search.addressOf(trial).href, question);
      item.append(...closedNotes(document, question), ...search.aboutOf(trial));
      return item;
    };

    /** The trials that have a number. */
    const withId = async (words) => {
      const question = { words, filters: {}, age: null, ages: null, order: 'relevance' };
      const { documents } = await pageOf(question, 0);
      const number = search.lettersOf(words);
      const exact = documents.filter(({ numbers = [] }) => numbers.some((one) => search.lettersOf(one) === number));
      return { exact, partly: [] };
    };

    const { showCounts } = search.filters;
    search.filters.showCounts = async (filtered) => {
      await showCounts(filtered);
      if (!filtered.isCounted) document.getElementById('show-results').hidden = true;
    };

    Object.assign(search, {
      answered,
      counted,
      itemsFor,
      sentenceOf,
      withId,
      suggestion: async () => null,
      textOf: async (document) => ({ url: document.path, title: document.title, meta: cardsOf(document) }),
      entry: async () => ({ groups: [...known.keys()], countries: {}, statuses }),
      ownLabels: async (document, name, among) => labelsOf(document, name).filter((label) => among.includes(label)),
      said: (group, label) => said[group]?.[label] ?? label,
    });
  };

  return { takeOver };
})();

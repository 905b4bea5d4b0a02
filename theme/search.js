/* The search page: Pagefind over http, its twin from pagefind/offline/ over file://.
   Every word a visitor reads here comes from data-* attributes of #search (templates/search.html)
   or from the index. Nothing is ever parsed as HTML. */
(() => {
  'use strict';

  const page = document.getElementById('search');
  if (!page) return;

  const element = (id) => document.getElementById(id);
  const form = element('search-form');
  const box = element('q');
  const announcement = element('search-status');
  const help = element('search-help');
  const filterPanel = element('search-filters');
  const filterGroups = element('filter-groups');
  const clearButton = element('clear-filters');
  const list = element('results');
  const moreButton = element('more-results');

  const root = new URL(page.dataset.root || './', location.href);
  const filterNames = page.dataset.filters.split(/\s+/);
  const factNames = page.dataset.facts.split(/\s+/);
  const PAGE_SIZE = 20;
  const PLACES = 3;
  const EXCERPT_WORDS = 30;
  const WORDS_BEFORE_MATCH = 8;
  const TYPING_PAUSE = 200;
  const LOADING_AFTER = 400;
  const MOST_MARKS = 8;
  const CLOSE_ENOUGH = 4; // letters a word found in place of an unknown one must share with it
  const BREAK = '\u2e31'; // trialpages/search/documents.py says what it is for

  /* ---- small tools ---- */

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /** A sentence of the page's own (data-text-…), its {names} filled in. */
  const text = (name, values = {}) =>
    (page.getAttribute(`data-text-${name}`) || '').replace(/\{(\w+)\}/g, (_, key) => values[key]);

  const counted = (name, n) => text(`${name}-${n === 1 ? 'one' : 'other'}`, { n });

  const folded = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const lettersOf = (word) => folded(word).replace(/[^\p{L}\p{N}]/gu, '');
  const sameId = (one, other) => lettersOf(one) === lettersOf(other);

  /* ---- the index ---- */

  const loadScript = (address) => new Promise((resolve, reject) => {
    const script = make('script', { src: address });
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} can't be read`));
    document.head.append(script);
  });

  const openIndex = async () => {
    if (location.protocol === 'file:') {
      await loadScript(new URL('pagefind/offline/pagefind.js', root).href);
      return window.trialpagesPagefind;
    }
    return import(new URL('pagefind/pagefind.js', root).href);
  };

  const prepareIndex = async () => {
    const pagefind = await openIndex();
    await pagefind.options({ baseUrl: '/' }); // addresses from the site's root: see addressOf
    const filters = await pagefind.filters(); // without it no search counts its filters
    return { pagefind, filters };
  };

  let prepared = null;
  const theIndex = () => {
    prepared ??= prepareIndex().catch((error) => {
      prepared = null; // so that the next try is a new one
      throw error;
    });
    return prepared;
  };

  const addressOf = (data) => new URL(data.url.replace(/^\/+/, ''), root);

  /* ---- what is asked: in the form, in the address ---- */

  const asked = (entries) => {
    const chosen = filterNames.map((name) => [name, entries.getAll(name)]);
    return {
      words: (entries.get('q') || '').trim(),
      filters: Object.fromEntries(chosen.filter(([, values]) => values.length)),
    };
  };

  const askedInForm = () => asked(new FormData(form));
  const askedInAddress = () => asked(new URLSearchParams(location.search));

  const asParameters = ({ words, filters }) => {
    const parameters = new URLSearchParams();
    if (words) parameters.set('q', words);
    for (const [name, values] of Object.entries(filters)) {
      for (const value of values) parameters.append(name, value);
    }
    return parameters.toString();
  };

  const writeChoices = ({ filters }) => {
    for (const choice of filterGroups.querySelectorAll('input')) {
      choice.checked = (filters[choice.name] || []).includes(choice.value);
    }
  };

  /** While one word is being typed, the address is replaced, so that Back leaves the word at once. */
  let typing = false;
  const writeAddress = (question, stillTyping) => {
    const search = asParameters(question);
    const address = search ? `?${search}` : location.pathname;
    if (search !== location.search.slice(1)) {
      history[typing && stillTyping ? 'replaceState' : 'pushState'](null, '', address);
    }
    typing = stillTyping;
  };

  /* ---- searching ---- */

  /** As Pagefind splits the documents: words part at a slash. Null lists every trial. */
  const asTerm = (words) => words.replace(/(\S)\/(?=\S)/g, '$1/ ') || null;

  const search = async ({ words, filters }) => {
    const { pagefind } = await theIndex();
    const term = asTerm(words);
    const choices = Object.entries(filters).map(([name, values]) => [name, { any: values }]);
    const sort = term ? {} : { updated: 'desc' };
    return pagefind.search(term, { filters: Object.fromEntries(choices), sort });
  };

  /** A group's counts follow the choices in the other groups: its own values are alternatives. */
  const countsByGroup = async (question, found) => {
    const counts = { ...found.filters };
    await Promise.all(Object.keys(question.filters).map(async (name) => {
      const { [name]: _, ...others } = question.filters;
      counts[name] = (await search({ ...question, filters: others })).filters[name];
    }));
    return counts;
  };

  const ID_LOOKUPS = 10;

  /** The one trial that carries this id, or null. */
  const trialWithId = async (id) => {
    const { pagefind } = await theIndex();
    if (!lettersOf(id)) return null;
    const { results } = await pagefind.search(`"${id.replaceAll('"', '')}"`);
    if (results.length > ID_LOOKUPS) return null;
    const trials = await Promise.all(results.map((result) => result.data()));
    const named = trials.filter(({ meta }) =>
      (meta.ids || '').split('|').some((known) => sameId(known, id)));
    return named.length === 1 ? named[0] : null;
  };

  const registryId = (words) => {
    const match = /^NCT[\s-]?(\d{8})$/i.exec(words);
    return match && `NCT${match[1]}`;
  };

  /** Pagefind takes an unknown word for the longest beginning it knows: `aspirin` may find `a`.
      The words of the question that were replaced so, each with how many letters still agree. */
  const replacedWords = async (words, trials) => {
    const { pagefind } = await theIndex();
    const found = new Set(trials.flatMap(foundWords));
    const doubtful = words.split(/[\s/]+/).filter((word) => {
      const letters = lettersOf(word);
      return letters && ![...found].some((other) => other.includes(letters));
    });
    const checked = await Promise.all(doubtful.map(async (word) => {
      const exactly = await pagefind.search(`"${word.replaceAll('"', '')}"`);
      return { word, known: exactly.results.length > 0, agreeing: agreement(lettersOf(word), found) };
    }));
    return checked.filter(({ known }) => !known);
  };

  const foundWords = (data) => {
    const marked = data.locations.map((location) => contentWords(data)[location] || '');
    const inMeta = Object.values(data.meta).flatMap((value) => value.split(/\s+/));
    return [...marked, ...inMeta].map(lettersOf).filter(Boolean);
  };

  const agreement = (word, others) => {
    const letters = [...word];
    const shared = (other) => {
      const differs = letters.findIndex((letter, i) => letter !== [...other][i]);
      return differs < 0 ? letters.length : differs;
    };
    return Math.max(0, ...[...others].map(shared));
  };

  /* ---- one result ---- */

  const splitContents = new WeakMap();
  const contentWords = (data) => {
    if (!splitContents.has(data)) splitContents.set(data, data.content.split(/\s+/));
    return splitContents.get(data);
  };

  const shown = (word) => word.replaceAll(BREAK, '');
  const splitAtSlash = (word) => word.endsWith(`/${BREAK}`);

  /** The places that match: the last anchor at or before each match, the best first. */
  const placesOf = (data) => {
    const anchors = [...data.anchors].sort((one, other) => one.location - other.location);
    const places = new Map();
    for (const match of data.weighted_locations) {
      const index = anchors.findLastIndex((anchor) => anchor.location <= match.location);
      if (index < 0) continue; // in the title, which is shown anyway
      if (!places.has(index)) places.set(index, newPlace(anchors, index, contentWords(data).length));
      addMatch(places.get(index), match);
    }
    const matching = [...places.values()].filter((place) => place.matches.length);
    return matching.sort((one, other) => other.score - one.score).slice(0, PLACES);
  };

  const newPlace = (anchors, index, length) => {
    const anchor = anchors[index];
    const heading = anchors.findLast((other, i) => i <= index && other.element === 'h2');
    const next = anchors.find((other) => other.location > anchor.location);
    const headingWords = anchor === heading ? anchor.text.trim().split(/\s+/).length : 0;
    return {
      id: anchor.id,
      heading: heading ? shown(heading.text) : '',
      start: anchor.location + headingWords,
      end: next ? next.location : length,
      matches: [],
      score: 0,
    };
  };

  const addMatch = (place, match) => {
    if (match.location < place.start) return; // in the heading, which is shown anyway
    place.matches.push(match.location);
    place.score += match.balanced_score;
  };

  /** The match with most others close behind it. */
  const densest = (matches) => {
    const behind = (match) => matches.filter((other) =>
      other >= match && other < match + EXCERPT_WORDS - WORDS_BEFORE_MATCH).length;
    return matches.reduce((best, match) => (behind(match) > behind(best) ? match : best));
  };

  /** The place's own words around its matches, as the record has them, matches marked. */
  const excerptOf = (place, words) => {
    const fits = place.end - place.start <= EXCERPT_WORDS;
    const from = fits ? place.start : densest(place.matches) - WORDS_BEFORE_MATCH;
    const start = Math.max(place.start, from);
    const end = Math.min(place.end, start + EXCERPT_WORDS);
    const nodes = start > place.start ? ['… '] : [];
    for (let i = start; i < end; i += 1) {
      const word = shown(words[i]);
      nodes.push(place.matches.includes(i) ? make('mark', {}, word) : word);
      if (!splitAtSlash(words[i]) && i + 1 < end) nodes.push(' ');
    }
    if (end < place.end) nodes.push(' …');
    return nodes;
  };

  const withMarks = (address, words, id = '') => {
    const trimmed = words.map((word) => shown(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
    const marks = [...new Set(trimmed.map((word) => word.toLowerCase()))].filter(Boolean);
    const marked = new URL(address);
    if (marks.length) marked.searchParams.set('mark', marks.slice(0, MOST_MARKS).join(' '));
    marked.hash = id;
    return marked.href;
  };

  const placeItem = (place, data) => {
    const words = contentWords(data);
    const href = withMarks(addressOf(data), place.matches.map((i) => words[i]), place.id);
    const heading = make('span', { class: 'place-heading' }, place.heading);
    const excerpt = make('span', { class: 'place-text' }, ...excerptOf(place, words));
    return make('li', {}, make('a', { href }, heading, ' ', excerpt));
  };

  const factsOf = (data) => factNames
    .filter((name) => data.meta[name])
    .flatMap((name) => [make('span', { class: `fact fact-${name}` }, data.meta[name]), ' ']);

  const resultItem = (data) => {
    const matches = data.locations.map((location) => contentWords(data)[location]);
    const href = withMarks(addressOf(data), matches);
    const title = make('a', { class: 'result-link', href }, data.meta.title);
    const item = make('li', { class: 'result' }, make('h2', { class: 'result-title' }, title));
    item.append(make('p', { class: 'result-facts' }, ...factsOf(data)));
    const places = placesOf(data).map((place) => placeItem(place, data));
    if (places.length) item.append(make('ul', { class: 'places' }, ...places));
    return item;
  };

  /* ---- what the visitor sees ---- */

  let loading = 0;
  const sayLoading = () => {
    list.setAttribute('aria-busy', 'true');
    announcement.textContent = text('loading');
  };

  const say = (...content) => {
    clearTimeout(loading);
    announcement.replaceChildren(...content);
    list.removeAttribute('aria-busy');
  };

  const showNothing = (...content) => {
    list.replaceChildren();
    moreButton.hidden = true;
    help.hidden = false;
    say(...content);
  };

  const showUnknownId = (id) => {
    const href = page.dataset.registry + id;
    const link = make('a', { href, rel: 'noreferrer' }, text('registry', { id }));
    showNothing(text('unknown-id', { id }), ' ', link);
  };

  const showStart = (filters) => {
    showCounts(filters);
    showNothing(text('start'));
    help.hidden = true;
  };

  const makeGroup = (name, values) => {
    const legend = make('legend', {}, page.getAttribute(`data-legend-${name}`) || name);
    const sorted = values.sort((one, other) => one.localeCompare(other, page.lang || undefined));
    const choices = sorted.map((value) => make('label', { class: 'choice' },
      make('input', { type: 'checkbox', name, value }), ' ',
      make('span', { class: 'choice-name' }, value), ' ', make('span', { class: 'choice-count' })));
    return make('fieldset', { 'data-filter': name }, legend, ...choices);
  };

  const makeFilters = (filters) => {
    if (filterGroups.childElementCount) return;
    const groups = filterNames.filter((name) => Object.keys(filters[name] || {}).length);
    filterGroups.append(...groups.map((name) => makeGroup(name, Object.keys(filters[name]))));
    filterPanel.open = matchMedia('(min-width: 48rem)').matches;
    filterPanel.hidden = groups.length === 0;
    writeChoices(askedInAddress()); // a visitor may type before the index is there
  };

  const showCounts = (counts) => {
    for (const choice of filterGroups.querySelectorAll('input')) {
      const count = counts[choice.name]?.[choice.value] || 0;
      const label = choice.closest('label');
      label.querySelector('.choice-count').textContent = count;
      label.classList.toggle('is-empty', count === 0);
    }
    clearButton.hidden = !filterGroups.querySelector('input:checked');
  };

  let latest = 0;
  let waiting = []; // results not yet shown

  /** Add results to the list. History remembers how many, for the way back from a trial. */
  const showMore = async (count) => {
    const turn = latest;
    const next = waiting.slice(0, count);
    const trials = await Promise.all(next.map((result) => result.data()));
    if (turn !== latest) return [];
    waiting = waiting.slice(count);
    const items = trials.map(resultItem);
    list.append(...items);
    moreButton.hidden = waiting.length === 0;
    history.replaceState({ shown: list.childElementCount }, '');
    return items;
  };

  const showResults = async (question, found, shownBefore) => {
    const turn = latest;
    const trials = await Promise.all(found.results.slice(0, PAGE_SIZE).map((result) => result.data()));
    const replaced = await replacedWords(question.words, trials);
    if (turn !== latest) return;
    const { words } = question;
    if (!trials.length || replaced.some(({ agreeing }) => agreeing < CLOSE_ENOUGH)) {
      showNothing(text(words ? 'none' : 'none-filtered', { words }));
      return;
    }
    const unknown = replaced.map(({ word }) => word).join(', ');
    help.hidden = true;
    list.replaceChildren();
    waiting = found.results;
    say(counted('found', found.results.length), replaced.length ? ` ${text('nearest', { unknown })}` : '');
    await showMore(Math.max(PAGE_SIZE, shownBefore));
  };

  /* ---- one question, from asking to answer ---- */

  const isIdle = ({ words, filters }) => !words && !Object.keys(filters).length;

  /** The trial the words name. A whole registry id is enough; any other id waits for Enter. */
  const trialNamed = async ({ words }, committed) => {
    const id = registryId(words) || (committed && words);
    return id ? trialWithId(id) : null;
  };

  /** How a question was asked: `committed` with Enter or by a link, or while `stillTyping`;
      `travelling` through addresses, by a link or with Back and Forward. */
  const answer = async (turn, { committed = false, stillTyping = false, travelling = false }) => {
    const { filters } = await theIndex();
    makeFilters(filters);
    if (turn !== latest) return;
    const question = travelling ? askedInAddress() : askedInForm();
    if (travelling) writeChoices(question);
    const trial = await trialNamed(question, committed);
    if (turn !== latest) return;
    if (trial && (committed || !travelling)) {
      clearTimeout(loading);
      location[travelling ? 'replace' : 'assign'](addressOf(trial));
      return;
    }
    if (!travelling) writeAddress(question, stillTyping);
    if (isIdle(question)) showStart(filters);
    else await showAnswer(question, trial, travelling ? history.state?.shown : 0);
  };

  const showAnswer = async (question, trial, shownBefore) => {
    const turn = latest;
    const found = await search(question);
    const counts = await countsByGroup(question, found);
    if (turn !== latest) return;
    showCounts(counts);
    const id = registryId(question.words);
    if (id && !trial) showUnknownId(id);
    else await showResults(question, found, shownBefore || 0);
  };

  const ask = async (how) => {
    const turn = (latest += 1);
    clearTimeout(loading);
    loading = setTimeout(sayLoading, LOADING_AFTER);
    try {
      await answer(turn, how);
    } catch (error) {
      console.warn(error);
      if (turn === latest) showNothing(text('error'));
    }
  };

  /* ---- the keyboard ---- */

  const isEditable = (node) => node.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');

  const focusBox = (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isEditable(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  };

  const moveThroughResults = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [box, ...list.querySelectorAll('.result-link')];
    const position = stops.indexOf(document.activeElement);
    if (!step || position < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stops[position + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  /* ---- wiring ---- */

  let pause = 0;
  const askForm = (how) => {
    clearTimeout(pause);
    return ask(how);
  };

  box.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => askForm({ stillTyping: true }), TYPING_PAUSE);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    askForm({ committed: true });
  });
  filterGroups.addEventListener('change', () => askForm({}));
  clearButton.addEventListener('click', () => {
    for (const choice of filterGroups.querySelectorAll('input')) choice.checked = false;
    filterGroups.querySelector('input')?.focus();
    askForm({});
  });
  moreButton.addEventListener('click', async () => {
    const [first] = await showMore(PAGE_SIZE);
    first?.querySelector('a').focus();
  });
  document.addEventListener('keydown', focusBox);
  page.addEventListener('keydown', moveThroughResults);

  const askAddress = (committed) => {
    clearTimeout(pause);
    typing = false;
    box.value = askedInAddress().words;
    ask({ committed, travelling: true });
  };

  // An id in the address goes to its trial, but not on the way back from there.
  const [navigation] = performance.getEntriesByType('navigation');
  window.addEventListener('popstate', () => askAddress(false));
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && list.ariaBusy === 'true') askAddress(false); // it was left in mid-search
  });
  if (box.value) askForm({ stillTyping: true }); // typed before this script ran
  else askAddress(navigation?.type !== 'back_forward');
})();

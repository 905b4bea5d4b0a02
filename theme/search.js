/* The search page: from a question in the form or in the address to its answer, over http and
   file:// alike. Every word a visitor reads here comes from data-* attributes of #search
   (templates/search.html) or from the index. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  if (!search?.filters) return; // a script is missing: what the page says of ZIP files stays
  document.getElementById('search-unzip')?.remove();

  const { page, filters } = search;
  const element = (id) => document.getElementById(id);
  const form = element('search-form');
  const box = element('q');
  const announcement = element('search-status');
  const help = element('search-help');
  const list = element('results');
  const moreButton = element('more-results');

  const PAGE_SIZE = 20;
  const FIRST_SHOWN = 5; // before the others of the first page are read
  const SHORT_WORD = 2; // letters that find too much to search before a pause
  const TYPING_PAUSE = 250;
  const LOADING_AFTER = 400;

  /** A sentence of the page's own (data-text-…), its {names} filled in. */
  const text = (name, values = {}) =>
    (page.getAttribute(`data-text-${name}`) || '').replace(/\{(\w+)\}/g, (_, key) => values[key]);

  const counted = (name, n) => text(`${name}-${n === 1 ? 'one' : 'other'}`, { n });

  /* ---- what is asked: in the form, in the address ---- */

  const askedInForm = () => ({ words: box.value.trim(), ...filters.read() });
  const askedInAddress = () => {
    const entries = new URLSearchParams(location.search);
    return { words: (entries.get('q') || '').trim(), ...filters.fromAddress(entries) };
  };

  const asParameters = (question) => {
    const parameters = new URLSearchParams();
    if (question.words) parameters.set('q', question.words);
    filters.toAddress(question, parameters);
    return parameters.toString();
  };

  /** While one word is being typed, the address is replaced, so that Back leaves the word at once. */
  let typing = false;
  const writeAddress = (question, stillTyping) => {
    const parameters = asParameters(question);
    const address = parameters ? `?${parameters}` : location.pathname;
    if (parameters !== location.search.slice(1)) {
      history[typing && stillTyping ? 'replaceState' : 'pushState'](null, '', address);
    }
    typing = stillTyping;
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

  const showUnknownId = ({ id, href }) => {
    const link = search.make('a', { href, rel: 'noreferrer' }, text('registry', { id }));
    showNothing(text('unknown-id', { id }), ' ', link);
  };

  let latest = 0;
  let waiting = []; // results not yet shown
  let hits = null;

  /** Add results to the list. History remembers how many, for the way back from a trial. */
  const showMore = async (count, turn = latest) => {
    const rows = waiting.slice(0, count);
    const texts = await Promise.all(rows.map((row) => search.textOf(row, hits?.get(row))));
    if (turn !== latest) return [];
    waiting = waiting.slice(count);
    const items = texts.map(search.resultItem);
    list.append(...items);
    moreButton.hidden = waiting.length === 0;
    history.replaceState({ shown: list.childElementCount }, '');
    return items;
  };

  /** The first few at once, the others of the page when they are read. */
  const showResults = async (turn, rows, sentence, shownBefore) => {
    waiting = rows;
    const fresh = document.createDocumentFragment();
    const first = waiting.slice(0, FIRST_SHOWN);
    const texts = await Promise.all(first.map((row) => search.textOf(row, hits?.get(row))));
    if (turn !== latest) return;
    fresh.append(...texts.map(search.resultItem));
    waiting = waiting.slice(FIRST_SHOWN);
    help.hidden = true;
    moreButton.hidden = true;
    const at = [...list.querySelectorAll('.result-link')].indexOf(document.activeElement);
    list.replaceChildren(fresh);
    // Whoever stood on a result stays on the one of that rank, and isn't thrown off the list.
    if (at >= 0) (list.querySelectorAll('.result-link')[at] || box).focus();
    say(...sentence);
    await showMore(Math.max(PAGE_SIZE, shownBefore) - FIRST_SHOWN, turn);
  };

  /* ---- from question to answer ---- */

  const isIdle = ({ words, filters: chosen, age }) =>
    !words && age === null && !Object.keys(chosen).length;

  /** What the words find: trials by their text, before them those by their id. */
  const findWords = async (words, turn) => {
    const stale = () => turn !== latest;
    const ids = search.mayBeId(words) ? await search.withId(words) : { exact: [], partly: [] };
    const whole = search.registryId(words);
    if (whole && !ids.exact.length && !ids.partly.length) return { hits: new Map(), whole };
    const named = ids.exact.length ? ids.exact : ids.partly;
    let found = { hits: new Map(), unknown: [] };
    const isId = ids.exact.length || (named.length && search.beginsId(words));
    if (!isId) found = await search.find(words, stale);
    named.forEach((row, i) => {
      const texts = found.hits.get(row)?.texts || [];
      found.hits.set(row, { score: 1e6 - i, texts });
    });
    return named.length ? { ...found, unknown: [] } : found;
  };

  /** As findWords; where nothing says the words, what they may have meant is looked for. */
  const findMeant = async (words, turn) => {
    const found = await findWords(words, turn);
    if (found.hits.size || found.whole || turn !== latest) return found;
    const meant = found.unknown.length ? await search.meant(words, found.unknown) : null;
    if (!meant) return found;
    const instead = await search.find(meant, () => turn !== latest);
    return instead.hits.size ? { ...instead, meant } : found;
  };

  const didYouMean = (meant, words) => {
    const parameters = new URLSearchParams(location.search);
    parameters.set('q', meant);
    const link = search.make('a', { href: `?${parameters}` }, meant);
    const [before, after] = text('meant', { words, meant: '\n' }).split('\n');
    return [before, link, after ?? ''];
  };

  const allRows = async () => [...Array((await search.table('facets')).rows).keys()];

  const showAnswer = async (question, turn, shownBefore) => {
    const { words } = question;
    const found = words ? await findMeant(words, turn) : null;
    if (turn !== latest) return;
    const rows = found ? [...found.hits.keys()] : await allRows();
    const filtered = await search.filtered(rows, question);
    await filters.showCounts(filtered);
    if (turn !== latest) return;
    hits = found?.hits || null;
    if (found?.whole) showUnknownId(found.whole);
    else if (isIdle(question)) showStart();
    else if (!filtered.passing.length) {
      const sentence = words && !rows.length ? 'none' : 'none-filtered';
      showNothing(text(sentence, { words }));
    } else {
      const order = words || question.order !== 'relevance' ? question.order : 'updated';
      const sorted = await search.sorted(filtered.passing, hits, order);
      const meant = found?.meant ? [...didYouMean(found.meant, words), ' '] : [];
      await showResults(turn, sorted, [...meant, counted('found', sorted.length)], shownBefore);
    }
  };

  const showStart = () => {
    showNothing(text('start'));
    help.hidden = true;
  };

  /** The one trial the words name by a whole id, or null. */
  const trialNamed = async ({ words }, committed) => {
    const mayBe = search.registryId(words) || (committed && search.mayBeId(words));
    if (!mayBe) return null;
    const { exact } = await search.withId(words);
    return exact.length === 1 ? search.textOf(exact[0]) : null;
  };

  /** How a question was asked: `committed` with Enter or by a link, or while `stillTyping`;
      `travelling` through addresses, by a link or with Back and Forward. */
  const answer = async (turn, { committed = false, stillTyping = false, travelling = false }) => {
    const question = travelling ? askedInAddress() : askedInForm();
    if (travelling) filters.write(question);
    const trial = await trialNamed(question, committed);
    if (turn !== latest) return;
    if (trial && (committed || !travelling)) {
      clearTimeout(loading);
      location[travelling ? 'replace' : 'assign'](search.addressOf(trial));
      return;
    }
    if (!travelling) writeAddress(question, stillTyping);
    await showAnswer(question, turn, (travelling && history.state?.shown) || 0);
  };

  const ask = async (how) => {
    clearTimeout(pause);
    const turn = (latest += 1);
    clearTimeout(loading);
    loading = setTimeout(sayLoading, LOADING_AFTER);
    try {
      await answer(turn, how);
    } catch (error) {
      console.warn(error);
      if (turn === latest) showNothing(text(location.protocol === 'file:' ? 'error-file' : 'error'));
    }
    if (turn === latest) page.dataset.answered = turn; // for whoever waits for it
  };

  /* ---- the keyboard ---- */

  const isEditable = (node) => node.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');
  const withModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

  const focusBox = (event) => {
    if (event.key !== '/' || withModifier(event) || isEditable(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  };

  const moveThroughResults = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [box, ...list.querySelectorAll('.result-link')];
    const position = stops.indexOf(document.activeElement);
    if (!step || position < 0 || withModifier(event)) return;
    const next = stops[position + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  /* ---- wiring ---- */

  let pause = 0;
  box.addEventListener('input', () => {
    clearTimeout(pause);
    const letters = search.lettersOf(box.value).length;
    const short = letters > 0 && letters <= SHORT_WORD;
    pause = setTimeout(() => ask({ stillTyping: true }), short ? TYPING_PAUSE : 0);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask({ committed: true });
  });
  filters.listen(() => ask({}));
  moreButton.addEventListener('click', async () => {
    const [first] = await showMore(PAGE_SIZE);
    first?.querySelector('a').focus();
  });
  document.addEventListener('keydown', focusBox);
  page.addEventListener('keydown', moveThroughResults);
  box.addEventListener('focus', () => search.warmUp().catch(() => {}), { once: true });

  const askAddress = (committed) => {
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
  filters.write(askedInAddress());
  if (box.value) ask({ stillTyping: true }); // typed before this script ran
  else askAddress(navigation?.type !== 'back_forward');
})();

/* The search page: a question in the form or in the address, and its answer (65-answer.js) as the
   visitor sees it. Every word a visitor reads here comes from data-* attributes of #search
   (templates/search.html) or from the index. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  if (!search?.filters) return; // a script is missing: what the page says of ZIP files stays
  document.getElementById('search-unzip')?.remove();

  window.trialpagesEngine?.takeOver(search); // where an engine elsewhere answers (theme/engine.js)

  const { page, filters } = search;
  const element = (id) => document.getElementById(id);
  const form = element('search-form');
  const box = element('q');
  const announcement = element('search-status');
  const help = element('search-help');
  const list = element('results');
  const moreButton = element('more-results');

  const PAGE_SIZE = 20;
  const FIRST_SHOWN = 1; // before the others of the first page are read: over a slow link three take longer
  const SHORT_WORD = 2; // letters that find too much to search before a pause
  const TYPING_PAUSE = 250;
  const RETRIES = [3000, 8000, 20000, 60000]; // milliseconds after a failure
  const SUGGESTION_PAUSE = 200; // for what may have been meant, before the results are shown without
  const LOADING_AFTER = 400;
  const SLOW_AFTER = 4000;
  const LONGEST = 2000; // characters of a question that are read
  const MOST_ASKED = 300; // and parts of an address

  const { text, showUnderstood, showChosen } = search;

  /* ---- what is asked: in the form, in the address ---- */

  let off = []; // what was understood of the words and taken off again

  /** What is asked stands in sentences of ours: nothing in it breaks a line, or turns the rest round. */
  const readable = (asked) => asked.slice(0, LONGEST).replace(/\p{Cc}+/gu, ' ').replace(/\p{Bidi_Control}/gu, '').trim();

  const askedInForm = () => ({ words: readable(box.value), off, ...filters.read() });
  const askedInAddress = () => {
    const written = [...new URLSearchParams(location.search)].slice(0, MOST_ASKED);
    const entries = new URLSearchParams(written.map(([name, value]) => [name, readable(value)]));
    return { words: entries.get('q') || '', off: entries.getAll('as-words'), ...filters.fromAddress(entries) };
  };

  const asParameters = (question) => {
    const parameters = new URLSearchParams();
    if (question.words) parameters.set('q', question.words);
    for (const name of question.off) parameters.append('as-words', name);
    filters.toAddress(question, parameters);
    return parameters.toString();
  };

  /** While one word is being typed, the address is replaced, so that Back leaves the word at once. */
  let typing = false;
  const writeAddress = (question, stillTyping) => {
    const parameters = asParameters(question);
    const address = parameters ? `?${parameters}` : location.pathname;
    const kept = search.nearby?.toHistory(question) ?? null;
    if (parameters !== location.search.slice(1)) {
      history[typing && stillTyping ? 'replaceState' : 'pushState'](kept, '', address);
    } else remember(kept);
    typing = stillTyping;
  };

  /* ---- what the visitor sees ---- */

  let loading = 0;
  const sayLoading = () => {
    list.setAttribute('aria-busy', 'true');
    announcement.textContent = text('loading');
    // A connection that has broken may not say so for a minute.
    loading = setTimeout(() => { announcement.textContent = text('slow'); }, SLOW_AFTER - LOADING_AFTER);
  };

  const say = (...content) => {
    clearTimeout(loading);
    announcement.replaceChildren(...content);
    list.removeAttribute('aria-busy');
  };

  /** On paper: how many of those that were found are there, and the address of the question. */
  const forPaper = () => {
    const shown = list.querySelectorAll('.card').length;
    const note = shown ? text('on-paper', { shown: search.inWords(shown), n: search.inWords(shown + waiting.length) }) : '';
    page.querySelector('.search-more-note').textContent = note;
    const { href = location.href } = document.querySelector('link[rel="canonical"]') || {};
    page.querySelector('.search-address span').textContent = new URL(location.search, href).href;
  };

  /** For whoever saves what is listed (97-files.js). */
  const tellListed = (rows) => list.dispatchEvent(new CustomEvent('listed', { detail: rows }));

  const showNothing = (...content) => {
    list.replaceChildren();
    tellListed([]);
    waiting = [];
    moreButton.hidden = true;
    help.hidden = false;
    forPaper();
    say(...content);
  };

  const showUnknownId = ({ id, href }) => {
    const link = search.make('a', { href, rel: 'noreferrer' }, text('registry', { id }));
    showNothing(text('unknown-id', { id }), ' ', link);
  };

  let latest = 0;
  let waiting = []; // rows not yet shown
  let makeItem = null; // of a row
  let dividers = new Map(); // rows before which a line says what is less in them, and in those behind

  const withDivider = (rows, items) => items.flatMap((item, i) => (dividers.has(rows[i])
    ? [search.make('li', { class: 'result-divider' }, text(dividers.get(rows[i]))), item] : [item]));

  const remember = (more) => history.replaceState({ ...history.state, ...more }, '');

  /** Add results to the list. History remembers how many, for the way back from a trial. */
  const showMore = async (count, turn = latest) => {
    const rows = waiting.slice(0, count);
    const items = await Promise.all(rows.map(makeItem));
    if (turn !== latest) return [];
    waiting = waiting.slice(count);
    list.append(...withDivider(rows, items));
    moreButton.hidden = waiting.length === 0;
    remember({ shown: list.querySelectorAll('.card').length });
    forPaper();
    return items;
  };

  /** The first few at once, the others of the page when they are read. */
  const showResults = async (turn, rows, sentence, shownBefore) => {
    const first = rows.slice(0, FIRST_SHOWN);
    const items = await Promise.all(first.map(makeItem));
    if (turn !== latest) return;
    waiting = rows.slice(FIRST_SHOWN);
    help.hidden = true;
    moreButton.hidden = true;
    const at = [...list.querySelectorAll('.card-title a')].indexOf(document.activeElement);
    list.replaceChildren(...withDivider(first, items));
    // Whoever stood on a result stays on the one of that rank, and isn't thrown off the list.
    if (at >= 0) (list.querySelectorAll('.card-title a')[at] || box).focus();
    say(...sentence);
    await showMore(Math.max(PAGE_SIZE, shownBefore) - FIRST_SHOWN, turn);
  };

  /* ---- from question to answer ---- */

  let facetsRead = false;
  const showCounts = async (filtered, shown) => {
    await filters.showCounts({ ...filtered, shown });
    facetsRead = true;
  };

  const pausing = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds, null); });

  const showAnswer = async (asked, turn, shownBefore) => {
    const answered = await search.answered(asked, () => turn !== latest);
    if (turn !== latest) return;
    const { read, question, resolved, found, filtered, idle, whole, others, ahead = [], mentioning = [] } = answered;
    const behind = others.filter((row) => !ahead.includes(row));
    const shown = idle ? undefined : whole.length + others.length;
    if (facetsRead) await showCounts(filtered, shown);
    if (turn !== latest) return;
    search.nearby?.lead(question);
    showUnderstood(read, asked.words);
    if (resolved.changed) filters.write({ ...asked, filters: resolved.filters, near: resolved.near });
    showChosen(filters.read()); // now in the page's words, and what is known without quotes
    const suggesting = search.suggestion(answered, () => turn !== latest);
    suggesting.catch(() => {}); // said below
    const soon = await Promise.race([suggesting.catch(() => null), pausing(SUGGESTION_PAUSE)]);
    if (turn !== latest) return;
    dividers = new Map([[whole.length ? behind[0] : null, 'most'], [mentioning.length < whole.length && mentioning[0], 'only-mention']]);
    makeItem = await search.itemsFor(found, question);
    if (found?.unknownId) showUnknownId(found.unknownId);
    else if (idle) showStart(search.saysUnread(answered));
    else if (!whole.length && !others.length) {
      showNothing(...search.sentenceOfNone(answered));
    } else {
      const sentence = search.sentenceOf({ ...answered, found: found && { ...found, suggested: soon } });
      tellListed(whole.length ? whole : others);
      await showResults(turn, [...ahead, ...whole, ...behind], sentence, shownBefore);
    }
    if (turn !== latest) return;
    const suggested = await suggesting;
    if (suggested && !soon && turn === latest) say(...search.sentenceOf({ ...answered, found: { ...found, suggested } }));
    if (!facetsRead && turn === latest) await showCounts(filtered, shown);
  };

  const showStart = (before) => {
    showNothing(...before, text('start'));
    help.hidden = true;
  };

  /** The one trial the words name by a whole id, or null. Words with blanks may mean something else
      (`HPV 16 18`), though a record calls itself so: they are searched for. */
  const trialNamed = async ({ words }, committed) => {
    const mayBe = search.registryId(words) || (committed && search.isOneWord(words) && search.mayBeId(words));
    if (!mayBe) return null;
    const { exact } = await search.withId(words);
    return exact.length === 1 ? search.textOf(exact[0]) : null;
  };

  /** How a question was asked: `committed` with Enter or by a link, or while `stillTyping`;
      `travelling` through addresses, by a link or with Back and Forward. */
  const answer = async (turn, { committed = false, stillTyping = false, travelling = false }) => {
    const question = travelling ? askedInAddress() : askedInForm();
    if (travelling) {
      filters.write(question);
      off = question.off;
    }
    showChosen(question); // before anything is read
    const trial = await trialNamed(question, committed);
    if (turn !== latest) return;
    if (trial && (committed || !travelling)) {
      clearTimeout(loading);
      location[travelling ? 'replace' : 'assign'](search.addressOf(trial));
      return;
    }
    const { shown = 0, y = 0 } = (travelling && history.state) || {};
    if (!travelling) writeAddress(question, stillTyping);
    await showAnswer(question, turn, shown);
    if (y && turn === latest) window.scrollTo(0, y);
  };

  /* ---- what can't be read ---- */

  let failures = 0;
  let retry = 0;

  const whatWentWrong = (error) => {
    if (error.said) return error.said;
    if (error instanceof search.Forbidden) return 'error-quotes';
    if (search.refusedBy()) return 'error-policy';
    return location.protocol === 'file:' ? 'error-file' : 'error';
  };

  /** Says why the search couldn't be loaded, and tries again by itself. */
  const failed = (error) => {
    console.warn(error);
    filters.forget();
    const wrong = whatWentWrong(error);
    showNothing(text(wrong, { directive: search.refusedBy() }));
    showUnderstood([], '');
    facetsRead = false;
    if (wrong === 'error-quotes' || error.isLasting) return;
    clearTimeout(retry);
    retry = setTimeout(() => ask(lastAsked), RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
  };

  /** The site was published anew: the next question begins at its entry; where the program is
      another one too, the page is loaded again, once. */
  const renewed = async (error) => {
    search.renew();
    facetsRead = false;
    if (error.otherProgram && !history.state?.renewed) {
      remember({ renewed: true });
      location.reload();
      return false;
    }
    return true;
  };

  let lastAsked = {};

  const ask = async (how, renewals = 0) => {
    clearTimeout(pause);
    clearTimeout(retry);
    lastAsked = how;
    const turn = (latest += 1);
    clearTimeout(loading);
    loading = setTimeout(sayLoading, LOADING_AFTER);
    try {
      await answer(turn, how);
      if (turn === latest) failures = 0;
    } catch (error) {
      if (turn !== latest) return;
      if (error instanceof search.Renewed && renewals < 3 && await renewed(error)) {
        await ask(how, renewals + 1);
        return;
      }
      failed(error);
    }
    if (turn === latest) page.dataset.answered = turn; // for whoever waits for it
  };

  /* ---- wiring ---- */

  let pause = 0;
  box.addEventListener('input', () => {
    clearTimeout(pause);
    off = [];
    const letters = search.lettersOf(box.value).length;
    const short = letters > 0 && letters <= SHORT_WORD;
    pause = setTimeout(() => ask({ stillTyping: true }), short ? TYPING_PAUSE : 0);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask({ committed: true });
  });
  filters.listen(() => ask({}), failed);
  search.listenToUnderstood((name) => {
    off = [...off, name];
    ask({});
    box.focus();
  });
  search.listenToChosen((name, value) => {
    filters.takeAway(name, value);
    ask({});
  });
  let drawing = 0; // the turn whose next results are on their way: another press asks for no others
  moreButton.addEventListener('click', async () => {
    const turn = latest;
    if (drawing === turn) return;
    drawing = turn;
    const [first] = await showMore(PAGE_SIZE).catch((error) => failed(error) ?? []);
    if (drawing === turn) drawing = 0;
    first?.querySelector('a').focus();
  });
  window.addEventListener('online', () => { if (failures) ask(lastAsked); });
  // Back from a trial, the list is drawn again and the page is where it was.
  history.scrollRestoration = 'manual';
  let scrolled = 0;
  window.addEventListener('scroll', () => {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => remember({ y: Math.round(scrollY) }), 150);
  });
  list.addEventListener('click', () => remember({ y: Math.round(scrollY) }));

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

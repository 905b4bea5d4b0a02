/* Search: the answer to a question: its trials in order, by their words, ids, filters. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  /** The order that was chosen, but none by distance from nowhere; or the usual one. */
  const orderOf = ({ isOrdered, order }, near) => {
    if (!search.nearby) return order;
    return isOrdered && (near || order !== search.nearby.NEAREST) ? order : search.nearby.orderOf(near);
  };

  /** A question with what its words say as filters; what the visitor chose himself stays. */
  const withUnderstood = (question, { words, read, soft }) => {
    const near = question.near ?? read.find((one) => one.near)?.near ?? null;
    const merged = { ...question, words, soft, ages: null, filters: { ...question.filters }, near, order: orderOf(question, near) };
    for (const { filters: chosen, age, unit, ages } of read) {
      for (const [name, labels] of Object.entries(chosen)) merged.filters[name] ??= labels;
      if (question.age === null && (age !== null || ages)) Object.assign(merged, { age, unit, ages });
    }
    return merged;
  };

  const hasFilters = ({ filters: chosen, age, ages, near }) =>
    age !== null || Boolean(ages) || Boolean(near) || Object.keys(chosen).length > 0;
  search.hasFilters = hasFilters;

  /** Where only `women`, `children` or `healthy volunteers` is asked, trials say the words. */
  const asksMoreThanWhom = ({ filters: chosen, age, near }, read) =>
    age !== null || Boolean(near) || read.some(({ ages, isWhom }) => ages && !isWhom)
    || Object.keys(chosen).some((name) => name !== 'sex' && name !== 'healthy');

  const isIdle = (question) => !question.words && !hasFilters(question);

  const NOTHING = {
    question: { words: [], spoken: [], phrases: [], without: [], withoutPhrases: [], excluded: [], notThere: [] },
    hits: new Map(),
    whole: new Map(),
    others: new Map(),
    soft: [],
    unknown: [],
    met: [],
    names: [],
    translated: [],
    untranslated: [],
  };

  /** What the words find: trials by their text, before them those by their id. */
  const findWords = async (words, stale, soft) => {
    const ids = search.mayBeId(words)
      ? await search.withId(words) : { exact: [], partly: await search.ofRegistry(words) };
    const whole = search.registryId(words);
    if (whole && !ids.exact.length && !ids.partly.length) {
      const named = await search.find(whole.id, stale); // a record may name a trial that isn't here
      return named.whole.size ? named : { ...NOTHING, unknownId: whole };
    }
    const named = ids.exact.length ? ids.exact : ids.partly;
    const isId = ids.exact.length || (named.length && search.beginsId(words));
    const found = await search.find(words, stale, soft);
    const byText = isId ? { ...found, whole: new Map(), others: new Map() } : found;
    const first = new Map(named.map((row, i) => [row, { score: 1e6 - i, missing: [] }]));
    const others = new Map([...byText.others].filter(([row]) => !first.has(row)));
    return {
      ...byText,
      hits: new Map([...found.hits, ...first]),
      whole: new Map([...byText.whole, ...first]),
      others: first.size ? new Map() : others,
      unknown: named.length ? [] : found.unknown,
    };
  };

  /** What a question that found something may have meant instead, or null: it needs a table of its own. */
  search.suggestion = async ({ question, found }, stale) => {
    const isKnown = found && !found.unknownId && !found.meant && !found.unknown.length && found.hits.size;
    const suggested = isKnown ? await search.suggested(question.words, found, stale) : null;
    if (!suggested) return null;
    const rows = [...suggested.answer.whole.keys()];
    const { passing } = hasFilters(question) ? await search.filtered(rows, question) : { passing: rows };
    return passing.length ? { words: suggested.words, count: passing.length } : null;
  };

  /** A slip that few records share, or that is a town's name beside other words, is answered with
      what many are about at once; in capitals it is meant as it stands. */
  const mendedOf = async (words, found, stale) => {
    const isFew = found.hits.size && (found.whole.size < search.ENOUGH || found.question.words.length > 1);
    if (!isFew || words !== words.toLowerCase()) return found;
    const meant = await search.suggested(words, found, stale);
    const isMore = meant?.isPlain && meant.answer.whole.size >= MUCH_MORE * found.whole.size;
    return isMore ? { ...meant.answer, meant: meant.words, typed: words } : found;
  };

  const MUCH_MORE = 10;

  /** As findWords; where no trial says a word, what it may have meant is looked for. */
  const findMeant = async ({ words, soft, off }, stale) => {
    const found = await findWords(words, stale, soft);
    if (found.unknownId || stale()) return found;
    if (!found.unknown.length) return off.includes('spelling') ? found : mendedOf(words, found, stale);
    const meant = await search.meant(words, found, stale);
    return meant ? { ...meant.answer, meant: meant.words } : found;
  };

  /** What is found without what the question denies, which a trial may say or not: where that is all
      it says, the trials that say it. */
  const findBesideDenied = async (question, asked, stale) => {
    const all = question.words ? await findMeant(question, stale) : null;
    const denied = await search.deniedIn(all, asked);
    const words = search.withoutDenied(question.words, denied);
    const tells = words !== question.words && await search.tellsMore(words, asked, question.soft);
    if (!tells && (words === question.words || !hasFilters(question))) return { all, denied, question };
    const left = { ...question, words: tells ? words : '' };
    return { all: tells ? await findMeant(left, stale) : null, denied, question: left };
  };

  /** What was found and, of it, what passes the filters: where these leave few trials with all
      words, with those that have most. */
  const passingOf = async (found, question) => {
    if (!hasFilters(question)) return { found, filtered: { passing: found ? rowsOf(found) : await allRows(), butFor: new Map() } };
    const filtered = await search.filtered(found ? rowsOf(found) : await allRows(), question);
    const isWidest = !found || found.others.size || found.isBound || !found.question.words.length || filtered.passing.length >= search.ENOUGH;
    if (isWidest || found.whole.size < search.ENOUGH) return { found, filtered };
    const wider = { ...found, others: search.inTiers(found, found.question.words, true).others };
    return { found: wider, filtered: await search.filtered(rowsOf(wider), question) };
  };

  /** How many more there are whose ages can't be read, and so not be compared with the one asked. */
  const countUnreadAges = async (found, question) => {
    const { groups } = await search.entry();
    const asksAge = question.age !== null || question.ages;
    if (!asksAge || question.filters.ages_unread || !groups.includes('ages_unread')) return 0;
    const filters = { ...question.filters, ages_unread: ['yes'] };
    const { passing } = await search.filtered(found ? rowsOf(found) : await allRows(), { ...question, filters });
    return passing.length;
  };

  const rowsOf = ({ whole, others }) => [...whole.keys(), ...others.keys()];

  const allRows = async () => [...Array((await search.entry()).rows).keys()];

  /** Those that are closed to who asks after all others, where nothing else tells the better. */
  const openFirst = (rows, closedIn) => {
    const isClosed = (row) => closedIn(row).length > 0;
    return [...rows.filter((row) => !isClosed(row)), ...rows.filter(isClosed)];
  };

  const ordered = async (found, passing, question, closedIn) => {
    if (question.near && question.order === search.nearby.NEAREST) {
      const near = await search.nearby.sorted(passing, question.near);
      const isWhole = (row) => !found || found.whole.has(row);
      return { ...search.aboutFirst(found, near.filter(isWhole)), others: near.filter((row) => !isWhole(row)) };
    }
    if (!found || question.order !== 'relevance') {
      const order = question.order === 'relevance' ? 'updated' : question.order;
      const kept = found ? passing.filter((row) => found.whole.has(row)) : passing;
      const sorted = await search.sorted(kept, order);
      return { whole: question.order === 'relevance' ? openFirst(sorted, closedIn) : sorted, others: [] };
    }
    const passes = new Set(passing);
    const inOrder = (hits) => search.inOrder(hits, (row) => closedIn(row).length > 0).filter((row) => passes.has(row));
    const rows = { whole: inOrder(found.whole), others: inOrder(found.others) };
    return { ...rows, ahead: search.aheadOf(found, rows) };
  };

  /** The answer to what was asked ({ words, off, filters, age, unit, order }): the `question` without
      what was `read` as filters, with the filters of the address `resolved`, all that was `found`, the rows that are `filtered`, and in their
      order those with all words (`whole`) and `others`, of which so many are `closed` to who asks; how many more have `unreadAges`;
      what is `denied`; how many more may be in the state that was `asked` for (`unsaid`); the places that a word may mean (`unasked`); what is said
      `ofPlace` where a place was asked for, which may be none that is known (`isNowhere`); `idle` where nothing is asked. */
  search.answered = async (asked, stale) => {
    const understood = await search.understood(asked.words, asked.off);
    const said = withUnderstood(asked, understood);
    const asksOnly = said.words && hasFilters(said) && !await search.tellsMore(said.words, asked.words, said.soft)
      && (!said.soft.length || asksMoreThanWhom(said, understood.read));
    const whole = asksOnly ? { ...said, words: '' } : said;
    search.filtersAhead(whole);
    const { all, denied, question } = await findBesideDenied(whole, asked.words, stale);
    const resolved = await search.resolved(asked.filters);
    resolved.near = await search.nearby?.resolved(asked.near) ?? null;
    resolved.changed ||= resolved.near?.label !== asked.near?.label;
    Object.assign(question.filters, resolved.filters);
    const { found, filtered } = await passingOf(all, question);
    const idle = isIdle(question);
    const closedIn = await search.closedIn(question);
    const rows = idle
      ? { whole: [], others: [] } : await ordered(found, filtered.passing, question, closedIn);
    const closed = (rows.whole.length ? rows.whole : rows.others).filter((row) => closedIn(row).length).length;
    const unreadAges = await countUnreadAges(found, question);
    const read = understood.read.filter(({ near }) => !near || near === question.near); // the field goes before
    const answer = { read, denied, question, resolved, found, filtered, idle, ...rows, closed, unreadAges, asked: asked.words };
    const isPlaceless = !asked.off.includes('place') && !question.near && !search.placeGroup(question.filters);
    const unasked = isPlaceless ? await search.placesUnasked(question.words) : null;
    const isNowhere = await search.nearby?.isUnknown(question.near) ?? false;
    return { ...answer, unasked, isNowhere, unsaid: await search.unsaidThere(answer), ofPlace: await search.nearby?.told(answer) ?? [] };
  };
})();

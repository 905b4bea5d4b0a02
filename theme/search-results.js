/* Search, 5 of 6: one result as the visitor sees it. Nothing is ever parsed as HTML. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { page } = search;
  if (!page) return;

  const factNames = page.dataset.facts.split(/\s+/);
  const PLACES = 3;
  const EXCERPT_WORDS = 30;
  const WORDS_BEFORE_MATCH = 8;
  const MOST_MARKS = 8;
  const BREAK = '\u2e31'; // trialpages/search/documents.py says what it is for

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const addressOf = (text) => new URL((text.raw_url || text.url).replace(/^\/+/, ''), search.root);

  const splitContents = new WeakMap();
  const contentWords = (text) => {
    if (!splitContents.has(text)) splitContents.set(text, text.content.split(/\s+/));
    return splitContents.get(text);
  };

  const shown = (word) => word.replaceAll(BREAK, '');
  const gluedToNext = (word) => /[/≥≤<>=]\u2e31$/.test(word);

  /** The places that match: the last anchor at or before each match, the best first. */
  const placesOf = (text) => {
    const anchors = [...text.anchors].sort((one, other) => one.location - other.location);
    const places = new Map();
    for (const match of text.matches) {
      const index = anchors.findLastIndex((anchor) => anchor.location <= match.location);
      if (index < 0) continue; // in the title, which is shown anyway
      if (!places.has(index)) places.set(index, newPlace(anchors, index, contentWords(text).length));
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
      if (i + 1 < end && !gluedToNext(words[i])) nodes.push(words[i].endsWith(BREAK) ? ' · ' : ' ');
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

  const placeItem = (place, text) => {
    const words = contentWords(text);
    const href = withMarks(addressOf(text), place.matches.map((i) => words[i]), place.id);
    const heading = make('span', { class: 'place-heading' }, place.heading);
    const excerpt = make('span', { class: 'place-text' }, ...excerptOf(place, words));
    return make('li', {}, make('a', { href }, heading, ' ', excerpt));
  };

  const factsOf = (text) => factNames
    .filter((name) => text.meta[name])
    .flatMap((name) => [make('span', { class: `fact fact-${name}` }, text.meta[name]), ' ']);

  const resultItem = (text) => {
    const matches = text.matches.map(({ location }) => contentWords(text)[location] || '');
    const href = withMarks(addressOf(text), matches);
    const title = make('a', { class: 'result-link', href }, text.meta.title);
    const item = make('li', { class: 'result' }, make('h2', { class: 'result-title' }, title));
    item.append(make('p', { class: 'result-facts' }, ...factsOf(text)));
    const places = placesOf(text).map((place) => placeItem(place, text));
    if (places.length) item.append(make('ul', { class: 'places' }, ...places));
    return item;
  };

  Object.assign(search, { make, addressOf, resultItem });
})();

/* Search: what the page says of the place that it read in a question: that it shows a larger one, that
   records don't tell all, and what else may have been meant. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { page, make, text } = search;
  if (!page) return;

  const larger = ({ filters, missing, called }) => {
    const [[name, labels]] = Object.entries(filters);
    const area = labels.map((label) => search.wordFor(name, label)).join(' / ');
    if (missing) return [text('not-there', { place: search.cutQuestion(missing), area }), ' '];
    return name === 'country' && search.isPart(called) ? [text('all-of', { place: called, area }), ' '] : [];
  };

  /** The question with another place instead of the one it says. */
  const questionWith = (words, { said, called }, { name, labels: [label], isTownToo }) => {
    const there = name === 'state' && isTownToo ? label.replace(/, /, ' State, ') : label;
    const before = said.endsWith(called) ? said.slice(0, said.length - called.length) : 'in ';
    return words.replace(said, `${before}${there}`);
  };

  const linkOf = (asked, place) => (choice) => {
    const { name, labels: [label], isTownToo } = choice;
    const parameters = new URLSearchParams(location.search);
    parameters.set('q', questionWith(asked, place, choice));
    const said = search.wordFor(name, label);
    return make('a', { href: `?${parameters}` }, isTownToo ? text('state-too', { place: said }) : said);
  };

  const choicesOf = (place, asked) => {
    if (!place.choices.length) return [];
    const links = place.choices.map(linkOf(asked, place));
    const listed = new Intl.ListFormat(document.documentElement.lang || undefined, { type: 'disjunction' })
      .formatToParts(links.map((link) => link.textContent)).map(({ type, value }) => (type === 'element' ? links.shift() : value));
    const [before, after] = text('or-place', { places: '\n' }).split('\n');
    return [before, ...listed, after, ' '];
  };

  /** Of an answer to `asked`, before what it found. */
  search.saysPlace = ({ read, unsaid, unasked, asked }) => {
    const place = read.find(({ name }) => name === 'place');
    if (unasked) return choicesOf(unasked, asked);
    if (!place || place.near) return [];
    const more = unsaid ? [search.countedText('unsaid-state', unsaid), ' '] : [];
    return [...larger(place), ...choicesOf(place, asked), ...more];
  };
})();

/* Search: what the page says of an answer: how many there are, what was understood of the words,
   what may have been meant. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { page, make, text } = search;
  if (!page) return;

  const inWords = (n) => n.toLocaleString(page.lang || document.documentElement.lang || undefined);
  const counted = (name, n) => text(`${name}-${n === 1 ? 'one' : 'other'}`, { n: inWords(n), meant: '{meant}' });
  search.countedText = counted;

  /* ---- what was understood of the words ---- */

  const chips = document.getElementById('search-understood');

  const ageInWords = (age, unit) => {
    const units = document.getElementById('filter-age-unit');
    return `${inWords(age)} ${units.querySelector(`[value="${unit}"]`).textContent}`;
  };

  const chipOf = ({ name, filters, age, unit, said }) => {
    const values = age === null
      ? Object.values(filters).flat().slice(0, 2).join(', ') : ageInWords(age, unit);
    const filter = `${page.getAttribute(`data-understood-${name}`)}: ${values}`;
    const button = make('button', { type: 'button', class: 'chip', 'data-name': name },
      filter, ' ', make('span', { 'aria-hidden': 'true' }, '×'));
    button.setAttribute('aria-label', text('take-off', { filter, said }));
    return button;
  };

  search.showUnderstood = (read) => {
    const all = read.flatMap((one) => [chipOf(one), ' ']);
    chips.replaceChildren(...(all.length ? [text('understood'), ' ', ...all] : []));
    chips.hidden = !all.length;
  };

  /** `takenOff` is called with the name of what the visitor doesn't want understood. */
  search.listenToUnderstood = (takenOff) => chips.addEventListener('click', ({ target }) => {
    const chip = target.closest('.chip');
    if (chip) takenOff(chip.dataset.name);
  });

  /* ---- the sentence above the results ---- */

  const questionLink = (words) => {
    const parameters = new URLSearchParams(location.search);
    parameters.set('q', words);
    return make('a', { href: `?${parameters}` }, words);
  };

  const unsaid = (unknown = []) => (unknown.length
    ? [text('unsaid', { words: unknown.map(({ text: word }) => word).join(', ') }), ' '] : []);

  const didYouMean = ({ meant, suggested, unknown }, asked) => {
    if (!meant && !suggested) return unsaid(unknown);
    const sentence = meant ? text('meant', { words: asked, meant: '\n' })
      : counted('suggested', suggested.count).replace('{meant}', '\n');
    const [before, after] = sentence.split('\n');
    return [before, questionLink(meant || suggested.words), after ?? '', ' '];
  };

  const counts = ({ whole, others }) => {
    if (!others.length) return [counted('found', whole.length)];
    return whole.length
      ? [counted('found', whole.length), ' ', counted('others', others.length)]
      : [text('none-whole'), ' ', counted('some', others.length)];
  };

  /** Of an answer (65-answer.js) that holds a trial. */
  search.sentenceOf = (answered) => {
    const { found, question } = answered;
    return [...(found ? didYouMean(found, question.words) : []), ...counts(answered)];
  };
})();

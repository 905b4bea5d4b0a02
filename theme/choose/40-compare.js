/* The comparison: up to four trials side by side, in the words of their pages. Which parts of a page
   stand in which row is said by data-from of the rows (templates/compare.html). */
(() => {
  'use strict';

  const place = document.getElementById('compare');
  const { trialpagesPages: pages, trialpagesShortlist: kept } = window;
  if (!place || !kept) return;

  const MOST = 4;
  const MOST_PARTS = 4; // of a cell: a study may have dozens of groups
  const say = pages.sentences(place);
  const status = document.getElementById('compare-status');
  const only = document.getElementById('only-different');
  const unfold = document.getElementById('unfold');
  const rows = [...document.querySelectorAll('#compare-rows > li')];

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /** The long texts of a part are folded away below one line. */
  const folded = (part, selector, summary) => {
    const [first, ...others] = selector ? part.querySelectorAll(selector) : [];
    if (!first) return part;
    const details = make('details', {}, make('summary', {}, summary));
    first.replaceWith(details);
    details.append(first, ...others);
    return part;
  };

  /** Marks words with the language of where they are from, and which way it runs. */
  const inItsLanguage = (words, from) => {
    for (const name of ['lang', 'dir']) if (from[name]) words[name] = from[name];
  };

  const inOther = (tag, one) => {
    const other = make(tag, { class: one.className }, ...one.childNodes);
    inItsLanguage(other, one);
    one.replaceWith(other);
    return other;
  };

  /** A part of a page as it may stand in a cell: a heading there heads no part of this page. */
  const partOf = (part, { fold, more }) => {
    for (const one of part.querySelectorAll('.print-only')) one.remove();
    for (const one of part.querySelectorAll('h3, h4')) inOther('p', one).classList.add('cell-heading');
    return folded(part.matches('li, section') ? inOther('div', part) : part, fold, more);
  };

  /** All parts of a cell; of very many all but the first few are folded away. */
  const partsOf = (page, dataset) => {
    const parts = pages.copies(page, dataset.from).map((part) => partOf(part, dataset));
    const others = parts.slice(MOST_PARTS);
    if (others.length < 2) return parts;
    const details = make('details', {}, make('summary', {}, say('others', { n: others.length })), ...others);
    return [...parts.slice(0, MOST_PARTS), details];
  };

  /** What a cell says, without what its words mean: a page says that once, here or at a glance. */
  const normal = (cell) => {
    const said = cell.cloneNode(true);
    for (const one of said.querySelectorAll('.meaning')) one.remove();
    return said.textContent.replace(/\s+/g, ' ').trim().toLowerCase();
  };

  /** Whether a cell has words of its page: that several say nothing makes nothing the same. */
  const saysIt = (cell) => ![place.dataset.nothing, place.dataset.nothingRead].includes(cell.textContent);

  /** A row of the table: what it is about across all columns, and below it a cell for each trial. */
  const rowOf = (label, cells) => {
    const differs = new Set(cells.map(normal)).size > 1;
    const mark = make('span', { class: 'compare-mark' }, place.dataset[differs ? 'differs' : 'same']);
    const head = make('th', { scope: 'rowgroup', colspan: cells.length }, label, ' ', ...(cells.length > 1 && cells.some(saysIt) ? [mark] : []));
    const body = make('tbody', { class: differs || cells.length < 2 ? 'differs' : 'same' }, make('tr', {}, head), make('tr', {}, ...cells));
    return body;
  };

  const cellOf = (parts, nothing) => make('td', {}, ...(parts.length ? parts : [make('span', { class: 'quiet' }, nothing)]));

  /** Of a page that ends with words of its registry's nobody can say that it doesn't say something. */
  const nothingOn = (page) => place.dataset[page.querySelector('#record data[value^="/"]') ? 'nothingRead' : 'nothing'];

  /** The value of a term; of one that its registry calls otherwise, with that word. */
  const saidBy = (row) => [...row.querySelector('dd').childNodes, ...(row.dataset.as ? [' ', make('span', { class: 'meaning own-term' }, row.querySelector('dt').textContent.trim())] : [])];

  /** Cells that say the same: all with what it means, or none, since each page says that once. */
  const evenly = (cells) => {
    const meanings = cells.map((cell) => [...cell.querySelectorAll('.meaning:not(.own-term)')]);
    const isSame = new Set(cells.map(normal)).size === 1;
    if (isSame && meanings.some((one) => !one.length)) meanings.flat().forEach((one) => one.remove());
    return cells;
  };

  /** The rows of lists of terms: one for each term that one of the trials has, behind what it is `of`. */
  const termRows = (found, selector, of) => {
    const byTerm = found.map((page) => new Map(pages.copies(page, selector).map((row) => [row.dataset.as ?? row.querySelector('dt').textContent.trim(), row])));
    const terms = [...new Set(byTerm.flatMap((one) => [...one.keys()]))];
    return terms.map((term) => {
      const cells = byTerm.map((one, at) => cellOf(one.has(term) ? saidBy(one.get(term)) : [], nothingOn(found[at])));
      return rowOf([of, term].filter(Boolean).join(' – '), evenly(cells));
    });
  };

  /** What a row is about: as the pages head it, where they all say the same. */
  const labelOf = ({ textContent, dataset: { head } }, found) => {
    const heads = new Set(head ? found.map((page) => page.querySelector(head)?.textContent.trim()) : []);
    return (heads.size === 1 && [...heads][0]) || textContent;
  };

  const rowsOf = (found) => rows.flatMap((row) => (row.dataset.terms
    ? termRows(found, row.dataset.terms, row.textContent)
    : [rowOf(labelOf(row, found), found.map((page) => cellOf(partsOf(page, row.dataset), row.dataset.nothing ?? nothingOn(page))))]));

  const headOf = (name, page) => {
    const title = page.querySelector('h1');
    const link = make('a', { href: pages.hrefOf(name) }, title.textContent.trim());
    inItsLanguage(link, title);
    return make('th', { scope: 'col' }, link, make('span', { class: 'trial-id' }, page.querySelector('.trial-id').textContent));
  };

  const sentence = (shown, missing, { names, others }) => [
    shown ? '' : say(names.length || others ? 'none-known' : 'empty'),
    missing.length ? say('unread', { ids: pages.listed(missing) }) : '',
    others ? say('odd', { n: others }) : '',
    names.length > MOST ? say('first', { n: MOST }) : '',
  ].filter(Boolean).join(' ');

  /** On a phone cells stand below each other, where more than two would be slivers; each then says whose
      it is. */
  const tableOf = (found) => {
    const heads = make('thead', {}, make('tr', {}, ...found.map(([name, page]) => headOf(name, page))));
    const table = make('table', { class: found.length > 2 ? 'compare is-wide' : 'compare' }, heads, ...rowsOf(found.map(([, page]) => page)));
    const links = [...heads.querySelectorAll('a')];
    for (const row of table.querySelectorAll('tr:has(> td)')) {
      [...row.cells].forEach((cell, at) => Object.assign(cell.dataset, { trial: links[at].textContent, runs: links[at].dir }));
    }
    return table;
  };

  /* ---- what is folded away ---- */

  const folds = () => [...place.querySelectorAll('details')];
  const closed = () => folds().filter((one) => !one.open);

  const showFolds = () => {
    unfold.hidden = !folds().length;
    unfold.textContent = unfold.dataset[closed().length ? 'open' : 'close'];
  };

  unfold.addEventListener('click', () => {
    const are = closed();
    for (const one of folds()) one.open = are.length > 0;
  });
  place.addEventListener('toggle', showFolds, true);

  if (!CSS.supports('selector(::details-content)')) { // else print.css opens them
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = closed();
      for (const one of opened) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of opened) one.open = false;
    });
  }
  document.getElementById('compare-print').addEventListener('click', () => print());

  /** On paper, where others find it, if they can. */
  const showAddress = (names) => {
    const { publicAddress, addressOf } = window.trialpagesShortlist;
    const site = publicAddress();
    const said = document.querySelector('.print-address');
    said.hidden = !site;
    said.querySelector('span').textContent = site && site + addressOf(names);
  };

  let turn = 0;
  const ask = async () => {
    const mine = (turn += 1);
    const address = pages.inAddress();
    const asked = address.names.slice(0, MOST);
    status.textContent = asked.length ? say('loading') : '';
    const read = await pages.pagesOf(asked);
    if (mine !== turn) return;
    const found = read.filter(([, page]) => page);
    const missing = read.filter(([, page]) => !page).map(([name]) => name);
    place.replaceChildren(tableOf(found));
    place.style.setProperty('--columns', found.length);
    document.getElementById('compare-box').hidden = !found.length;
    document.getElementById('compare-begin').hidden = found.length > 0;
    only.closest('label').hidden = found.length < 2;
    showFolds();
    showAddress(found.map(([name]) => name));
    status.textContent = sentence(found.length, missing, address);
  };

  only.addEventListener('change', () => place.classList.toggle('only-different', only.checked));
  addEventListener('hashchange', ask);
  ask();
})();

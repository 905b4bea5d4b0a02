/* What a trial page gains from script: marks of the searched words, a filter of its places, a button
   that prints, and on paper all that is folded away. Without script nothing of the record is missing. */

/* From a folder, where no page can read another, the shortlist and the comparison open this one in a
   frame: it hands over what it shows. */
if (location.protocol === 'file:' && parent !== window) {
  parent.postMessage({ trialpage: document.querySelector('main').outerHTML }, '*');
}

/* Reached from search: marks the words in ?mark=word1+word2.
   Its one label comes from data-clear on its own <script> element. */
(() => {
  'use strict';

  const label = document.currentScript?.dataset.clear || 'Remove highlights';
  const main = document.querySelector('main');
  const MOST_WORDS = 20;
  const LONGEST_WORD = 60; // the search knows none of so many letters; a pattern of thousands stops this program
  const words = (new URLSearchParams(location.search).get('mark') || '').split(/\s+/)
    .filter((word) => word && word.length <= LONGEST_WORD).slice(0, MOST_WORDS);
  if (!main || !words.length) return;

  const LEFT_ALONE = 'script, style, title, textarea, button, mark';

  /** A word of four letters or more also marks longer words that begin with it; a short one doesn't. */
  const asPattern = (word) => {
    const literal = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return [...word].length < 4 ? `${literal}(?![\\p{L}\\p{N}])` : `${literal}[\\p{L}\\p{N}]*`;
  };
  const longestFirst = words.sort((one, other) => other.length - one.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(asPattern).join('|')})`, 'giu');

  const matchingTexts = () => {
    const texts = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      pattern.lastIndex = 0;
      if (pattern.test(node.data) && !node.parentElement.closest(LEFT_ALONE)) texts.push(node);
    }
    return texts;
  };

  const markText = (node) => {
    const pieces = document.createDocumentFragment();
    let end = 0;
    for (const match of node.data.matchAll(pattern)) {
      const mark = document.createElement('mark');
      mark.className = 'highlight';
      mark.textContent = match[0];
      pieces.append(node.data.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    pieces.append(node.data.slice(end));
    node.replaceWith(pieces);
  };

  const addressWithoutMarks = () => {
    const address = new URL(location.href);
    address.searchParams.delete('mark');
    return address.href;
  };

  const clear = (button) => {
    for (const mark of main.querySelectorAll('mark.highlight')) {
      const parent = mark.parentNode;
      mark.replaceWith(mark.textContent);
      parent.normalize();
    }
    button.remove();
    history.replaceState(history.state, '', addressWithoutMarks());
  };

  const offerToClear = () => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'highlight-clear';
    button.textContent = label;
    button.addEventListener('click', () => clear(button));
    main.prepend(button);
  };

  const texts = matchingTexts();
  if (!texts.length) return;
  pattern.lastIndex = 0;
  texts.forEach(markText);
  offerToClear();
  document.querySelector(':target')?.scrollIntoView(); // the button moved it
})();

/* The filter of the places: shows the rows that hold all words of the box, or whose country's other
   names do. */
(() => {
  'use strict';

  const box = document.querySelector('#sites-filter');
  if (!box) return;
  const status = box.parentElement.querySelector('[role="status"]');
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const inWords = (number) => number.toLocaleString(document.documentElement.lang, { numberingSystem: 'latn' });
  let countries;

  /** Read once, at the first use: a trial may have a thousand places. */
  const read = () => [...document.querySelectorAll('#locations details.country')].map((details) => ({
    details,
    open: details.open,
    rows: [...details.querySelectorAll('tbody tr')].map((row) => ({ row, text: plain(`${row.textContent} ${details.dataset.names}`) })),
  }));

  const LETTERS = /^(?:uk|us)$/; // of a country: no part of `Ukraine`
  const holds = (text, word) => (LETTERS.test(word) ? new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(text) : text.includes(word));

  const filter = () => {
    countries ??= read();
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const { details, open, rows } of countries) {
      let here = 0;
      for (const { row, text } of rows) {
        const found = words.every((word) => holds(text, word));
        row.hidden = !found;
        here += found;
      }
      details.hidden = !here;
      details.open = words.length ? here > 0 && here <= 200 : open;
      shown += here;
      all += rows.length;
    }
    status.textContent = words.length ? box.dataset.shown.replace('{n}', inWords(shown)).replace('{all}', inWords(all)) : '';
  };

  box.addEventListener('input', filter);
  box.parentElement.hidden = false;
})();

/* The places by how far they are: theme/near/ is read when somebody asks for it. */
(() => {
  'use strict';

  const root = document.querySelector('#near');
  if (!root) return;
  let pressed = null; // while nobody listens to it yet

  const note = ({ target }) => { pressed = target.closest('button'); };
  const load = () => {
    root.removeEventListener('focusin', load);
    root.removeEventListener('click', load);
    const script = document.createElement('script');
    script.src = root.dataset.script;
    script.onload = () => {
      root.removeEventListener('click', note);
      window.trialpagesNear.list(root);
      pressed?.click();
    };
    document.head.append(script);
  };
  root.addEventListener('click', note);
  root.addEventListener('focusin', load);
  root.addEventListener('click', load); // some browsers focus no button that is clicked
  root.hidden = false;
})();

/* Says on <html> that all is to be printed: in a copy for printing not every browser keeps :target. */
(() => {
  'use strict';

  const note = () => document.documentElement.classList.toggle('whole-record', location.hash === '#whole-record');
  addEventListener('hashchange', note);
  note();
})();

/* The button that prints the checklist. */
(() => {
  'use strict';

  const button = document.querySelector('.print-button');
  if (!button) return;
  button.addEventListener('click', () => {
    if (location.hash === '#whole-record') location.hash = 'eligibility';
    document.documentElement.classList.remove('whole-record');
    print();
  });
  button.hidden = false;
})();

/* Criteria answered on the screen: its program comes when somebody wants it, or has kept answers. */
(() => {
  'use strict';

  const button = document.querySelector('.tick-button');
  const { own, ticks, hasAnswers } = window.trialpagesShortlist || {};
  if (!button || !own) return;
  const open = async () => {
    const first = (await ticks()).start(document.getElementById('eligibility'), own);
    button.hidden = true;
    return first;
  };
  button.addEventListener('click', () => open().then((first) => first?.focus()));
  button.hidden = false;
  if (hasAnswers(own)) open();
})();

/* Unfolds on paper what is folded away, where the style sheet can't. */
(() => {
  'use strict';

  if (CSS.supports('selector(::details-content)')) return;
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('.sections details:not([open])')];
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
  });
})();

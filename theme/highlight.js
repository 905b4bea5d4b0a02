/* On a trial page reached from search: marks the words in ?mark=word1+word2.
   Its one label comes from data-clear on its own <script> element. */
(() => {
  'use strict';

  const label = document.currentScript?.dataset.clear || 'Remove highlights';
  const main = document.querySelector('main');
  const words = (new URLSearchParams(location.search).get('mark') || '').split(/\s+/).filter(Boolean);
  if (!main || !words.length) return;

  const MOST_WORDS = 20;
  const LEFT_ALONE = 'script, style, title, textarea, button, mark';

  /** A word of four letters or more also marks longer words that begin with it; a short one doesn't. */
  const asPattern = (word) => {
    const literal = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return [...word].length < 4 ? `${literal}(?![\\p{L}\\p{N}])` : `${literal}[\\p{L}\\p{N}]*`;
  };
  const longestFirst = words.slice(0, MOST_WORDS).sort((one, other) => other.length - one.length);
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

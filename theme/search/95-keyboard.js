/* Search: the keyboard: `/` leads to the box, the arrows through the results, and a link over all
   filters to the first of them. */
(() => {
  'use strict';

  const { page } = window.trialpagesSearch;
  const box = document.getElementById('q');
  const list = document.getElementById('results');
  if (!page || !list) return;

  const isEditable = (node) => node.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');
  const withModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || withModifier(event) || isEditable(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  document.getElementById('to-results')?.addEventListener('click', (event) => {
    event.preventDefault(); // the address is the question's
    list.querySelector('.card-title a')?.focus();
  });

  page.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [box, ...list.querySelectorAll('.card-title a')];
    const position = stops.indexOf(document.activeElement);
    if (!step || position < 0 || withModifier(event)) return;
    const next = stops[position + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();

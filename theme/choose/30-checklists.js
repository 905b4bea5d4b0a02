/* Prints the checklists of all trials on the shortlist, one after the other, each as its page has it. */
(() => {
  'use strict';

  const button = document.getElementById('print-together');
  if (!button) return;
  const { trialpagesPages: pages, trialpagesShortlist: { ticks, hasAnswers } } = window;
  const box = document.getElementById('shortlist');
  const place = document.getElementById('checklists');
  const status = document.getElementById('checklists-status');
  const say = pages.sentences(box);

  const PARTS = '.qr, .print-title, .trial-header, #at-a-glance, .towns-to-go, .with-contents, .print-footer';

  const checklist = (name, page) => {
    const article = document.createElement('article');
    article.className = page.querySelector('article.trial').className;
    const sections = page.querySelector('.sections');
    const criteria = page.querySelector('#eligibility');
    criteria?.classList.add('eligibility');
    sections.replaceChildren(...(criteria ? [criteria] : []));
    page.querySelector('.with-contents').replaceChildren(sections);
    for (const one of page.querySelectorAll('.print-hint')) one.remove();
    // Several of one name would be no landmarks.
    for (const one of page.querySelectorAll('section[aria-labelledby]')) one.removeAttribute('aria-labelledby');
    article.append(...pages.copies(page, PARTS, (id) => `${name}-${id}`));
    return article;
  };

  button.addEventListener('click', async () => {
    const names = [...document.querySelectorAll('#cards .card-choice input')].map(({ value }) => value);
    button.disabled = true;
    const found = await pages.pagesOf(names, (n) => { status.textContent = say('reading', { n, all: names.length }); });
    button.disabled = false;
    const missing = found.filter(([, page]) => !page).map(([name]) => name);
    const lists = found.filter(([, page]) => page).map(([name, page]) => [name, checklist(name, page.cloneNode(true))]);
    const answered = lists.filter(([name]) => hasAnswers(name));
    const program = answered.length ? await ticks() : null;
    for (const [name, list] of answered) program.showKept(list, name);
    place.replaceChildren(...lists.map(([, list]) => list));
    status.textContent = missing.length ? say('unread', { ids: pages.listed(missing) }) : '';
    if (place.childElementCount) print();
  });

  // Who comes by the button that other pages have for it has pressed already.
  if (new URLSearchParams(location.search).has('print')) {
    document.getElementById('cards').addEventListener('shown', () => {
      history.replaceState(history.state, '', `${location.pathname}${location.hash}`);
      if (document.querySelector('#cards .card')) button.click();
    }, { once: true });
  }
})();

/* The page of the shortlist: the trials that its address names, or those that this browser keeps. */
(() => {
  'use strict';

  const box = document.getElementById('shortlist');
  const { trialpagesShortlist: kept, trialpagesTrials: trials, trialpagesPages: pages } = window;
  if (!box || !kept || !trials) return;

  const MOST_COMPARED = 4;
  const LONGEST_MAIL = 1800; // characters of an address that programs for mail take
  const element = (id) => document.getElementById(id);
  const say = pages.sentences(box);
  const list = element('cards');
  const status = element('shortlist-status');
  const compare = element('compare-link');

  let shown = new Map(); // name -> what its pack has of it

  /* ---- which trials: an address that this page wrote itself is this browser's own list ---- */

  const isOwn = () => Boolean(history.state?.own);
  const isForeign = () => !isOwn() && location.hash.length > 1;
  const names = () => (isForeign() ? pages.inAddress().names : kept.kept());

  const writeAddress = () => {
    if (!isForeign()) history.replaceState({ own: true }, '', `${location.pathname}${location.search}${kept.addressOf(kept.kept())}`);
  };

  /** The address under which others find this list: at the site, where this is a copy of it. */
  const address = () => {
    const { href = location.href } = document.querySelector('link[rel="canonical"]') || {};
    return href.split('#')[0] + kept.addressOf([...shown.keys()]);
  };

  /* ---- cards ---- */

  const chosen = () => [...list.querySelectorAll('.card-choice input:checked')].map(({ value }) => value);

  const showChosen = () => {
    const found = chosen();
    for (const input of list.querySelectorAll('.card-choice input')) input.disabled = !input.checked && found.length >= MOST_COMPARED;
    compare.href = `${compare.href.split('#')[0]}${kept.addressOf(found)}`;
    compare.hidden = found.length < 2;
    compare.textContent = say('compare', { n: found.length });
  };

  const choice = (name, checked) => {
    const part = document.createElement('p');
    part.className = 'card-choice on-screen';
    const label = part.appendChild(document.createElement('label'));
    const input = document.createElement('input');
    Object.assign(input, { type: 'checkbox', value: name, checked });
    input.setAttribute('aria-label', `${box.dataset.choose}: ${name}`); // of many boxes, read without the card around it
    input.addEventListener('change', showChosen);
    label.append(input, ` ${box.dataset.choose}`);
    return part;
  };

  /** A pack's card is markup of this site's own templates. */
  const cardOf = (name, { card }, checked) => {
    const item = document.importNode(new DOMParser().parseFromString(card, 'text/html').querySelector('.card'), true);
    for (const link of item.querySelectorAll('a')) link.href = new URL(link.getAttribute('href'), kept.root).href;
    item.append(choice(name, checked));
    return item;
  };

  /* ---- what is said ---- */

  const summary = (asked, others) => {
    const unknown = asked.filter((name) => !shown.has(name));
    return [
      shown.size ? say('count', { n: shown.size }) : say(asked.length || others ? 'none-known' : 'empty'),
      unknown.length ? say('unknown', { ids: pages.listed(unknown) }) : '',
      others ? say('odd', { n: others }) : '',
    ].filter(Boolean).join(' ');
  };

  const numberIn = (card) => new DOMParser().parseFromString(card, 'text/html').querySelector('.trial-id').textContent;

  /** What is mailed: others find a trial by its page, or by its number where only this computer has
      the page. Of very many not all is said. */
  const mailed = () => {
    const site = kept.publicAddress();
    const each = [...shown].map(([name, { title, card }]) => [title, site ? new URL(`trials/${name}.html`, site).href : numberIn(card)]);
    const end = site ? [say('mail-whole'), address()] : [say('mail-numbers')];
    const shorter = site ? [] : [each.map(([, number]) => number).join('\n')];
    const bodies = [each.map((lines) => lines.join('\n')), shorter]
      .map((parts) => encodeURIComponent([...parts, ...end].join('\n\n').replace(/\n/g, '\r\n')));
    return bodies.find((one) => one.length < LONGEST_MAIL) ?? bodies[1];
  };

  const showAddress = () => {
    element('mail-link').href = `mailto:?subject=${encodeURIComponent(say('mail-subject'))}&body=${mailed()}`;
    element('list-address').value = address();
    box.querySelector('.print-address span').textContent = address();
    const [label] = element('list-address').labels;
    const isOpenToOthers = Boolean(kept.publicAddress()); // else it opens on this computer alone
    for (const one of [label, element('list-address'), element('copy-address'), box.querySelector('.print-address')]) one.hidden = !isOpenToOthers;
  };

  const draw = () => {
    element('shortlist-begin').hidden = shown.size > 0;
    const foreign = isForeign();
    const mine = kept.kept();
    element('shortlist-foreign').hidden = !foreign || [...shown.keys()].every((name) => mine.includes(name));
    element('show-mine').hidden = !mine.length;
    element('shortlist-kept').textContent = say(kept.isKept() ? 'kept' : 'unkept');
    for (const one of [element('shortlist-do'), trials.files, element('shortlist-send')]) one.hidden = !shown.size;
    showAddress();
    showChosen();
  };

  let turn = 0;
  const ask = async () => {
    const mine = (turn += 1);
    element('checklists').replaceChildren();
    const { others } = isForeign() ? pages.inAddress() : { others: 0 };
    let asked = names();
    try {
      status.textContent = asked.length ? say('loading') : '';
      asked = await trials.present(asked);
      const found = await trials.find(asked);
      if (mine !== turn) return;
      shown = found;
      if (!isForeign()) kept.keep(asked);
    } catch (error) {
      if (mine !== turn) return;
      console.warn(error);
      status.textContent = say('failed');
      return;
    }
    writeAddress();
    list.replaceChildren(...[...shown].map(([name, one], i) => cardOf(name, one, i < MOST_COMPARED)));
    status.textContent = summary(asked, others);
    kept.starAll();
    draw();
    list.dispatchEvent(new Event('shown'));
  };

  /* ---- wiring ---- */

  list.addEventListener('starred', ({ detail: name, target }) => {
    if (isForeign()) {
      draw();
      return;
    }
    const card = target.closest('.card');
    const next = (card.nextElementSibling || card.previousElementSibling)?.querySelector('.star');
    card.remove();
    shown.delete(name);
    writeAddress();
    status.textContent = summary([...shown.keys()], 0);
    draw();
    (next || element('shortlist-title')).focus();
  });

  const showOwn = () => {
    history.pushState({ own: true }, '', location.pathname);
    ask();
    element('shortlist-title').focus();
  };
  element('keep-all').addEventListener('click', () => {
    kept.keep([...kept.kept(), ...shown.keys()]);
    showOwn();
  });
  element('show-mine').addEventListener('click', showOwn);
  element('copy-address').addEventListener('click', async ({ target }) => {
    element('list-address').select();
    try {
      await navigator.clipboard.writeText(element('list-address').value);
    } catch {
      document.execCommand('copy');
    }
    target.textContent = box.dataset.copied;
  });
  element('list-address').addEventListener('focus', ({ target }) => target.select());
  trials.given.names = async () => [...shown.keys()];
  addEventListener('hashchange', ask);
  addEventListener('pageshow', ({ persisted }) => { if (persisted) ask(); });

  box.hidden = false;
  ask();
})();

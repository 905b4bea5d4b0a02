/* Near me: a field where somebody types a place and is offered those he may mean. Its words come from
   data-text-… of its element. */
(() => {
  'use strict';

  const near = window.trialpagesNear;
  const MOST_CHOICES = 6;
  const MOST_OFFERED = 3;
  const LONGEST = 100;

  /** The field within `root`. `known` gives, once asked, what finds places of the site's own records
      of which a folded name fits; `typing` is told what is typed, `choose` which label is chosen. */
  near.field = (root, known, typing, choose) => {
    const box = root.querySelector('.near-place');
    const list = root.querySelector('.near-choices');
    const said = root.querySelector('.near-said');
    const text = (name, values = {}) => (root.getAttribute(`data-text-${name}`) || '')
      .replace(/\{(\w+)\}/g, (_, key) => values[key]);

    const inTable = near.towns(root.dataset.towns, root.dataset.townsOther, root.dataset.textBeside);

    const findPlaces = async (typed) => {
      const [towns, records] = await Promise.allSettled([inTable(typed), known()]);
      if (!towns.value && !records.value) throw towns.reason;
      const [inTowns, inRecords] = [towns, records].map(({ value }) => value ?? (() => []));
      return (fits) => near.weighed(inTowns(fits), inRecords(fits));
    };

    /** The places that a text may mean, the likeliest first. */
    const meant = async (typed, most = MOST_CHOICES) => {
      const places = await findPlaces(typed);
      const all = near.meant(typed, places, most);
      const exact = all.find(({ label }) => label === typed.trim());
      return exact ? [exact, ...all.filter((place) => place !== exact)] : all;
    };

    const buttonOf = ({ label }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', ({ detail }) => {
        choose(label);
        if (!detail) box.focus(); // pressed by a key: the button is gone, and the focus with it
      });
      return button;
    };

    const show = (places) => {
      list.replaceChildren(...places.map((place) => {
        const item = document.createElement('li');
        item.append(buttonOf(place));
        return item;
      }));
      list.hidden = !places.length;
    };

    const say = (...words) => { said.replaceChildren(...words); };

    /** What is seen already, for who hears the page. */
    const heard = (words) => Object.assign(document.createElement('span'), { className: 'visually-hidden', textContent: words });

    const listOf = () => new Intl.ListFormat(document.documentElement.lang || undefined, { type: 'disjunction' });

    /** `Did you mean London, Canada or London, KY, United States?`, where each is a button. */
    const offered = (places) => {
      if (!places.length) return [];
      const buttons = places.map(buttonOf);
      const listed = listOf().formatToParts(places.map(({ label }) => label)).map(({ type, value }) => (type === 'element' ? buttons.shift() : value));
      const [before, after] = text('meant', { places: '\n' }).split('\n');
      const sentence = document.createElement('span');
      sentence.className = 'near-offered';
      sentence.append(' ', before, ...listed, after);
      return [sentence];
    };

    const cut = (typed) => (typed.length > LONGEST ? `${typed.slice(0, LONGEST)}…` : typed.trim());

    const unknown = async (typed) => [
      (near.isPostcode(typed) && text('postcode')) || text('unknown', { place: cut(typed) }),
      ...offered(near.slips ? near.alike(typed, await findPlaces(typed), MOST_OFFERED) : []), // the search counts them
    ];

    /** What is said of a text that means `here`: nothing where it means that alone. */
    const doubts = async (typed, here) => {
      if (!here) return unknown(typed);
      if (typed.trim() === here.label) return [];
      const others = (await meant(typed)).filter((place) => place.label !== here.label && near.isCalled(place, typed));
      if (!others.length && near.isCalled(here, typed) && !near.saysMore(here, typed)) return [];
      return [text('taken', { typed: cut(typed), place: here.label }), ...offered(others.slice(0, MOST_OFFERED))];
    };

    let turn = 0;
    const offer = async () => {
      const typed = box.value.slice(0, LONGEST);
      const mine = (turn += 1);
      typing(typed);
      if (!typed.trim()) return;
      const places = await meant(typed).catch(() => null);
      if (mine !== turn) return;
      show(places ?? []);
      const isNone = places?.length === 0 && near.isName(typed);
      const words = isNone ? await unknown(typed) : [];
      if (places?.length) words.push(heard(text('meant', { places: listOf().format(places.map(({ label }) => label)) })));
      if (mine === turn) say(...words);
    };

    /** Through the field and its choices with the arrow keys. */
    const step = (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [box, ...list.querySelectorAll('button')];
      const to = by && !list.hidden && stops[stops.indexOf(event.target) + by];
      if (to) {
        event.preventDefault();
        to.focus();
      } else if (event.key === 'Escape' && !list.hidden) {
        box.focus();
        show([]);
      }
    };

    box.addEventListener('input', offer);
    box.addEventListener('keydown', step);
    list.addEventListener('keydown', step);

    return {
      box, text, show, say, meant, doubts,
      /** What is typed, and that nothing more is to be offered for it. */
      taken: () => {
        turn += 1;
        return box.value.slice(0, LONGEST).trim();
      },
    };
  };
})();

/* Near me: the field where somebody says where they are (templates/_near.html), on the search page
   and on a trial's. Its words come from data-text-… of its element. */
(() => {
  'use strict';

  const near = window.trialpagesNear;
  const MOST_CHOICES = 6;
  const LONGEST = 100;
  const ANYWHERE = Infinity;

  /** The field within `root`. `known` gives, once asked, what finds places of the site's own records
      of which a folded name fits; `changed` is told when somebody has said where they are, or takes it back.

      What is said is { label, km, own }: `own` is the browser's position, { lat, lon }, which is
      kept nowhere but in the page and its history. */
  near.control = (root, known, changed) => {
    const box = root.querySelector('.near-place');
    const within = root.querySelector('.near-within');
    const list = root.querySelector('.near-choices');
    const said = root.querySelector('.near-said');
    const here = root.querySelector('.near-here');
    const fold = root.querySelector('.near-fold'); // shown on a phone
    const text = (name, values = {}) => (root.getAttribute(`data-text-${name}`) || '')
      .replace(/\{(\w+)\}/g, (_, key) => values[key]);

    let own = null;
    let chosen = ''; // the label that is in force

    const findPlaces = async () => {
      const [towns, records] = await Promise.allSettled([near.towns(root.dataset.towns, root.dataset.textBeside), known()]);
      const found = [towns, records].filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
      if (!found.length) throw towns.reason;
      return (fits) => found.flatMap((places) => places(fits));
    };

    /** The places that a text may mean, the likeliest first. */
    const meant = async (typed, most = MOST_CHOICES) => {
      const places = await findPlaces();
      const all = near.meant(typed, places, most);
      const exact = all.find(({ label }) => label === typed.trim());
      return exact ? [exact, ...all.filter((place) => place !== exact)] : all;
    };

    const kilometres = () => (Number(within.value) || ANYWHERE);
    const read = () => {
      if (own) return { label: text('own'), own, km: kilometres() };
      return chosen ? { label: chosen, own: null, km: kilometres() } : null;
    };

    const showChoices = (places) => {
      list.replaceChildren(...places.map((place) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = place.label;
        button.addEventListener('click', () => choose(place.label));
        const item = document.createElement('li');
        item.append(button);
        return item;
      }));
      list.hidden = !places.length;
    };

    const say = (words) => { said.textContent = words; };

    const set = (label, position = null) => {
      chosen = position ? '' : label;
      own = position;
      box.value = position ? text('own') : label;
      showChoices([]);
      say('');
      root.classList.toggle('is-set', Boolean(read()));
    };

    const choose = (label, position = null) => {
      set(label, position);
      changed(read());
    };

    let turn = 0;
    const offer = async () => {
      const typed = box.value.slice(0, LONGEST);
      const mine = (turn += 1);
      own = null;
      if (!typed.trim()) {
        if (chosen) choose('');
        else set('');
        return;
      }
      const places = await meant(typed).catch(() => []);
      if (mine !== turn) return;
      showChoices(places);
      const letters = near.folded(typed).length >= near.FEWEST_LETTERS;
      say(places.length || !letters ? '' : text('unknown', { place: typed.trim() }));
    };

    const takeFirst = async () => {
      const [first] = await meant(box.value.slice(0, LONGEST)).catch(() => []);
      turn += 1;
      if (first) choose(first.label);
      else say(text('unknown', { place: box.value.trim() }));
    };

    const askPosition = () => {
      if (!navigator.geolocation) {
        say(text('no-position'));
        return;
      }
      say(text('asking'));
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => choose('', { lat: coords.latitude, lon: coords.longitude }),
        () => say(text('no-position')),
        { maximumAge: 600000, timeout: 20000 },
      );
    };

    box.addEventListener('input', offer);
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') showChoices([]);
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (box.value.trim() && !own) takeFirst();
    });
    here.addEventListener('click', askPosition);
    const setOpen = (isOpen) => {
      root.classList.toggle('is-open', isOpen);
      fold?.setAttribute('aria-expanded', isOpen);
    };
    fold?.addEventListener('click', () => {
      setOpen(!root.classList.contains('is-open'));
      box.focus();
    });
    box.addEventListener('focus', () => setOpen(true)); // who takes a place back is still at it
    within.addEventListener('change', () => { if (read()) changed(read()); });

    return {
      read,
      /** Where that is, { label, lat, lon }, or null for a text that means no place. */
      resolve: async ({ label, own: position }) => (position ? { label, ...position } : (await meant(label, 1))[0] ?? null),
      write: (where) => {
        set(where?.own ? '' : where?.label ?? '', where?.own ?? null);
        if (where) within.value = [...within.options].some(({ value }) => Number(value) === where.km) ? where.km : '0';
      },
      focus: () => box.focus(),
    };
  };

  /** A distance as it is told, in whole kilometres. */
  near.told = (km) => Math.round(km).toLocaleString(document.documentElement.lang || undefined, { numberingSystem: 'latn' });
})();

/* Near me: the field where somebody says where they are (templates/_near.html), on the search page
   and on a trial's. */
(() => {
  'use strict';

  const near = window.trialpagesNear;
  const ANYWHERE = Infinity;

  /** The control within `root`, with a field as 25-field.js has it; `changed` is told when somebody has
      said where they are, or takes it back.

      What is said is { label, km, own }: `own` is the browser's position, { lat, lon }, which is
      kept nowhere but in the page and its history. */
  near.control = (root, known, changed) => {
    const within = root.querySelector('.near-within');
    const here = root.querySelector('.near-here');
    const fold = root.querySelector('.near-fold'); // shown on a phone

    let own = null;
    let chosen = ''; // the label that is in force

    const kilometres = () => (Number(within.value) || ANYWHERE);
    const read = () => {
      if (own) return { label: text('own'), own, km: kilometres() };
      return chosen ? { label: chosen, own: null, km: kilometres() } : null;
    };

    const set = (label, position = null) => {
      chosen = position ? '' : label;
      own = position;
      box.value = position ? text('own') : label;
      show([]);
      say('');
      root.classList.toggle('is-set', Boolean(read()));
    };

    const choose = (label, position = null) => {
      set(label, position);
      changed(read());
    };

    const { box, text, show, say, meant, doubts, taken } = near.field(root, known, (typed) => {
      own = null;
      if (typed.trim()) return;
      if (chosen) choose('');
      else set('');
    }, choose);

    /** What is typed stays so: the answer says what it was taken for. */
    const take = async () => {
      const typed = taken();
      const [first] = await meant(typed, 1).catch(() => []);
      if (first) choose(typed);
      else say(...await doubts(typed, null));
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

    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (box.value.trim() && !own) take();
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
      say,
      /** Where that is, { label, lat, lon }, or null for a text that means no place. */
      resolve: async ({ label, own: position }) => (position ? { label, ...position } : (await meant(label, 1))[0] ?? null),
      /** What is to be said of where that was taken to be. */
      doubts: async ({ label, own: position }, place) => (position ? [] : doubts(label, place)),
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

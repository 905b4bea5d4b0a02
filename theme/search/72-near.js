/* Search: the place that a question is about, and the nearest places that take people
   (trialpages/search/near.py writes the tables). Read when somebody says where they are. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const near = window.trialpagesNear;
  const root = document.getElementById('near');
  const order = document.getElementById('search-order');
  if (!search.page || !near || !root) {
    search.nearby = null;
    return;
  }

  near.slips = search.slips;

  const NEAREST = 'nearest';
  const NOTHING = 0; // what a record says of whether a place takes people; 1 is of itself
  const STATE = 2; // of its member state alone
  const CLOSE = 5; // kilometres; below, what is measured between towns tells nothing
  let changed = () => {};

  /** The positions that records give, in degrees, by their codes less 1; and what their towns are called. */
  const positions = async () => {
    const [{ columns: { lat, lon, towns, trials } }, { step }, { countries }] = await Promise.all([search.table('points'), search.table('near'), search.entry()]);
    near.knowCountries(countries);
    return towns.lines.map((line, i) => ({
      lat: lat.numberOf(i) / step - 90,
      lon: lon.numberOf(i) / step - 180,
      size: Math.log2(1 + trials.numberOf(i)) / 2, // beside its town's (0 to 3)
      towns: line ? line.split('|').map((label) => search.said('city', label)).map((label) => ({ label, names: [near.nameOf(label)] })) : [],
    }));
  };
  let read = null; // the promise of the positions of a build
  const points = async () => {
    const { build } = await search.entry();
    if (read?.build !== build) read = { build, found: positions() };
    read.found.catch(() => { read = null; });
    return read.found;
  };

  const known = async () => {
    const all = await points();
    return (fits) => all.flatMap(({ lat, lon, size, towns }) => towns.filter(({ names }) => names.some(fits))
      .map((town) => ({ ...town, lat, lon, size })));
  };

  const control = near.control(root, known, () => {
    order.querySelector(`[value="${NEAREST}"]`).hidden = !control.read();
    order.value = control.read() ? NEAREST : order.options[0].value;
    changed();
  });
  root.hidden = false;

  /** Of each trial the nearest of its places that take people, from where a question is asked: a
      function of a row, { km, point } or null. */
  const nearestTo = async (where) => {
    const here = await control.resolve(where);
    const [all, { columns }] = await Promise.all([points(), search.table('near')]);
    if (!here) return { here, of: () => null };
    const away = all.map((point) => near.distance(here, point));
    return {
      here,
      isLater: (row) => columns.later.codesOf(row).some((code) => away[code - 1] <= where.km),
      isUnplaced: (row) => !columns.points.codesOf(row).length && columns.unplaced.numberOf(row) > 0,
      of: (row) => columns.points.codesOf(row).reduce((best, code) =>
        (best && best.km <= away[code - 1] ? best : { km: away[code - 1], point: code - 1 }), null),
    };
  };

  let latest = { key: '', found: null };
  const nearest = async (where) => {
    const key = JSON.stringify([where.label, where.own, (await search.entry()).build]);
    if (latest.key !== key) latest = { key, found: nearestTo(where) };
    latest.found.catch(() => { latest = { key: '', found: null }; });
    return latest.found;
  };

  /** Whether a trial takes people within what was asked. */
  const test = async (where) => {
    const { of } = await nearest(where);
    return (row) => (of(row)?.km ?? NaN) <= where.km;
  };

  const sorted = async (rows, where) => {
    const { of } = await nearest(where);
    return rows.map((row) => ({ row, km: of(row)?.km ?? Infinity }))
      .sort((one, other) => one.km - other.km || one.row - other.row).map(({ row }) => row);
  };

  /* ---- what the visitor reads ---- */

  const { make, text } = search;

  const placesOf = async (row) => {
    const { together } = await search.table('near');
    const { trials } = await search.table(`sites-${Math.floor(row / together)}`);
    const [central, places] = trials[row % together];
    return { central, places };
  };

  const isAt = ({ lat, lon }, step) => ([at]) =>
    at && at[0] === Math.round((lat + 90) * step) && at[1] === Math.round((lon + 180) * step);

  const personOf = ([name, phone, extension, email]) => {
    const digits = phone.replace(/[ ().-]/g, '');
    const call = /^[+0-9]{5,16}$/.test(digits) ? make('a', { href: `tel:${digits}` }, phone) : phone;
    const write = /^[^\s@:?&]+@[^\s@:?&]+$/.test(email) ? make('a', { href: `mailto:${email}` }, email) : email;
    const more = extension ? [' ', extension.startsWith('(') ? extension : text('near-extension', { n: extension })] : [];
    const parts = [phone && [call, ...more], email && write, name].filter(Boolean);
    return parts.flatMap((part, i) => (i ? [', ', part] : [part]).flat());
  };

  /** The nearest place of a trial that takes people: its name, how far it is, whom to call there. */
  const note = async (row, where) => {
    const { of } = await nearest(where);
    const found = of(row);
    if (!found) return [];
    const [{ step }, all, { central, places }] = await Promise.all([search.table('near'), points(), placesOf(row)]);
    const here = places.filter(isAt(all[found.point], step));
    const [, said, facility, town, people] = here.find(([, , , , staff]) => staff.length) || here[0];
    const others = here.length - 1;
    const name = [facility, search.said('city', town)].filter(Boolean).join(', ');
    const first = make('p', { class: 'card-where' },
      make('strong', {}, found.km < CLOSE ? text('near-close', { n: near.told(CLOSE) }) : text('near-away', { n: near.told(found.km) })), ' ', name || text('near-unnamed'), ...(others ? [' ', search.countedText('near-others', others)] : []));
    const doubt = { [NOTHING]: 'near-unsaid', [STATE]: 'near-by-state' }[said];
    if (doubt) first.append(' ', make('span', { class: 'quiet' }, text(doubt)));
    const [person] = people.length ? people : central;
    const whom = person ? [text(people.length ? 'near-contact' : 'near-central'), ' ', ...personOf(person)] : [text('near-no-contact')];
    return [first, make('p', { class: 'card-contact' }, ...whom)];
  };

  const found = new Set(); // labels of places that are known, not an address's own
  /** What the filter is called: `Within 50 km of Oslo, Norway`. */
  const inWords = ({ label, own, km, miles, isKnown }) => {
    const place = isKnown || found.has(label) ? label : search.quotedWords([label]);
    const values = { place: own ? text('near-here') : place, n: near.told(km) };
    if (miles) return text('near-chosen-miles', { ...values, miles: near.told(miles) });
    return text(Number.isFinite(km) ? 'near-chosen' : 'near-chosen-anywhere', values);
  };

  const MOST_LATER = 3;
  /** The trials that have places there which are yet to open. */
  const toldLater = async (rows) => {
    if (!rows.length) return [];
    const trials = await Promise.all(rows.slice(0, MOST_LATER).map(search.textOf));
    const links = trials.map((trial) => make('a', { href: search.addressOf(trial).href, class: 'later-trial' }, trial.title));
    return [search.countedText('near-later', rows.length), ' ', ...links.flatMap((link, i) => (i ? [' · ', link] : [link])), rows.length > MOST_LATER ? ' …' : '', ' '];
  };

  /** Chooses in the field the least of its distances that is as far as that. */
  const farther = (away) => {
    const within = root.querySelector('.near-within');
    const option = [...within.options].find(({ value }) => Number(value) >= away || value === '0');
    const button = make('button', { type: 'button' }, option.textContent);
    button.addEventListener('click', () => {
      within.value = option.value;
      within.dispatchEvent(new Event('change'));
      within.focus(); // the button is gone
    });
    return make('span', { class: 'near-offered' }, button);
  };

  /** Beside the number of results: what the place was taken for, how many trials give no position, and where none is near, or none
      that has all words, how far the nearest such is. */
  const told = async ({ question, found, filtered, whole, others }) => {
    const where = question.near;
    if (!where) return [];
    const { here, of, isUnplaced, isLater } = await nearest(where);
    const doubts = await control.doubts(where, here);
    if (!here) return [...doubts, ' '];
    const isAsked = (row) => !found?.whole.size || found.whole.has(row);
    const left = (filtered.butFor.get('near') || []).filter(isAsked);
    const sentences = doubts.length ? [...doubts, ' '] : [];
    if (!whole.length && !others.length) sentences.push(text('near-open'), ' ');
    const away = left.map((row) => of(row)?.km ?? Infinity).reduce((least, km) => Math.min(least, km), Infinity);
    const isWhole = Boolean(found?.whole.size) && others.length > 0;
    if (!whole.length && (isWhole || !others.length) && Number.isFinite(away)) {
      sentences.push(text(isWhole ? 'near-farther-whole' : 'near-farther', { n: near.told(away) }), ' ');
      if (control.read()) sentences.push(farther(away), ' ');
    }
    const unplaced = left.filter(isUnplaced).length;
    if (unplaced) sentences.push(search.countedText('near-unplaced', unplaced), ' ');
    sentences.push(...await toldLater(left.filter(isLater)));
    return sentences;
  };

  /** The same with the place's whole name, where that is known: `Oslo` is `Oslo, Norway`. */
  const resolved = async (where) => {
    const { here } = where && !where.own ? await nearest(where) : {};
    if (here) found.add(here.label);
    return here ? { ...where, label: here.label } : where;
  };

  /* ---- in the address and in the page's history ---- */

  const fromAddress = (entries) => {
    const label = (entries.get('near') || '').trim();
    const km = Number(entries.get('within'));
    const within = entries.get('within') === '0' ? Infinity : km > 0 ? km : 100;
    if (label) return { label, own: null, km: within };
    const own = history.state?.near;
    return own ? { ...own, km: own.km ?? Infinity } : null;
  };

  /** A position of the browser's stays out of the address, which would be sent and passed on. */
  const toAddress = ({ near: where, order: by }, parameters) => {
    if (!where) return;
    if (by === NEAREST) parameters.delete('sort');
    else parameters.set('sort', by);
    if (where.own) return;
    parameters.set('near', where.label);
    parameters.set('within', Number.isFinite(where.km) ? where.km : 0);
  };
  const toHistory = ({ near: where }) => (where?.own
    ? { near: { ...where, km: Number.isFinite(where.km) ? where.km : null } } : { near: null });

  /** The order that results of a question have where its address names none. */
  const orderOf = (where) => (where ? NEAREST : order.options[0].value);

  search.nearby = {
    NEAREST,
    read: control.read,
    write: (where) => {
      control.write(where);
      order.querySelector(`[value="${NEAREST}"]`).hidden = !where;
      if (!where && order.value === NEAREST) order.value = order.options[0].value;
    },
    listen: (whenChanged) => { changed = whenChanged; },
    /** Shows by what the results are in order, where the question's words say near what they are. */
    lead: ({ near: where, order: by }) => {
      order.querySelector(`[value="${NEAREST}"]`).hidden = !where;
      order.value = by;
    },
    isLed: () => !order.querySelector(`[value="${NEAREST}"]`).hidden,
    isTown: async (label) => {
      const here = await control.resolve({ label });
      return Boolean(here) && near.isCalled(here, label);
    },
    isUnknown: async (where) => Boolean(where) && !(await nearest(where)).here,
    nearest, test, sorted, note, inWords, told, resolved, fromAddress, toAddress, toHistory, orderOf,
  };
})();

/* Near me: distances and names of places. Published as near.js, which the search page has and a
   trial's page reads when somebody asks it. Nothing leaves the browser. */
(() => {
  'use strict';

  const near = window.trialpagesNear;

  const RADIUS = 6371.0088; // kilometres, the earth's mean
  const FEWEST_LETTERS = 2; // of what may mean a place
  const SAME = 30; // kilometres within which two of one name are one place

  const radians = (degrees) => degrees * Math.PI / 180;

  /** Kilometres along a great circle (haversine) between two { lat, lon } in degrees. */
  const distance = (one, other) => {
    const north = Math.sin(radians(other.lat - one.lat) / 2);
    const east = Math.sin(radians(other.lon - one.lon) / 2);
    const half = north * north + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * east * east;
    return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
  };

  const PLAIN = { ł: 'l', ø: 'o', ı: 'i', đ: 'd', æ: 'ae', œ: 'oe', ß: 'ss', ʻ: '', ʼ: '', '’': '', "'": '' };
  const folded = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[łøıđæœßʻʼ’']/g, (letter) => PLAIN[letter]).replace(/[\s-]+/g, ' ').trim()
    .replace(/(?<=..)市$/u, '');

  /** Every name of a country in the languages of the site, folded -> its English one. */
  let countries = null;
  const inLanguages = () => {
    const known = new Map();
    const others = [...document.querySelectorAll('#languages a')].map(({ hreflang }) => hreflang);
    const namesIn = (language, style) => new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
    const english = namesIn('en', 'long');
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => english.of(code));
    for (const language of new Set(['en', document.documentElement.lang || 'en', ...others])) {
      for (const names of [namesIn(language, 'long'), namesIn(language, 'short')]) {
        for (const code of codes) known.set(folded(names.of(code) || code), folded(english.of(code)));
      }
    }
    return known;
  };
  const countryCalled = (name) => {
    countries ??= inLanguages();
    return countries.get(folded(name));
  };

  /** What else countries are called, by one of their names: `Türkiye` -> [`Turkey`]. */
  const knowCountries = (table) => {
    for (const [label, names] of Object.entries(table)) {
      const country = [label, ...names].map(countryCalled).find(Boolean) ?? folded(label);
      for (const name of [label, ...names]) if (!countryCalled(name)) countries.set(folded(name), country);
    }
  };

  let states = null;
  const statesCalled = (said) => {
    states ??= near.states.map((one) => ({ ...one, called: [folded(one.short), folded(one.name)] }));
    return states.filter(({ called }) => called.includes(said.replaceAll('.', '')));
  };

  /** The areas that words name, `ma usa` -> [`ma`, `usa`]; null where they name none. */
  const areasIn = (said) => {
    const isState = (name) => statesCalled(name).length > 0;
    if (countryCalled(said) || isState(said)) return [said];
    const gap = [...said.matchAll(/ /g)].find(({ index }) => isState(said.slice(0, index)) && countryCalled(said.slice(index)));
    return gap ? [said.slice(0, gap.index), said.slice(gap.index + 1)] : null;
  };

  const POSTCODE = /(?<![\p{L}\d-])(?:[a-z]\d[a-z] ?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]{2})?|\d{4,6}(?:-\d{3,4})?)(?![\p{L}\d-])/giu;
  const withoutPostcode = (typed) => typed.replace(POSTCODE, ' ');

  const isPostcode = (typed) => withoutPostcode(typed) !== typed && !/[\p{L}\d]/u.test(withoutPostcode(typed));

  const readingsOf = (typed) => {
    const [name, ...parts] = typed.split(',').map(folded);
    const around = parts.filter(Boolean).flatMap((part) => areasIn(part) ?? [part]);
    const words = name.split(' ');
    const ends = words.slice(1).map((_, i) => ({ name: words.slice(0, i + 1).join(' '), rest: areasIn(words.slice(i + 1).join(' ')) }));
    return [{ name, rest: around }, ...ends.filter(({ rest }) => rest).map((one) => ({ ...one, rest: [...one.rest, ...around] }))];
  };

  /** What is typed as the name of a place, { name, rest }: its first part, and what narrows it; a state or
      a country may also stand behind it without a comma, `Boston UK`, `Boston MA`, and a postcode beside it. */
  const readings = (typed) => [...new Set([typed, withoutPostcode(typed)])].flatMap(readingsOf);

  const partsOf = (label) => {
    const around = folded(label).split(', ').slice(1);
    const there = around.map(countryCalled).filter(Boolean);
    return { around, there, told: around.flatMap(statesCalled).filter(({ country }) => there.includes(folded(country))) };
  };

  const ALWAYS_TOLD = 'United States'; // a town's state, where a label tells any
  const isWithin = ({ label, beside }, rest) => {
    const { around, there, told } = partsOf(label);
    const isIn = (state) => (told.length || state.country === ALWAYS_TOLD ? told.includes(state) : there.includes(folded(state.country)));
    return rest.every((part) => {
      const named = statesCalled(part);
      return named.some(isIn) || there.includes(countryCalled(part)) || (beside && part.includes(beside))
        || around.some((one) => one.startsWith(part) && (!named.length || countryCalled(one)));
    });
  };

  /** Whether more is typed than the label of a place has: a postcode, or a state where it tells none. */
  const saysMore = ({ label }, typed) => withoutPostcode(typed) !== typed
    || (!partsOf(label).told.length && readings(typed).some(({ rest }) => rest.some((part) => statesCalled(part).length && !countryCalled(part))));

  /** Towns of the table, and places of the records: as large as the town that each is, and more by its trials. */
  const weighed = (towns, records) => [...towns, ...records.map((place) => {
    const town = towns.find((one) => one.names.some((name) => `${name} `.startsWith(`${place.names[0]} `)) && distance(one, place) < SAME);
    return { ...place, size: place.size + (town?.size ?? 0) };
  })];

  /** The first of places by what each ranks, none twice. */
  const likeliest = (found, rank, most) => {
    const kept = [];
    for (const place of found.sort((one, other) => rank(other) - rank(one) || one.label.length - other.label.length)) {
      const isKnown = (other) => other.label === place.label
        || (other.names.some((name) => place.names.includes(name)) && distance(place, other) < SAME);
      if (!kept.some(isKnown)) kept.push(place);
      if (kept.length === most) break;
    }
    return kept;
  };

  /** How a place is called by what is typed: so, so in another language, or with more behind it. */
  const fit = ({ names: [own, ...others] }, name) => {
    if (own === name) return 10;
    if (others.includes(name)) return 9;
    return own.startsWith(name) ? 0 : -2;
  };

  /** The places meant by what is typed, the likeliest first; of equal ones the large before the small.
      Each is { label, lat, lon, size, names, beside }: its folded names, its own before those in
      other languages, and that of a town beside it where its label says one. `places` gives those of which a name fits. */
  const meant = (typed, places, most) => {
    for (const { name, rest } of readings(typed).filter((one) => one.name.length >= FEWEST_LETTERS)) {
      const found = places((one) => one.startsWith(name)).filter((place) => isWithin(place, rest));
      if (found.length) return likeliest(found, (place) => fit(place, name) + place.size, most);
    }
    return [];
  };

  const LARGE = 2; // of a town that is also called by its first words, `Newcastle` upon Tyne

  /** Whether a place is called so, in whatever language. */
  const isCalled = ({ names, size }, typed) => readings(typed).some(({ name }) =>
    names.includes(name) || (size >= LARGE && names[0].startsWith(`${name} `)));

  /** How many slips may be in a name of so many letters. */
  const mostSlips = ({ length }) => (length < 4 ? 0 : length < 9 ? 1 : 2);

  /** The places, the large first, whose names are spelt most nearly as what is typed: within what
      narrows it, if any is. */
  const alike = (typed, places, most) => {
    const read = readings(typed);
    const away = (one) => Math.min(...read.map(({ name }) => {
      const slips = near.slips(name, one, mostSlips(name));
      return slips > mostSlips(name) ? Infinity : slips;
    }));
    const found = places((one) => Number.isFinite(away(one))).map((place) => ({ ...place, away: Math.min(...place.names.map(away)) }));
    const within = found.filter((place) => read.some(({ rest }) => rest.length && isWithin(place, rest)));
    const kept = within.length ? within : found;
    const least = Math.min(...kept.map((place) => place.away));
    return likeliest(kept.filter((place) => place.away === least), ({ size }) => size, most);
  };

  const nameOf = (label) => folded(label.split(',')[0]);

  const isName = (typed) => nameOf(typed).length >= FEWEST_LETTERS;

  Object.assign(near, { alike, distance, folded, isCalled, isName, isPostcode, knowCountries, meant, nameOf, saysMore, weighed });
})();

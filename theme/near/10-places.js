/* Near me: distances and names of places. Published as near.js, which the search page has and a
   trial's page reads when somebody asks it. Nothing leaves the browser. */
window.trialpagesNear = (() => {
  'use strict';

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

  /** What is typed as the name of a place: its first part, and what narrows it. */
  const parts = (typed) => {
    const [name, ...rest] = typed.split(',').map(folded);
    return { name, rest: rest.filter(Boolean) };
  };

  const isWithin = (place, rest) => {
    const around = folded(place.label).split(', ').slice(1);
    return rest.every((part) => around.some((one) => one.startsWith(part)));
  };

  /** The first of places by what each ranks, none twice. */
  const likeliest = (found, rank, most) => {
    const kept = [];
    for (const place of found.sort((one, other) => rank(other) - rank(one) || one.label.length - other.label.length)) {
      const isKnown = (other) => other.label === place.label
        || (other.names[0] === place.names[0] && distance(place, other) < SAME);
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
      Each is { label, lat, lon, size, names }: its folded names, its own before those in other
      languages. `places` gives those of which a name fits. */
  const meant = (typed, places, most) => {
    const { name, rest } = parts(typed);
    if (name.length < FEWEST_LETTERS) return [];
    const found = places((one) => one.startsWith(name)).filter((place) => isWithin(place, rest));
    return likeliest(found, (place) => fit(place, name) + place.size, most);
  };

  const nameOf = (label) => folded(label.split(',')[0]);

  return { distance, folded, meant, nameOf, FEWEST_LETTERS };
})();

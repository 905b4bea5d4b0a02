/* Search: a place of a question with what belongs to it: a second place, `in Leeds or Manchester`, and
   how far from it, `near Leeds`, `within 50 km of Leeds`. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const KM = { mi: 1.609, km: 1, ki: 1 }; // by how the unit begins
  const SO_MANY = '(?<n>\\d{1,4}) ?(?<unit>kms?|kilomet(?:er|re)s?|kilómetros|mi|miles?|millas)';
  const FAR = `(?:within|less than|up to|max(?:imum)?|a menos de) ${SO_MANY}`;
  const BEFORE = new RegExp(`(?:^|(?<=\\s))${FAR} (?:of|from|around|away|de)? ?$`, 'iu');
  const BARE = new RegExp(`(?:^|(?<=\\s))${SO_MANY} (?:away )?$`, 'iu'); // `50 miles from`
  const AFTER = new RegExp(`^,? ?\\(?${FAR}(?: (?:of|from) (?:it|there))?\\)?(?!\\p{L})`, 'iu');
  const OR = /^(?:,? (?:or|o)|\/|,) ?(?:(?:in|near|en) )?(?:the )?(?<place>[\p{L}.'’-]+(?: [\p{L}.'’-]+){0,3})/iu;
  const MOST = 8; // places

  const endOf = ({ 0: said, index }) => index + said.length;
  const spanned = (text, from, to) => Object.assign([text.slice(from, to)], { index: from, input: text });

  /** With the places that may be there, too; all are towns or all are countries or states. */
  const withOthers = async (text, found, placeAt) => {
    const [name] = Object.keys(found.filters);
    let { match, choices } = found;
    const labels = [...found.filters[name]];
    for (let n = 1; n < MOST; n += 1) {
      const next = OR.exec(text.slice(endOf(match)));
      if (!next || await search.isNoPlace(next.groups.place.split(' ')[0])) break;
      const start = endOf(match) + next[0].length - next.groups.place.length;
      const other = await placeAt(text, start, next.groups.place);
      const same = other && [...named(other.filters), ...other.choices].find((one) => one.name === name);
      if (!same) break;
      labels.push(...same.labels.filter((label) => !labels.includes(label)));
      match = spanned(text, match.index, endOf(other.match));
      choices = null;
    }
    return { ...found, match, filters: { [name]: labels }, choices: choices ?? [], isOne: choices !== null };
  };

  const named = (filters) => Object.entries(filters).map(([name, labels]) => ({ name, labels }));

  const CLOSE = /^(?:near|around|close to|cerca de) /iu;
  const USUAL = 100; // km, as the field begins with

  /** How far, as it was said: in `km`, and in `miles` where these were said. */
  const distanceIn = ({ n, unit }) => {
    const kind = unit.slice(0, 2).toLowerCase();
    return { km: Number(n) * KM[kind], miles: kind === 'mi' ? Number(n) : null };
  };

  /** Where that is `near` a town, as somebody says it in the field for that: a town of one label
      by this, one of several spellings as it was called. */
  search.nearTown = (label, far = null) => ({ label, own: null, ...(far ? distanceIn(far) : { km: USUAL, miles: null }) });

  const distanceBefore = (text, start) => BEFORE.exec(text.slice(0, start))
    || (/^(?:from|of|around|de) /iu.test(text.slice(start)) ? BARE.exec(text.slice(0, start)) : null);

  /** What is said before or behind a place of how far from it: { before, after }, matches or null. */
  search.distanceAround = (text, start, end) => {
    const before = distanceBefore(text, start);
    return { before, after: before ? null : AFTER.exec(text.slice(end)) };
  };

  /** A town in a state as the tables of positions have it: `Birmingham, AL, United States`. */
  const asKnown = async (label, { town }) => {
    if (!town) return label;
    const [name, ...area] = label.split(', ');
    const [short, country] = [search.shortOfState(area.join(', ')), area.at(-1)];
    const isByState = country === 'United States'; // of others the table says the country alone
    for (const way of [label, [name, ...isByState && short ? [short] : [], country].join(', ')]) {
      if (await search.nearby.isTown(way)) return way;
    }
    return label;
  };

  /** What was found as a place in a text, with other places; one town with a distance, or behind a
      word as `near`, as the places around it (`near`); none of a country within a distance. */
  search.wholePlace = async (text, found, placeAt) => {
    const whole = await withOthers(text, found, placeAt);
    const { match: { index }, filters } = whole;
    const end = endOf(whole.match);
    const { before, after } = search.distanceAround(text, index, end);
    const far = before || after;
    const labels = filters.town || filters.city;
    if (far && !labels) return null;
    if (!far && (!labels || !CLOSE.test(whole.match[0]))) return whole;
    const around = spanned(text, before ? before.index : index, after ? end + after[0].length : end);
    if (!search.nearby || !whole.isOne) return { ...whole, match: around };
    const isKnown = labels.length === 1;
    const label = isKnown ? search.said('city', await asKnown(labels[0], filters)) : whole.called;
    const near = { ...search.nearTown(label, far?.groups), isKnown };
    return { match: around, called: whole.called, near };
  };
})();

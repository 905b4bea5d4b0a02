/* Search: a place of a question with what belongs to it: a second place, `in Leeds or Manchester`, and
   how far from it, `within 50 km of Leeds`. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const KM = { mi: 1.609, km: 1, ki: 1 }; // by how the unit begins
  const FAR = '(?:within|less than|up to|max(?:imum)?|a menos de) (?<n>\\d{1,4}) ?(?<unit>kms?|kilomet(?:er|re)s?|kilómetros|mi|miles?|millas)';
  const BEFORE = new RegExp(`(?:^|(?<=\\s))${FAR} (?:of|from|around|away|de)? ?$`, 'iu');
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
      choices = [];
    }
    return { ...found, match, filters: { [name]: labels }, choices };
  };

  const named = (filters) => Object.entries(filters).map(([name, labels]) => ({ name, labels }));

  /** What was found as a place in a text, with other places and its distance (`km`); none of a country. */
  search.wholePlace = async (text, found, placeAt) => {
    const whole = await withOthers(text, found, placeAt);
    const { match: { index }, filters } = whole;
    const end = endOf(whole.match);
    const before = BEFORE.exec(text.slice(0, index));
    const after = AFTER.exec(text.slice(end));
    const far = before || after;
    if (!far) return whole;
    if (!filters.city && !filters.town) return null;
    const km = Math.round(Number(far.groups.n) * KM[far.groups.unit.slice(0, 2).toLowerCase()]);
    return { ...whole, match: spanned(text, before ? before.index : index, after ? end + after[0].length : end), km };
  };
})();

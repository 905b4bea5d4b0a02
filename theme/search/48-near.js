/* Search: a town that a question is near to and no record here has, `near Paris, Texas`: one of the world's,
   or a name that no place here has, nor a trial says. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { of, negated } = search.patterns;

  const NAME = "(?<place>\\p{L}[\\p{L}.'’-]*(?:,? [\\p{L}.'’-]+){0,4})";
  const NEAR = {
    en: new RegExp(`(?<!\\p{L})(?:near|around|close to|(?:of|from)(?<=\\d ?(?:km|kms|mi|miles?|kilomet(?:er|re)s?)(?: away)? (?:of|from))) ${NAME}`, 'giu'),
    es: new RegExp(`(?<!\\p{L})(?:cerca de) ${NAME}`, 'giu'),
  };

  /** What is said as the table of towns has it: `Paris, TX` for `Paris, Texas`. */
  const asInTable = (said) => {
    const parted = [...said.matchAll(/,? /g)].map(({ 0: gap, index }) => [said.slice(0, index), said.slice(index + gap.length)]);
    const found = parted.find(([, area]) => search.isKnownState(area));
    return found ? `${found[0]}, ${search.lettersOfState(found[1])}` : said;
  };

  const ends = (said) => [...said.matchAll(/(?=,? )|$/g)].map(({ index }) => index).reverse();

  const SHIRE = /^,? \p{L}{3,}shire(?!\p{L})/iu; // `Kiel Lincolnshire` is no Kiel that the table has
  /** The most words of a name that are a town. */
  const townIn = async (said) => {
    for (const end of new Set(ends(said))) {
      const label = asInTable(said.slice(0, end));
      if (await search.nearby.isTown(label)) return SHIRE.test(said.slice(end)) ? null : { label, end };
    }
    return null;
  };

  /** All of a name that stands at the end, where no trial says any of its words. */
  const unknownIn = async (said, rest) => {
    if (/\p{L}/u.test(rest)) return null;
    const { wordsOf } = await search.keys();
    const parts = wordsOf(said).flatMap(({ parts: some }) => some);
    const met = await Promise.all(parts.map(search.postingsOf));
    return parts.length && !met.some(Boolean) ? { label: said, end: said.length } : null;
  };

  /** The town that a text is near to: { match, called, near }, or null. */
  search.nearIn = async (text) => {
    if (!search.nearby) return null;
    for (const match of of(NEAR).flatMap((one) => [...text.matchAll(one)])) {
      const { 0: said, index, groups: { place } } = match;
      const at = index + said.length - place.length;
      if (negated(text, index) || await search.isNoPlace(place.split(/,? /)[0])) continue;
      const isName = /^\p{Lu}/u.test(place) || !text.slice(index + said.length).trim();
      const found = isName ? await townIn(place) || await unknownIn(place, text.slice(index + said.length)) : null;
      if (!found) continue;
      const end = at + found.end;
      const { before, after } = search.distanceAround(text, index, end);
      const [from, to] = [before?.index ?? index, end + (after?.[0].length ?? 0)];
      return { match: Object.assign([text.slice(from, to)], { index: from, input: text }), called: place.slice(0, found.end), near: search.nearTown(found.label, (before || after)?.groups) };
    }
    return null;
  };
})();

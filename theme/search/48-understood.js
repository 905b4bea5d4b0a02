/* Search: what a sentence says of age, sex, place, status and phase, as filters. Each shows above the
   results and can be taken off; its words then are words like others. `not` before it leaves it. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { of, matchOf, firstOf } = search.patterns;

  const NUMBER = '(?:[1-4]|iii|ii|iv|i)(?![\\p{L}\\p{N}])(?! ?(?:days?|weeks?|months?|years?|yrs?|doses?|cycles?|arms?|mg)(?!\\p{L}))';
  /** `phase 2`, `early phase 1`, `phase II/III`, `phases 2 and 3`, `phase 1 to 3`. */
  const PHASE = new RegExp(`(?<!\\p{L})(?<early>early[ -])?(?:phases?|fases?)[ -]?(?<phase>${NUMBER})`
    + `(?: ?(?:(?<to>-|–|to(?!\\p{L})|a(?!\\p{L}))|[/,&+]|(?:and/or|or|and|o|y)(?!\\p{L})) ?(?:(?:phases?|fases?)[ -]?)?(?<other>${NUMBER}))?`, 'iu');
  const HEALTHY = {
    en: /(?<!\p{L})healthy (?:volunteers?|participants?|subjects?|people|persons?|adults?|individuals?)(?!\p{L})/iu,
    es: /(?<!\p{L})(?:voluntari[oa]s?|participantes?|personas?|adult[oa]s?) san[oa]s?(?!\p{L})/iu,
  };
  /** `with results` that the registry shows; but `with results of biopsy`, `published results`. */
  const SHOWN = '(?:posted|available|reported)';
  const RESULTS = [
    ['no', {
      en: new RegExp(`(?<!\\p{L})(?:(?:without|lacking|(?:(?:with|has|have) )?no|(?:has|have|had|do|does|did)(?:n['’]t| not)(?: yet)?(?: have)?)(?: any)?(?: ${SHOWN})? results(?: yet| (?:yet )?${SHOWN})?|results (?:are )?not (?:yet )?${SHOWN})(?! of\\b)(?![\\p{L}-])`, 'iu'),
      es: /(?<!\p{L})sin resultados(?: (?:publicados|disponibles))?(?! de\b)(?![\p{L}-])/iu,
    }],
    ['yes', {
      en: new RegExp(`(?<!\\p{L})(?:(?:with|has|have|having)(?: ${SHOWN})? results(?: ${SHOWN})?|${SHOWN} results|results (?:are )?${SHOWN})(?! of\\b)(?![\\p{L}-])`, 'iu'),
      es: /(?<!\p{L})con resultados(?: (?:publicados|disponibles))?(?! de\b)(?![\p{L}-])/iu,
    }],
  ];
  const ROMAN = { i: 1, ii: 2, iii: 3, iv: 4 };

  const EARLY = /early|temprana|précoce|frühe|早期|مبكر/iu; // as a label says it
  const phasesOf = ({ early, phase, to, other }) => {
    const [first, last] = [phase, other || phase].map((said) => Number(ROMAN[said.toLowerCase()] || said));
    const later = to ? [1, 2, 3, 4].filter((n) => n > first && n <= last) : [last].filter((n) => n !== first);
    return [{ n: first, isEarly: Boolean(early) }, ...later.map((n) => ({ n, isEarly: false }))];
  };

  const READERS = {
    age: async (text) => search.people.ageIn(text),
    sex: async (text, known) => search.people.sexIn(text, known),
    phase: async (text) => {
      const match = matchOf(text, PHASE);
      if (!match) return null;
      const asked = phasesOf(match.groups);
      const labels = (await search.labelsOf('phase')).filter((label) => asked.some(({ n, isEarly }) => label.includes(` ${n}`) && EARLY.test(label) === isEarly));
      return labels.length ? { match, filters: { phase: labels } } : null;
    },
    results: async (text) => {
      for (const [answer, patterns] of RESULTS) {
        const match = firstOf(text, of(patterns));
        if (match && (await search.labelsOf('results')).includes(answer)) return { match, filters: { results: [answer] } };
      }
      return null;
    },
    status: async (text) => search.statusIn(text),
    healthy: async (text) => {
      const match = firstOf(text, of(HEALTHY));
      return match && { filters: { healthy: ['yes'] }, soft: [match[0]] };
    },
    place: async (text) => search.placeIn(text),
  };

  const without = (text, { 0: said, index }) =>
    `${text.slice(0, index)} ${text.slice(index + said.length)}`.replace(/\s+/g, ' ').trim();

  /** The words without what they say of these things, and that as filters: `read` is a list of
      { name, filters, age, unit, ages, isWhom, said, and of a place what 48-where.js tells }. Those named in `off` stay words, and so do those
      behind a minus. Of the words that are left, a trial may lack those that are `soft`. */
  search.understood = async (words, off) => {
    const { text: asked, excluded } = search.patterns.withoutExcluded(words);
    let text = excluded.length ? asked.replace(/\s+/g, ' ').trim() : words;
    const read = [];
    const soft = [];
    const known = { age: null };
    if (words.includes('"')) return { words, read, soft };
    for (const [name, reader] of Object.entries(READERS)) {
      if (off.includes(name)) continue;
      const found = await reader(text, known);
      if (!found) continue;
      const { match, filters = {}, age = null, unit = 'years', ages = null, soft: beside = [], ...more } = found;
      if (age !== null) known.age = age;
      const isWhom = !match; // `children`, whose word a trial that is about them says
      read.push({ ...more, name, filters, age, unit, ages, isWhom, said: match ? match[0] : beside.join(', ') });
      soft.push(...beside.flatMap((said) => said.split(' ')).map(search.folded));
      if (match) text = without(text, match);
    }
    return { words: [text, ...excluded.map((said) => `-${said}`)].join(' ').trim(), read, soft };
  };
})();

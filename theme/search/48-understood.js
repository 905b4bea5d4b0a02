/* Search: what a sentence says of age, sex, place, status and phase, as filters. Each shows above the
   results and can be taken off; its words then are words like others. `not` before it leaves it. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { of, negated, matchOf, firstOf } = search.patterns;

  const PLACES = {
    en: /\b(?:near|in|around|close to|from|of(?<=\d ?(?:km|kms|mi|miles?|kilomet(?:er|re)s?) of)) (?:the )?(?<place>\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3})/u,
    es: /(?<!\p{L})(?:cerca de|en|por) (?:la |el )?(?<place>\p{Lu}[\p{L}.'’-]*(?: (?:de |del |la )?\p{Lu}[\p{L}.'’-]*){0,3})/u,
  };
  const NEAR = { en: /\b(?:near|around|close to) (?<place>[\p{L}.'’-]+(?: [\p{L}.'’-]+){0,2})$/iu, es: /(?<!\p{L})cerca de (?<place>[\p{L}.'’-]+(?: [\p{L}.'’-]+){0,2})$/iu };
  const IN_SMALL = { en: /(?<!\p{L})(?:near|in|around|close to|from|at|of(?<=\d ?(?:km|kms|mi|miles?|kilomet(?:er|re)s?) of)) (?<place>\p{Ll}[\p{Ll}.'’-]*(?: \p{Ll}[\p{Ll}.'’-]*){0,2})/gu, es: /(?<!\p{L})(?:cerca de|en) (?<place>\p{Ll}[\p{Ll}.'’-]*(?: \p{Ll}[\p{Ll}.'’-]*){0,3})/gu };
  /** Towns that are words: in small letters they are meant as these. */
  const WORDS_TOO = new Set(`the a an my all any bath best boulder bra bridge bristol-myers canton capital center central clay commerce
    conception concord cork deal die east enterprise essen evening field general golden green hand home hope hull independence
    ideal jeans lead lens lima liver liberty mad man many mission mobile monte most multiple normal north orange other our
    nice park plantation plano po progress reading rest rugby sale salt sandy sedan south split spring stage stone sun surprise
    temple time tours troy un various wells west white women men adults children patients people remission
    la el los las un una mi su todo toda general vitro vivo situ utero`.split(/\s+/));
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
    place: async (text) => {
      const bound = await cityInCountry(text);
      if (bound) return bound === NOWHERE ? null : bound;
      const match = firstOf(text, [...of(NEAR), ...of(PLACES)]);
      const found = (match && await placeOf(match)) || await placeInSmall(text);
      return found ? search.wholePlace(text, found, placeOf) : countryAtAnEnd(text);
    },
  };

  /** The country or the city that a match names, with as many of its words as one has. */
  const placeOf = async (match) => {
    const { countries } = await search.entry();
    const said = match.groups.place.split(' ');
    const whole = countriesCalled(search.lettersOf(match.groups.place), countries);
    if (whole.length) return isState(whole, match, match) ? null : { match, filters: { country: whole } };
    const labels = await search.labelsOf('city');
    for (let length = said.length; length > 0; length -= 1) {
      const letters = search.lettersOf(said.slice(0, length).join(' '));
      const rest = said.slice(length).join(' ').length;
      const short = Object.assign([match[0].slice(0, match[0].length - rest).trimEnd()], { index: match.index });
      const city = labels.filter((label) => search.isTown(label, letters));
      const country = countriesCalled(letters, countries);
      if (country.length) return isState(country, match, short) ? null : { match: short, filters: { country } };
      if (city.length) return { match: short, filters: { city } };
    }
    return null;
  };

  /** `Georgia, USA` is no country. */
  const isState = ([country], { input, index }, [said]) => country === 'Georgia'
    && /^,? (?:(?:in )?the )?(?:USA?|U\.S\.(?:A\.)?|United States|America)(?![\p{L}])/iu.test(input.slice(index + said.length));

  /** `in leeds`: the last that is a place, and no word that a town shares its name with. */
  const placeInSmall = async (text) => {
    const matches = of(IN_SMALL).flatMap((one) => [...text.matchAll(one)]).reverse();
    for (const match of matches) {
      const first = match.groups.place.split(' ')[0];
      if ((first.length < SHORTEST_TOWN && first !== 'uk') || WORDS_TOO.has(first) || negated(text, match.index)) continue;
      const found = await placeOf(match);
      if (found) return found;
    }
    return null;
  };
  const SHORTEST_TOWN = 3;

  const countriesCalled = (letters, countries) => Object.entries(countries)
    .filter(([label, names]) => [label, ...names].some((name) => search.lettersOf(name) === letters))
    .map(([label]) => label);

  /** The country or the towns that words behind a minus are the name of (`Leeds`, `Kiel-Germany`), as
      `labels` of a group (`name`), or null. */
  search.placeCalled = async (said) => {
    const letters = search.lettersOf(said);
    const country = countriesCalled(letters, (await search.entry()).countries);
    if (country.length) return { name: 'country', labels: country };
    if (!letters || WORDS_TOO.has(said) || await search.isNoPlace(said)) return null;
    const city = (await search.labelsOf('city')).filter((label) => search.lettersOf(label) === letters || search.isTown(label, letters));
    return city.length ? { name: 'city', labels: city } : null;
  };

  const NOWHERE = {}; // `not in Paris, France` is in no France either
  /** A city beside the country it is in, in whatever order: `uk birmingham`, `Leeds, England`. */
  const cityInCountry = async (text) => {
    const words = [...text.matchAll(/[^\s,;]+/g)].map(({ 0: word, index }) => ({ word, text, start: index, end: index + word.length }));
    const { countries } = await search.entry();
    const said = (from, to) => text.slice(words[from].start, words[to - 1].end);
    for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
      for (let from = 0; from + length <= words.length; from += 1) {
        const to = from + length;
        const there = countriesCalled(search.lettersOf(said(from, to)), countries);
        const found = there.length && await cityBeside(words, from, to, there, said);
        if (found) return found;
      }
    }
    return null;
  };

  const cityBeside = async (words, from, to, there, said) => {
    const before = [1, 2, 3].map((length) => [from - length, from]).filter(([at]) => at >= 0);
    const after = [1, 2, 3].map((length) => [to, to + length]).filter(([, end]) => end <= words.length);
    for (const places of [before, after]) {
      if (!places.length || await search.isNoPlace(words[places === before ? from - 1 : to].word)) continue;
      const labels = await search.labelsOf('city');
      for (const [at, end] of places.reverse()) {
        const letters = search.lettersOf(said(at, end));
        const city = labels.filter((label) => there.some((country) => label.endsWith(`, ${country}`)
          && (search.lettersOf(label.slice(0, -country.length)) === letters || search.isTown(label, letters))));
        if (!city.length) continue;
        const [first, last] = [Math.min(at, from), Math.max(end, to)];
        if (negated(words[0].text, words[first].start)) return NOWHERE;
        return { match: Object.assign([said(first, last)], { index: words[first].start }), filters: { city } };
      }
    }
    return null;
  };

  // `IL` is interleukin, `us` we, Georgia a state too: these need an `in`.
  const NEEDS_IN = /^(?:[a-z]{2}|aus|rsa|prc|ksa|georgia|america)$/;
  const WITHOUT_IN = /^(?:[Uu]\.?[Kk]\.?|U\.?S\.?)$/;
  // Not `Brazil nut`, `China Medical University`, `Chad Smith`; nor `New Mexico`; nor what is denied before, `not in Spain or Italy`.
  const NO_PLACE_BEFORE = /^(?:\p{Lu}|\p{N}|nut|pig|guided|medic|univers|hospital|city|encephalitis)/u;
  const NO_PLACE_AFTER = /(?:^|[^\p{L}])(?:new(?: south)?[ -]|or (?:the )?)$|-$/iu;
  const MOST_WORDS = 4;

  /** A country that is all of the text or, without `in`, stands at its end or beginning. */
  const countryAtAnEnd = async (text) => {
    const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
    const { countries } = await search.entry();
    const read = (first, last) => {
      const [index, end] = [words[first].start, words[last].end];
      const said = text.slice(index, end);
      const letters = search.lettersOf(said);
      const found = letters && (!NEEDS_IN.test(letters) || WITHOUT_IN.test(said)) ? countriesCalled(letters, countries) : [];
      if (!found.length || negated(text, index, end) || NO_PLACE_AFTER.test(text.slice(0, index))) return null;
      return { match: Object.assign([said], { index }), filters: { country: found } };
    };
    for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
      const rest = words.length - length;
      const found = read(rest, words.length - 1)
        || (rest && !NO_PLACE_BEFORE.test(text.slice(words[length].start)) ? read(0, length - 1) : null);
      if (found) return found;
    }
    return null;
  };

  const without = (text, { 0: said, index }) =>
    `${text.slice(0, index)} ${text.slice(index + said.length)}`.replace(/\s+/g, ' ').trim();

  /** The words without what they say of these things, and that as filters: `read` is a list of
      { name, filters, age, unit, ages, km, isWhom, said }. Those named in `off` stay words, and so do those
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
      const { match, filters = {}, age = null, unit = 'years', ages = null, km = null, soft: beside = [] } = found;
      if (age !== null) known.age = age;
      const isWhom = !match; // `children`, whose word a trial that is about them says
      read.push({ name, filters, age, unit, ages, km, isWhom, said: match ? match[0] : beside.join(', ') });
      soft.push(...beside.flatMap((said) => said.split(' ')).map(search.folded));
      if (match) text = without(text, match);
    }
    return { words: [text, ...excluded.map((said) => `-${said}`)].join(' ').trim(), read, soft };
  };
})();

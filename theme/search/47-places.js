/* Search: what the name of a place may mean: a country, a state or province, a town; a town or a state
   within one of these, `Paris, Texas`, `Ontario, Canada`. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { lettersOf } = search;

  /** States that are told without an `in` too, and by their letters: `Boston, MA`. */
  const STATES = (window.trialpagesNear?.states ?? []).map((one) => ({ ...one, letters: lettersOf(one.name) }));

  /** The states that a text is the name of, or their letters as they are written, `DC` and `D.C.`. */
  const statesCalled = (said) => STATES.filter(({ short, letters }) => short === said.replaceAll('.', '') || letters === lettersOf(said));
  search.isKnownState = (said) => statesCalled(said).length > 0;
  search.lettersOfState = (said) => statesCalled(said)[0]?.short;
  search.shortOfState = (label) => STATES.find(({ name, country }) => `${name}, ${country}` === label)?.short;

  const PARTS = /^(?:England|Scotland|Wales|Northern Ireland|Inglaterra|Escocia)$/iu;
  /** Whether a name is that of a part of a country, which is called by it, too. */
  search.isPart = (said) => PARTS.test(said);

  const countryIn = (label, countries) => {
    const last = label.slice(label.lastIndexOf(', ') + 2);
    return last in countries ? last : Object.keys(countries).find((one) => label.endsWith(`, ${one}`));
  };

  const indexes = new WeakMap(); // labels -> what they are called, in letters -> those of them
  const indexOf = (labels, namesOf) => {
    if (!indexes.has(labels)) {
      const called = new Map();
      for (const label of labels) {
        for (const name of new Set(namesOf(label))) called.set(name, [...called.get(name) ?? [], label]);
      }
      indexes.set(labels, called);
    }
    return indexes.get(labels);
  };

  search.countriesCalled = (letters, countries) => Object.entries(countries)
    .filter(([label, names]) => [label, ...names].some((name) => lettersOf(name) === letters))
    .map(([label]) => label);

  /** What finds the labels of a group by a name in letters. */
  const finding = async (group) => {
    const { countries } = await search.entry();
    const own = (label) => label.slice(0, -(countryIn(label, countries)?.length ?? -2) - 2);
    const namesOf = {
      city: (label) => [lettersOf(own(label)), ...search.townNames(label)],
      state: (label) => {
        const country = countryIn(label, countries);
        const letters = lettersOf(own(label));
        return country && !lettersOf(country).startsWith(letters) ? [letters] : []; // not `Germany, Germany`
      },
      town: (label) => [lettersOf(label)],
    }[group];
    const called = indexOf(await search.labelsOf(group), namesOf);
    const find = (letters) => called.get(letters) ?? [];
    return group === 'state' ? (letters) => [find(letters), find(letters.replace(/(?:state|province|region)$/, ''))].find((found) => found.length) ?? [] : find;
  };

  const named = (found) => Object.entries(found).filter(([, labels]) => labels.length).map(([name, labels]) => ({ name, labels }));

  const within = (country) => (label) => label.endsWith(`, ${country}`);

  /** The countries or states that an area is called by, `Texas`, `TX, USA`. */
  const areasCalled = async (said, { countries, state }) => {
    const found = search.countriesCalled(lettersOf(said), countries);
    const known = statesCalled(said).flatMap(({ letters, country }) => state(letters).filter(within(country)));
    const states = [...new Set([...state(lettersOf(said)), ...known])];
    if (found.length || states.length) return { countries: found, states };
    for (const [head, tail] of splits(said)) {
      const there = search.countriesCalled(lettersOf(tail), countries);
      const inThere = (await areasCalled(head, { countries: {}, state })).states.filter((label) => there.some((one) => within(one)(label)));
      if (inThere.length) return { countries: [], states: inThere };
    }
    return { countries: [], states: [] };
  };

  /** A name in two, wherever it may be parted: [what is said first, the rest, whether by a comma]. */
  const splits = (said) => [...said.matchAll(/,? +|, */g)].map(({ 0: gap, index }) => [said.slice(0, index), said.slice(index + gap.length), gap.includes(',')]);

  /** What a name is within an area. */
  const withinArea = async (head, areas, { city, state, town }) => {
    const letters = lettersOf(head);
    const inCountry = (labels) => labels.filter((label) => areas.countries.some((one) => within(one)(label)));
    const cities = city(letters);
    const ways = (there) => [head, `${head} ${search.shortOfState(there) ?? ''}`, ...cities.map((label) => label.split(',')[0])]; // `Washington D.C.`
    const inState = areas.states.flatMap((there) => ways(there)
      .flatMap((name) => town(lettersOf(`${name}, ${there}`))));
    return named({ city: inCountry(cities), state: inCountry(state(letters)), town: [...new Set(inState)] });
  };

  const ofArea = ({ countries, states }, missing, isTown) => named({ country: countries, state: states }).map((one) => ({ ...one, missing, isTown }));

  /** `Boston, MA`, `Leeds UK`, `UK Leeds`; a name with a comma that its area lacks is `missing` there
      (`isTown` elsewhere). */
  const boundCalled = async (said, known) => {
    let lacking = [];
    for (const [head, tail, isParted] of splits(said)) {
      for (const [name, area] of isParted ? [[head, tail]] : [[head, tail], [tail, head]]) {
        const areas = await areasCalled(area, known);
        const found = areas.countries.length || areas.states.length ? await withinArea(name, areas, known) : [];
        if (found.length) return found;
        const isWord = !isParted && /^\p{Lu}{2,3}$/u.test(area) && Boolean(await search.postingsOf(`^${area.toLowerCase()}=`)); // `London MS` is of multiple sclerosis
        const isSure = !isWord && (areas.countries.length || search.isKnownState(area)); // `Madrid, Barcelona` are two
        const isTown = known.city(lettersOf(name)).length > 0;
        const isTold = isSure && (isTown || (isParted && /^\p{Lu}/u.test(name)));
        if (isTold && !lacking.length && !await search.isNoPlace(name)) lacking = ofArea(areas, name, isTown);
      }
    }
    return lacking;
  };

  const SHORTEST = 3; // letters of a state or a town
  /** What a name may mean, each { name: group, labels } or with what is `missing` there; none for what
      no place here is called. */
  search.placesCalled = async (said) => {
    const { countries } = await search.entry();
    const letters = lettersOf(said);
    const country = search.countriesCalled(letters, countries);
    if (!letters || (letters.length < SHORTEST && !country.length)) return [];
    const [city, state, town] = await Promise.all(['city', 'state', 'town'].map(finding));
    const found = named({ country, city: city(letters), state: state(letters) });
    const bound = await boundCalled(said, { countries, city, state, town });
    return found.length && bound[0]?.name !== 'town' ? found : bound;
  };
})();

/* Search: of what the name of a place may mean, the likeliest, and the other choices. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const MOST = 4; // choices

  const countOf = async ({ name, labels }) => {
    const [has, { rows }] = [await search.hasAnyOf(name, labels), await search.entry()];
    return [...Array(rows).keys()].filter(has).length;
  };

  /** With how many trials have each, most first. */
  const byCount = async (places) => {
    const counted = await Promise.all(places.map(async (place) => ({ ...place, count: await countOf(place) })));
    return counted.sort((one, other) => other.count - one.count);
  };

  const countryOf = (label) => label.slice(label.lastIndexOf(', ') + 2);

  /** Labels by their country: `Milan` and `Milano` are one town. */
  const apart = ({ name, labels }) => [...new Set(labels.map(countryOf))]
    .map((country) => ({ name, labels: labels.filter((label) => countryOf(label) === country) }));

  /** The states that a town's name is in, where records name these alike: `Portland, Maine`. */
  const inStates = async ({ labels }) => {
    const letters = labels.map((label) => search.lettersOf(label.split(',')[0]));
    const towns = (await search.labelsOf('town')).filter((label) => labels.some((one) => countryOf(one) === countryOf(label))
      && letters.includes(search.lettersOf(label.split(',')[0])) && search.shortOfState(label.slice(label.indexOf(', ') + 2)));
    return towns.map((label) => ({ name: 'town', labels: [label] }));
  };

  /** The towns among which who says one name has to choose. */
  const townsApart = async (place) => {
    const all = apart(place);
    if (all.length > 1) return byCount(all);
    const found = await byCount(await inStates(place));
    return found.length > 1 ? found : [];
  };

  /** What is meant first, before the other choices: a country; of a town and a state the one of more
      trials, but for a town in a state of its name; and all towns of one name. */
  search.likeliestPlaces = async (places) => {
    const of = (group) => places.find(({ name }) => name === group);
    const [country, state, city] = ['country', 'state', 'city'].map(of);
    if (places.length === 0 || (!state && !city)) return places;
    const states = state ? await byCount(apart(state)) : [];
    const isElsewhere = ({ labels: [label] }) => search.isPart(label.split(',')[0]) || !country.labels.includes(countryOf(label));
    if (country) return [country, ...states.filter(isElsewhere)].slice(0, MOST + 1);
    if (!city) return [...states.slice(0, 1).map(({ labels }) => ({ ...state, labels })), ...states.slice(1, MOST)];
    const [towns, count] = [await townsApart(city), await countOf(city)];
    const isWithin = (one) => one.labels.some((label) => city.labels.some((town) => countryOf(town) === countryOf(label)));
    const wider = states.filter((one) => !isWithin(one) || one.count > count)
      .map((one) => ({ ...one, isTownToo: isWithin(one) }));
    if (!wider.length || wider.every(isWithin) || wider[0].count < count) return [city, ...towns.slice(0, MOST), ...wider].slice(0, MOST + 1);
    const [first, ...others] = wider.filter((one) => !isWithin(one));
    return [first, ...others, ...towns.length ? towns : [city]].slice(0, MOST + 1);
  };
})();

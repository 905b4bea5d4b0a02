/* Search: trials that may be in a state or a town of one, whose records name the country or the town,
   but no state. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const isTownOf = (city) => {
    const [name, country] = [city.split(',')[0], city.slice(city.lastIndexOf(', '))];
    return (label) => label.startsWith(`${name}, `) && label.endsWith(country);
  };

  /** The test of a row for what was asked as a place; null where that isn't told by states. */
  const mayBeThere = async (name, labels) => {
    const countries = labels.map((label) => label.slice(label.lastIndexOf(', ') + 2));
    if (name === 'state') return search.hasAnyOf('state', countries);
    const cities = (await search.labelsOf('city')).filter((city) => labels.some(isTownOf(city)));
    const towns = (await search.labelsOf('town')).filter((label) => cities.some((city) => isTownOf(city)(label)));
    const [isInTown, isInState] = [await search.hasAnyOf('city', cities), await search.hasAnyOf('town', towns)];
    return (row) => isInTown(row) && !isInState(row);
  };

  /** Of an answer to a question with a place, how many more trials may be there. */
  search.unsaidThere = async ({ read, question: { filters }, filtered, found }) => {
    const place = read.find(({ name }) => name === 'place');
    const name = place && ['state', 'town'].find((one) => place.filters[one] && place.filters[one] === filters[one]);
    if (!name) return 0;
    const mayBe = await mayBeThere(name, filters[name]);
    const isAsked = (row) => !found?.whole.size || found.whole.has(row);
    return (filtered.butFor.get(name) || []).filter((row) => isAsked(row) && mayBe(row)).length;
  };
})();

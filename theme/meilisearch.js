/* Meilisearch: how it is asked, and how its answers are read, as its documentation (1) has it. Loaded
   where site.yaml names it (`search:`), before engine.js. */
window.trialpagesAdapter = (() => {
  'use strict';

  const quoted = (value) => (typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value));

  /** Of the inner lists one has to hold, of the outer all. */
  const filterOf = ({ any, limits }) => [
    ...any.map(([field, values]) => values.map((value) => `${field} = ${quoted(value)}`)),
    ...limits.map(([field, sign, number]) => `${field} ${sign} ${number}`),
  ];

  /** Address, headers and body of a question. With `page` and `hitsPerPage` it counts all it finds. */
  const request = ({ url, collection, key }, asked) => ({
    address: `${url}/indexes/${collection}/search`,
    headers: { Authorization: `Bearer ${key}` },
    body: {
      q: asked.words,
      filter: filterOf(asked),
      ...(asked.sort ? { sort: [`${asked.sort}:desc`] } : {}),
      facets: asked.counts,
      page: asked.page + 1,
      hitsPerPage: asked.size,
      attributesToRetrieve: asked.fields,
      matchingStrategy: 'all',
    },
  });

  /** Of an answer how many trials were found, whether that is all of them, the documents of the page,
      and by field how many have each label. It counts up to a number. */
  const read = ({ totalHits: found, hits, facetDistribution = {} }, { mostFound }) => ({
    found,
    isCounted: found < mostFound,
    documents: hits,
    counts: Object.fromEntries(Object.entries(facetDistribution).map(([name, counts]) => [name, Object.entries(counts)])),
  });

  return { request, read };
})();

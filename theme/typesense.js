/* Typesense: how it is asked, and how its answers are read, as its documentation (29) has it. Loaded
   where site.yaml names it (`search:`), before engine.js. */
window.trialpagesAdapter = (() => {
  'use strict';

  /** Within backticks commas and brackets are part of a value; nothing stands for a backtick. */
  const quoted = (value) => (typeof value === 'string' ? `\`${value.replaceAll('`', '')}\`` : String(value));

  const filterOf = ({ any, limits }) => [
    ...any.map(([field, values]) => `${field}:${typeof values[0] === 'string' ? '=' : ''}[${values.map(quoted).join(',')}]`),
    ...limits.map(([field, sign, number]) => `${field}:${sign}${number}`),
  ].join(' && ');

  /** Address, headers and body of a question. */
  const request = ({ url, collection, key, searched, weights, mostLabels }, asked) => {
    const search = {
      collection,
      q: asked.words || '*',
      query_by: searched.join(','),
      query_by_weights: weights.join(','),
      filter_by: filterOf(asked),
      sort_by: asked.sort ? `${asked.sort}:desc` : '',
      facet_by: asked.counts.join(','),
      max_facet_values: mostLabels,
      page: asked.page + 1,
      per_page: asked.size,
      include_fields: asked.fields.join(','),
      drop_tokens_threshold: 0, // what is counted says all words
    };
    const told = Object.entries(search).filter(([, value]) => value !== '');
    return {
      address: `${url}/multi_search`, // a question in an address may be too long
      headers: { 'X-TYPESENSE-API-KEY': key },
      body: { searches: [Object.fromEntries(told)] },
    };
  };

  /** Of an answer how many trials were found, whether that is all of them, the documents of the page,
      and by field how many have each label; or the `status` that it has instead. */
  const read = ({ results: [{ code, error, found, hits, facet_counts: facets = [], search_cutoff: isCut = false }] }) => {
    if (error) return { status: code };
    const counts = facets.map(({ field_name: name, counts: all }) => [name, all.map(({ value, count }) => [String(value), count])]);
    return {
      found,
      isCounted: !isCut,
      documents: hits.map(({ document }) => document),
      counts: Object.fromEntries(counts),
    };
  };

  return { request, read };
})();

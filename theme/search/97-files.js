/* Search: the trials found, as a file (theme/packs.js): those that say all words, or, where none does,
   those that say most. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { trialpagesTrials: trials } = window;
  if (!search?.page || !trials?.files) return;

  let rows = [];
  trials.files.hidden = true;
  document.getElementById('results').addEventListener('listed', ({ detail }) => {
    rows = detail;
    trials.files.hidden = !rows.length;
    trials.offerAll(rows.length);
  });
  trials.given.names = async () => {
    const { columns: { ids: { lines } } } = await search.table('ids');
    return rows.map((row) => lines[row].split('|')[0].replaceAll('/', '-'));
  };
})();

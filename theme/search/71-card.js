/* Search: the card of a result, as templates/_card.html makes it in lists. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  if (!search.page) return;
  const { make, text } = search;

  const CLASSES = { phase: 'card-phase', ages: 'card-ages', nct_id: 'trial-id' };

  const factsOf = ({ meta }) => Object.entries(CLASSES)
    .filter(([name]) => meta[name])
    .flatMap(([name, kind]) => [' ', make('span', { class: kind, dir: 'auto' }, search.said(name, meta[name]))]);

  /** How a trial stands, as its page says it: with a sign of its own where that is in doubt. */
  const statusOf = async ({ meta: { status = '' } }) => {
    const { statuses } = await search.entry();
    const [label = ''] = Object.keys(statuses).filter((one) => status.startsWith(one)).sort((one, other) => other.length - one.length);
    const kind = (statuses[label] || '').toLowerCase().replaceAll('_', '-');
    return make('span', { class: `status status-${kind}${status === label ? '' : ' status-doubted'}` }, search.said('status', status));
  };

  /** Where it is: the places that were asked for, or else its countries. */
  const whereOf = async (row, { meta }, { filters }) => {
    const group = search.placeGroup(filters) ?? 'country';
    const asked = await search.ownLabels(row, group, filters[group] ?? []);
    const where = asked.length ? asked.map((label) => search.said(group, label)).join(', ') : search.said('countries', meta.countries);
    return where ? [make('p', { class: 'card-where' }, where)] : [];
  };

  /** The card of a row that leads to `href`: all but why it was found. Programs that ask the page know its link as `.result-link`. */
  search.cardOf = async (row, trial, href, question) => {
    const { title, meta } = trial;
    const card = make('li', { class: question.near ? 'card is-near' : 'card' },
      make('h2', { class: 'card-title', dir: 'auto' }, make('a', { class: 'result-link', href }, title)),
      make('p', { class: 'card-tags' }, await statusOf(trial), ...factsOf(trial)));
    if (meta.ours) card.append(make('p', { class: 'card-ours' }, `${text('ours')}${text('colon')} ${search.said('ours', meta.ours)}`));
    card.append(...await (question.near ? search.nearby.note(row, question.near) : whereOf(row, trial, question)));
    return card;
  };

  /** What it is about, where no passage tells why it was found. */
  search.aboutOf = ({ meta: { conditions } }) => (conditions ? [make('p', { class: 'card-about' },
    make('span', { class: 'label' }, `${text('conditions')}${text('colon')}`), ' ', make('span', { dir: 'auto' }, search.conditionsSaid(conditions)))] : []);
})();

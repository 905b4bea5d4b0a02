/* Search: the panel of filters.
   A group is read when somebody opens it. One with many labels shows the most frequent, a box to
   find the others by, and how many these are. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  if (!search.page) return;

  const { make, folded } = search;
  const panel = document.getElementById('search-filters');
  const groups = [...panel.querySelectorAll('details[data-group]')];
  const age = document.getElementById('filter-age');
  const unit = document.getElementById('filter-age-unit');
  const order = document.getElementById('search-order');
  const showButton = document.getElementById('show-results');
  const wide = matchMedia('(min-width: 62rem)');

  const MOST_SHOWN = 8;
  const MORE_SHOWN = 20;
  const DEEPEST = 2; // steps to the right

  const nameOf = (group) => group.dataset.group;
  const finderOf = (group) => group.querySelector('.finder');
  const listOf = (group) => group.querySelector('.choices');
  const moreOf = (group) => group.querySelector('.more-choices');

  /** Group -> the labels chosen in it, whether or not they are shown. */
  const chosen = new Map(groups.map((group) => [nameOf(group), new Set()]));

  /* ---- one choice ---- */

  const choices = new WeakMap(groups.map((group) => [group, new Map()]));

  const choiceOf = (group, label) => {
    const known = choices.get(group);
    if (!known.has(label)) {
      const input = make('input', { type: 'checkbox', name: nameOf(group), value: label });
      known.set(label, make('label', { class: 'choice' }, input, ' ',
        make('span', { class: 'choice-name' }, search.wordFor(nameOf(group), label)), ' ',
        make('span', { class: 'choice-count' })));
    }
    return known.get(label);
  };

  const showChoice = (group, label, count, depth) => {
    const choice = choiceOf(group, label);
    choice.dataset.depth = Math.min(depth, DEEPEST);
    choice.querySelector('input').checked = chosen.get(nameOf(group)).has(label);
    choice.querySelector('.choice-count').textContent = search.inWords(count);
    choice.classList.toggle('is-empty', count === 0);
    return choice;
  };

  /* ---- one group ---- */

  /** How many labels of a group show, beside the chosen ones. */
  const shownOf = new Map(groups.map((group) => [nameOf(group), MOST_SHOWN]));

  /** The chosen ones, then the most frequent of those that fit what the visitor typed; and how many
      more there are. */
  const manyLabels = (group, { labels, counts, names }) => {
    const picked = chosen.get(nameOf(group));
    const typed = folded(finderOf(group).value.trim());
    const called = (i) => search.isCalled(labels[i], typed, names);
    const said = (i) => folded(search.wordFor(nameOf(group), labels[i]));
    const fits = (i) => !picked.has(labels[i]) && (typed
      ? said(i).includes(typed) || called(i) : counts[i] > 0 || labels.length <= MOST_SHOWN);
    const begins = (i) => typed && (said(i).startsWith(typed) || called(i));
    const others = [...labels.keys()].filter(fits).sort((one, other) =>
      begins(other) - begins(one) || counts[other] - counts[one] || one - other);
    const most = shownOf.get(nameOf(group));
    return {
      shown: [...[...labels.keys()].filter((i) => picked.has(labels[i])), ...others.slice(0, most)],
      more: Math.max(0, others.length - most),
    };
  };

  /** The shown labels, each behind the one it is a kind of, and how deep it is below those. */
  const nested = (shown, within) => {
    const aboveOf = (i) => {
      for (let above = within[i]; above; above = within[above - 1]) {
        if (shown.includes(above - 1)) return above - 1;
      }
      return null;
    };
    const under = (above, depth) => shown.filter((i) => aboveOf(i) === above)
      .flatMap((i) => [{ i, depth }, ...under(i, depth + 1)]);
    return under(null, 0);
  };

  const showGroup = (group, counted) => {
    search.knowLabels(nameOf(group), counted.labels);
    const finder = finderOf(group);
    if (finder) finder.hidden = counted.labels.length <= MOST_SHOWN;
    const { shown, more } = finder
      ? manyLabels(group, counted) : { shown: [...counted.labels.keys()], more: 0 };
    const nodes = nested(shown, counted.within)
      .map(({ i, depth }) => showChoice(group, counted.labels[i], counted.counts[i], depth));
    const list = listOf(group);
    const focused = document.activeElement;
    if (nodes.length !== list.childElementCount || nodes.some((node, i) => node !== list.children[i])) {
      list.replaceChildren(...nodes);
      if (list.contains(focused)) focused.focus({ preventScroll: true });
    }
    const button = moreOf(group);
    if (button) {
      button.hidden = more === 0;
      button.textContent = search.text('more-choices', { n: search.inWords(more) });
    }
  };

  /* ---- the panel ---- */

  let latest = null;
  let failed = () => {}; // what the page does when a table can't be read

  const showAgain = () => (latest ? showCounts(latest).catch(failed) : Promise.resolve());

  /** What only a link leads to shows where it was followed. */
  const isOffered = (name, known) => known.includes(name) && (name !== 'ages_unread' || chosen.get(name).size > 0);

  const showCounts = async (filtered) => {
    latest = filtered;
    const { groups: known } = await search.entry();
    for (const group of groups) group.hidden = !isOffered(nameOf(group), known);
    const opened = panel.open ? groups.filter((group) => group.open) : []; // closed ones are read later
    const counted = await Promise.all(opened.map((group) => search.counted(nameOf(group), filtered)));
    if (latest !== filtered) return;
    opened.forEach((group, i) => showGroup(group, counted[i]));
    showClear();
    showButton.hidden = false;
    showButton.textContent = search.countedText('show', filtered.shown ?? filtered.passing.length);
  };

  const showClear = () => { document.getElementById('clear-filters').hidden = !anyChosen(); };

  const anyChosen = () => age.value !== '' || Boolean(search.nearby?.read()) || [...chosen.values()].some((labels) => labels.size > 0);

  const ageOf = (text) => (/^\d+(\.\d+)?$/.test(text) && Number(text) < 1000 ? Number(text) : null);

  /** An age that can't be read as one: it filters nothing. */
  const unreadIn = (text) => (text && ageOf(text) === null ? [text] : []);

  let isOrdered = false; // whether somebody chose the order, or an address names one

  /** What is chosen: `filters`, `age` and its `unit`, ages that are `unread`, the order of the results, and what place they are to be `near`. */
  const read = () => ({
    filters: Object.fromEntries([...chosen].filter(([, labels]) => labels.size)
      .map(([name, labels]) => [name, [...labels]])),
    age: ageOf(age.value),
    unit: unit.value,
    unread: unreadIn(age.value.trim()),
    order: order.value,
    isOrdered,
    near: search.nearby?.read() ?? null,
  });

  const write = (question) => {
    for (const [name, labels] of chosen) {
      labels.clear();
      for (const label of question.filters[name] || []) labels.add(label);
    }
    for (const group of groups) group.open ||= chosen.get(nameOf(group)).size > 0;
    age.value = question.age ?? '';
    unit.value = question.unit;
    order.value = question.order;
    isOrdered = question.isOrdered ?? false;
    search.nearby?.write(question.near);
    showClear(); // before the groups are there, which it would push down
  };

  const known = (select, value) => ([...select.options].some((option) => option.value === value)
    ? value : select.options[0].value);

  /** What an address says, in the same form. */
  const fromAddress = (entries) => {
    const valuesOf = (name) => [...new Set(entries.getAll(name).map((value) => value.trim()))].filter(Boolean);
    const values = groups.map((group) => [nameOf(group), valuesOf(nameOf(group))]);
    const asked = (entries.get('age') || '').trim();
    const oddUnit = ageOf(asked) !== null && entries.has('unit') && known(unit, entries.get('unit')) !== entries.get('unit');
    const near = search.nearby?.fromAddress(entries) ?? null;
    return {
      near,
      filters: Object.fromEntries(values.filter(([, labels]) => labels.length)),
      age: oddUnit ? null : ageOf(asked),
      unread: oddUnit ? [`${asked} ${entries.get('unit')}`] : unreadIn(asked),
      unit: known(unit, entries.get('unit')),
      isOrdered: entries.has('sort'),
      order: known(order, entries.get('sort') ?? search.nearby?.orderOf(near)),
    };
  };

  const toAddress = (question, parameters) => {
    for (const [name, labels] of Object.entries(question.filters)) {
      for (const label of labels) parameters.append(name, label);
    }
    if (question.age !== null) parameters.set('age', question.age);
    if (question.age !== null && unit.selectedIndex > 0) parameters.set('unit', question.unit);
    const isUsual = order.selectedIndex === 0 && !search.nearby?.isLed();
    if (question.isOrdered && !isUsual) parameters.set('sort', question.order);
    search.nearby?.toAddress(question, parameters);
  };

  const close = () => {
    panel.open = false;
    panel.querySelector('summary').focus();
  };

  const listen = (changed, whenFailed) => {
    failed = whenFailed;
    search.nearby?.listen(changed);
    panel.addEventListener('toggle', ({ target }) => { if (target.open) showAgain(); }, true);
    showButton.addEventListener('click', () => {
      close();
      document.getElementById('search-status').scrollIntoView();
    });
    panel.addEventListener('keydown', ({ key }) => { if (key === 'Escape' && !wide.matches) close(); });
    panel.addEventListener('change', ({ target }) => {
      if (target.type === 'checkbox') {
        const labels = chosen.get(target.name);
        labels[target.checked ? 'add' : 'delete'](target.value);
      }
      if (!target.classList.contains('finder')) changed();
    });
    age.addEventListener('input', changed);
    order.addEventListener('change', () => {
      isOrdered = true;
      changed();
    });
    panel.addEventListener('input', ({ target }) => {
      if (target.classList.contains('finder')) showAgain();
    });
    panel.addEventListener('click', ({ target }) => {
      if (!target.classList.contains('more-choices')) return;
      const group = target.closest('[data-group]');
      const before = listOf(group).childElementCount;
      shownOf.set(nameOf(group), shownOf.get(nameOf(group)) + MORE_SHOWN);
      showAgain().then(() => listOf(group).children[before]?.querySelector('input').focus());
    });
    document.getElementById('clear-filters').addEventListener('click', () => {
      write({ filters: {}, age: null, unit: unit.options[0].value, order: order.value, isOrdered, near: null });
      panel.querySelector('summary').focus();
      changed();
    });
  };

  panel.open = wide.matches;
  const forget = () => { latest = null; };

  /** Takes one filter away: that of the age where no value of a group is given. */
  const takeAway = (name, value) => {
    if (name === 'age') age.value = '';
    else if (name === 'near') search.nearby.write(null);
    else chosen.get(name).delete(value);
  };

  search.filters = { read, write, takeAway, fromAddress, toAddress, showCounts, listen, forget };
})();

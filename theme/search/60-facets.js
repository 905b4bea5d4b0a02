/* Search: filters, their counts, and the order of results, from the tables alone. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const HOURS = { years: 8766, months: 730.5, weeks: 168, days: 24 };
  const NO_LABELS = { labels: [], codesOf: () => [] };

  const known = new Map(); // group -> its labels, once a table has said them
  search.knowLabels = (name, labels) => { known.set(name, new Set(labels)); };
  /** Whether a trial of this site has a label, and not an address alone. */
  search.isLabel = (name, label) => known.get(name)?.has(label) === true;

  /** The column of a group of labels, in a table of its own. */
  const column = async (name) => {
    const { groups } = await search.entry();
    if (!groups.includes(name)) return NO_LABELS;
    const found = (await search.table(name)).columns[name];
    search.knowLabels(name, found.labels);
    return found;
  };

  search.labelsOf = async (name) => (await column(name)).labels;

  /** Whether a trial takes anyone of an age in this range, in hours. */
  const takesAges = (from, to, { youngest, oldest }) => (row) => {
    const least = youngest.numberOf(row);
    const most = oldest.numberOf(row);
    return (least === null || least < to) && (most === null || from < most);
  };

  const takesLabels = (values, { labels, codesOf }) => {
    const wanted = new Set(values.map((value) => labels.indexOf(value) + 1).filter(Boolean));
    const unsaid = values.includes('');
    return (row) => {
      const codes = codesOf(row);
      return codes.length ? codes.some((code) => wanted.has(code)) : unsaid;
    };
  };

  /** Whether a row has one of these labels of a group. */
  search.hasAnyOf = async (name, labels) => takesLabels(labels, await column(name));

  /** The label that a value of an address means: itself, or one that has other capitals, another
      name or another word on the page; or null. */
  const labelMeant = (name, value, labels, names) => {
    if (labels.includes(value)) return value;
    const wanted = search.lettersOf(value);
    const called = (label) => [label, search.wordFor(name, label), ...(names[label] || [])];
    return labels.find((label) => called(label).some((one) => search.lettersOf(one) === wanted)) ?? null;
  };

  /** Filters with the labels that their values mean, and of the others, that no trial here has,
      name and value (`unknown`); `changed` where a value was written otherwise. */
  search.resolved = async (filters) => {
    const found = { filters: {}, unknown: [], changed: false };
    for (const [name, values] of Object.entries(filters)) {
      const { labels } = await column(name);
      const names = name === 'country' ? (await search.entry()).countries : {};
      found.filters[name] = [...new Set(values.map((value) => {
        const label = labelMeant(name, value, labels, names);
        if (label === null) found.unknown.push([name, value]);
        else if (label !== value) found.changed = true;
        return label ?? value;
      }))];
    }
    return found;
  };

  /** The ages that a question is about, in hours: whoever says `67 years` may be any age from 67 to
      just before 68. */
  const hoursOf = ({ age, unit, ages }) => {
    const [from, to] = age === null ? ages : [age, age + 1];
    const hours = HOURS[age === null ? 'years' : unit];
    return [from * hours, to * hours];
  };

  search.hoursOf = hoursOf;

  /** One test a group that something was chosen in: values are alternatives, groups add up. */
  const testsOf = async (question) => {
    const tests = new Map();
    for (const [name, values] of Object.entries(question.filters)) {
      tests.set(name, takesLabels(values, await column(name)));
    }
    if (question.age !== null || question.ages) {
      const { columns } = await search.table('ages');
      const takes = takesAges(...hoursOf(question), columns);
      const isUnread = await search.hasAnyOf('ages_unread', question.filters.ages_unread ? [] : ['yes']);
      tests.set('age', (row) => takes(row) && !isUnread(row));
    }
    if (question.near) tests.set('near', await search.nearby.test(question.near));
    return tests;
  };

  /** Begins to read what the filters of a question need. */
  search.filtersAhead = (question) => { testsOf(question).catch(() => {}); };

  /** Of these rows, those that pass, and for each group those that pass in all the other groups. */
  search.filtered = async (rows, question) => {
    const tests = [...await testsOf(question)];
    const passing = [];
    const butFor = new Map(tests.map(([name]) => [name, []]));
    for (const row of rows) {
      let failed = null;
      let failures = 0;
      for (const [name, test] of tests) {
        if (!test(row)) {
          failed = name;
          failures += 1;
          if (failures > 1) break;
        }
      }
      if (failures === 0) passing.push(row);
      else if (failures === 1) butFor.get(failed).push(row);
    }
    return { passing, butFor };
  };

  /** How many of the trials carry each label of a group, in the order of its labels. A group's
      counts follow the choices in the other groups: its own values are alternatives. */
  search.counted = async (name, { passing, butFor }) => {
    const { labels, within = [], codesOf } = await column(name);
    const names = name === 'country' ? (await search.entry()).countries : {};
    const counts = new Uint32Array(labels.length + 1);
    for (const rows of [passing, butFor.get(name) || []]) {
      for (const row of rows) for (const code of codesOf(row)) counts[code] += 1;
    }
    return { labels, counts: counts.subarray(1), names, within };
  };

  /** The rows by `updated`, `start` or `enrollment`, the newest or largest first; those without the
      date or number come last. */
  search.sorted = async (rows, order) => {
    const { columns } = await search.table('sorting');
    const key = (row) => columns[order].numberOf(row) ?? -1;
    const newness = (row) => columns.updated.numberOf(row) ?? -1;
    return rows.sort((one, other) => key(other) - key(one) || newness(other) - newness(one) || one - other);
  };

  /** Those of some labels that a row has. */
  search.ownLabels = async (row, name, among) => {
    if (!among.length) return [];
    const { labels, codesOf } = await column(name);
    return [...codesOf(row)].map((code) => labels[code - 1]).filter((label) => among.includes(label));
  };

  const CLOSED = ['not_yet', 'no_longer', 'withdrawn', 'not_now']; // trialpages/trial/standing.py

  const closedAmong = async (name, chosen) => {
    const { labels, codesOf } = await column(name);
    if (!labels.length) return () => [];
    const { columns } = await search.table(name);
    const wanted = new Set(chosen.map((label) => labels.indexOf(label) + 1));
    const among = (codes) => [...codes].filter((code) => wanted.has(code));
    return (row) => {
      const found = CLOSED.flatMap((stand) => among(columns[stand].codesOf(row))
        .map((code) => ({ stand, label: search.said(name, labels[code - 1]) })));
      return found.length === among(codesOf(row)).length ? found : [];
    };
  };

  const PLACES = ['town', 'city', 'state', 'country']; // the nearer first
  search.placeGroup = (filters) => PLACES.find((name) => filters[name]?.length);

  /** What tells of the places that were chosen, the nearest kind of these, those in which a
      recruiting trial takes nobody now, if it takes nobody in any of them: how it stands there
      (`stand`) and the `label`. */
  search.closedIn = async ({ filters }) => {
    const name = search.placeGroup(filters);
    return name ? closedAmong(name, filters[name]) : () => [];
  };

  /** Whether what was typed is, or begins, another name of a label: `UK` of the United Kingdom. */
  search.isCalled = (label, typed, names) => (names?.[label] || [])
    .some((name) => search.folded(name).startsWith(typed));
})();

/* Search: ids, whole or in part. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { lettersOf } = search;

  const MOST_IDS = 200;

  /* ---- ids ---- */

  /** The World Health Organization's copy of what most registries hold. */
  const WHO = 'https://trialsearch.who.int/Trial2.aspx?TrialID=';
  const NCT = /^\s*NCT[\s-]?(\d{8})\s*$/i;
  const WHOLE_IDS = [
    [NCT, 'https://clinicaltrials.gov/study/', ([, digits]) => `NCT${digits}`],
    [/^\s*ISRCTN[\s-]?(\d{8})\s*$/i, 'https://www.isrctn.com/', ([, digits]) => `ISRCTN${digits}`],
    [/^\s*(20\d\d-5\d{5}-\d\d-\d\d)\s*$/, 'https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=', ([, id]) => id],
    [/^\s*(?:EUCTR)?((?:19|20)\d\d-\d{6}-\d\d)(?:-[a-z]{2}|-Outside-EU\/EEA)?\s*$/i,
      'https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:', ([, id]) => id],
    [/^\s*(?:JPRN-)?(jRCTs?\d{9,10}|UMIN\d{9}|JapicCTI-\d{6}|JMA-IIA\d{5})\s*$/i, `${WHO}JPRN-`, ([, id]) => id],
    [/^\s*(ACTRN\d{14}p?|DRKS\d{8}|ChiCTR[\w-]{8,}|CTRI\/[\d/]{10,}|KCT\d{7}|RBR-\w{5,8}|RPCEC\d{8}|IRCT\d{8,14}N\d+|ITMCTR\d{10}|LBCTR\d{10}|NL-OMON\d{4,6}|(?:NL|NTR)\d{3,5}|PACTR\d{15}|PER-\d{3}-\d\d|SLCTR\/20\d\d\/\d{3}|TCTR\d{11}|HKUCTR-\d{1,4})\s*$/i,
      WHO, ([, id]) => id],
  ];

  /** What is said before a number of what number it is: `EudraCT number 2019-001234-12`. */
  const KIND = /^\s*(?:EudraCT|EUCTR|EU[\s-]?CT|CTIS|ClinicalTrials\.gov|trial|study)(?:\s+(?:id|identifier|no|nr|number)\b)?[\s.:#]+(?=\S*\d)/i;
  /** What the WHO sets before the numbers of some registries. */
  const PASSED_ON = /^\s*(?:JPRN-|CTIS(?=20\d\d-))/i;
  const bare = (words) => words.replace(KIND, '').replace(PASSED_ON, '');

  search.isOneWord = (words) => !/\s/.test(bare(words).trim());

  /** A registry's whole id, and where that registry would show it; null for anything else. */
  search.registryId = (words) => {
    for (const [pattern, address, written] of WHOLE_IDS) {
      const match = pattern.exec(bare(words));
      if (match) return { id: written(match), href: address + encodeURIComponent(written(match)) };
    }
    return null;
  };

  /** Whether words begin as a registry's ids do, so that they can mean nothing else. */
  const BEGINNING = /^\s*(?:NCT|ISRCTN|ACTRN|DRKS|ChiCTR|CTRI|jRCTs?|UMIN|KCT|EUCTR|RBR|RPCEC|IRCT|ITMCTR|LBCTR|NL-OMON|PACTR|SLCTR|TCTR|JapicCTI)[\s/-]?\w*\d{3}[\w/-]*\s*$/i;
  search.beginsId = (words) => BEGINNING.test(words);

  /** Whether words may be an id: one with digits enough, and not a sentence. */
  search.mayBeId = (words) => {
    const letters = lettersOf(words);
    const digits = letters.replace(/\D/g, '').length;
    return digits >= 3 && letters.length >= 5 && bare(words).trim().split(/\s+/).length <= 3 && !/["≥≤<>]/.test(words);
  };

  /** The registry of most records here, which their index doesn't name: its numbers tell which they are. */
  const OF_NCT = /^\s*(?:NCT|ClinicalTrials\.gov)\s*$/i;
  /** The rows of that registry's records where words ask for it alone. */
  search.ofRegistry = async (words) => {
    if (!OF_NCT.test(words)) return [];
    const { columns: { ids } } = await search.table('ids');
    return [...ids.lines.keys()].filter((row) => ids.lines[row].startsWith('NCT'));
  };

  /** A number without what is written around it at times: the old EU register's `EUCTR` and its
      country, and the letter of a record that Australia's has not yet published. */
  const ROOTS = [/^(?:EUCTR)?((?:19|20)\d\d-\d{6}-\d\d)(?:-[a-z]{2}|-Outside-EU\/EEA)?$/i, /^(ACTRN\d{14})p?$/i];
  const rootOf = (id) => ROOTS.map((form) => form.exec(id)?.[1]).find(Boolean) || '';

  /** The rows whose ids are these letters, or else mean the same number, and those whose ids hold them: at an end of an id first. */
  search.withId = async (words) => {
    const { columns } = await search.table('ids');
    const wanted = lettersOf(words);
    const number = lettersOf(bare(words));
    const root = rootOf(bare(words).trim());
    const exact = [];
    const alike = [];
    const atAnEnd = [];
    const within = [];
    if (!number) return { exact, partly: [] };
    columns.ids.lines.forEach((line, row) => {
      const ids = line.split('|');
      const letters = ids.map(lettersOf);
      if (letters.includes(wanted) || letters.includes(number)) exact.push(row);
      else if (root && ids.some((id) => rootOf(id).toUpperCase() === root.toUpperCase())) alike.push(row);
      else if (letters.some((id) => id.startsWith(number) || id.endsWith(number))) atAnEnd.push(row);
      else if (letters.some((id) => id.includes(number))) within.push(row);
    });
    return { exact: exact.length ? exact : alike, partly: [...atAnEnd, ...within].slice(0, MOST_IDS) };
  };
})();

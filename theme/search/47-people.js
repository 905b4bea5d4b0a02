/* Search: of which people a question speaks: how old, of which sex. An age in numbers is taken out of
   the words, as what somebody says of himself is; words for people, `children`, `women`, stay beside
   the filter, since titles say them too, but a trial may lack them (`soft`). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const FOREVER = 1000; // years
  const UNITS = { y: 'years', a: 'years', m: 'months', w: 'weeks', s: 'weeks', d: 'days' };
  const AGES = {
    en: [
      /\b(?:i am|i'm|i’m|he is|she is|aged?|who is|is) (?<age>\d{1,3})(?: ?-?(?<unit>years?|months?|weeks?|days?)(?: ?-?old| of age)?)?\b(?! ?(?:%|mg|ml|kg|g)\b)/iu,
      /\b(?<age>\d{1,3})[ -]?(?<unit>years?|yrs?|months?|weeks?|days?)[ -]?(?:olds?|of age)\b/iu,
      /\b(?<age>\d{1,3}) ?(?:y\/?o)\b/iu,
      /(?<=\b(?:wom[ae]n|m[ae]n|lady|girl|boy|child|patient|person) )(?:of|aged) (?<age>\d{1,3})\b/iu,
    ],
    es: [
      /\b(?:tengo|tiene|de|con) (?<age>\d{1,3}) (?<unit>años?|meses|mes|semanas?|d[ií]as?)(?: de edad)?(?!\p{L})/iu,
    ],
  };

  /** `over 70`, `70 and older`, `under 18`, `aged 12 to 17`: `from` and `to`, or `n` and on which
      side of it. */
  const YEARS = '(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age)?)?';
  const RANGES = {
    en: [
      /\b(?:aged?|ages|between) (?<from>\d{1,2}) ?(?:-|–|to|and) ?(?<to>\d{1,3})(?<years> ?(?:years?|yrs?)(?:[ -]?olds?| of age)?)?(?![\p{L}\p{N}])/iu,
      /\b(?<from>\d{1,2}) ?(?:-|–|to) ?(?<to>\d{1,3})(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age))(?![\p{L}\p{N}])/iu,
      new RegExp(`\\b(?<side>over|older than|above|at least|under|younger than|below|up to)(?: the)?(?: ages?(?: of)?)? (?<n>\\d{1,3})${YEARS}(?:'?s)?(?![\\p{L}\\p{N}]|[.,]\\d| ?(?:%|[mk]?g|ml|[mc]m|bpm|mmhg|points?|days?|weeks?|months?|hours?|minutes?|times)\\b)`, 'iu'),
      new RegExp(`\\b(?<n>\\d{1,3})${YEARS} (?:and|or) (?<side>over|older|above|under|younger|below)(?!\\p{L})`, 'iu'),
      new RegExp(`\\b(?<n>[4-9]\\d) ?(?<side>\\+)${YEARS}(?![\\p{L}\\p{N}+])`, 'iu'),
    ],
    es: [
      /(?<!\p{L})(?:de|entre) (?<from>\d{1,2}) (?:a|y) (?<to>\d{1,3})(?<years> años)(?: de edad)?(?!\p{L})/iu,
      /(?<!\p{L})(?<side>más de|mayor(?:es)? de|al menos|menor(?:es)? de|menos de|hasta)(?: los)? (?<n>\d{1,3})(?<years> años)?(?: de edad)?(?![\p{L}\p{N}]|[.,]\d| ?(?:%|[mk]?g|ml|[mc]m|puntos|días|semanas|meses|horas)(?!\p{L}))/iu,
      /(?<!\p{L})(?<n>\d{1,3})(?<years> años) (?:o|y) (?<side>más|menos)(?!\p{L})/iu,
    ],
  };
  const BELOW = /^(?:under|younger|below|up|menor|menos|hasta)/iu;
  const AND_THAT_AGE = /^(?:up|hasta)/iu;
  // `BMI over 40` is no age.
  const MEASURE_BEFORE = /(?:bmi|imc|weight|peso|pressure|presión|hba1c|a1c|ldl|psa|cd4|e?gfr|ef|lvef|scores?|levels?|rate|count|index|dose|glucose|sugar|glucosa|platelets|ecog|grade|stage|class|nyha|asa)(?: of| is| de)? *$/iu;
  const LIKELY = { over: [40, 99], below: [1, 25] }; // an age where nothing says `years`

  const GROUPS = [
    [0, 18, /\b(?:children|kids|toddlers|pa?ediatrics?|girls|boys)\b/giu,
      /(?<!\p{L})(?:niñ[oa]s?|pediátric[oa]s?)(?!\p{L})/giu],
    [12, 18, /\b(?:teenagers|teens|adolescents)\b/giu, /(?<!\p{L})adolescentes?(?!\p{L})/giu],
    [0, 2, /\b(?:babies|infants|newborns|neonates)\b/giu,
      /(?<!\p{L})(?:bebés?|lactantes|recién nacid[oa]s?|neonatos)(?!\p{L})/giu],
    [65, FOREVER, /\b(?:elderly|seniors|pensioners|(?:older|old|elderly|aged) (?:adults|people|persons|patients|men|women))\b/giu,
      /(?<!\p{L})(?:ancian[oa]s?|(?:adultos|personas) mayores|tercera edad)(?!\p{L})/giu],
    [18, FOREVER, /(?<!(?:older|old|elderly|aged|young) )\badults\b/giu, /(?<!\p{L})adult[oa]s(?! mayores)(?!\p{L})/giu],
  ];
  const SEXES = [
    ['FEMALE', /\b(?:wom[ae]n|females?|girls)\b/giu, /(?<!\p{L})(?:mujer(?:es)?|niñas)(?!\p{L})/giu],
    ['MALE', /\b(?:m[ae]n|males?|boys)\b(?! ?(?:[1-4][ab]?|[abc]|acwy)\b)/giu, /(?<!\p{L})(?:hombres?|varón|varones)(?!\p{L})/giu],
  ];
  const WHO_ASKS = [
    ['FEMALE', /\b(?:wom[ae]n|females?|girls?|mother|wife|daughter|sister)\b/iu, /(?<!\p{L})(?:mujer(?:es)?|niñas?|madre|esposa|hija)(?!\p{L})/iu],
    ['MALE', /\b(?:m[ae]n|males?|boys?|father|husband|son|brother)\b/iu, /(?<!\p{L})(?:hombres?|varón|varones|niños?|padre|esposo|hijo)(?!\p{L})/iu],
  ];
  /** Those of whom another is `of`: parents of children, a hospital for sick children. */
  const OF_OTHERS = /(?:\bof|\bde|\bsick|\btrans(?:gender)?|\bsave the) *$/iu;

  const { matchOf, firstOf, negated, of } = search.patterns;

  /** Where these words stand for people: not denied, in nobody's name, no one's belongings. */
  const placesOf = (text, patterns) => patterns.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(({ 0: word, index }) => {
      const [before, after] = [text.slice(0, index), text.slice(index + word.length)];
      const inName = /^\p{Lu}/u.test(word) && (/\p{Lu}[\p{L}.]*\s+$/u.test(before) || /^\s+\p{Lu}\p{Ll}/u.test(after));
      const short = /^\p{Lu}{2}/u.test(word) && /\p{Ll}/u.test(text); // MEN 2A
      return !inName && !short && !/^['’]/u.test(after) && !OF_OTHERS.test(before) && !negated(text, index);
    });

  const rangeIn = (text) => {
    for (const pattern of of(RANGES).flat()) {
      const match = matchOf(text, pattern);
      if (!match || MEASURE_BEFORE.test(text.slice(0, match.index))) continue;
      const { from, to, n, side, years } = match.groups;
      const ofAges = years || !/^between/iu.test(match[0]);
      if (from && ofAges && Number(from) < Number(to)) return { match, ages: [Number(from), Number(to) + 1] };
      if (!n || Number(n) > 120) continue;
      const below = BELOW.test(side);
      const [low, high] = LIKELY[below ? 'below' : 'over'];
      if (!years && (Number(n) < low || Number(n) > high)) continue;
      return { match, ages: below ? [0, Number(n) + (AND_THAT_AGE.test(side) ? 1 : 0)] : [Number(n), FOREVER] };
    }
    return null;
  };

  const groupsIn = (text) => {
    const found = GROUPS.flatMap(([from, to, ...patterns]) => placesOf(text, patterns).map((match) => ({ from, to, match })));
    const from = Math.min(FOREVER, ...found.map((one) => one.from));
    const to = Math.max(0, ...found.map((one) => one.to));
    const ofAll = !found.length || to - from === FOREVER; // `adults and children`
    return { words: found.map(({ match }) => match[0]), ages: ofAll ? null : [from, to] };
  };

  const exactIn = (text) => {
    const match = firstOf(text, of(AGES).flat());
    if (!match || Number(match.groups.age) > 120) return null;
    return { match, age: Number(match.groups.age), unit: UNITS[search.folded(match.groups.unit || 'years')[0]] };
  };

  const ageIn = (text) => {
    const { words, ages } = groupsIn(text);
    const found = rangeIn(text) || exactIn(text);
    if (found) return { ...found, soft: words };
    return ages && { ages, soft: words };
  };

  /** A trial that doesn't say for whom it is leaves nobody out: `''`. */
  const openTo = (sex) => ({ sex: [sex, 'ALL', ''] });

  const sexIn = (text, { age }) => {
    for (const [sex, ...patterns] of WHO_ASKS) {
      const match = firstOf(text, patterns);
      // `breast cancer in women` says what is studied, `a woman of 67` who asks
      if (match && (age !== null || /\b(?:i am|i'm|my|soy|mi) (?:an? |una? )?$/iu.test(text.slice(0, match.index)))) {
        return { match, filters: openTo(sex) };
      }
    }
    const said = SEXES.map(([sex, ...patterns]) => [sex, placesOf(text, patterns)]).filter(([, places]) => places.length);
    if (said.length !== 1) return null; // of both
    const [[sex, places]] = said;
    return { filters: openTo(sex), soft: places.map(([word]) => word) };
  };

  /** Of a text the age it speaks of, in numbers (`age`, `unit`) or a range of years (`ages`), and the
      sex, as filters; where it is (`match`), and which of its words are `soft`. */
  search.people = { ageIn, sexIn, FOREVER };
})();

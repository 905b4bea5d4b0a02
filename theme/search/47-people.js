/* Search: of which people a question speaks: how old, of which sex. An age in numbers is taken out of
   the words, as what somebody says of himself is; words for people, `children`, `women`, stay beside
   the filter, since titles say them too, but a trial may lack them (`soft`). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const { FOREVER, rangeIn, exactIn, loneIn } = search.ages;

  /** One of them, where that is somebody: `my baby`, `child with asthma`, but not `baby food`. */
  const one = (words) => new RegExp(`(?<=\\b(?:my|our|his|her|a) )(?:${words})(?= (?:with|has|who|is|and)\\b|$)|\\b(?:${words})(?= (?:with|has|who)\\b)|(?<! tube |^)\\b(?:${words})$`, 'giu');

  const GROUPS = [
    [0, 18, /\b(?:children|kids|toddlers?|pa?ediatrics?|girls|boys)\b/giu, one('child|kid'),
      /(?<!\p{L})(?:ni[ñn][oa]s?|pedi[áa]tric[oa]s?|enfants?|kindern|(?:ال)?[أا]طفال)(?!\p{L})|儿童/giu],
    [12, 18, /\b(?:teenagers?|teens|adolescents)\b/giu, /(?<!\p{L})adolescentes?(?!\p{L})/giu],
    [0, 2, /\b(?:babies|infants|newborns|neonates)\b/giu, one('baby'),
      /(?<!\p{L})(?:beb[ée]s?|lactantes|reci[ée]n nacid[oa]s?|neonatos)(?!\p{L})/giu],
    [65, FOREVER, /\b(?:elderly|seniors|pensioners|(?:older|old|elderly|aged) (?:adults|people|persons|patients|men|women))\b/giu,
      /(?<!\p{L})(?:ancian[oa]s?|(?:adultos|personas) mayores|tercera edad)(?!\p{L})/giu],
    [18, FOREVER, /(?<!(?:older|old|elderly|aged|young) )\badults\b/giu, /(?<!\p{L})adult[oa]s(?! mayores)(?!\p{L})/giu],
  ];
  /** Beside an age these tell whom, as it does: `epilepsy child 9`. */
  const OF_AN_AGE = [/\b(?:child(?:ren|hood)?|kids?|bab(?:y|ies)|infants?|infancy|toddlers?|teen(?:ager)?s?|adolescents?|adolescence|pa?ediatrics?|adults?|elderly)\b(?![ -]pugh)/giu];
  const SEXES = [
    ['FEMALE', /\b(?:wom[ae]n|females?|girls)\b/giu, /(?<!\p{L})(?:mujer(?:es)?|ni[ñn]as)(?!\p{L})/giu],
    ['MALE', /\b(?:m[ae]n|males?|boys)\b(?! ?(?:[1-4][ab]?|[abc]|acwy)\b)/giu, /(?<!\p{L})(?:hombres?|var[óo]n|varones)(?!\p{L})/giu],
  ];
  const WHO_ASKS = [
    ['FEMALE', /\b(?:wom[ae]n|females?|girls?|mother|mum|mom|wife|daughter|sister|grandma|grandmother|aunt)\b/iu, /(?<!\p{L})(?:mujer(?:es)?|ni[ñn]as?|madre|mam[áa]|esposa|hija|abuela)(?!\p{L})/iu],
    ['MALE', /\b(?:m[ae]n|males?|boys?|father|dad|husband|son|brother|grandpa|grandad|grandfather|uncle)\b/iu, /(?<!\p{L})(?:hombres?|var[óo]n|varones|ni[ñn]os?|padre|pap[áa]|marido|esposo|hijo|abuelo)(?!\p{L})/iu],
  ];
  /** Those of whom another is `of`: parents of children, a hospital for sick children. */
  const OF_OTHERS = /(?:\b(?:parents?|mothers?|fathers?|mums?|moms?|dads?|carers?|caregivers?|families|siblings?|teachers?|guardians?) (?:of|for|to|with) (?:\p{L}+ ){0,3}|\bof|\bde|\bsick|\btrans(?:gender)?|\bsave the) *$/iu;

  const { firstOf, negated } = search.patterns;

  /** Where these words stand for people: not denied, in nobody's name, no one's belongings. */
  const placesOf = (text, patterns) => patterns.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(({ 0: word, index }) => {
      const [before, after] = [text.slice(0, index), text.slice(index + word.length)];
      const inName = /^\p{Lu}/u.test(word) && (/\p{Lu}[\p{L}.]*\s+$/u.test(before) || /^\s+\p{Lu}\p{Ll}/u.test(after));
      const short = /^\p{Lu}{2}/u.test(word) && /\p{Ll}/u.test(text); // MEN 2A
      return !inName && !short && !/^['’]/u.test(after) && !OF_OTHERS.test(before) && !negated(text, index, index + word.length);
    });

  const groupsIn = (text) => {
    const found = GROUPS.flatMap(([from, to, ...patterns]) => placesOf(text, patterns).map((match) => ({ from, to, match })));
    const from = Math.min(FOREVER, ...found.map((one) => one.from));
    const to = Math.max(0, ...found.map((one) => one.to));
    const ofAll = !found.length || to - from === FOREVER; // `adults and children`
    return { words: found.map(({ match }) => match[0]), ages: ofAll ? null : [from, to] };
  };

  const ageIn = async (text) => {
    const { words, ages } = groupsIn(text);
    const found = rangeIn(text) || exactIn(text) || await loneIn(text);
    if (found) return { ...found, soft: [...words, ...placesOf(text, OF_AN_AGE).map(([word]) => word)] };
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

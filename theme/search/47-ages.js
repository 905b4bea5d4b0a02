/* Search: of what age a question speaks, in numbers: `I am 67`, `dad 71`, `44 years`, `over 70`. It is
   what somebody says of a person; how long something lasts is none (`10 year follow-up`), nor is a
   dose or a number within a name (`MEN 2A`). */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { matchOf, negated, of } = search.patterns;

  const FOREVER = 1000; // years
  const UNITS = { y: 'years', a: 'years', m: 'months', w: 'weeks', s: 'weeks', d: 'days' };
  const OLDEST = 120;
  const BARE_FROM = 12; // years that are an age where no word says whose: `asthma 5 years` is how long
  const SINCE_FROM = 16; // `over 2 years` is how long, `over 18 years` how old

  const ONE_PERSON = {
    en: `wom[ae]n|m[ae]n|males?|females?|lad(?:y|ies)|gentleman|gentlemen|girls?|boys?|child|children|kids?|bab(?:y|ies)
      infants?|toddlers?|teenagers?|adults?|patients?|persons?|people|dad|daddy|father|mum|mummy|mom|mother|husband|wife|son
      daughter|brother|sister|grandma|grandpa|grandmother|grandfather|granny|nan|grandad|granddad|uncle|aunt|auntie|nephew
      niece|cousin|grandson|granddaughter|partner|friend|spouse|boyfriend|girlfriend`.replace(/\s+/g, '|'),
    es: `mujer(?:es)?|hombres?|varón|varones|niñ[oa]s?|bebés?|pacientes?|personas?|padre|madre|papá|mamá|marido|espos[oa]|hij[oa]
      herman[oa]|abuel[oa]|suegr[oa]|niet[oa]|sobrin[oa]|prim[oa]|novi[oa]|amig[oa]|señora?`.replace(/\s+/g, '|'),
  };
  const ANY_PERSON = new RegExp(`(?<!\\p{L})(?:${ONE_PERSON.en}|${ONE_PERSON.es})(?!\\p{L})`, 'iu');

  const PERSON_BEFORE = new RegExp(`${ANY_PERSON.source} $`, 'iu');

  /** What makes of a number something else than an age. */
  const NO_NUMBER_AFTER = '(?![\\p{L}\\p{N}%°/+×]|[.,:–-]\\d|-\\p{L}|,? ?x[xy]\\b| ?(?:-|–|to|a|y|e|and|&|or|o) ?\\d|'
    + ' ?(?:%|percent|kms?|kilomet(?:er|re)s?|mi|miles?|kilos?|lbs?|pounds?|f(?:ee|oo)t|inch(?:es)?|[mkµu]?c?g|m?l|[mc]?m|iu|ui|units?|mmhg|bpm|points?|days?|weeks?|months?|hours?|h|minutes?|min|times?|x|'
    + 'years?|yrs?|años?|días|semanas|mes|meses|horas|puntos|patients|participants|pacientes|women|men|people|cases|trials|studies|ensayos)(?![\\p{L}\\p{N}]))';
  const GROWN = '(?:(?<=(?<!\\p{L})(?:girls?|boys?|child|children|kids?|toddlers?|son|daughter|brother|sister|niñ[oa]s?|hij[oa]),? )[1-9]|[1-9]\\d)'; // not `men 2`
  /** A whole number, no part of another, `17 1/2` or `2 or 3`; a half of a year beside it changes no age. */
  const N = '(?<![\\p{N}\\p{L}/.,–-]|\\p{N} (?:(?:or|and|to|y|o|a) )?)(?<age>\\d{1,3})(?:[.,]\\d+(?!\\p{N})| ?[¼½¾]| (?:1/[24]|3/4)(?!\\p{N})| and a half)?';
  const AGES = {
    en: [
      new RegExp(`\\b(?:i am|i'm|i’m|he is|he's|he’s|she is|she's|she’s|ages?:?(?: is| of)?|aged|who is|is) ${N}(?: ?-?(?<unit>years?|months?|weeks?|days?)(?: ?-?old| of age)?)?(?![\\p{L}\\p{N}])`, 'iu'),
      new RegExp(`${N}[ -]?(?<unit>years?|yrs?|months?|weeks?|days?)[ -]?(?:olds?|of age)\\b`, 'iu'),
      new RegExp(`${N} ?(?:y\\/?o)\\b`, 'iu'),
      /(?<=\b(?:wom[ae]n|m[ae]n|lady|girl|boy|child|patient|person) )(?:of|aged) (?<age>\d{1,3})\b/iu,
      /\b(?<age>\d{1,3})[ -]?(?:years?|yrs?|y)(?= (?:wom[ae]n|m[ae]n|lady|girl|boy|child|patient|person|male|female)\b)/iu,
      /(?<=\b(?:child|baby|infant|toddler|son|daughter|boy|girl),? )(?<age>\d{1,2}) ?(?<unit>months?)\b/iu,
      new RegExp(`(?<=\\b(?:${ONE_PERSON.en})(?:,| is)? )(?<age>${GROWN})(?: ?-?(?:years?|yrs?|y))?${NO_NUMBER_AFTER}`, 'iu'),
      /(?<![\p{N}\p{L}.,-]|\b(?:stage|grade|type|phase|class|level|score|dose|day|week|month|year|cycle|part|group|cohort) )(?<age>[1-9]\d),?(?= (?:woman|man|lady|girl|boy|male|female)(?!\p{L}))/iu,
    ],
    es: [
      new RegExp(`(?<!\\p{L})(?:tengo|tiene|de|con) ${N} (?<unit>años?|meses|mes|semanas?|d[ií]as?)(?: de edad)?(?!\\p{L})`, 'iu'),
      /(?<!\p{L})edad:?(?: de)? (?<age>\d{1,3})(?: años?)?(?![\p{L}\p{N}])/iu,
      new RegExp(`(?<=(?<!\\p{L})(?:${ONE_PERSON.es}),? )(?<age>${GROWN})(?: años?)?${NO_NUMBER_AFTER}`, 'iu'),
    ],
  };
  /** Years that nothing but their number tells to be an age. */
  const BARE = /(?<![\p{L}\p{N}.,–-]|\d ?(?:to|and|or|-|–|a|y|o) )(?<age>\d{1,3}) ?-?(?:years?|yrs?|años?)\.?(?![\p{L}\p{N}])/giu;
  const LASTS_BEFORE = /(?:^|[^\p{L}])(?:for|over|past|last|previous|first|next|within|in|after|every|each|since|during|under|than|least|most|about|around|approximately|nearly|almost|up to|until|till|at|by|through|follow-?(?:up|ing)|surviv(?:al|ed|ors?|ing)|duration|history|smok(?:ed|er|ers|ing)|married|lasting|therapy|treatment|drinking|sober|clean|free|pregnant|postpartum|remission|recovery|dialysis|diabetic|i am|i'm|i’m|drinker|vegetarian|vegan|widowed|divorced|wheelchair|bedridden|blind|deaf|disabled|retired|positive|addict(?:ed)?|on \p{L}+|durante|hace|por|cada|últimos|primeros|próximos|tras|después de|desde|dentro de|a los|en|menos|más|supervivencia(?: global)?(?: de| a)?|seguimiento(?: de)?|evolución(?: de)?|tratamiento(?: de)?|duración(?: de)?|llev(?:o|a|amos)|cuando|tengo|tenía|embarazada|remisión|sobri[oa]|diálisis)(?: the| los| de)? *$/iu;
  /** Of who says nothing else of himself: `I have diabetes 20 years`. */
  const HAD_BEFORE = /(?:^|[^\p{L}])(?:i have|i had|i['’]ve|i am|i['’]m|have had|has had|been|living|lived|suffer(?:ed|ing)?|trying|working)(?: [^\d,;.]+)?$/iu;
  const LASTS_AFTER = /^[-,]? ?(?:(?:overall|disease[- ]free|event[- ]free|progression[- ]free|relapse[- ]free|long[- ]term) )?(?:surviv|follow|mortality|outcomes?\b|post(?![- ]?(?:meno|nat|part))|after|ago\b|since|later\b|free\b|duration|experience|history|(?:\p{L}+[ -]){0,2}?(?:free|sober|clean|pregnant|gestation\p{L}*|abstinent|post(?!men)[- ]?\p{L}+)(?!\p{L})|along\b|out\b|into\b|past\b|off\b|on\b|without\b|from\b|younger\b|older\b|married\b|in (?:remission|recovery|treatment|therapy|menopause|pain|total|a row)|(?:en|sin|desde|limpi[oa]|sobri[oa]|libre)(?!\p{L})|long[- ]term|risk\b|term\b|treatment(?! resist)|therapy|extension|trial\b|study\b|data\b|results?\b|course|program|incidence|recurrence|smok|remission|apart\b|prior\b|(?:de )?(?:supervivencia|seguimiento|tratamiento|evolución|duración|terapia|mortalidad|remisión)|después|tras |antes|atrás|of (?!age))/iu;

  /** `over 70`, `70 and older`, `under 18`, `aged 12 to 17`: `from` and `to`, or `n` and on which
      side of it. */
  const YEARS = '(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age)?)?';
  const RANGES = {
    en: [
      /\b(?:aged?|ages) (?:between )?(?<from>\d{1,2}) ?(?:-|–|to|and) ?(?<to>\d{1,3})(?<years> ?(?:years?|yrs?)(?:[ -]?olds?| of age)?)?(?![\p{L}\p{N}])/iu,
      new RegExp(`\\bbetween (?:the ages of )?(?<from>\\d{1,2}) ?(?:-|–|to|and) ?(?<to>\\d{1,3})${YEARS}${NO_NUMBER_AFTER}`, 'iu'),
      new RegExp(`\\b(?:over|older than|above|at least|from) (?<from>\\d{1,2})${YEARS},? (?:(?:and|but) )?(?<under>under|younger than|below|up to) (?<to>\\d{1,3})(?:[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age)?)?${NO_NUMBER_AFTER}`, 'iu'),
      /\b(?<from>\d{1,2}) ?(?:-|–|to) ?(?<to>\d{1,3})(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age)?)(?![\p{L}\p{N}])/iu,
      /\b(?<from>\d{1,2}) or (?<to>\d{1,3})(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age))(?![\p{L}\p{N}])/iu,
      new RegExp(`\\b(?<side>(?:less|more|greater|fewer) than) (?<n>\\d{1,3})(?<years>[ -]?(?:years?|yrs?)(?:[ -]?olds?| of age))(?!\\p{L})`, 'iu'),
      new RegExp(`\\b(?<side>(?:no|not) (?:older than|more than|over|above|younger than|less than|under|below))(?: the)?(?: ages?(?: of)?)? (?<n>\\d{1,3})${YEARS}${NO_NUMBER_AFTER}`, 'iu'),
      new RegExp(`(?<=\\b(?:${ONE_PERSON.en}) )(?<from>\\d{1,2}) ?(?:-|–|to) ?(?<to>\\d{2})${NO_NUMBER_AFTER}`, 'iu'),
      new RegExp(`\\b(?<side>over|older than|above|at least|under|younger than|below|up to)(?: the)?(?: ages?(?: of)?)? (?<n>\\d{1,3})${YEARS}(?:'?s)?(?![\\p{L}\\p{N}]|[.,]\\d| ?%| ?(?:percent|[mk]?g|ml|[mck]?m|kms|miles?|bpm|mmhg|points?|days?|weeks?|months?|hours?|minutes?|times)\\b)`, 'iu'),
      new RegExp(`\\b(?<n>\\d{1,3})${YEARS} (?:and|or) (?<side>over|older|above|under|younger|below)(?!\\p{L})`, 'iu'),
      new RegExp(`\\b(?<n>[4-9]\\d) ?(?<side>\\+)${YEARS}(?![\\p{L}\\p{N}+])`, 'iu'),
    ],
    es: [
      /(?<!\p{L})(?:de|entre) (?<from>\d{1,2}) (?:a|y) (?<to>\d{1,3})(?<years> años)(?: de edad)?(?!\p{L})/iu,
      /(?<!\p{L})(?<side>más de|mayor(?:es)? de|al menos|menor(?:es)? de|menos de|hasta)(?: los)? (?<n>\d{1,3})(?<years> años)?(?: de edad)?(?![\p{L}\p{N}]|[.,]\d| ?%| ?(?:[mk]?g|ml|[mc]m|puntos|días|semanas|meses|horas)(?!\p{L}))/iu,
      /(?<!\p{L})(?<n>\d{1,3})(?<years> años) (?:o|y) (?<side>más|menos)(?!\p{L})/iu,
    ],
  };
  const BELOW = /^(?:under|younger|below|up|less|fewer|(?:no|not) (?:older|more|over|above)|menor|menos|hasta)/iu;
  const AND_THAT_AGE = /^(?:up|hasta|(?:no|not) (?:older|more|over|above))/iu;
  // `BMI over 40` is no age.
  const MEASURE_BEFORE = /(?:load|fraction|ha?emoglobin|volume|ratio|saturation|spo2|fev1|height|waist|creatinine|tsh|iop|temperature|bmi|imc|weight|peso|pressure|presión|hba1c|a1c|ldl|psa|cd4|e?gfr|ef|lvef|scores?|levels?|rate|count|index|dose|glucose|sugar|glucosa|platelets|ecog|grade|stage|class|nyha|asa)(?: of| is| de)? *$/iu;
  const LIKELY = { over: [40, 99], below: [1, 99] }; // an age where nothing says `years`

  const IS_SAID = /old|of age|aged?|edad|y\/?o/iu; // to be an age

  /** Whether years that were matched say how long something lasts: unless they are said to be an age. */
  const lasts = (text, { 0: said, index }) => {
    if (!/\d[ -]?\p{L}/u.test(said) || IS_SAID.test(said)) return false;
    if (LASTS_AFTER.test(text.slice(index + said.length).trimStart())) return true;
    if (!/^(?:de |con )?\d/iu.test(said)) return false;
    return LASTS_BEFORE.test(text.slice(0, index)) || (!ANY_PERSON.test(text) && HAD_BEFORE.test(text.slice(0, index)));
  };

  // `I am 50% disabled`, `I'm 6 feet`, `he is 1 of 3`, `I am 5'7`.
  const OF_NO_AGE = /^(?:['’"/+×°]|-?\d| ?(?:-|–|to|a|and|&|or|y|o) ?\d| in an? | ?(?:%|(?:percent|per|[mkµu]?c?g|m?l|[mc]m|[kc]gs|lbs?|pounds?|stones?|f(?:ee|oo)?t|inch(?:es)?|mmhg|iu|units?|points?|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|times|out|of|packs?|st|nd|rd|th)(?!\p{L})))/iu;
  const OF_THEN = /(?:^|[^\p{L}])(?:at|since|from|until|till|before|after|by|when|was|were|turned|died|tenía|desde|hasta)(?: the)?(?: ages?(?: of)?| la| los)? *$/iu; // `since I was 12 years old`
  const YOUNG = /(?<!\p{L})(?:child|bab(?:y|ies)|infants?|toddlers?|newborns?|neonates?|kids?|sons?|daughters?|boys?|girls?|nephew|niece|grandson|granddaughter|bebés?|hij[oa]s?|niet[oa]s?|niñ[oa]s?|recién nacid[oa]s?)(?!\p{L})/iu;
  const YOUNG_BEFORE = new RegExp(`${YOUNG.source},? $`, 'iu');
  const OF_WHOM = /^(?:$|[,.;:!?()&+]|(?:and|but|who|with|have|has|having|had|living|diagnosed|looking|seeking|suffer\p{L}*|fe?male|wom[ae]n|m[ae]n|lady|girl|boy|person|patient|near|y|con|que|tengo|tiene|sufro|padezco|busco)(?!\p{L}))/iu;
  /** Whether years may be how long somebody has had something: `tengo 5 años con diabetes`. */
  const isLivedWith = (text, after, age) => /^ (?:with|con|living)(?!\p{L})/iu.test(after) && Number(age) < LIKELY.over[0] && !ANY_PERSON.test(text);

  /** Whether a number, with what it counts, is somebody's age: what is behind it says no other thing,
      and where weeks or years alone are told, something says whose they are. */
  const isAge = (text, { 0: said, index, groups: { age, unit } }) => {
    const [before, after] = [text.slice(0, index), text.slice(index + said.length)];
    if (OF_NO_AGE.test(after) || OF_THEN.test(before)) return false;
    if (IS_SAID.test(said)) return true;
    if (/^is /iu.test(said) && !(ANY_PERSON.test(before.replace(/\p{L}+['’]s/gu, '')) && !MEASURE_BEFORE.test(before))) return false;
    if (!unit) return !/^\d/u.test(said) || !isLivedWith(text, after, age);
    if (!/^[aáy]/iu.test(unit)) return YOUNG_BEFORE.test(before) || (YOUNG.test(text) && OF_WHOM.test(after.trimStart()));
    if (/^(?:de|con) /iu.test(said)) return ANY_PERSON.test(text) && !LASTS_AFTER.test(after.trimStart());
    return OF_WHOM.test(after.trimStart()) && !isLivedWith(text, after, age);
  };

  const fits = (text, match, n) => {
    const { side, years } = match.groups;
    const below = BELOW.test(side);
    const [low, high] = LIKELY[below ? 'below' : 'over'];
    const ofPerson = PERSON_BEFORE.test(text.slice(0, match.index));
    const told = /older|younger|mayor|menor/iu.test(side) || /old|of age|edad/iu.test(match[0]);
    if (told) return true;
    if (!years) return n >= (ofPerson ? 1 : low) && n <= (ofPerson ? 99 : high);
    const least = below && !AND_THAT_AGE.test(side) ? 1 : SINCE_FROM;
    return n >= least || ANY_PERSON.test(text);
  };

  /** Whether `5-11 years` or `between 40 and 50` are ages: not what lasts, nor of the first years alone. */
  const isOfAges = (text, match) => {
    const { from, to } = match.groups;
    if (Number(from) >= Number(to) || Number(to) > OLDEST) return false;
    if (/^(?:aged?|ages)|old|of age|edad/iu.test(match[0]) || ANY_PERSON.test(text)) return true;
    return Number(to) >= CHILD_TO && !LASTS_BEFORE.test(text.slice(0, match.index));
  };
  const CHILD_TO = 5;

  const rangeIn = (text) => {
    for (const pattern of of(RANGES).flat()) {
      const match = matchOf(text, pattern);
      if (!match || MEASURE_BEFORE.test(text.slice(0, match.index))) continue;
      if (LASTS_AFTER.test(text.slice(match.index + match[0].length).trimStart())) continue;
      const { from, to, under, n, side, years } = match.groups;
      if (from && isOfAges(text, match)) return { match, ages: [Number(from), Number(to) + (under && !AND_THAT_AGE.test(under) ? 0 : 1)] };
      if (!n || Number(n) > OLDEST || !fits(text, match, Number(n))) continue;
      const below = BELOW.test(side);
      return { match, ages: below ? [0, Number(n) + (AND_THAT_AGE.test(side) ? 1 : 0)] : [Number(n), FOREVER] };
    }
    return null;
  };

  const bareIn = (text) => {
    const least = ANY_PERSON.test(text) ? 1 : BARE_FROM;
    return [...text.matchAll(BARE)].find((match) => Number(match.groups.age) >= least
      && isAge(text, match) && !lasts(text, match) && !negated(text, match.index)) || null;
  };

  /** `son 10, daughter 12`: the age of another one, too. */
  const ONE_MORE = new RegExp(`(?:${ANY_PERSON.source})(?:,| is)? ${GROWN}${NO_NUMBER_AFTER}`, 'iu');
  const exactIn = (text) => {
    const told = of(AGES).flat().map((pattern) => matchOf(text, pattern));
    const match = told.find((one) => one && isAge(text, one) && !lasts(text, one)) || bareIn(text);
    if (!match || Number(match.groups.age) > OLDEST || ONE_MORE.test(text.slice(match.index + match[0].length))) return null;
    return { match, age: Number(match.groups.age), unit: UNITS[search.folded(match.groups.unit || 'years')[0]] };
  };

  /** A number alone at an end, `men diabetes 58`: the age of who asks, unless a record may have it. */
  const LONE = new RegExp(`^(?<age>[1-9]\\d)(?=,? \\p{L})${NO_NUMBER_AFTER}|(?<=\\p{L},? )(?<late>[1-9]\\d)$`, 'u');
  const GROWN_UP = 18;
  const COUNTS_BEFORE = /(?<!\p{L})(?:stage|grade|type|phase|class|level|score|dose|day|week|month|year|cycle|part|group|cohort|arm|no|number|trial|study|vitamin(?: \p{L})?|omega|factor|mutation|exon|trisomy|chromosome|interleukin) *$/iu;

  const DRUG_BEFORE = /(?:ide|mab|nib|cept|vir|mycin|cillin|azole|formin|sulin|statin|pril|sartan|olol|gliptin|flozin)s? *$/iu; // a dose

  /** Of the words beside a number at least one tells of whom or what a question is: a word for
      people, or all of them the name of a thing, and no name has the number too, `covid 19`. */
  const mayBeAged = async (rest, before, after, n) => {
    const { nameOf, wordsOf } = await search.keys();
    const beside = before ? [`${before.split(' ').at(-1)} ${n}`, `${before} ${n}`] : [`${n} ${after.split(' ')[0]}`, `${n} ${after}`];
    const keys = beside.flatMap((said) => [`${nameOf(said)}=`, wordsOf(said).flatMap(({ parts }) => parts).join('')]);
    if ((await Promise.all(keys.map(search.postingsOf))).some(Boolean)) return false;
    return ANY_PERSON.test(rest) || Boolean(await search.isCondition(rest));
  };

  const loneIn = async (text) => {
    const match = LONE.exec(text);
    if (!match || (text.match(/\d{2,}/g) || []).length > 1) return null;
    const n = match.groups.age || match.groups.late;
    const [before, after] = [text.slice(0, match.index).trim().replace(/,$/, ''), text.slice(match.index + n.length).replace(/^,/, '').trim()];
    if (Number(n) < GROWN_UP || MEASURE_BEFORE.test(before) || COUNTS_BEFORE.test(before) || DRUG_BEFORE.test(before) || LASTS_BEFORE.test(before)) return null;
    return await mayBeAged(before || after, before, after, n) ? { match, age: Number(n), unit: 'years' } : null;
  };

  search.ages = { rangeIn, exactIn, loneIn, FOREVER };
})();

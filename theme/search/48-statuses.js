/* Search: the status that a question asks for: `recruiting`, and what is not: `not recruiting`,
   `completed trials`, `no longer open`. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { matchOf, of } = search.patterns;

  const OVER = ['ACTIVE_NOT_RECRUITING', 'COMPLETED', 'TERMINATED', 'WITHDRAWN', 'NO_LONGER_AVAILABLE'];
  const NOT_NOW = ['NOT_YET_RECRUITING', 'SUSPENDED', 'TEMPORARILY_NOT_AVAILABLE', ...OVER];
  const WHOM = '(?! (?:(?:to|for|any|only) )*(?:(?:fe)?males?|(?:wo)?m[ae]n|girls|boys|children|kids|adults|healthy|pregnant|the|people (?:over|under|with)))'; // `not open to women` says no status
  const JOINS = `(?:recruit(?:ing|ed|s|ment)?|enrol(?:l?ing|led|ls|l)?|open|accepting(?: patients| people| participants)?|taking (?:patients|people|participants))${WHOM}`;
  const TRIALS = '(?:trials?|stud(?:y|ies)|research)';
  const TO_JOIN = '(?: to| for) (?:recruitment|enrol?lment|recruiting|new (?:patients|participants|people))';
  const ENSAYOS = '(?:ensayos?(?: clínicos?)?|estudios?)';

  const pattern = (text) => new RegExp(`(?<![\\p{L}-])(?:${text})(?![\\p{L}-])`, 'iu');
  /** A word like `closed` says a status beside `trials`, or at the end of other words. */
  const ofTrials = (word) => [
    pattern(`${word} ${TRIALS}`), pattern(`(?:(?<=${TRIALS} )|${TRIALS} (?:that|which) (?:are|is|have been|has been) )${word}`),
    pattern(`(?<=\\S )(?:already )?${word}(?=$| with results$)`),
  ];
  const deEnsayos = (word) => [pattern(`${ENSAYOS} (?:ya )?${word}`), pattern(`(?<=\\S )(?:ya )?${word}$`)];

  /** Each way to say no, from the most particular on: the first that is said is meant. */
  const DENIED = [
    [['NOT_YET_RECRUITING'], {
      en: [pattern(`not yet ${JOINS}|not ${JOINS} yet|yet to (?:recruit|open|start)|${TRIALS} (?:that|which) (?:have|has)(?:n['’]t| not) (?:yet )?(?:started|begun|opened)(?: yet)?|(?:have|has)(?:n['’]t| not) (?:yet )?(?:started|begun) (?:to )?${JOINS}(?: yet)?|not yet (?:started|begun)|about to (?:recruit|open)|opening soon`)],
      es: [pattern('(?:aún|todavía) no (?:en reclutamiento|reclutando|recluta[n]?|abiert[oa]s?)|no (?:recluta[n]?|reclutando) (?:aún|todavía)')],
    }],
    [['ACTIVE_NOT_RECRUITING'], {
      en: [pattern('active,? (?:but )?not recruiting')],
      es: [pattern('activ[oa]s?,? (?:pero )?(?:no reclutando|sin reclutamiento|no recluta[n]?)')],
    }],
    [OVER, {
      en: [
        pattern(`(?:no longer|stopped|finished|not .{0,12}any ?more) ${JOINS}|(?:recruitment|enrol?lment) (?:is |has )?(?:closed|ended|completed?|over|finished)|closed${TO_JOIN}`),
        pattern(`not ${JOINS} any ?more`), ...ofTrials('(?:closed|past|ended)').slice(0, 2), pattern('(?<=\\S )closed$'),
      ],
      es: [pattern('ya no (?:recluta[n]?|reclutando|en reclutamiento|abiert[oa]s?)|reclutamiento (?:cerrado|terminado|finalizado)'), ...deEnsayos('cerrados?')],
    }],
    [NOT_NOW, {
      en: [pattern(`(?:not|no|isn['’]t|aren['’]t|non|never)[ -](?:currently |now |actively )?${JOINS}`)],
      es: [pattern('(?:no|sin) (?:está[n]? )?(?:recluta[n]?|reclutando|en reclutamiento|reclutamiento|abiert[oa]s?)')],
    }],
  ];
  /** `completed migraine`: at the beginning it says a status where all that follows is what is
      studied, but for what one completes or terminates by itself. */
  const FIRST = [
    ['COMPLETED', /^completed (?!suicid|strokes?\b|pregnan|abortion|miscarriage)/iu], ['TERMINATED', /^terminated (?!pregnan)/iu],
    ['WITHDRAWN', /^withdrawn /iu], ['SUSPENDED', /^suspended /iu],
  ];

  const SAID = [
    [['ENROLLING_BY_INVITATION'], { en: [pattern('enrol?ling by invitation')], es: [pattern('(?:inscripción )?por invitación')] }],
    [['UNKNOWN'], { en: [pattern('unknown status|status unknown')], es: [pattern('estado desconocido')] }],
    [['COMPLETED'], { en: ofTrials('(?:completed|complete|finished)'), es: deEnsayos('(?:completad|finalizad|concluid|acabad)os?') }],
    [['TERMINATED'], { en: ofTrials('(?:terminated|stopped(?: early)?)'), es: deEnsayos('(?:interrumpid|cancelad)os?') }],
    [['WITHDRAWN'], { en: ofTrials('withdrawn'), es: deEnsayos('retirados?') }],
    [['SUSPENDED', 'TEMPORARILY_NOT_AVAILABLE'], { en: ofTrials('(?:suspended|on hold|paused)'), es: deEnsayos('(?:suspendid|en pausa)(?:os?)?') }],
    [['RECRUITING'], {
      en: [
        pattern(`(?:(?:currently|actively|still|now) )?recruiting(?: now| ${TRIALS})?`), pattern(`(?:open|enrol?ling)(?: ${TRIALS}|${TO_JOIN})|${TRIALS} (?:that|which) (?:are|is) (?:(?:currently|still|now) )?open(?! label)`),
        pattern('(?:looking for|needing|seeking|wanting) (?:volunteers|participants)'),
      ],
      es: [pattern(`en reclutamiento|reclutando|que reclutan?|${ENSAYOS} abiertos?|reclutamiento abierto`)],
    }],
  ];

  /** `recruiting or completed`: each of these words alone, where another is beside it. */
  const CHOICES = [
    [['NOT_YET_RECRUITING'], 'not yet (?:recruiting|open)|aún no reclutando'],
    [['ACTIVE_NOT_RECRUITING'], 'active not recruiting'],
    [['RECRUITING'], 'recruiting|enrol?ling|open|reclutando|en reclutamiento|abiertos?'],
    [['COMPLETED'], 'completed?|finished|completados?|finalizados?'],
    [['TERMINATED'], 'terminated|stopped|interrumpidos?'],
    [['WITHDRAWN'], 'withdrawn|retirados?'],
    [['SUSPENDED', 'TEMPORARILY_NOT_AVAILABLE'], 'suspended|on hold|paused|suspendidos?'],
  ];
  const CHOICE = `(?:${CHOICES.map(([, words]) => words).join('|')})(?! label)`;
  const JOINED = '(?:,? (?:or|and|o|y) | ?[/,] ?)';
  const EITHER = pattern(`${CHOICE}(?:${JOINED}${CHOICE})+`);
  const eitherIn = (text) => {
    const match = matchOf(text, EITHER);
    const said = match ? match[0].split(new RegExp(JOINED, 'iu')) : [];
    const meant = said.flatMap((word) => CHOICES.filter(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(word)).flatMap(([status]) => status));
    return match && { meant, match };
  };
  /** Whether something else is a choice beside a status: `recruiting or soon to open`. */
  const isHalf = (text, { 0: said, index }) => /^ (?:or|o)(?!\p{L})/iu.test(text.slice(index + said.length)) || /(?:^|[^\p{L}])(?:or|o) $/iu.test(text.slice(0, index));

  const firstIn = (text, table, matchIn) => {
    for (const [meant, patterns] of table) {
      const match = of(patterns).flat().map((one) => matchIn(text, one)).find(Boolean);
      if (match) return { meant, match };
    }
    return null;
  };

  const TRIALS_LAST = new RegExp(` (?:clinical )?${TRIALS}(?: with results)?$| with results$`, 'iu');
  const firstWordOf = async (text) => {
    for (const [status, pattern] of FIRST) {
      const match = pattern.exec(text);
      if (match && await search.isCondition(text.slice(match[0].length).replace(TRIALS_LAST, ''))) return { meant: [status], match: Object.assign([match[0].trim()], { index: 0 }) };
    }
    return null;
  };

  /** A status alone, or all that is left of `phase 3 recruiting`, is asked for as the site calls it; another word alone is a word. */
  const labelIn = (text, labels) => {
    const status = labels.filter((label) => search.folded(label) === search.folded(text));
    return status.length ? { match: Object.assign([text], { index: 0 }), filters: { status } } : null;
  };

  /** Of a text where it asks for a status, and the filter. */
  const statusIn = async (text) => {
    const { statuses, own_statuses: own = [] } = await search.entry();
    if (text.trim().split(/\s+/).length < 2) return labelIn(text.trim(), Object.keys(statuses));
    const found = eitherIn(text) || firstIn(text, DENIED, (words, one) => one.exec(words)) || firstIn(text, SAID, matchOf) || await firstWordOf(text);
    const isSaid = (label) => search.folded(found.match[0].replace(TRIALS_LAST, '')) === search.folded(label); // a record's own word means no more than itself
    const here = found ? Object.keys(statuses).filter((label) => (own.includes(label) ? isSaid(label) : found.meant.includes(statuses[label]))) : [];
    return here.length && !isHalf(text, found.match) ? { match: found.match, filters: { status: here } } : null;
  };

  search.statusIn = statusIn;
})();

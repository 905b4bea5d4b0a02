/* Search: what is asked. The words of a question that are to be found, without those that carry no
   meaning in it; those in quotes; those that no trial may say. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  /** Words that carry no meaning of their own in a question; a trial may lack them. */
  const IDLE = {
    en: `a about again all also am an and any anybody anyone anything are as at be been but by can clinical come could do does
      cure cures enrol enroll father find finding for from get give had has have having he hello help her hi his how
      husband i if in into is it its join list looking me mother my need needs
      new of on or our patient patients pts people person please research search searching seeking she should show some somebody someone something
      studies study suffering suffers take taking thank thanks that the their there these they this those to treatment
      treatments trial trials try want wants was we what when where which else much really since too who whom will wife with would you your near around
      yesterday aunt auntie boyfriend brother cousin dad daddy daughter girlfriend grandad granddad granddaughter grandfather grandma
      grandmother grandpa grandson granny mom mommy mum mummy nephew niece sister son spouse uncle`,
    es: `a al algo algun alguna ayuda busca buscando busco cerca clinico clinicos como con contra cual
      cuando de del desde donde e el ella ellas ellos en ensayo ensayos enfermo es esta este estudio
      estudios estoy hay he hermana hermano hija hijo la las le lo los madre mas me mi mis muy
      necesita necesito no nuevo nuevos o paciente pacientes padece padezco padre para pero
      persona personas por puedo favor gracias investigacion que quien quiero quisiera se ser si sin sobre soy su sufre sufro
      sus tengo tiene tratamiento tratamientos un una unos y ya yo
      abuela abuelo cunada cunado esposa esposo marido nieta nieto novia novio sobrina sobrino suegra suegro
      ayer diagnosticada diagnosticado diagnosticaron dicho dijeron pasada recien semana`,
    fr: `a ai aide atteint atteinte au aux avec besoin ce ces cet cette cherche chercher chez clinique cliniques comme comment
      contre d dans de depuis des du elle en essai essais est et etude etudes fille fils frere il ils j'ai je l la le les
      leur ma mari mere mes mon nous ont ou par patient patients pere personne personnes pour puis quel quelle quels qui que
      recherche recherches sa ses soeur son souffre souffrant souffrent suis sur traitement traitements trouver un une vous
      derniere diagnostique diagnostiquee dit hier m'a nouvellement on recemment semaine`,
    de: `an auf aus behandlung behandlungen bei beim bin bitte brauche bruder das dem den der des die durch ein eine einem einen einer
      eines er es fur gegen habe haben hat hilfe ich ihr ihre im in ist kann klinisch klinische klinischen leide leiden leidet mein
      meine meinem meinen meiner mich mir mit mutter nach oder patient patienten patientin schwester sein seine seit sich sie sind
      sohn studie studien suche suchen teilnehmen tochter uber und uns unter vater vom von wegen welche wer wie wir zu zum zur
      dass diagnostiziert gesagt gestern letzte neu woche wurde`,
    ar: `ابحث ابنتي ابني ابي اعاني الان التجارب التي الدراسات الذي السريرية الى امي انا او تجارب تجربة دراسات دراسة زوجتي زوجي
      سريري سريرية ضد على عن عند عندي في لدي لمرضى ما مرضى مريض مريضة مصاب مصابة مع من هذا هذه هل والدتي والدي
      تم تشخيصي حديثا الاسبوع الماضي`,
    zh: `患者 病人 临床试验 临床研究 试验 研究 招募 参加 寻找 关于 患有 得了 我有 我的 我想 有关 的 和 治疗
      被诊断为 被诊断 新诊断 确诊 最近 上周 医生说`,
  };
  const listed = Object.fromEntries(Object.entries(IDLE).map(([language, words]) => [language, new Set(words.split(/\s+/))]));
  /** Of phrases in quotes so many are asked for; each takes time, and a link may have hundreds. */
  const MOST_PHRASES = 10;

  /** Words that say little beside others, `kidney problems`, `hives that won't go away`: a trial may lack them where they are
      within no name, `Crohn's disease`. */
  const VAGUE = new Set(`problem problems issue issues trouble troubles disease diseases condition conditions disorder disorders
    illness illnesses option options problema problemas enfermedad enfermedades condicion condiciones afeccion afecciones
    trastorno trastornos opcion opciones maladie maladies probleme problemes krankheit krankheiten erkrankung erkrankungen
    مرض امراض علاج العلاج لعلاج
    won't wont can't cant cannot don't dont doesn't doesnt didn't didnt isn't isnt i'm i've it's go goes going went away
    keep keeps stop stops really still anymore always constantly
    scared worried afraid desperate`.split(/\s+/));
  /** `without placebo`, but NO is nitric oxide and Sin Nombre a virus. */
  const DENIAL = /^(?:[Nn]ot|NOT|[Nn]o|[Ww]ithout|WITHOUT|sin|[Ss]ans|[Oo]hne|[Kk]eine?[mnrs]?|بدون|[Ee]xcept|[Ee]xcluding|excepto|salvo)$/;
  const AWAY_FROM = /^(?:[Oo]utside|[Aa]way|[Ff]ar|fuera|lejos)$/; // denies a place alone (58-denied.js)
  const BESIDE = /^(?:an?|any|the|for|from|in|of|on|with|el|las?|los|una?|ning[uú]na?|ning[uú]n|con|de|en|para)$/i;
  const HOW = /^(?:well|otherwise|yet|(?!family|anomaly|belly|fly)\p{L}+ly)$/iu; // `not well controlled` denies that it is controlled

  /** The word that denies the one at this place, if any does. */
  const denialOf = (found, at) => {
    let before = at - 1;
    while (before > 0 && [BESIDE, HOW].some((one) => one.test(found[before].text))) before -= 1;
    if (found[before]?.text === 'not' && found[at].text.endsWith('ing')) return null; // `not working`: what is wrong
    if (/^\p{N}/u.test(found[at].text) || (HOW.test(found[at].text) && at + 1 < found.length)) return null; // `No 5`
    return [DENIAL, AWAY_FROM].some((one) => one.test(found[before]?.text)) ? found[before].text.toLowerCase() : null;
  };

  const MOST_BESIDE = 8; // words, of an address that may hold hundreds

  /** What denies this word where it is a filter, `isn't`, `all but`, or behind it, `excluded`; what
      doesn't go away is asked for. */
  const filterDenialOf = (found, at) => {
    const said = (words) => words.map(({ text }) => text).join(' ');
    return { deniedAsFilter: search.patterns.denialBefore(`${said(found.slice(Math.max(0, at - MOST_BESIDE), at))} `), deniedAfter: search.patterns.denialAfter(` ${said(found.slice(at + 1, at + MOST_BESIDE))}`) };
  };

  /** What a search here is for, in words that mean it in any language. */
  const TRIALS = new Set('ensayo ensayos clinico clinicos estudio estudios'.split(' '));
  /** `papá`, but not `cáncer de mama`: without the accent these are other words. */
  const PARENT = /^(?:mamá|papá)s?$/iu;
  const ENGLISH_OF = /[’']s(?![\p{L}\p{N}])/gu;
  /** `maladie d'Alzheimer`, `l'asthme`, `dell'anca`: what is left of an article is no word to be found. */
  const ELIDED = /(^|[^\p{L}\p{N}])(?:[dlcjmnst]|qu|all|dall|dell|nell|sull)[’'](?=\p{L}{3})/giu;
  const MANY = 2; // idle words of Spanish that English hasn't: the question is in it

  /** The language that a question is in, English aside: the site's, or Spanish where many of its words are. */
  const spokenIn = (words, language) => {
    const own = language.slice(0, 2);
    if (own !== 'en' && listed[own]) return own;
    return words.filter((word) => listed.es.has(word) && !listed.en.has(word)).length >= MANY ? 'es' : '';
  };

  /** A text in a language that is written without blanks, with blanks around what is known of it. */
  const parted = async (text, language) => {
    if (!language.startsWith('zh')) return text;
    const { apart } = await search.table('asked-zh');
    const known = [...apart, ...listed.zh].sort((one, other) => other.length - one.length);
    return text.replace(new RegExp(known.join('|'), 'gu'), ' $& ');
  };

  /** The words that carry no meaning in a question on a site in this language. Whoever asks in
      Spanish on an English one says `de` and `para` too. */
  const idleAmong = (words, language) => {
    const lists = ['en', spokenIn(words, language)].filter(Boolean);
    return (word) => TRIALS.has(word) || lists.some((name) => listed[name].has(word));
  };

  /** Whether a word is the name of a thing here, or means nothing: no town then, whatever is called
      so. To know that saves reading the table of towns. */
  search.isNoPlace = async (text) => {
    const { nameOf } = await search.keys();
    return listed.en.has(search.folded(text)) || Boolean(await search.postingsOf(`${nameOf(text)}=`));
  };

  search.isAway = (word) => AWAY_FROM.test(word);

  /** The words of a question: those to be found, each with its keys, among all that are `spoken`;
      those in quotes; those that must not be said (`-word`), a phrase of them in quotes, and
      where a trial must have no place (`-Germany`, `-Leeds`), which are no words. Trials may lack those
      that are `soft`. */
  search.questionOf = async (words, soft = []) => {
    const { wordsOf } = await search.keys();
    const { text, excluded } = search.patterns.withoutExcluded(words);
    const phrasesIn = (said) => [...new Set([...said.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase))]
      .filter((phrase) => wordsOf(phrase).length).slice(0, MOST_PHRASES);
    const phrases = phrasesIn(text);
    const places = await Promise.all(excluded.map(search.placeCalled));
    const unsaid = excluded.filter((_, i) => !places[i]);
    const withoutPhrases = phrasesIn(unsaid.join(' '));
    const without = unsaid.filter((said) => !said.startsWith('"')).flatMap(wordsOf);
    const rest = text.replaceAll('"', ' ');
    const language = document.documentElement.lang || 'en';
    const bared = await parted(rest.replace(ENGLISH_OF, '').replace(ELIDED, '$1'), language);
    const found = wordsOf(bared);
    const { isOwn, maySay } = search.toldIn(bared);
    const bare = found.map(({ text }) => search.folded(text).replace('\u2019', "'"));
    const isIdle = idleAmong(bare, language);
    const shouted = found.length > 1 && found.some(({ text }) => text.length > 5) && rest === rest.toUpperCase();
    const asked = found.map((word, i) => ({
      ...word, short: shouted ? null : word.short, idle: isIdle(bare[i]) || PARENT.test(word.text) || DENIAL.test(word.text) || isOwn(word),
      soft: soft.includes(bare[i]) || VAGUE.has(bare[i]) || maySay(word), vague: VAGUE.has(bare[i]) || maySay(word), told: maySay(word), comma: bared[word.end] === ',', denied: denialOf(found, i), ...filterDenialOf(found, i),
    }));
    const telling = asked.some((word) => !word.idle) ? asked : asked.map((word) => ({ ...word, idle: false }));
    const askedIn = spokenIn(bare, language);
    return { words: telling.filter((word) => !word.idle), spoken: telling, phrases, without, withoutPhrases, excluded: unsaid.map((said) => said.replaceAll('"', '')), notThere: places.filter(Boolean), askedIn };
  };

  /** Of the words those that no trial says; one that says little is missed by nobody. */
  search.unsaidAmong = (words, met) => words.filter(({ vague }, i) => !met[i].count && (!vague || words.every((word) => word.vague)));

  /** Whether words say more than that somebody looks for trials: `clinical trials`, left of `clinical
      trials in Spain`, or whom they are for (`soft`). Their language is that of `all`, from which
      they are. */
  search.tellsMore = async (words, all, soft) => {
    const { wordsOf } = await search.keys();
    if (/["\d]/.test(words) || search.patterns.withoutExcluded(words).excluded.length) return true;
    const bare = (text) => wordsOf(text).map((word) => search.folded(word.text));
    const isIdle = idleAmong(bare(all), document.documentElement.lang || 'en');
    return bare(words).some((word) => !isIdle(word) && !soft.includes(word));
  };
})();

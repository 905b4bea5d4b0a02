/* Search: the place that a question tells: behind a word as `in`, `near`; two names that belong
   together, `Leeds, England`; a country or a state at an end of it. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;
  const { of, negated } = search.patterns;

  const NAME = "\\p{L}[\\p{L}.'’-]*(?:,? [\\p{L}.'’-]+){0,5}";
  const BEFORE = {
    en: new RegExp(`(?<!\\p{L})(?:near|in|around|close to|from|at|of(?<=\\d ?(?:km|kms|mi|miles?|kilomet(?:er|re)s?) of)) (?:the )?(?=(?<place>${NAME}))`, 'giu'),
    es: new RegExp(`(?<!\\p{L})(?:cerca de|en|por) (?:la |el )?(?=(?<place>${NAME}))`, 'giu'),
  };
  const CLOSE = /^(?:near|around|close to|cerca de) /iu;
  /** Towns that are words: in small letters they are meant as these. */
  const WORDS_TOO = new Set(`the a an my all any bath best boulder bra bridge bristol-myers canton capital center central centre clay commerce
    conception concord cork deal die east enterprise essen evening field general golden green hand home hope hull independence
    ideal jeans lead lens lima liver liberty mad man many mission mobile monte most multiple normal north orange other our
    nice park plantation plano po progress reading rest rugby sale salt sandy sedan south split spring stage stone sun surprise
    temple time tours troy un various wells west white women men adults children patients people remission
    la el los las un una mi su todo toda general vitro vivo situ utero`.split(/\s+/));

  const SHIRE = /^,? (?!hampshire)\p{L}{3,}shire(?!\p{L})/iu;
  /** Places that a county of the United Kingdom stands behind, `Boston Lincolnshire`: those there, or null. */
  const withinShire = async (places, rest) => {
    if (!places.length || !SHIRE.test(rest)) return places;
    const there = search.countriesCalled('uk', (await search.entry()).countries);
    const left = places.map((one) => ({ ...one, labels: one.labels.filter((label) => there.some((country) => label.endsWith(`, ${country}`))) }))
      .filter(({ labels }) => labels.length);
    return left.length ? left : null;
  };

  /** What a name with as many of its words as one has may mean, as a match from `start` to its end. */
  const placeOf = async (text, start, said) => {
    const ends = [...said.matchAll(/(?=,? )|$/g)].map(({ index }) => index).reverse();
    for (const end of new Set(ends)) {
      const name = said.slice(0, end);
      const places = await withinShire(await search.placesCalled(name), said.slice(end));
      if (!places || (places.length && NARROWED.test(said.slice(end)))) return null;
      if (places.length) return { name, places, match: Object.assign([text.slice(start, text.indexOf(said, start) + end)], { index: start, input: text }) };
    }
    return null;
  };

  /** Whether a name in small letters is no word that a town shares its name with. */
  const isName = (said, before, rest) => {
    const [first] = said.split(/[ ,]/);
    if (/^\p{Lu}/u.test(first)) return true;
    if (!/^\p{Ll}/u.test(first)) return false;
    if (CLOSE.test(before) && !rest) return true;
    return (first.length >= SHORTEST_TOWN || first === 'uk') && !WORDS_TOO.has(first);
  };
  const SHORTEST_TOWN = 3;

  /** `in leeds`, `near Newcastle upon Tyne`: capitals first, then the last that is a place. */
  const behindWord = async (text) => {
    const matches = of(BEFORE).flatMap((one) => [...text.matchAll(one)]).filter(({ index }) => !negated(text, index));
    const isCapital = ({ groups }) => /^\p{Lu}/u.test(groups.place);
    const isFrom = ({ 0: word }) => /^from /iu.test(word); // `from India living in London`
    const capitals = matches.filter(isCapital).sort((one, other) => isFrom(one) - isFrom(other));
    for (const { 0: word, index, groups } of [...capitals, ...matches.filter((match) => !isCapital(match)).reverse()]) {
      const rest = text.slice(index + word.length + groups.place.length);
      const found = isName(groups.place, word, rest) ? await placeOf(text, index, groups.place) : null;
      if (found) return found;
    }
    return null;
  };

  const MOST_WORDS = 4;
  const wordsIn = (text) => [...text.matchAll(/[^\s,;]+/g)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));

  /** Of a text the places of its words from the longest on, each [from, to]. */
  const spans = (words, most) => {
    const found = [];
    for (let length = Math.min(most, words.length); length > 0; length -= 1) {
      for (let from = 0; from + length <= words.length; from += 1) found.push([from, from + length]);
    }
    return found;
  };

  const BESIDE = 3; // words of a town
  /** A name beside the country or state it is in, in whatever order: `uk birmingham`, `Boston, MA`. */
  const besideArea = async (text) => {
    const words = wordsIn(text);
    const { countries } = await search.entry();
    const said = (from, to) => text.slice(words[from].start, words[to - 1].end);
    const isArea = (name) => search.isKnownState(name) || search.countriesCalled(search.lettersOf(name), countries).length > 0;
    for (const [from, to] of spans(words, MOST_WORDS).filter((span) => isArea(said(...span)))) {
      const ways = [[...Array(BESIDE).keys()].map((n) => [from - BESIDE + n, to]).filter(([at]) => at >= 0),
        [...Array(BESIDE).keys()].map((n) => [from, to + BESIDE - n]).filter(([, end]) => end <= words.length)];
      for (const [n, spansOf] of ways.entries()) {
        if (!spansOf.length || await search.isNoPlace(words[n ? to : from - 1].word)) continue;
        for (const span of spansOf) {
          const places = (await search.placesCalled(said(...span))).filter(({ missing, isTown }) => !missing || isTown);
          if (places.length) return { name: said(...span), places, match: Object.assign([said(...span)], { index: words[span[0]].start, input: text }) };
        }
      }
    }
    return null;
  };

  // `IL` is interleukin, `us` we; Georgia a state too, Virginia a name: these need an `in`.
  const NEEDS_IN = /^(?:[a-z]{2}|aus|rsa|prc|ksa|georgia|america|act|vic|qld|tas|nsw|victoria|virginia|washington)$/;
  const WITHOUT_IN = /^(?:[Uu]\.?[Kk]\.?|U\.?S\.?)$/;
  // Not `Brazil nut`, `China Medical University`, `Chad Smith`; nor `New Mexico`; nor what is denied before, `not in Spain or Italy`.
  const NO_PLACE_BEFORE = /^(?:\p{Lu}|\p{N}|nut|pig|worm|balsam|flu\b|virus|fever|guided|medic|univers|hospital|city|encephalitis)/u;
  const NO_PLACE_AFTER = /(?:^|[^\p{L}])(?:new(?: south)?[ -]|or (?:the )?)$|-$/iu;
  const FOOD_OR_NAME = /^(?:turkey|chile|guinea|jordan|chad|jersey)$/; // countries with an `in`, or last and in capitals
  const IS_LAST_NAME = /^\p{Lu}/u;
  const ANOTHER = /(?:^|[^\p{L}])(?:(?:north|south|east|west|equatorial)[ -]\p{L}+|northern cyprus|democratic republic of (?:the )?congo)$/iu; // `North Korea`
  const NARROWED = /^(?:,? (?:(?:du |del |de la )?(?:nord|norte|north)|democratic|democrática|bissau|ecuatorial))(?!\p{L})/iu; // `Corea del Norte`

  /** Whether a name is no country where it stands: `turkey egg`, `Michael Jordan`, `North Korea`. */
  const isOther = (text, name, letters, [index, end]) => {
    const before = text.slice(0, index);
    const isFood = FOOD_OR_NAME.test(letters) && !(before && IS_LAST_NAME.test(name) && !/(?:^|\s)\p{Lu}\p{Ll}+\s$/u.test(before));
    const isPart = ANOTHER.test(text.slice(0, end));
    return isFood || isPart || NARROWED.test(text.slice(end));
  };

  /** A country or a state that is all of the text or, without `in`, stands at its end or beginning. */
  const areaAtAnEnd = async (text) => {
    const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
    const { countries } = await search.entry();
    const read = async (first, last) => {
      const [index, end] = [words[first].start, words[last].end];
      const name = text.slice(index, end);
      const letters = search.lettersOf(name);
      if (!letters || (NEEDS_IN.test(letters) && !WITHOUT_IN.test(name))) return null;
      const isArea = search.countriesCalled(letters, countries).length || search.isKnownState(name);
      if (!isArea || isOther(text, name, letters, [index, end]) || negated(text, index, end) || NO_PLACE_AFTER.test(text.slice(0, index))) return null;
      const places = (await search.placesCalled(name)).filter((one) => one.name !== 'city');
      return places.length ? { name, places, match: Object.assign([name], { index, input: text }) } : null;
    };
    for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
      const rest = words.length - length;
      const found = await read(rest, words.length - 1)
        || (rest && !NO_PLACE_BEFORE.test(text.slice(words[length].start)) ? await read(0, length - 1) : null);
      if (found) return found;
    }
    return null;
  };

  /** `Georgia, USA` is no country, where no record here names its state. */
  const isState = ({ places: [{ name, labels }], match: { 0: said, index, input } }) => name === 'country' && labels[0] === 'Georgia'
    && /^,? (?:(?:in )?the )?(?:USA?|U\.S\.(?:A\.)?|United States|America)(?![\p{L}])/iu.test(input.slice(index + said.length));

  /** A match with the likeliest of what its name may mean as filters, and the other `choices`. */
  const chosen = async (found) => {
    const [{ name, labels, missing }, ...choices] = await search.likeliestPlaces(found.places);
    return { match: found.match, called: found.name, filters: { [name]: labels }, missing, choices };
  };

  const placeAt = async (text, start, said) => {
    const found = await placeOf(text, start, said);
    return found && !isState(found) ? chosen(found) : null;
  };

  const isDenied = (text, { 0: said, index }) => negated(text, index, index + said.length);

  /** The place of a text: { match, filters, what it is `called` there, other `choices`, what is `missing`
      in it }, or what it is `near` to, or null. */
  search.placeIn = async (text) => {
    const behind = await behindWord(text);
    const beside = behind && !isState(behind) ? behind : await besideArea(text);
    if (beside && isDenied(text, beside.match)) return null; // `not in Paris, France` is in no France either
    const place = beside && await chosen(beside);
    const near = !place || place.missing ? await search.nearIn(text) : null;
    if (near) return near;
    if (place) return search.wholePlace(text, place, placeAt);
    const area = await areaAtAnEnd(text);
    return area ? chosen(area) : null;
  };

  /** The places that words behind a minus are the name of (`Leeds`, `Kiel-Germany`), as `labels` of
      a group (`name`), or null. */
  search.placeCalled = async (said) => {
    const letters = search.lettersOf(said);
    const { countries } = await search.entry();
    const country = search.countriesCalled(letters, countries);
    if (country.length) return { name: 'country', labels: country };
    if (!letters || WORDS_TOO.has(said) || await search.isNoPlace(said)) return null;
    const [place] = await search.likeliestPlaces((await search.placesCalled(said.replaceAll('-', ' '))).filter(({ missing }) => !missing));
    const whole = (await search.labelsOf('city')).filter((label) => search.lettersOf(label) === letters);
    return place ?? (whole.length ? { name: 'city', labels: whole } : null);
  };
})();

/* Search: how a word sounds, roughly and in English: `exema` as eczema, `newmonia` as pneumonia,
   `siriasis` nearly as psoriasis. Only compared with others of its kind, never shown. */
(() => {
  'use strict';

  const SOUNDS = [
    [/^p(?=[nst])|^[gk](?=n)|^w(?=r)/, ''], // pneumonia, psoriasis, knee
    [/^x/, 's'],
    [/ph/g, 'f'],
    [/r?rh/g, 'r'], // diarrhea, rheumatoid
    [/sch|sk|sc(?![eiy])/g, 'sk'],
    [/cz|xc(?=[eiy])|xz?|cc(?=[eiy])/g, 'ks'], // eczema
    [/s?th?(?=m)/g, 's'], // asthma
    [/sh|sc|tz|z|c(?=[eiy])/g, 's'],
    [/ch|ck|qu?|c/g, 'k'],
    [/g(?=m\b|n\b)|gh/g, ''], // phlegm
    [/([bdgklmnrst])h/g, '$1'],
    [/h(?![aeiouy])/g, ''],
    [/[eo][uw]|oo|ou/g, 'u'], // neuropathy
    [/ae|oe|ee|ea|ei|ie|ey/g, 'e'],
    [/y/g, 'i'],
    [/(.)\1/g, '$1'],
    [/(?<=..)e$/, ''],
  ];

  window.trialpagesSearch.soundOf = (word) => SOUNDS.reduce((sound, [pattern, instead]) => sound.replace(pattern, instead), word);
})();

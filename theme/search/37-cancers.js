/* Search: the cancer of an organ, as people say it. `Cancer of the ovaries`, `tumour ovary`, `ovary
   carcinoma` and `ovariancancer` are `ovarian cancer`. And an organ elsewhere: who asks of a liver
   means what is hepatic, too. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  const CANCERS = new Set('cancer tumor neoplasm carcinoma malignancy'.split(' '));
  const ORGANS = `bladder, bone, bowel, brain, breast mammary, cervix cervical, colon colonic, endometrium endometrial
    esophagus esophageal gullet, kidney renal, larynx laryngeal, liver hepatic, lung pulmonary, mouth oral, ovary ovarian
    pancreas pancreatic, prostate prostatic, rectum rectal, skin, stomach gastric, testicle testicular testis, throat
    thyroid, womb uterine uterus`.split(/[,\n]/).map((forms) => forms.trim().split(' '));
  /** As trialpages/search/organs.py has it. */
  const FORMS = `heart cardiac, lung pulmonary, liver hepatic, kidney renal, stomach gastric, pancreas pancreatic
    bowel intestinal intestine, colon colonic, esophagus esophageal, ovary ovarian, prostate prostatic, uterus uterine womb
    testis testicular testicle, breast mammary, skin cutaneous, eye ocular, nose nasal, larynx laryngeal
    rectum rectal`.split(/[,\n]/).map((forms) => forms.trim().split(' '));
  const BETWEEN = new Set('of in the my your his her'.split(' '));

  const TOGETHER = /^(.+)(cancer|tumor|carcinoma)$/;

  /** The words of one that is an organ and its cancer, `lungcancer`. */
  const apart = (word, singular) => {
    const [, organ, cancer] = TOGETHER.exec(word) || [];
    return ORGANS.flat().some((form) => singular(form) === organ) ? [organ, cancer] : [word];
  };

  /** The usual names of the cancer that these words, in the singular, are another name of. */
  search.cancersOf = (words, singular) => {
    const [one, other, ...more] = words.filter((word) => !BETWEEN.has(word)).flatMap((word) => apart(word, singular));
    if (more.length || !other) return [];
    const organ = CANCERS.has(one) ? other : one;
    if (!CANCERS.has(organ === one ? other : one)) return [];
    const forms = ORGANS.find((known) => known.some((form) => singular(form) === organ)) || [];
    return forms.map((form) => `${singular(form)} cancer`).filter((name) => name !== words.join(' '));
  };

  /** The other forms of a word of the question that is an organ: trials that speak of its cancer
      may say `pancreatic`. */
  search.otherOrgans = ({ parts: [part, ...others] }, singular) => {
    const isIt = (form) => singular(form) === singular(part);
    const forms = others.length || !part ? [] : FORMS.find((known) => known.some(isIt)) || [];
    return forms.filter((form) => !isIt(form));
  };
})();

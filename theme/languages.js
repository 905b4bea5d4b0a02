/* The site's other languages: the links to this page in each take along what its address says behind ?
   and #; and where the browser is set to another of them than the page's, a line offers it once. Nobody
   is led away, and nothing is sent: that somebody has put the line away is kept in the browser. */
(() => {
  'use strict';

  const links = [...document.querySelectorAll('#languages a')];
  const { root } = document.currentScript.dataset;
  if (!links.length) return;

  for (const link of links) {
    const { href } = link;
    const lead = () => { link.href = href + location.search + location.hash; };
    for (const event of ['pointerdown', 'focus', 'click']) link.addEventListener(event, lead);
  }

  /* ---- the offer ---- */

  const base = new URL(root || './', location.href);
  const key = `trialpages languages ${base.pathname}`;
  const isPutAway = () => {
    try {
      return localStorage.getItem(key) !== null;
    } catch {
      return false;
    }
  };
  const putAway = () => {
    try {
      localStorage.setItem(key, 'put away');
    } catch { /* then it is offered again */ }
  };

  /** How well a language of the site's suits one of the browser's: `zh-CN` is read in `zh-Hans`. */
  const full = (code) => new Intl.Locale(code).maximize();
  const suits = (code, wanted) => {
    const [one, other] = [full(code), full(wanted)];
    return one.language === other.language && one.script === other.script;
  };

  /** The language to be offered: the first of the browser's that the site has, if it isn't this page's. */
  const offered = () => {
    const own = document.documentElement.lang;
    for (const wanted of navigator.languages || []) {
      if (suits(own, wanted)) return null;
      const link = links.find(({ hreflang }) => suits(hreflang, wanted));
      if (link) return link;
    }
    return null;
  };

  const show = (link, [words, close]) => {
    const line = document.createElement('p');
    Object.assign(line, { className: 'language-offer width', lang: link.lang, dir: full(link.lang).textInfo?.direction ?? 'auto' });
    const way = link.cloneNode();
    way.textContent = words;
    way.addEventListener('click', () => { way.href = link.href.split(/[?#]/)[0] + location.search + location.hash; });
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: close });
    button.addEventListener('click', () => {
      putAway();
      line.remove();
    });
    line.append(way, button);
    document.querySelector('.site-header').after(line);
  };

  const link = isPutAway() ? null : offered();
  if (!link) return;
  const words = document.createElement('script');
  window.trialpagesLanguages = (offers) => show(link, offers[link.hreflang]);
  words.src = new URL('languages.js', base).href;
  document.head.append(words);
})();

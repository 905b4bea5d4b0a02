/* Near me on the home page: the field of its search offers places, too. Those of the records are known
   to the search alone, so that nothing is said of a name that no town here has. */
(() => {
  'use strict';

  const form = document.querySelector('.hero-search[data-towns]');
  if (!form) return;
  const leave = () => {
    show([]);
    say();
  };
  const { box, show, say } = window.trialpagesNear.field(form, async () => () => [], (typed) => { if (!typed.trim()) leave(); }, (label) => {
    box.value = label;
    leave();
    box.focus(); // so that it is read out
  });
})();

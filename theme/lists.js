/* Sorts a list of trials that is one page, and filters an index of terms, on the page itself.
   Without it both are whole and in their own order. */
(function () {
  "use strict";

  const language = document.documentElement.lang;
  const forms = new Intl.PluralRules(language);

  function sortCards(select, list) {
    const listed = [...list.children];
    const orders = {
      title: (card) => card.querySelector(".card-title").textContent.trim(),
      updated: (card) => card.dataset.updated,
    };
    select.parentElement.hidden = false;
    select.value = "listed";
    select.addEventListener("change", function () {
      const key = orders[select.value];
      const sorted = [...listed];
      if (select.value === "title") sorted.sort((a, b) => key(a).localeCompare(key(b), language));
      if (select.value === "updated") sorted.sort((a, b) => key(b).localeCompare(key(a)));
      list.append(...sorted);
    });
  }

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function filterTerms(input, status) {
    const terms = [...document.querySelectorAll(".index-list > li")].map((item) => ({
      item,
      name: folded(item.querySelector("a").textContent),
    }));
    const letters = document.querySelectorAll(".letter");

    function show() {
      const words = folded(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { item, name } of terms) {
        item.hidden = !words.every((word) => name.includes(word));
        if (!item.hidden) count += 1;
      }
      for (const letter of letters) letter.hidden = !letter.querySelector("li:not([hidden])");
      const said = count ? status.getAttribute(`data-entries-${forms.select(count)}`) : status.dataset.none;
      status.textContent = words.length ? said.replace("{n}", count.toLocaleString(language, { numberingSystem: "latn" })) : "";
    }

    input.parentElement.hidden = false;
    input.addEventListener("input", show);
    show();
  }

  const select = document.getElementById("sort");
  const cards = document.getElementById("cards");
  if (select && cards) sortCards(select, cards);

  const input = document.getElementById("filter");
  const status = document.getElementById("filter-count");
  if (input && status) filterTerms(input, status);
})();

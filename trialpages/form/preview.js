/* Beside the form: the lines of the file that saving would change, and the trial's texts in the
   order and the style of its page. Everything is shown as text: the page alone sets Markdown. */

import shape from "./shape.js";
import { toFile } from "./trial_file.js";

const { words } = shape;

/* The files as they are saved, by name. */
const saved = new Map();

export const rememberSaved = (values) => saved.set(values.nct_id, fileOf(values));

export function preview({ entry }) {
  const { slug, data } = entry.toJS();
  return window.h("main", { className: "width" }, changes(slug, data), page(data));
}

/* ---- what changes in the file ---- */

/* The file as saving writes it: the program hands fields within fields over by the alphabet. */
const fileOf = (values) => toFile(inOrder(values));

function inOrder(value) {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const place = (name) => shape.names.indexOf(name);
  const names = Object.keys(value).sort((one, other) => place(one) - place(other));
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name])]));
}

function changes(slug, values) {
  const before = saved.get(slug);
  const lines = before === undefined ? null : differing(before.split("\n"), fileOf(values).split("\n"));
  return window.h("section", { className: "notice" },
    window.h("h2", null, words.changes),
    lines === null ? window.h("p", null, words.new_file) : null,
    lines?.length === 0 ? window.h("p", null, words.no_change) : null,
    lines?.length ? window.h("pre", null, ...lines.map(changed)) : null,
    window.h("p", { className: "quiet" }, words.as_written));
}

const changed = ([sign, line], key) =>
  window.h(sign === "+" ? "ins" : "del", { key, style: { display: "block", whiteSpace: "pre-wrap" } }, `${sign} ${line}`);

/* The lines of one that the other lacks, in order: of both what is the same at the beginning and
   the end is left out, and so are the longest runs within. */
export function differing(before, after) {
  const from = same(before, after);
  const to = same(before.slice(from).reverse(), after.slice(from).reverse());
  const [old, young] = [before, after].map((lines) => lines.slice(from, lines.length - to));
  return old.length * young.length > MOST ? apart(old, young) : common(old, young);
}

const MOST = 1_000_000;

const same = (one, other) => {
  const at = one.findIndex((line, i) => line !== other[i]);
  return at < 0 ? Math.min(one.length, other.length) : at;
};

const apart = (old, young) => [...old.map((line) => ["-", line]), ...young.map((line) => ["+", line])];

function common(old, young) {
  const length = old.map(() => new Uint32Array(young.length + 1)).concat([new Uint32Array(young.length + 1)]);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      length[i][j] = old[i] === young[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) [i, j] = [i + 1, j + 1];
    else if (j === young.length || (i < old.length && length[i + 1][j] >= length[i][j + 1])) found.push(["-", old[i++]]);
    else found.push(["+", young[j++]]);
  }
  return found;
}

/* ---- the trial ---- */

function page(values) {
  return window.h("article", { style: { marginBlock: "2rem" } },
    window.h("header", { className: "trial-header" },
      window.h("h1", null, values.brief_title ?? ""),
      window.h("p", { className: "trial-ids" }, window.h("span", { className: "trial-id" }, values.nct_id ?? ""))),
    window.h("dl", { className: "facts" }, ...shape.facts.flatMap(([name, label, path]) => fact(label, path.reduce((value, one) => value?.[one], values), name))),
    ...sectionsOf(values.body ?? ""));
}

function fact(label, value, key) {
  const said = [value].flat().filter((one) => typeof one === "string" && one !== "").map((one) => shape.values[key]?.[one] ?? one);
  return said.length ? [window.h("dt", { key: `${key}-name` }, label), window.h("dd", { key }, said.join("; "))] : [];
}

/* Each heading with the text below it, as it is written. */
function sectionsOf(body) {
  return body.split(/^(?=## )/m).filter((part) => part.trim()).map((part, key) => {
    const [, heading, text] = /^(?:## +(.*)\n?)?([\s\S]*)$/.exec(part);
    return window.h("section", { key },
      heading ? window.h("h2", null, shape.sections[heading.trim()] ?? heading) : null,
      window.h("div", { style: { whiteSpace: "pre-wrap" } }, text.trim()));
  });
}

/* A trial's file for the web form, and the form's values as a file again.

   As in the build, every value is a text: `012`, `NO` and `51.50` come back as they were. The form
   gets one shape of what may be written in two (`start_date: 2024-07` and `start_date: {date: …}`),
   and never sees what only importers write: that is carried along as one text. */

import {
  CORE_SCHEMA,
  DEFAULT_SCALAR_STYLE_RULES,
  dump,
  FAILSAFE_SCHEMA,
  load,
  SCALAR_STYLE,
} from "./js-yaml/js-yaml.js";
import shape from "./shape.js";

/* Where the form's values carry what it doesn't show. No field of a trial has this name. */
const CARRIED = "_carried";

const FILE = /^---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n([\s\S]*))?$/m;

export function fromFile(text) {
  const found = FILE.exec(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  if (!found || found.index !== 0) throw new Error("the file doesn't begin with front matter");
  const fields = load(found[1], { schema: FAILSAFE_SCHEMA }) || {};
  if (typeof fields !== "object" || Array.isArray(fields)) throw new Error("the front matter has no fields");
  refuseAliases(fields);
  const carried = { order: Object.keys(fields), fields: Object.create(null) };
  const values = {};
  for (const [name, value] of Object.entries(fields)) {
    if (shape.kept.includes(name) || !shape.order.includes(name)) carried.fields[name] = value;
    else values[name] = longForm(name, value);
  }
  return { ...values, [CARRIED]: JSON.stringify(carried), body: (found[2] ?? "").replace(/^\n/, "") };
}

/* As the build does: a few lines of aliases within aliases are more than any browser can hold. */
function refuseAliases(value, seen = new Set()) {
  if (typeof value !== "object" || value === null) return;
  if (seen.has(value)) throw new Error("the file has a YAML alias, which isn't used here");
  seen.add(value);
  for (const inner of Object.values(value)) refuseAliases(inner, seen);
}

export function toFile(values) {
  const { body = "", [CARRIED]: text, ...shown } = values;
  const carried = text ? JSON.parse(text) : { order: [], fields: {} };
  const fields = { ...carried.fields };
  for (const [name, value] of Object.entries(shown)) {
    const said = withoutSilence(value);
    if (said !== undefined) fields[name] = shortForm(name, said);
  }
  const names = inOrder(Object.keys(fields), carried.order);
  const tree = Object.fromEntries(names.map((name) => [name, plain(name, fields[name])]));
  const prose = body.replace(/\s+$/, "");
  return `---\n${dump(tree, STYLE)}---\n${prose ? `\n${prose}\n` : ""}`;
}

/* Quotes where the build has them, so that a change shows as the lines that changed. */
const STYLE = {
  schema: CORE_SCHEMA,
  lineWidth: -1,
  noRefs: true,
  quoteStyle: "double",
  scalarStyleRules: [...Object.values(DEFAULT_SCALAR_STYLE_RULES), asTheBuildDoes],
};

const READ_AS_ANOTHER_THING = new RegExp(
  [
    "[yn]|yes|no|on|off|true|false|null|[=<~].*",
    "[-+]?[\\d._][\\d_]*(\\.[\\d_]*)?(e[-+]?\\d+)?|[-+]?\\.(inf|nan)",
    "0[xob][\\da-f_]+|[-+]?\\d+(:[0-5]?\\d)+(\\.\\d*)?",
  ].map((one) => `^(${one})$`).join("|"),
  "i",
);

function asTheBuildDoes(layout) {
  const { value, tag } = layout.node;
  if (tag !== CORE_SCHEMA.defaultScalarTag.tagName) return;
  if (layout.style === SCALAR_STYLE.PLAIN && READ_AS_ANOTHER_THING.test(value)) {
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  } else if (layout.style === SCALAR_STYLE.DOUBLE_QUOTED && /^(?=.*["\\])[ -~\u00a1-\u1fff]*$/.test(value)) {
    layout.style = SCALAR_STYLE.SINGLE_QUOTED;
  }
}

function longForm(name, value) {
  if (name === shape.labelled) return labelled(value);
  const inner = shape.shorthand[name];
  return inner && typeof value === "string" && value ? { [inner]: value } : value;
}

/* Labels, each with a text or several, as a list: the form has no fields whose names are free. */
function labelled(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([label, said]) => ({ label, texts: [said].flat() }));
}

function byLabel(entries) {
  const found = new Map();
  for (const { label, texts = [] } of entries) found.set(label, [...(found.get(label) ?? []), ...texts]);
  return Object.fromEntries([...found].map(([label, said]) => [label, said.length > 1 ? said : said[0]]));
}

function shortForm(name, value) {
  if (name === shape.labelled) return byLabel(value);
  const inner = shape.shorthand[name];
  const alone = inner && Object.keys(value).length === 1 && inner in value;
  return alone ? value[inner] : value;
}

/* A field without a value says nothing, and neither does a part or a list of such. */
function withoutSilence(value) {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map(withoutSilence).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, withoutSilence(inner)])
    .filter(([, inner]) => inner !== undefined);
  return entries.length ? Object.fromEntries(entries) : undefined;
}

/* The names in the file's own order; a new one behind those that the model has before it. */
function inOrder(names, before) {
  const ordered = before.filter((name) => names.includes(name));
  for (const name of shape.order.filter((one) => names.includes(one) && !ordered.includes(one))) {
    const earlier = shape.order.slice(0, shape.order.indexOf(name));
    ordered.splice(ordered.findLastIndex((one) => earlier.includes(one)) + 1, 0, name);
  }
  return ordered;
}

/* Numbers and yes or no without quotes, where no digit is lost by it. */
function plain(name, value) {
  if (Array.isArray(value)) return value.map((item) => plain(name, item));
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(key, inner)]));
  }
  if (shape.plain.boolean.includes(name) && /^(true|false)$/.test(value)) return value === "true";
  if (shape.plain.number.includes(name) && String(Number(value)) === value) return Number(value);
  return value;
}

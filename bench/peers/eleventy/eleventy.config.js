// The same pages as trialpages' bare theme makes, and nothing beyond them.
import yaml from "js-yaml";
import markdownIt from "markdown-it";

const PER_PAGE = 50;
const commonMark = markdownIt("commonmark", { html: false });
const KINDS = { conditions: "conditions", phases: "phases", statuses: "overall_status", countries: "countries" };

const slug = (name) =>
  name.toLowerCase().normalize("NFKD").replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-+|-+$/g, "") || "other";

/** The terms of a kind, each with its trials; spellings with one slug are one term. */
function terms(trials, field) {
  const found = new Map();
  for (const trial of trials) {
    for (const name of [trial.data[field] ?? []].flat()) {
      const key = slug(name);
      if (!found.has(key)) found.set(key, { name, slug: key, trials: new Set() });
      found.get(key).trials.add(trial);
    }
  }
  return [...found.values()].map((term) => ({ ...term, trials: [...term.trials] }));
}

/** The pages of a list: `stem.html`, `stem.2.html`, … */
function listPages(title, stem, trials) {
  const pages = Math.max(1, Math.ceil(trials.length / PER_PAGE));
  const file = (number) => (number === 1 ? `${stem}.html` : `${stem}.${number}.html`);
  return Array.from({ length: pages }, (_, at) => ({
    title,
    pages,
    number: at + 1,
    total: trials.length,
    trials: trials.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
    path: file(at + 1),
    previous: at > 0 ? `/${file(at)}` : "",
    next: at + 1 < pages ? `/${file(at + 2)}` : "",
  }));
}

export default function (config) {
  config.setLibrary("md", commonMark);
  config.setNunjucksEnvironmentOptions({ trimBlocks: true, lstripBlocks: true });
  // Dates stay the text they are in the file.
  const readYaml = (text) => yaml.load(text, { schema: yaml.CORE_SCHEMA });
  config.setFrontMatterParsingOptions({ engines: { yaml: readYaml } });
  config.addFilter("prose", (text) => commonMark.render(String(text)));
  config.addPassthroughCopy({ "src/site.css": "site.css" });

  const all = (api) => api.getFilteredByTag("trials");
  const once = new WeakMap(); // by collection, because several collections ask for the same terms
  const byKind = (api) => {
    const trials = all(api);
    const key = trials[0]?.data ?? {};
    if (!once.has(key)) {
      const kinds = Object.entries(KINDS).map(([kind, field]) => ({ kind, terms: terms(trials, field) }));
      once.set(key, kinds);
    }
    return once.get(key);
  };
  config.addCollection("trialPages", (api) => listPages("Trials", "trials/index", all(api)));
  config.addCollection("kinds", byKind);
  config.addCollection("termPages", (api) =>
    byKind(api).flatMap(({ kind, terms }) =>
      terms.flatMap((term) => listPages(term.name, `${kind}/${term.slug}`, term.trials)),
    ),
  );
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
}

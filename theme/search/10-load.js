/* Search, the first of the scripts of this folder, which are published as one: how files are read.
   Classic scripts all, so that they load over file:// too; they share window.trialpagesSearch.

   One door for every file of the index. The entry, pagefind/index.js, has the one name that stays;
   all else lies in a folder named by its build, and says which build it is of. Whatever is missing,
   refused, cut, late or of another build is asked for again; then the entry is, for the site may
   have been published anew under an open page; and then the door says that it failed. It never
   hands over less than the whole file. */
window.trialpagesSearch = (() => {
  'use strict';

  const page = document.getElementById('search');
  const root = new URL(page?.dataset.root || './', location.href);
  const home = new URL('pagefind/', page?.dataset.shared ? new URL(page.dataset.shared, location.href) : root);
  const fromFolder = location.protocol === 'file:';

  const LAYOUT = 9; // of the files; trialpages/search/site_index.py has the same number
  const PAUSES = [250, 1000]; // milliseconds before a file is asked for again
  const LONGEST_WAIT = 20000;

  /** A file of the index can't be had. */
  class Unreadable extends Error {}
  /** The site was published anew: what was read before is of another build. */
  class Renewed extends Error {}

  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  const within = (time, promise, name) => Promise.race([promise, pause(time).then(() => {
    throw new Unreadable(`${name} is late`);
  })]);

  /** The part of a policy, a server's or a proxy's, that keeps the page from its own files. */
  let refusedBy = null;
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (blockedURI.startsWith(home.href)) refusedBy = effectiveDirective;
  });

  /* ---- scripts and files, asked for once ---- */

  const loadScript = (address) => within(LONGEST_WAIT, new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => { script.remove(); reject(new Unreadable(`${address} can't be read`)); };
    document.head.append(script);
  }), address);

  const tablesHandedOver = new Map();
  window.trialpagesTable = (name, base64) => tablesHandedOver.set(name, base64);
  const filesHandedOver = new Map();
  window.trialpagesIndexFile = (base64) =>
    filesHandedOver.set(document.currentScript.src.split('?')[0], base64);

  const taken = (handedOver, key) => {
    const base64 = handedOver.get(key);
    handedOver.delete(key);
    if (base64 === undefined) throw new Unreadable(`${key} is cut`);
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  };

  const unpacked = async (bytes, form = 'gzip') => {
    const stream = new Blob(bytes).stream().pipeThrough(new DecompressionStream(form));
    return new Uint8Array(await new Response(stream).arrayBuffer()); // fails where it is cut
  };

  const again = (address, attempt) => {
    const fresh = new URL(address);
    if (attempt) fresh.searchParams.set('again', Date.now());
    return fresh.href;
  };

  const fileFromScript = async (name, attempt) => {
    const address = new URL(`offline/${name}.js`, home).href;
    await loadScript(again(address, attempt));
    return taken(filesHandedOver, address);
  };

  const fileOverHttp = async (name, attempt) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST_WAIT);
    try {
      const cache = attempt ? 'reload' : 'default';
      const response = await fetch(again(new URL(name, home), attempt), { cache, signal: stop.signal });
      if (!response.ok) throw new Unreadable(`${name}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } finally {
      clearTimeout(timer);
    }
  };

  /** From a bundle that a server serves, the copy for disks: it holds no other. */
  let copies = fromFolder;
  const fileBytes = async (name, attempt) => {
    if (copies) return fileFromScript(name, attempt);
    try {
      return await fileOverHttp(name, attempt);
    } catch (error) {
      if (attempt < PAUSES.length) throw error;
      const bytes = await fileFromScript(name, attempt);
      copies = true;
      return bytes;
    }
  };

  /* ---- tables (trialpages/search/columns.py writes them) ---- */

  const NUMBERS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

  /** Reads one piece after the other off the bytes. */
  const reader = (bytes) => {
    let position = 0;
    const take = (length) => {
      if (position + length > bytes.length) throw new Unreadable('a file is shorter than it says');
      return bytes.slice(position, position += length);
    };
    return {
      take,
      text: (length) => new TextDecoder().decode(take(length)),
      numbers: (count, width) => new NUMBERS[width](take(count * width).buffer),
    };
  };

  /** A column with what the page asks of it: `labels`, `codesOf(row)`; `numberOf(row)`; `lines`. */
  const READERS = {
    labels: (shape, rows, read) => {
      const codes = read.numbers(rows, shape.width);
      return { labels: shape.labels, codesOf: (row) => (codes[row] ? [codes[row]] : []) };
    },
    lists: (shape, rows, read) => {
      const ends = new Uint32Array(rows);
      let end = 0;
      read.numbers(rows, shape.countWidth).forEach((count, row) => { ends[row] = end += count; });
      const codes = read.numbers(end, shape.width);
      return {
        labels: shape.labels,
        within: shape.within || [],
        codesOf: (row) => codes.subarray(row ? ends[row - 1] : 0, ends[row]),
      };
    },
    numbers: (shape, rows, read) => {
      const stored = read.numbers(rows, shape.width);
      const numberOf = shape.values
        ? (row) => (stored[row] ? shape.values[stored[row] - 1] : null)
        : (row) => (stored[row] ? stored[row] - 1 : null);
      return { numberOf };
    },
    texts: (shape, rows, read) => ({ lines: rows ? read.text(shape.bytes).split('\n') : [] }),
    raw: (shape, rows, read) => read.take(shape.bytes),
  };

  /** A line of JSON, and what follows it. */
  const headed = (bytes) => {
    const end = bytes.indexOf(10);
    return [JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))), bytes.subarray(end + 1)];
  };

  const asTable = (bytes) => {
    const [{ columns, ...head }, content] = headed(bytes);
    const read = reader(content);
    const readColumn = (shape) => [shape.name, READERS[shape.kind](shape, head.rows, read)];
    return { ...head, columns: Object.fromEntries(columns.map(readColumn)) };
  };

  const tableAt = async (address, name, attempt) => {
    await loadScript(again(address, attempt));
    return asTable(await unpacked([taken(tablesHandedOver, name)]));
  };

  /* ---- asked for again, and of which build ---- */

  const entryOnce = async (attempt) => {
    const entry = await tableAt(new URL('index.js', home), 'index', attempt);
    if (entry.layout !== LAYOUT) {
      throw Object.assign(new Renewed('the site was made by another program'), { otherProgram: true });
    }
    return entry;
  };

  const trying = async (once, attempts) => {
    for (let attempt = attempts; ; attempt += 1) {
      try {
        return await once(attempt);
      } catch (error) {
        if (attempt >= PAUSES.length || error instanceof Renewed) throw error;
        await pause(PAUSES[attempt]);
      }
    }
  };

  /* ---- the words of this page's language, where the index has those of the site's first ---- */

  let words = {};

  /** They are read with the entry (trialpages/search/other_languages.py). */
  const withWords = async (entry) => {
    const name = page?.dataset.said;
    if (!name) return entry;
    const { build, said } = await trying((attempt) => tableAt(new URL(`${entry.build}/${name}.js`, home), name, attempt), 0);
    refuseOther(build, entry.build);
    words = said;
    for (const [label, word] of Object.entries(said.country || {})) entry.countries[label]?.push(word);
    return entry;
  };

  const PLACES_IN = ['city', 'state', 'town']; // a country
  /** A label or a fact of the index as this page says it: of a town its country. */
  const said = (group, label) => {
    if (!PLACES_IN.includes(group)) return words[group]?.[label] ?? label;
    const country = Object.keys(words.country || {}).find((one) => label.endsWith(`, ${one}`));
    return country ? label.slice(0, -country.length) + words.country[country] : label;
  };

  /** Conditions are the record's own; how many more there are isn't. */
  const conditionsSaid = (conditions) => {
    const more = Object.keys(words.conditions || {}).find((one) => conditions.endsWith(one));
    return more ? conditions.slice(0, -more.length) + words.conditions[more] : conditions;
  };

  let opened = null; // the promise of { entry, files } of the build that the page knows
  let attempts = 0; // 1 once the entry was of a build that is gone: caches keep that one for a while

  const open = () => {
    opened ??= trying(entryOnce, attempts).then(withWords).then((entry) => ({ entry, files: new Map() })).catch((error) => {
      opened = null;
      if (page?.dataset.said) attempts = 1; // the words may be gone, and the entry an old one
      throw error;
    });
    return opened;
  };

  /** Forget all that was read: the next question begins at the entry, as it is at the site. */
  const renew = () => {
    opened = null;
    attempts = 1;
  };

  /** After a file couldn't be had: whether the site has another build now. */
  const refuseRenewed = async (build) => {
    const entry = await entryOnce(1).catch(() => null);
    if (entry && entry.build !== build) throw new Renewed(`${build} gave way to ${entry.build}`);
  };

  /** What `once` reads of the build the page knows, kept under a name. */
  const kept = async (name, once) => {
    const { entry, files } = await open();
    if (!files.has(name)) {
      const reading = trying(async (attempt) => {
        if (attempt === 1) await refuseRenewed(entry.build);
        return once(entry.build, attempt, entry);
      }, 0);
      files.set(name, reading.catch((error) => {
        files.delete(name);
        throw error;
      }));
    }
    return files.get(name);
  };

  /** Files say their build; those of words and texts, which are many, their name in it, too. */
  const refuseOther = (found, asked) => {
    if (found !== asked) throw new Unreadable(`a file is of ${found}, not of ${asked}`);
  };

  /** The table of this name, read once. After a failure the next call tries again. */
  const table = (name) => kept(`table ${name}`, async (build, attempt) => {
    const found = await tableAt(new URL(`${build}/${name}.js`, home), name, attempt);
    refuseOther(found.build, build);
    return found;
  });

  /** A file of the build, read once: what its first line says, and the bytes behind it. */
  const file = (name) => kept(name, async (build, attempt) => {
    const [head, content] = headed(await unpacked([await fileBytes(`${build}/${name}`, attempt)]));
    refuseOther(head.of, `${build}/${name}`);
    return { ...head, content };
  });

  const BEFORE_COMMON = 7; // bytes of a stream before what its texts have in common

  /** A file of texts, which goes on where what they have in common ends, which the entry has
      (trialpages/search/packing.py). */
  const textFile = (number) => kept(`texts/${number}`, async (build, attempt, { columns: { common } }) => {
    const own = await fileBytes(`${build}/texts/${number}`, attempt);
    const whole = await unpacked([common, own], 'deflate');
    const [head, content] = headed(whole.subarray(common.length - BEFORE_COMMON));
    refuseOther(head.of, `${build}/texts/${number}`);
    return { content };
  });

  /** A script of Pagefind's, run once, which leaves something behind that `left` gives. */
  const program = (name, left) => kept(name, async (build, attempt) => {
    await loadScript(again(new URL(name, home).href, attempt));
    if (!left()) throw new Unreadable(`${name} is cut`);
    return left();
  });

  /** A file of Pagefind's, whose sum is known (CRC-32). */
  const summedFile = (name, sum) => kept(name, async (build, attempt) => {
    const bytes = await fileBytes(name, attempt);
    if (crc32(bytes) !== sum) throw new Unreadable(`${name} isn't what it was made as`);
    return bytes;
  });

  const crc32 = (bytes) => {
    let sum = -1;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xEDB88320 : 0);
    }
    return (sum ^ -1) >>> 0;
  };

  const folded = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  return {
    page,
    root,
    home,
    open,
    renew,
    Renewed,
    Unreadable,
    table,
    file,
    textFile,
    summedFile,
    program,
    refusedBy: () => refusedBy,
    said,
    conditionsSaid,
    folded,
    entry: async () => (await open()).entry,
    /** Letters and digits alone: `AK104-303` and `ak104 303` are the same id. */
    lettersOf: (word) => folded(word).replace(/[^\p{L}\p{N}]/gu, ''),
  };
})();

/* Search, 1 of 6: the tables beside the index (trialpages/search/columns.py writes them).
   Classic scripts all, so that they load over file:// too; they share window.trialpagesSearch. */
window.trialpagesSearch = (() => {
  'use strict';

  const page = document.getElementById('search');
  const root = new URL(page?.dataset.root || './', location.href);

  const loadScript = (address) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => { script.remove(); reject(new Error(`${address} can't be read`)); };
    document.head.append(script);
  });

  const handedOver = new Map();
  window.trialpagesTable = (name, base64) => handedOver.set(name, base64);

  const unpacked = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  const NUMBERS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

  /** Reads one piece after the other off the bytes. */
  const reader = (bytes) => {
    let position = 0;
    const take = (length) => bytes.slice(position, position += length);
    return {
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
  };

  const asTable = (bytes) => {
    const end = bytes.indexOf(10);
    const { columns, ...head } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    const read = reader(bytes.subarray(end + 1));
    const readColumn = (shape) => [shape.name, READERS[shape.kind](shape, head.rows, read)];
    return { ...head, columns: Object.fromEntries(columns.map(readColumn)) };
  };

  const fetchTable = async (name) => {
    await loadScript(new URL(`pagefind/${name}.js`, root).href);
    return asTable(await unpacked(handedOver.get(name)));
  };

  const tables = new Map();

  /** The table of this name, read once. After a failure the next call tries again. */
  const table = (name) => {
    if (!tables.has(name)) {
      tables.set(name, fetchTable(name).catch((error) => {
        tables.delete(name);
        throw error;
      }));
    }
    return tables.get(name);
  };

  /** A value in CBOR, of the kinds that Pagefind's metadata has: whole numbers, texts, lists. */
  const fromCbor = (bytes) => {
    let at = 0;
    const value = () => {
      const kind = bytes[at] >> 5;
      let number = bytes[at++] & 31;
      if (number > 23) {
        const end = at + 2 ** (number - 24);
        for (number = 0; at < end; at += 1) number = number * 256 + bytes[at];
      }
      if (kind === 0) return number;
      if (kind === 4) return Array.from({ length: number }, value);
      return new TextDecoder().decode(bytes.subarray(at, at += number));
    };
    return value();
  };

  const folded = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  return {
    page,
    root,
    table,
    loadScript,
    fromCbor,
    folded,
    /** Letters and digits alone: `AK104-303` and `ak104 303` are the same id. */
    lettersOf: (word) => folded(word).replace(/[^\p{L}\p{N}]/gu, ''),
  };
})();

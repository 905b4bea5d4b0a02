/* Near me: the towns of the world with 15,000 people or more (GeoNames, CC BY 4.0), in a file of
   its own that is read when somebody types a place, and one of names in Arabic and Chinese letters
   for who types such. bench/towns.py makes both. */
(() => {
  'use strict';

  const near = window.trialpagesNear;
  const LONGEST_WAIT = 60000;

  let handedOver = null;
  window.trialpagesTowns = (base64) => { handedOver = base64; };

  const scriptOf = (address) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const timer = setTimeout(reject, LONGEST_WAIT, new Error(`${address} is late`));
    script.src = address;
    script.onload = () => { clearTimeout(timer); resolve(); };
    script.onerror = () => { clearTimeout(timer); reject(new Error(`${address} can't be read`)); };
    document.head.append(script);
  });

  const loaded = async (address) => {
    await scriptOf(address);
    const bytes = Uint8Array.from(atob(handedOver), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** The positions along one axis: each is told by how far it is from the one before. */
  const positions = (high, low, step) => {
    let at = 0;
    return Float64Array.from(low, (byte, i) => {
      const told = high[i] << 8 | byte;
      at = (at + (told & 1 ? -((told + 1) >> 1) : told >> 1)) << 16 >> 16;
      return at / step;
    });
  };

  const language = document.documentElement.lang || 'en';
  const countries = new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'code' });

  const regionName = (region) => {
    const [country, state] = region.split('-');
    return [state, countries.of(country)].filter(Boolean).join(', ');
  };

  const read = (bytes) => {
    const end = bytes.indexOf(10);
    const { towns, step, regions } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    const column = (n) => bytes.subarray(end + 1 + n * towns, end + 1 + (n + 1) * towns);
    const lat = positions(column(0), column(1), step);
    const lon = positions(column(2), column(3), step);
    const called = new TextDecoder().decode(bytes.subarray(end + 1 + 5 * towns)).split('\n').map((line) => line.split('|'));
    const within = regions.flatMap(([region, count]) => Array(count).fill(regionName(region)));
    const names = called.map(([own]) => own);
    return { lat, lon, names, within, folded: called.map((all) => all.map(near.folded)), sizes: column(4) };
  };

  /** Of towns that share a name and a country, each with a larger one beside it. */
  const toldApart = (rows, { lat, lon, names, within, folded, sizes }, text) => {
    const labels = rows.map((row) => `${names[row]}, ${within[row]}`);
    return rows.map((row, i) => {
      const here = { lat: lat[row], lon: lon[row], size: sizes[row], names: folded[row] };
      const isShared = labels.some((label, other) => other !== i && label === labels[i]);
      if (!isShared) return { ...here, label: labels[i] };
      let beside = -1;
      let nearest = Infinity;
      for (let other = 0; other < names.length; other += 1) {
        if (sizes[other] < 2 || within[other] !== within[row] || names[other] === names[row]) continue;
        const away = near.distance(here, { lat: lat[other], lon: lon[other] });
        if (away < nearest) [nearest, beside] = [away, other];
      }
      if (beside < 0) return { ...here, label: labels[i] };
      return { ...here, label: `${labels[i]}, ${text.replace('{town}', names[beside])}`, beside: folded[beside][0] };
    });
  };

  const MOST_FOUND = 400;
  const OTHER_LETTERS = /[\u0621-\u064a\u4e00-\u9fff]/;

  /** What `read` makes, once; again after a failure. */
  const once = (read) => {
    let made = null;
    return () => {
      made ??= read().catch((error) => {
        made = null;
        throw error;
      });
      return made;
    };
  };

  /** What finds the towns of which a folded name fits. `towns` and `other` are the addresses of the
      two files; `text` says `near {town}` of those that are told apart so. */
  near.towns = (towns, other, text) => {
    const table = once(async () => read(await loaded(towns)));
    const withOthers = once(async () => {
      const found = await table();
      const more = new TextDecoder().decode(await loaded(other)).split('\n');
      const named = (all, row) => (more[row] ? [...all, ...more[row].split('|').map(near.folded)] : all);
      return { ...found, folded: found.folded.map(named) };
    });
    return async (typed) => {
      const found = await (OTHER_LETTERS.test(typed) ? withOthers() : table());
      return (fits) => {
        const rows = [...found.folded.keys()].filter((row) => found.folded[row].some(fits));
        const largest = rows.length > MOST_FOUND ? rows.sort((one, two) => found.sizes[two] - found.sizes[one]).slice(0, MOST_FOUND) : rows;
        return toldApart(largest, found, text);
      };
    };
  };
})();

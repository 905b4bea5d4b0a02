/* Near me on a trial's page: its places by how far they are, in a table above the others. */
(() => {
  'use strict';

  const near = window.trialpagesNear;

  const rows = () => [...document.querySelectorAll('#locations .sites:not(.near-table) tbody tr')];
  const positionOf = (row) => {
    const [lat, lon] = (row.dataset.at || '').split(',').map(Number);
    return row.dataset.at ? { lat, lon } : null;
  };
  const text = (root, name, values) => root.getAttribute(`data-text-${name}`).replace(/\{(\w+)\}/g, (_, key) => values[key]);

  const headsOf = (row) => [...row.closest('table').tHead.rows[0].cells].map((cell) => cell.textContent);

  /** The row with a cell under each of the heads: not every country's table has all of them. */
  const withDistance = (root, row, heads, km) => {
    const copy = row.cloneNode();
    const own = headsOf(row);
    copy.append(...heads.map((head) => row.cells[own.indexOf(head)]?.cloneNode(true) ?? document.createElement('td')));
    const away = document.createElement('span');
    away.className = 'near-away';
    away.textContent = km < 5 ? text(root, 'close', { n: near.told(5) }) : text(root, 'away', { n: near.told(km) });
    copy.hidden = false;
    // Whom another row names in full this one does too.
    for (const link of copy.querySelectorAll('a[href^="#person-"]')) {
      link.closest('.contact').replaceWith(document.getElementById(link.hash.slice(1)).cloneNode(true));
    }
    for (const one of copy.querySelectorAll('[id]')) one.removeAttribute('id');
    copy.querySelector('th').append(' ', away);
    return copy;
  };

  let table = null;
  const show = async (root, control) => {
    const where = control.read();
    const here = where && await control.resolve(where);
    table?.remove();
    table = null;
    control.say(...where ? await control.doubts(where, here) : []);
    if (!here) return;
    const all = rows();
    const placed = all.filter(positionOf).map((row) => ({ row, km: near.distance(here, positionOf(row)) }));
    const found = placed.filter(({ km }) => km <= where.km).sort((one, other) =>
      ('open' in other.row.dataset) - ('open' in one.row.dataset) || one.km - other.km);
    const widest = all.reduce((best, row) => (headsOf(row).length > headsOf(best).length ? row : best));
    table = widest.closest('table').cloneNode(true);
    table.classList.add('near-table');
    table.tBodies[0].replaceChildren(...found.map(({ row, km }) => withDistance(root, row, headsOf(widest), km)));
    const counts = { n: near.told(found.length), all: near.told(all.length), unplaced: near.told(all.length - placed.length) };
    table.caption.textContent = text(root, 'sorted', counts);
    control.say(...await control.doubts(where, here), ' ', table.caption.textContent);
    root.after(table);
  };

  const ownTowns = () => {
    const known = rows().filter(positionOf).map((row) => ({ ...positionOf(row), label: row.cells[1].textContent.trim(), size: 0 }))
      .map((place) => ({ ...place, names: [near.nameOf(place.label)] }));
    return (fits) => known.filter(({ names }) => names.some(fits));
  };

  /** Makes the field of a trial's page work, and asks for the position where that was clicked. */
  near.list = (root) => {
    const control = near.control(root, async () => ownTowns(), () => show(root, control));
    const asked = document.activeElement;
    if (asked === root.querySelector('.near-here')) asked.click();
    const box = root.querySelector('.near-place');
    if (box.value) box.dispatchEvent(new Event('input')); // typed before this was read
  };
})();

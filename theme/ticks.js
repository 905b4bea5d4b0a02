/* Answers to the criteria on the screen: yes, no, ask, and a note to each. They stand on the paper and
   in what is copied or mailed. Nothing is kept unless the visitor asks for it. trial.js loads this when
   somebody wants it, with its words (templates/ticks.js). */
window.trialpagesTicks = (() => {
  'use strict';

  const { words } = window.trialpagesTicksWords;
  const ANSWERS = ['yes', 'no', 'ask'];
  const SIGNS = { yes: '\u2713', no: '\u2013', ask: '?' }; // those on the paper
  const LONGEST_NOTE = 200;
  const MOST_TITLES = 3; // one right above the other
  const LONGEST_MAIL = 1800; // characters of an address that programs for mail take

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /* ---- lines: those that have a box on the paper (theme/print.css) ---- */

  const ITEMS = '.criteria-text li[id]:not(.for-whom, .remark), .criteria-text li.for-whom > p:not(:first-of-type), .criteria-text > p:not(.lead-in, .remark)';

  /** Each line that may be answered: its key, the element, and the one that bears the box. */
  const linesOf = (section) => [...section.querySelectorAll(ITEMS)].map((item, i) => {
    const [own] = item.id.match(/(?:inc|exc|crit)-[\d_-]+$/) || [];
    const bearer = item.matches('li') && item.querySelector(':scope > p:first-child, :scope > .anchor + p');
    // Its words too, and those above: what was answered is never shown beside others that took its
    // place, nor of the same words asked of other people.
    const key = [own || item.id || `line-${i}`, ...aboveOf(item), textOf(item)].join(' ');
    return { key, item, bearer: bearer || item };
  });

  /** What stands above a line and says whose it is: heading, title of its list, items it is within. */
  const aboveOf = (item) => {
    const found = [];
    for (let one = item; !one.matches('.criteria-text'); one = one.parentElement) {
      if (one !== item && one.matches('li')) found.unshift(textOf(one));
      found.unshift(...titlesOf(one));
    }
    const heading = item.closest('.criteria').querySelector(':scope > h3');
    return heading ? [textOf(heading), ...found] : found;
  };

  /** The titles that a list, or a line, stands behind: a paragraph before a list is one. */
  const titlesOf = (one) => {
    const titles = one.matches('ul, ol') ? 'p, h4, h5, h6' : '.for-whom, .lead-in, h4, h5, h6';
    const found = [];
    for (let before = one.previousElementSibling; before && found.length < MOST_TITLES; before = before.previousElementSibling) {
      if (before.matches(titles)) found.unshift(textOf(before));
      else if (found.length) break;
    }
    return found;
  };

  /** What a group of criteria says, in its order: whose lines they are, and what a tick means, too. A
      paragraph of an item is told with the item. */
  const textsIn = (group) => [...group.querySelectorAll('h3, h4, h5, h6, p, li')].filter((one) => {
    if (one.closest('.tick, .tick-said, .on-screen, [hidden]')) return false;
    if (one.matches('li')) return !one.matches('.for-whom:has(> p)');
    return one.closest('li')?.matches(':not(.for-whom)') !== true;
  });

  /** The line's own words, without those of lines below it. */
  const textOf = (item) => {
    const own = item.cloneNode(true);
    for (const other of own.querySelectorAll('ul, ol, .anchor, .tick, .tick-said')) other.remove();
    return own.textContent.replace(/\s+/g, ' ').trim();
  };

  /* ---- what is kept ---- */

  const base = window.trialpagesShortlist.answers;
  const keptOf = (name) => {
    try {
      const found = JSON.parse(localStorage.getItem(base + name) || '{}');
      const valid = Object.entries(found).filter(([, given]) => ANSWERS.includes(given?.answer) && typeof given.note === 'string');
      return new Map(valid.map(([key, { answer, note }]) => [key, { answer, note: note.slice(0, LONGEST_NOTE) }]));
    } catch {
      return new Map();
    }
  };

  /* ---- how an answer is shown ---- */

  const said = ({ answer, note }) => [words[answer], note].filter(Boolean).join(': ');

  /** An answer as the paper has it: its sign in the box, its words behind the line. */
  const showOn = ({ item, bearer }, given) => {
    item.querySelector(':scope > .tick-said')?.remove();
    delete bearer.dataset.answer;
    if (!given) return;
    bearer.dataset.answer = given.answer;
    const shown = make('span', { class: 'tick-said print-only' }, ` ${said(given)}`);
    const below = [...item.children].find((child) => child.matches('ul, ol, .tick'));
    item.insertBefore(shown, below || null);
  };

  /** Show the answers that are kept of a trial on its checklist elsewhere. */
  const showKept = (section, name) => {
    const given = keptOf(name);
    for (const line of linesOf(section)) showOn(line, given.get(line.key));
  };

  /* ---- on the trial's page ---- */

  const start = (section, name) => {
    const given = keptOf(name);
    const lines = linesOf(section);
    let isKept = given.size > 0;

    const keep = () => {
      try {
        if (isKept && given.size) localStorage.setItem(base + name, JSON.stringify(Object.fromEntries(given)));
        else localStorage.removeItem(base + name);
        return true;
      } catch {
        return false;
      }
    };

    const controlOf = (line) => {
      const label = textOf(line.item).slice(0, 120);
      const note = make('input', { type: 'text', maxlength: LONGEST_NOTE, placeholder: words.note, 'aria-label': `${words.note}: ${label}`, autocomplete: 'off' });
      const buttons = ANSWERS.map((answer) => make('button', { type: 'button', 'data-say': answer, 'aria-label': `${words[answer]}: ${label}` }, words[answer]));
      const show = () => {
        const now = given.get(line.key);
        for (const button of buttons) button.setAttribute('aria-pressed', now?.answer === button.dataset.say);
        note.hidden = !now;
        if (!now) note.value = '';
        showOn(line, now);
      };
      for (const button of buttons) {
        button.addEventListener('click', () => {
          const { say } = button.dataset;
          if (given.get(line.key)?.answer === say) given.delete(line.key);
          else given.set(line.key, { answer: say, note: note.value });
          keep();
          show();
        });
      }
      note.addEventListener('input', () => {
        given.set(line.key, { ...given.get(line.key), note: note.value });
        keep();
        showOn(line, given.get(line.key));
      });
      note.value = given.get(line.key)?.note || '';
      const control = make('span', { class: 'tick on-screen' }, ...buttons, note);
      const below = [...line.item.children].find((child) => child.matches('ul, ol'));
      line.item.insertBefore(control, below || null);
      show();
      return { control, show };
    };

    const controls = lines.map(controlOf);

    const keys = new Map(lines.map(({ key, item }) => [item, key]));
    /** A line with its answer; a heading, or what is said of the lines below, as it stands. */
    const lineText = (one, all) => {
      if (!keys.has(one)) return textOf(one);
      const now = given.get(keys.get(one));
      if (!now && !all) return '';
      return `[${now ? `${SIGNS[now.answer]} ${words[now.answer]}` : '  '}] ${textOf(one)}${now?.note ? ` (${words.note}: ${now.note})` : ''}`;
    };

    const asText = (all) => {
      const head = [...document.querySelectorAll('.trial-header :is(h1, .trial-id), #at-a-glance > :is(.glance-status, .doubts)')].map(textOf);
      const parts = [[...head, window.trialpagesShortlist.publicAddress()].filter(Boolean).join('\n')];
      for (const group of section.querySelectorAll('.criteria')) {
        if (!lines.some(({ key, item }) => group.contains(item) && (all || given.has(key)))) continue;
        parts.push('', ...textsIn(group).map((one) => lineText(one, all)).filter(Boolean));
      }
      return parts.join('\n');
    };

    const status = make('span', { role: 'status' });
    const copy = make('button', { type: 'button' }, words.copy);
    copy.addEventListener('click', async () => {
      const text = asText(true);
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const area = document.body.appendChild(make('textarea'));
        area.value = text;
        area.select();
        document.execCommand('copy');
        area.remove();
      }
      status.textContent = words.copied;
    });
    const mail = make('button', { type: 'button' }, words.mail);
    mail.addEventListener('click', () => {
      const subject = encodeURIComponent(document.querySelector('.trial-header .trial-id').textContent);
      const addressOf = (text) => `mailto:?subject=${subject}&body=${encodeURIComponent(text.replace(/\n/g, '\r\n'))}`;
      const whole = [addressOf(asText(true)), addressOf(asText(false))].find((one) => one.length < LONGEST_MAIL);
      if (whole) location.href = whole;
      else status.textContent = words.tooLong;
    });
    const box = make('input', { type: 'checkbox', 'aria-describedby': 'tick-unkept' });
    const unkept = make('span', { id: 'tick-unkept', class: 'quiet' }, words.unkept);
    box.checked = isKept;
    unkept.hidden = isKept;
    box.addEventListener('change', () => {
      isKept = box.checked;
      unkept.hidden = isKept;
      status.textContent = keep() ? words[isKept ? 'kept' : 'forgotten'] : words.refused;
    });
    const clear = make('button', { type: 'button' }, words.clear);
    clear.addEventListener('click', () => {
      given.clear();
      keep();
      for (const { show } of controls) show();
      status.textContent = words.cleared;
    });
    const bar = make('p', { class: 'tick-bar on-screen' }, copy, mail, clear, make('label', {}, box, ` ${words.keep}`), unkept, status);
    (section.querySelector('.print-hint') || section.querySelector('h2')).after(bar);
    section.classList.add('is-ticked');
    return controls[0]?.control.querySelector('button');
  };

  return { start, showKept };
})();

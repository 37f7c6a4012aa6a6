// The eyes and hands of the browser tests: finds what a person would find by its visible words.
// It is evaluated anew for each question and leaves nothing behind but the notes of "watch".
const tidy = s => (s || '').replace(/\s+/g, ' ').trim();
const bare = s => tidy(s).replace(/ ?\((opsional|optional)\)$/, '');
const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const all = (root, query) => [...root.querySelectorAll(query)];
const byID = id => document.getElementById(id);

// matching prefers the whole text, then a text that begins so.
const matching = (list, text, names) => {
  const whole = list.filter(e => names(e).some(n => n === text));
  return whole.length ? whole : list.filter(e => names(e).some(n => n.startsWith(text)));
};

const one = (list, what, others) => {
  if (list.length === 1) return { e: list[0] };
  if (list.length > 1) return { miss: `${list.length} things are called ${what}` };
  return { miss: `nothing is called ${what}; there is: ${others.slice(0, 40).join(' | ')}` };
};

const labelled = e => (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean).map(i => bare(byID(i)?.textContent));
const namesOfField = e => [...[...(e.labels || [])].map(l => bare(l.innerText)), bare(e.getAttribute('aria-label')), ...labelled(e)].filter(Boolean);
const namesOfButton = e => [tidy(e.getAttribute('aria-label')) || tidy(e.innerText || e.value), ...labelled(e)].filter(Boolean);

// region gives the smallest part of the page that bears a heading, a legend or a name.
const region = text => {
  if (!text) return { e: document.body };
  const heads = all(document, 'legend,h1,h2,h3,h4,caption,th,td,summary,dt,a,b,strong,p,span,.name').filter(shown);
  for (const h of matching(heads, text, e => [tidy(e.innerText)])) {
    const e = h.closest('fieldset,tr,li,dialog,details,form,article,section,table');
    if (e) return { e };
  }
  return { miss: `no part of the page is headed ${text}` };
};

const fields = root => all(root, 'input:not([type=hidden]):not([type=submit]):not([type=radio]),select,textarea');
const field = (within, label) => {
  const r = region(within);
  if (r.miss) return r;
  const found = matching(fields(r.e).filter(e => shown(e) || [...(e.labels || [])].some(shown)), label, namesOfField);
  return one(found, label, fields(r.e).flatMap(namesOfField));
};

const button = (within, text) => {
  const r = region(within);
  if (r.miss) return r;
  const list = all(r.e, 'button,a[href],summary,[role=button],[role=tab],input[type=submit]').filter(shown).filter(e => !e.disabled);
  let found = matching(list, text, namesOfButton);
  if (found.length > 1) { // two doors to one address are one thing, and a button goes before a link
    const buttons = found.filter(e => e.tagName !== 'A');
    const places = new Set(found.map(e => e.href));
    found = buttons.length === 1 ? buttons : places.size === 1 && !buttons.length ? found.slice(0, 1) : found;
  }
  return one(found, text, list.flatMap(namesOfButton));
};

// option finds one answer of a group of buttons or boxes.
const option = (within, label, text) => {
  const r = region(within);
  if (r.miss) return r;
  const groups = all(r.e, 'fieldset,[role=radiogroup],[role=group]');
  const g = one(matching(groups, label, e => [bare(e.querySelector('legend')?.innerText), bare(e.getAttribute('aria-label')), ...labelled(e)].filter(Boolean)),
    label, groups.map(e => bare(e.querySelector('legend')?.innerText)));
  if (g.miss) return g;
  const boxes = all(g.e, 'input[type=radio],input[type=checkbox]');
  const o = one(matching(boxes, text, namesOfField), text, boxes.flatMap(namesOfField));
  return o.miss ? o : { e: [...o.e.labels].find(shown) || o.e, input: o.e };
};

// place brings an element into view and gives the point to click, unless something lies over it.
const place = e => {
  e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const b = [...e.getClientRects()].find(q => q.width > 0 && q.height > 0);
  if (!b) return { miss: 'it has no size' };
  const x = b.left + b.width / 2, y = b.top + b.height / 2;
  const top = document.elementFromPoint(x, y);
  if (!top || !(e.contains(top) || top.contains(e) || e.labels && [...e.labels].some(l => l.contains(top))))
    return { miss: `"${tidy(e.innerText || e.value)}" is covered by <${top?.tagName.toLowerCase()} class="${top?.className}">` };
  return { x, y };
};

// leads tells by the mark-up alone whether a click leaves the page: for pages without scripts.
const leads = e => {
  const a = e.closest('a[href]');
  if (a) {
    const here = a.hash && a.href.split('#')[0] === location.href.split('#')[0];
    return !here && !a.target && !a.hasAttribute('download');
  }
  const f = e.form;
  return !!f && ['submit', 'image'].includes(e.type) && f.method !== 'dialog' && (f.noValidate || e.formNoValidate || f.checkValidity());
};

// watch notes whether a coming click or choice leaves the page.
const watch = () => {
  window.tryWent = false;
  if (window.tryWatched) return;
  window.tryWatched = true;
  addEventListener('submit', e => { if (!e.defaultPrevented && e.target.method !== 'dialog' && !e.target.target) window.tryWent = true; });
  addEventListener('click', e => {
    if (!e.defaultPrevented && e.target.closest?.('a[href]') && leads(e.target)) window.tryWent = true;
  });
};

const clickable = found => {
  if (found.miss) return found;
  const at = place(found.e);
  if (at.miss) return at;
  watch();
  return { ...at, leads: leads(found.e) };
};

const fill = (found, value) => {
  if (found.miss) return found;
  const e = found.e;
  if (e.disabled || e.readOnly) return { miss: 'the field is locked' };
  e.scrollIntoView({ block: 'center', behavior: 'instant' });
  e.focus();
  const typed = e.tagName === 'TEXTAREA' || ['text', 'search', 'email', 'tel', 'url', 'password', 'number'].includes(e.type);
  if (typed && value) { e.select(); return { type: true }; }
  e.value = value;
  e.dispatchEvent(new Event('input', { bubbles: true }));
  e.dispatchEvent(new Event('change', { bubbles: true }));
  return {};
};

const select = (found, text) => {
  const o = one(matching([...found.e.options], text, p => [tidy(p.text)]), text, [...found.e.options].map(p => tidy(p.text)));
  if (o.miss) return o;
  watch();
  found.e.focus();
  found.e.value = o.e.value;
  found.e.dispatchEvent(new Event('input', { bubbles: true }));
  found.e.dispatchEvent(new Event('change', { bubbles: true }));
  return { done: true };
};

const choose = (within, label, text) => {
  const f = field(within, label);
  if (f.e?.tagName === 'SELECT') return select(f, text);
  const o = option(within, label, text);
  return o.miss ? { miss: f.e ? o.miss : `${o.miss}; ${f.miss || ''}` } : clickable(o);
};

const text = within => {
  const r = region(within);
  return r.miss ? r : { text: tidy(r.e.innerText) };
};

const valueOf = found => {
  if (found.miss) return found;
  const e = found.e;
  return { text: e.type === 'checkbox' ? String(e.checked) : e.tagName === 'SELECT' ? tidy(e.selectedOptions[0]?.text) : e.value };
};

// sideways names what makes the page wider than the window; a table may scroll in a box of its own.
const sideways = () => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return { text: '' };
  const guilty = all(document.body, '*').filter(e => shown(e) && e.getBoundingClientRect().right > wide + 1).slice(-3);
  return { text: `${document.documentElement.scrollWidth} px in a window of ${wide}: ` + guilty.map(e => e.outerHTML.slice(0, 120)).join(' | ') };
};

// covered tells what lies over the focused element.
const covered = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return { done: true };
  const b = e.getBoundingClientRect();
  const top = document.elementFromPoint(b.left + b.width / 2, b.top + Math.min(b.height / 2, 10));
  const name = namesOfButton(e)[0] || namesOfField(e)[0] || e.outerHTML.slice(0, 80);
  const clear = !b.width || top && (e.contains(top) || top.contains(e) || [...(e.labels || [])].some(l => l.contains(top)));
  return { text: name, miss: clear ? '' : `${name} lies under ${top ? top.outerHTML.slice(0, 80) : 'the edge of the window'}` };
};

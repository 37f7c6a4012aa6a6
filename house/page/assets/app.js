// Everything works without this file; it only saves steps.
(() => {
  const $ = (q, r = document) => r.querySelector(q);
  addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && e.key === 'k') {
      const box = $('#search');
      e.preventDefault();
      if (box && box.offsetParent) { box.focus(); box.select(); } else { location.href = '/search'; }
    }
    if (e.key === 'Escape') document.querySelectorAll('details.pop[open]').forEach(d => { d.open = false; });
  });
  addEventListener('submit', e => {
    if (e.target.getAttribute('aria-busy') === 'true') { e.preventDefault(); return; }
    if (e.target.method === 'post') e.target.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy]').forEach(f => f.removeAttribute('aria-busy')));
  document.querySelectorAll('[data-day]').forEach(b => {
    b.hidden = false;
    b.addEventListener('click', () => { const i = document.getElementById(b.dataset.for); i.value = b.dataset.day; i.focus(); });
  });
  document.querySelectorAll('[data-print]').forEach(b => { b.hidden = false; b.addEventListener('click', () => print()); });
  document.querySelectorAll('select[data-go]').forEach(s => s.addEventListener('change', () => s.form.requestSubmit()));
  // A part of the page follows what is typed: the form names the address, the part is taken from its answer.
  document.querySelectorAll('form[data-live]').forEach(f => {
    const part = document.getElementById(f.dataset.part), get = f.method === 'get';
    let timer, last = 0;
    const follow = async () => {
      const n = ++last, typed = new URLSearchParams(new FormData(f));
      typed.delete('_key');
      if (get && (typed.get('q') || '').trim().length === 1) return;
      try {
        const r = await (get ? fetch(f.dataset.live + '?' + typed) : fetch(f.dataset.live, { method: 'POST', body: typed }));
        const next = r.ok && new DOMParser().parseFromString(await r.text(), 'text/html').getElementById(part.id);
        if (next && n === last) part.replaceChildren(...next.childNodes);
      } catch { /* the button still works */ }
    };
    f.addEventListener(get ? 'input' : 'change', () => { clearTimeout(timer); timer = setTimeout(follow, 300); });
  });
  document.querySelectorAll('.tabs [aria-current]').forEach(t => { t.parentElement.scrollLeft = t.offsetLeft - 120; });
  const wrong = $('#errors');
  if (wrong) wrong.focus();
})();

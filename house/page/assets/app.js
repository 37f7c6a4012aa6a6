// Everything works without this file; it only saves steps.
(() => {
  const $ = (q, r = document) => r.querySelector(q);
  addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && e.key === 'k') {
      const box = $('#search');
      if (box) { e.preventDefault(); box.focus(); box.select(); }
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
  document.querySelectorAll('select[data-go]').forEach(s => s.addEventListener('change', () => s.form.requestSubmit()));
  const wrong = $('#errors');
  if (wrong) wrong.focus();
})();

// Everything works without this file; it only saves steps.
(() => {
  const $ = (q, r = document) => r.querySelector(q);
  const box = $('[data-keys]');
  let keys = box && localStorage.getItem('keys') !== 'off';
  if (box) {
    box.closest('[data-keysbox]').hidden = false;
    box.checked = keys;
    box.addEventListener('change', () => { keys = box.checked; localStorage.setItem('keys', keys ? 'on' : 'off'); });
  }
  addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && e.key === 'k') {
      const search = $('#search');
      e.preventDefault();
      if (search && search.offsetParent) { search.focus(); search.select(); } else { location.href = '/search'; }
    }
    const at = keys && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest('input,textarea,select') && $('[data-hotkey="' + e.key.replace(/[^a-z]/g, '') + '"]');
    if (at) { e.preventDefault(); at.click(); const f = at.closest('details'); if (f) (f.querySelector('textarea,input:not([type=hidden])') || at).focus(); }
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
  document.querySelectorAll('[data-png]').forEach(b => {
    b.hidden = false;
    b.addEventListener('click', () => {
      const img = new Image();
      img.onload = () => {
        const c = document.createElement('canvas');
        c.width = 2 * img.naturalWidth; c.height = 2 * img.naturalHeight;
        c.getContext('2d').drawImage(img, 0, 0, c.width, c.height);
        c.toBlob(blob => {
          const a = document.createElement('a');
          a.href = URL.createObjectURL(blob); a.download = b.dataset.name + '.png'; a.click();
          setTimeout(() => URL.revokeObjectURL(a.href), 9000);
        });
      };
      img.src = b.dataset.png;
    });
  });
  document.querySelectorAll('[data-print]').forEach(b => { b.hidden = false; b.addEventListener('click', () => print()); });
  document.querySelectorAll('[data-copy]').forEach(b => {
    b.hidden = !navigator.clipboard;
    b.addEventListener('click', () => navigator.clipboard.writeText(b.dataset.copy).then(() => { b.textContent = b.dataset.said; }));
  });
  document.querySelectorAll('[data-gps]').forEach(b => {
    const f = b.form, say = b.parentElement.querySelector('[role=status]');
    b.hidden = !navigator.geolocation;
    b.addEventListener('click', () => navigator.geolocation.getCurrentPosition(p => {
      f.elements.lat.value = p.coords.latitude.toFixed(5); f.elements.lng.value = p.coords.longitude.toFixed(5);
      say.textContent = b.dataset.got;
    }, () => { say.textContent = b.dataset.not; }, { timeout: 15000 }));
  });
  document.querySelectorAll('[data-say]').forEach(b => {
    const voice = window.speechSynthesis;
    b.hidden = !voice;
    b.addEventListener('click', () => {
      const said = new SpeechSynthesisUtterance(b.dataset.say);
      said.lang = document.documentElement.lang === 'en' ? 'en-GB' : 'id-ID';
      voice.cancel(); voice.speak(said);
    });
  });
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
  // What is typed is saved as it is left, and every ten seconds; what could not be sent waits for the next change.
  const live = $('#live');
  document.querySelectorAll('form[data-draft]').forEach(f => {
    const line = $('.draftline', f), own = e => e.name && e.name[0] !== '_' && !/^(hidden|password|file|submit|button|reset|fieldset)$/.test(e.type);
    const all = (name, on, val) => [...f.elements].filter(e => own(e) && e.name === name && (!/^(checkbox|radio)$/.test(e.type) || e[on])).map(val);
    const now = n => all(n, 'checked', e => e.value);
    const was = n => all(n, 'defaultChecked', e => e.options ? ([...e.options].find(o => o.defaultSelected) || e.options[0] || {}).value || '' : /^(checkbox|radio)$/.test(e.type) ? e.value : e.defaultValue);
    const wait = new Set(), d = f.dataset;
    let timer, soon, flying = null, sent = false, spoken = '';
    const say = (text, aloud) => {
      line.textContent = text; line.hidden = false;
      if (aloud && live && text !== spoken) live.textContent = spoken = text;
    };
    const body = names => {
      const b = new URLSearchParams({ form: d.draft, page: location.pathname + location.search, seen: d.seen, base: d.version, key: (f.elements._key || {}).value || '' });
      names.forEach((n, i) => {
        b.append(`fields.${i}.name`, n);
        now(n).forEach(v => b.append(`fields.${i}.values`, v));
        was(n).forEach(v => b.append(`fields.${i}.was`, v));
      });
      return b;
    };
    const send = async () => {
      clearTimeout(timer); clearTimeout(soon); timer = soon = 0;
      if (flying || sent || !wait.size) return;
      const names = [...wait].slice(0, 20);
      names.forEach(n => wait.delete(n));
      let r;
      try {
        r = await (flying = fetch('/drafts', { method: 'POST', body: body(names) }));
        if (r.ok) {
          const a = await r.json();
          if (a.said) say(a.said + (a.notes ? ' · ' + a.notes : ''), true);
        }
      } catch { /* no signal */ }
      flying = null;
      if (r && r.ok) { if (wait.size) send(); return; }
      if (!r || r.status >= 500 || r.status === 401 || r.status === 429) names.forEach(n => wait.add(n));
      say(live.dataset[!r || r.status >= 500 || r.status === 429 ? 'offline' : r.status === 401 ? 'out' : 'refused'], true);
    };
    f.addEventListener('input', e => { if (own(e.target)) { wait.add(e.target.name); timer = timer || setTimeout(send, 10000); } });
    f.addEventListener('change', e => { if (own(e.target)) { wait.add(e.target.name); clearTimeout(soon); soon = setTimeout(send, 150); } });
    addEventListener('online', send);
    const leave = () => {
      if (!sent && wait.size && navigator.sendBeacon('/drafts', body([...wait].slice(0, 50)))) wait.clear();
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', () => { if (document.hidden) leave(); });
    f.addEventListener('submit', () => { sent = true; clearTimeout(timer); clearTimeout(soon); });
    addEventListener('pageshow', () => { sent = false; });
  });
  document.querySelectorAll('.tabs [aria-current]').forEach(t => { t.parentElement.scrollLeft = t.offsetLeft - 120; });
  const wrong = $('#errors');
  if (wrong) wrong.focus();
})();

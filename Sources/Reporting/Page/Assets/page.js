// Theme, copy buttons, contents and printing. The page is readable without any script.
//
// Runs in the head, before the first paint, so that a saved theme does not flash.
(() => {
  'use strict';
  const doc = document, root = doc.documentElement, key = 'quire-theme';
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const remember = value => {
    try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch {}
  };
  try {
    const stored = localStorage.getItem(key);
    if (stored === 'dark' || stored === 'light') root.dataset.theme = stored;
  } catch {}
  const make = (tag, className, parent) => {
    const element = doc.createElement(tag);
    element.className = className;
    parent.append(element);
    return element;
  };

  function theme() {
    const button = doc.getElementById('theme');
    const isDark = () => (root.dataset.theme || (prefersDark.matches ? 'dark' : 'light')) === 'dark';
    const show = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
    button.onclick = () => {
      const next = isDark() ? 'light' : 'dark';
      const isSystem = (next === 'dark') === prefersDark.matches;
      if (isSystem) delete root.dataset.theme; else root.dataset.theme = next;
      remember(isSystem ? null : next);
      show();
    };
    prefersDark.onchange = show;
    show();
    button.hidden = false;
  }

  function copyButtons(part) {
    for (const box of part.querySelectorAll('.code')) {
      if (box.querySelector('.copy')) continue;
      const code = box.querySelector('code'), button = make('button', 'copy', box);
      button.type = 'button';
      button.textContent = 'Copy';
      const done = ok => {
        button.textContent = ok ? 'Copied' : 'Not copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 1500);
      };
      const select = () => {
        const range = doc.createRange();
        range.selectNodeContents(code);
        const selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        let ok = false;
        try { ok = doc.execCommand('copy'); } catch {}
        selection.removeAllRanges();
        done(ok);
      };
      button.onclick = () => {
        if (!navigator.clipboard) return select();
        navigator.clipboard.writeText(code.textContent).then(() => done(true), select);
      };
    }
  }

  let sections = null;
  function contents() {
    if (sections) sections.disconnect();
    const links = new Map();
    for (const link of doc.querySelectorAll('.toc a')) {
      const target = doc.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    }
    if (!links.size || !window.IntersectionObserver) return;
    let shown = null;
    sections = new IntersectionObserver(() => {
      const above = [...links.keys()].filter(t => t.getBoundingClientRect().top < innerHeight / 4);
      if (shown) shown.removeAttribute('aria-current');
      shown = links.get(above[above.length - 1]);
      if (shown) shown.setAttribute('aria-current', 'true');
    }, { rootMargin: '0px 0px -75% 0px' });
    for (const target of links.keys()) sections.observe(target);
  }

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...doc.querySelectorAll('details:not([open])')];
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });
  function enliven(part) {
    theme();
    copyButtons(part);
    contents();
  }
  doc.addEventListener('DOMContentLoaded', () => enliven(doc));
  // A live preview has replaced a part of the page.
  doc.addEventListener('quire:changed', event => enliven(event.target));
})();

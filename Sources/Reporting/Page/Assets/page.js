// Theme, links and copy buttons, contents and printing. The page is readable without any script.
//
// Runs in the head, before the first paint, so that a saved theme does not flash.
(() => {
  'use strict';
  const doc = document, root = doc.documentElement, key = 'quire-theme';
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  try {
    const stored = localStorage.getItem(key);
    if (stored === 'dark' || stored === 'light') root.dataset.theme = stored;
  } catch {}
  // The style sheet makes room for what the script adds.
  root.classList.add('scripted');

  const make = (tag, className, text) => {
    const element = doc.createElement(tag);
    element.className = className;
    element.textContent = text;
    // A live preview leaves it alone when it replaces what is around it.
    element.dataset.added = '';
    return element;
  };

  function theme() {
    const button = doc.getElementById('theme');
    if (!button) return;
    const isDark = () => (root.dataset.theme || (prefersDark.matches ? 'dark' : 'light')) === 'dark';
    const show = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
    button.onclick = () => {
      const next = isDark() ? 'light' : 'dark';
      const isSystem = (next === 'dark') === prefersDark.matches;
      if (isSystem) delete root.dataset.theme; else root.dataset.theme = next;
      try { isSystem ? localStorage.removeItem(key) : localStorage.setItem(key, next); } catch {}
      show();
    };
    prefersDark.onchange = show;
    show();
    button.hidden = false;
  }

  function copyButton(element, name) {
    const button = make('button', 'copy', 'Copy');
    button.type = 'button';
    button.ariaLabel = 'Copy ' + name;
    const done = ok => {
      button.textContent = ok ? 'Copied' : 'Not copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    };
    const select = () => {
      getSelection().selectAllChildren(element);
      done(doc.execCommand('copy'));
    };
    button.onclick = () => {
      if (!navigator.clipboard) return select();
      navigator.clipboard.writeText(element.textContent).then(() => done(true), select);
    };
    return button;
  }

  const find = (part, selector) => [...part.querySelectorAll(selector)];

  // Links and copy buttons beside steps, listings and hashes. Links at headings are for the mouse; the contents have
  // the same ones for everyone.
  function tools(part) {
    const boxes = '.cell, .listing';
    for (const box of [...(part !== doc && part.matches(boxes) ? [part] : []), ...find(part, boxes)]) {
      if (box.querySelector(':scope > .tools')) continue;
      const name = box.ariaLabel || 'this code', code = box.querySelector('.code code, .listing > pre');
      const group = make('div', 'tools', '');
      if (box.id) {
        const link = make('a', 'anchor', '#');
        link.href = '#' + encodeURIComponent(box.id);
        link.ariaLabel = 'Link to ' + name;
        group.append(link);
      }
      if (code) group.append(copyButton(code, name));
      if (group.firstChild) box.prepend(group);
    }
    for (const heading of find(part, '.prose :is(h2, h3, h4)[id], .results h2, footer h2')) {
      if (heading.querySelector('.anchor')) continue;
      const link = make('a', 'anchor', '#');
      link.href = '#' + encodeURIComponent(heading.id);
      link.tabIndex = -1;
      link.ariaHidden = true;
      heading.append(link);
    }
    for (const hash of find(part, '.hash:not(:has(+ .copy))')) hash.after(copyButton(hash, 'the whole digest'));
  }

  // Times in the reader's time zone, with the original one as a title.
  function times(part) {
    for (const time of find(part, '.facts time[datetime]')) {
      time.title = time.dateTime;
      time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'long' });
    }
  }

  // What does not scroll needs no focus.
  const scrolls = new ResizeObserver(entries => {
    for (const { target: box } of entries) {
      const isScrolled = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (isScrolled) box.tabIndex = 0; else box.removeAttribute('tabindex');
    }
  });
  function focusStops(part) {
    for (const box of find(part, '[tabindex="0"]:is(pre, div)')) scrolls.observe(box);
  }

  let current = null;
  function showPlace() {
    const isAtEnd = scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 2;
    let last = null;
    for (const link of find(doc, '.toc a')) {
      const target = doc.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target && (isAtEnd || target.getBoundingClientRect().top < innerHeight / 4)) last = link;
    }
    if (last === current) return;
    if (current) current.ariaCurrent = null;
    if (last) last.ariaCurrent = true;
    current = last;
  }
  let isWaiting = false;
  addEventListener('scroll', () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; showPlace(); });
  }, { passive: true });

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = find(doc, 'details:not([open])');
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });

  // A part of the page that was replaced says so by this event.
  doc.addEventListener('quire:part', event => enliven(event.target));
  doc.addEventListener('DOMContentLoaded', () => enliven(doc));
  function enliven(part) {
    theme();
    tools(part);
    times(part);
    focusStops(part);
    showPlace();
  }
})();

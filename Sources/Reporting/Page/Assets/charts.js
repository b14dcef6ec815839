// The crosshair of charts: hover, or focus a chart and use the arrow keys. Charts that share an x axis move together.
(() => {
  'use strict';
  const doc = document;
  const axes = new Map();
  const numbers = text => (text || '').split(' ').map(Number);
  function svgPart(tag, parent, attributes) {
    const part = doc.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const name in attributes) part.setAttribute(name, attributes[name]);
    parent.append(part);
    return part;
  }
  function moveTo(current, x) {
    for (const panel of axes.get(current.axis) || []) panel.show(x);
    current.show(x);
  }
  function leave(axis) {
    for (const panel of axes.get(axis) || []) panel.hide();
  }
  function readTable(table) {
    const names = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
    const rows = [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent));
    return { names, rows, x: rows.map(row => parseFloat(row[0])) };
  }
  function crosshairs(figure) {
    const tables = [...figure.querySelectorAll('table.data')].map(readTable);
    const charts = [...figure.querySelectorAll('svg')].filter(svg => svg.querySelector('.panel'));
    if (!charts.length || !tables.length) return;
    const readout = doc.createElement('p');
    const hint = 'Move over the chart, tap it, or focus it and use the arrow keys, to read values.';
    readout.className = 'readout';
    readout.setAttribute('aria-live', 'polite');
    readout.textContent = hint;
    charts[charts.length - 1].after(readout);
    for (const svg of charts) {
      const size = numbers(svg.getAttribute('viewBox')), panels = [];
      for (const group of svg.querySelectorAll('.panel')) {
        const data = group.dataset, table = tables[+data.table];
        if (!table) continue;
        const [left, top, width, height] = numbers(data.frame);
        const [x0, x1] = numbers(data.x), [y0, y1] = numbers(data.y);
        const columns = numbers(data.columns), colors = numbers(data.colors);
        const line = svgPart('line', group, { class: 'cross', y1: top, y2: top + height });
        const dots = columns.map((_, i) => svgPart('circle', group, { class: 'f' + colors[i], r: 4 }));
        group.style.display = 'none';
        const panel = { table, axis: data.axis, left, top, width, height, index: table.x.length };
        panel.at = x => x0 + (x - left) / width * (x1 - x0);
        panel.hide = () => { group.style.display = 'none'; readout.textContent = hint; };
        panel.show = x => {
          let best = -1;
          table.x.forEach((value, i) => {
            if (best < 0 || Math.abs(value - x) < Math.abs(table.x[best] - x)) best = i;
          });
          if (best < 0) return;
          const place = left + (table.x[best] - x0) / (x1 - x0) * width;
          const inside = place >= left - 1 && place <= left + width + 1;
          group.style.display = inside ? '' : 'none';
          line.setAttribute('x1', place);
          line.setAttribute('x2', place);
          panel.index = best;
          dots.forEach((dot, i) => {
            const value = parseFloat(table.rows[best][columns[i]]);
            const y = top + height - (value - y0) / (y1 - y0) * height;
            dot.style.display = isFinite(y) ? '' : 'none';
            if (isFinite(y)) { dot.setAttribute('cx', place); dot.setAttribute('cy', y); }
          });
          readout.textContent = table.names.map((name, i) => name + ' ' + table.rows[best][i]).join(' · ');
        };
        panels.push(panel);
        axes.set(panel.axis, [...(axes.get(panel.axis) || []), panel]);
      }
      if (!panels.length) continue;
      let current = panels[0];
      svg.setAttribute('tabindex', '0');
      const follow = event => {
        const box = svg.getBoundingClientRect();
        const x = (event.clientX - box.left) * size[2] / box.width;
        const y = (event.clientY - box.top) * size[3] / box.height;
        const hit = panels.find(p => x >= p.left - 8 && x <= p.left + p.width + 8
          && y >= p.top - 8 && y <= p.top + p.height + 24);
        if (hit !== current) leave(current.axis);
        if (!hit) return;
        current = hit;
        moveTo(hit, hit.at(x));
      };
      svg.addEventListener('pointermove', follow);
      svg.addEventListener('pointerdown', follow);
      // After a tap, the values stay until the next one.
      svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') leave(current.axis); });
      svg.addEventListener('blur', () => leave(current.axis));
      svg.addEventListener('keydown', event => {
        const last = current.table.x.length - 1, at = Math.min(current.index, last + 1);
        const next = {
          ArrowLeft: at - 1, ArrowRight: at > last ? 0 : at + 1, Home: 0, End: last
        }[event.key];
        if (event.key === 'Escape') leave(current.axis);
        if (next === undefined) return;
        event.preventDefault();
        moveTo(current, current.table.x[Math.max(0, Math.min(last, next))]);
      });
    }
  }

  function enliven(part) {
    for (const figure of part.querySelectorAll('figure.plot')) {
      if (!figure.querySelector('.readout')) crosshairs(figure);
    }
  }
  doc.addEventListener('DOMContentLoaded', () => enliven(doc));
  doc.addEventListener('quire:part', event => enliven(event.target));
})();

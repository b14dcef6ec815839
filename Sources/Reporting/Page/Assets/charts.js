// The crosshair of charts: hover, or focus a chart and use the arrow keys. Charts that share an x axis move together.
(() => {
  'use strict';
  const doc = document;
  const axes = new Map();
  const numbers = text => (text || '').split(' ').map(Number);
  const find = (part, selector) => [...part.querySelectorAll(selector)];
  const set = (part, attributes) => {
    for (const name in attributes) part.setAttribute(name, attributes[name]);
  };
  function svgPart(tag, parent, attributes) {
    const part = doc.createElementNS('http://www.w3.org/2000/svg', tag);
    set(part, attributes);
    parent.append(part);
    return part;
  }
  function moveTo(current, x) {
    for (const panel of axes.get(current.axis)) panel.show(x);
    current.show(x);
  }
  function leave(current) {
    for (const panel of axes.get(current.axis)) panel.hide();
  }
  function readTable(table) {
    const names = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
    const rows = [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent));
    return { names, rows, x: rows.map(row => parseFloat(row[0])) };
  }
  function crosshairs(figure) {
    const tables = find(figure, 'table.data').map(readTable);
    const charts = find(figure, 'svg:has(.panel)');
    if (!charts.length || !tables.length) return;
    const readout = doc.createElement('p');
    const hint = 'Move over the chart, tap it, or focus it and use the arrow keys, to read values.';
    readout.className = 'readout';
    readout.ariaLive = 'polite';
    readout.textContent = hint;
    charts.at(-1).after(readout);
    for (const svg of charts) {
      const size = numbers(svg.getAttribute('viewBox')), panels = [];
      for (const group of find(svg, '.panel')) {
        const data = group.dataset, table = tables[+data.table];
        if (!table) continue;
        const [left, top, width, height] = numbers(data.frame);
        const [x0, x1] = numbers(data.x), [y0, y1] = numbers(data.y);
        const columns = numbers(data.columns), colors = numbers(data.colors);
        const line = svgPart('line', group, { class: 'cross', y1: top, y2: top + height });
        const dots = columns.map((_, i) => svgPart('circle', group, { class: 'f' + colors[i], r: 4 }));
        const labels = columns.map(() => svgPart('text', group, { class: 'value' }));
        // For example "%" or " s", from "time (s)".
        const units = columns.map(i => table.names[i].replace(/^[^(]*(\((.*)\))?$/, '$2').replace(/^(?=\w)/, ' '));
        // The place of a value on an axis, in the units of the domain.
        const onX = value => 'logX' in data ? Math.log10(value) : value;
        const onY = value => 'logY' in data ? Math.log10(value) : value;
        group.style.display = 'none';
        const panel = { table, axis: data.axis, left, top, width, height, index: table.x.length };
        panel.at = x => {
          const place = x0 + (x - left) / width * (x1 - x0);
          return 'logX' in data ? 10 ** place : place;
        };
        panel.hide = () => { group.style.display = 'none'; readout.textContent = hint; };
        panel.show = x => {
          let best = -1;
          const distance = i => Math.abs(onX(table.x[i]) - onX(x));
          table.x.forEach((value, i) => {
            if (isFinite(onX(value)) && (best < 0 || distance(i) < distance(best))) best = i;
          });
          if (best < 0) return;
          const place = left + (onX(table.x[best]) - x0) / (x1 - x0) * width;
          const inside = place >= left - 1 && place <= left + width + 1;
          group.style.display = inside ? '' : 'none';
          set(line, { x1: place, x2: place });
          panel.index = best;
          const heights = columns.map(column =>
            top + height - (onY(parseFloat(table.rows[best][column])) - y0) / (y1 - y0) * height);
          dots.forEach((dot, i) => {
            const y = heights[i];
            dot.style.display = labels[i].style.display = isFinite(y) ? '' : 'none';
            if (isFinite(y)) set(dot, { cx: place, cy: y });
          });
          // The values beside the dots, on the side with more room, none over another.
          const isLeft = place > left + width / 2;
          let lowest = top + 4;
          const order = [...columns.keys()].filter(i => isFinite(heights[i])).sort((a, b) => heights[a] - heights[b]);
          for (const i of order) {
            const y = Math.max(heights[i] + 4, lowest);
            lowest = y + 14;
            labels[i].textContent = table.rows[best][columns[i]] + units[i];
            set(labels[i], { x: place + (isLeft ? -8 : 8), y, 'text-anchor': isLeft ? 'end' : 'start' });
          }
          readout.textContent = table.names.map((name, i) => name + ' ' + table.rows[best][i]).join(' · ');
        };
        panels.push(panel);
        axes.set(data.axis, [...(axes.get(data.axis) || []), panel]);
      }
      if (!panels.length) continue;
      let current = panels[0];
      svg.tabIndex = 0;
      const follow = event => {
        const box = svg.getBoundingClientRect();
        const x = (event.clientX - box.left) * size[2] / box.width;
        const y = (event.clientY - box.top) * size[3] / box.height;
        const hit = panels.find(p => x >= p.left - 8 && x <= p.left + p.width + 8
          && y >= p.top - 8 && y <= p.top + p.height + 24);
        if (hit !== current) leave(current);
        if (!hit) return;
        current = hit;
        moveTo(hit, hit.at(x));
      };
      svg.addEventListener('pointermove', follow);
      svg.addEventListener('pointerdown', follow);
      // After a tap, the values stay until the next one.
      svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') leave(current); });
      svg.addEventListener('blur', () => leave(current));
      svg.addEventListener('keydown', event => {
        const last = current.table.x.length - 1, at = Math.min(current.index, last + 1);
        const next = {
          ArrowLeft: at - 1, ArrowRight: at > last ? 0 : at + 1, Home: 0, End: last
        }[event.key];
        if (event.key === 'Escape') leave(current);
        if (next === undefined) return;
        event.preventDefault();
        moveTo(current, current.table.x[Math.max(0, Math.min(last, next))]);
      });
    }
  }

  function enliven(part) {
    for (const figure of find(part, 'figure.plot')) {
      if (!figure.querySelector('.readout')) crosshairs(figure);
    }
  }
  doc.addEventListener('DOMContentLoaded', () => enliven(doc));
  doc.addEventListener('quire:part', event => enliven(event.target));
})();

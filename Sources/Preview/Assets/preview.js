// Keeps a preview's page up to date: replaces the parts that change, shows the progress of the run, and sends commands.
(() => {
'use strict';
const doc = document;
let board = doc.body.dataset.board;
let seen = +doc.body.dataset.change;

// ---- Elements

// Elements that are not part of the page's source, and are left alone when it changes, are marked.
function add(parent, tag, attributes = {}, ...children) {
  const element = doc.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element[name] = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  if (parent) parent.append(element);
  return element;
}

// ---- Replacing parts

// The source of each part, which the page on the screen is compared with: readers' folds, and what the scripts added,
// are not in it.
const sources = new Map();
function parsed(html) {
  const template = doc.createElement('template');
  template.innerHTML = html;
  return template.content;
}
for (const part of doc.querySelectorAll('[data-part]')) sources.set(part.dataset.part, parsed(part.innerHTML));

const own = node => [...node.childNodes].filter(child => !(child.dataset && 'added' in child.dataset));
const isSame = (a, b) => a.isEqualNode(b);
// These are replaced as a whole: scripts read their contents once.
const isWhole = node => node.nodeType !== 1 || node.matches('figure, svg, table, .code');

// Changes the nodes on the screen where two sources differ, and nothing else, so that focus, selection, folds and
// scrolled boxes stay.
function patch(live, before, after) {
  const [nodes, old, next] = [own(live), [...before.childNodes], [...after.childNodes]];
  if (nodes.length !== old.length) {
    nodes.forEach(node => node.remove());
    live.append(...next.map(node => doc.importNode(node, true)));
    return;
  }
  let start = 0;
  while (start < old.length && start < next.length && isSame(old[start], next[start])) start++;
  let [oldEnd, nextEnd] = [old.length, next.length];
  while (oldEnd > start && nextEnd > start && isSame(old[oldEnd - 1], next[nextEnd - 1])) { oldEnd--; nextEnd--; }
  const shared = Math.min(oldEnd, nextEnd);
  for (let i = start; i < shared; i++) {
    const [node, a, b] = [nodes[i], old[i], next[i]];
    if (isSame(a, b)) continue;
    if (isWhole(a) || isWhole(b) || a.tagName !== b.tagName || a.id !== b.id) {
      node.replaceWith(doc.importNode(b, true));
      continue;
    }
    for (const { name } of [...a.attributes]) if (!b.hasAttribute(name)) node.removeAttribute(name);
    for (const { name, value } of b.attributes) if (a.getAttribute(name) !== value) node.setAttribute(name, value);
    patch(node, a, b);
  }
  for (let i = shared; i < oldEnd; i++) nodes[i].remove();
  const place = nodes[oldEnd] || null;
  for (let i = shared; i < nextEnd; i++) live.insertBefore(doc.importNode(next[i], true), place);
}

function show(name, html) {
  const part = doc.querySelector(`[data-part="${CSS.escape(name)}"]`);
  if (!part) return;
  if (part.tagName === 'STYLE') { part.textContent = html; return; }
  const next = parsed(html);
  patch(part, sources.get(name) || parsed(''), next);
  sources.set(name, next);
  part.dispatchEvent(new Event('quire:part', { bubbles: true }));
  cellButtons(part);
}

function reorder(names) {
  const main = doc.getElementById('content');
  const parts = new Map([...main.querySelectorAll(':scope > .part')].map(part => [part.dataset.part, part]));
  let place = null;
  for (const name of names) {
    let part = parts.get(name);
    if (!part) {
      part = add(null, 'div', { class: 'part', 'data-part': name });
      sources.set(name, parsed(''));
    }
    parts.delete(name);
    const expected = place ? place.nextElementSibling : main.firstElementChild;
    if (part !== expected) main.insertBefore(part, expected);
    place = part;
  }
  for (const [name, part] of parts) { part.remove(); sources.delete(name); }
}

// ---- The connection

let socket = null;
let delay = 250;
let timer = 0;
let heard = Date.now();

function send(message) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function connect() {
  clearTimeout(timer);
  const current = socket = new WebSocket(`ws${location.protocol === 'https:' ? 's' : ''}://${location.host}/live`);
  current.onopen = () => {
    delay = 250;
    heard = Date.now();
    connected(true);
    send({ board, seen });
  };
  current.onmessage = event => {
    heard = Date.now();
    const news = JSON.parse(event.data);
    if (news.change === undefined) return;
    if (news.board !== board) board = news.board;
    take(news);
    seen = news.change;
    send({ seen });
  };
  current.onclose = () => {
    if (current !== socket) return;
    connected(false);
    timer = setTimeout(connect, delay);
    delay = Math.min(delay * 2, 5000);
  };
}
function reconnect() {
  delay = 250;
  if (socket) { const last = socket; socket = null; last.close(); }
  connect();
}
// A connection through a tunnel may die in silence.
setInterval(() => {
  if (!socket || socket.readyState !== WebSocket.OPEN) return;
  if (Date.now() - heard > 20000) reconnect(); else send({ ping: true });
}, 8000);

const values = JSON.parse(doc.getElementById('values').textContent);
function take(news) {
  if (news.order) reorder(news.order);
  for (const [name, html] of Object.entries(news.parts || {})) show(name, html);
  Object.assign(values, news.values);
  // The question is no part of the page, so it must follow its cell.
  const names = Object.keys(news.values || {}).concat(news.order ? ['question'] : []);
  render(names);
}

// ---- The bar

const bar = add(null, 'aside', { id: 'preview', 'aria-label': 'Preview' });
const line = add(bar, 'div', { class: 'line' });
const light = add(line, 'span', { class: 'light', 'aria-hidden': 'true' });
const text = add(line, 'strong', { role: 'status' }, 'Connecting…');
const detail = add(line, 'span', { class: 'detail' });
const offline = add(line, 'button', { type: 'button', hidden: true, onclick: reconnect }, 'Disconnected: reconnect');
const stop = add(line, 'button', { type: 'button', hidden: true, onclick: () => send({ command: 'stop' }) }, 'Stop');
const run = add(line, 'button', { type: 'button', hidden: true, onclick: () => send({ command: 'run' }) }, 'Run');
const saving = add(null, 'input', {
  type: 'checkbox', checked: true, onchange: () => send({ command: 'runOnSave', runs: saving.checked }),
});
add(line, 'label', { title: 'Run the notebook whenever it is saved' }, saving, ' Run on save');
const meter = add(bar, 'progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Training' });
const note = add(bar, 'p', { class: 'note', role: 'alert', hidden: true });
const drawers = add(bar, 'div', { class: 'drawers' });
function drawer(title) {
  const details = add(drawers, 'details', { hidden: true });
  const summary = add(details, 'summary', {}, title);
  return { details, summary, body: add(details, 'div', { class: 'drawer' }) };
}
const curves = drawer('Curves');
const parameters = drawer('Parameters');
const terminal = drawer('Terminal');
const warnings = drawer('Warnings');
const output = add(terminal.body, 'pre', { tabindex: 0, 'aria-label': 'Terminal' });
doc.body.prepend(bar);
let isOnline = false;
let isNew = true;

function connected(value) {
  isOnline = value;
  isNew = false;
  offline.hidden = value;
  bar.classList.toggle('offline', !value);
  render(['status']);
}

const phases = { checking: 'Checking', running: 'Running', stopping: 'Stopping after this batch', idle: '' };
const outcomes = { finished: 'Finished', failed: 'A step failed', interrupted: 'Stopped', running: 'Stopped' };

function render(names) {
  const status = values.status;
  if (status && names.some(name => ['status', 'step', 'progress', 'images'].includes(name))) {
    const { phase, errors } = status;
    const step = phase === 'running' && values.step;
    let message = phases[phase] || outcomes[status.outcome] || 'Not run yet';
    if (step) message = `Step ${step.position} of ${step.count}: ${step.title}`;
    if (errors && phase !== 'running') message = errors === 1 ? '1 error' : `${errors} errors`;
    else if (status.isEdited && phase === 'idle') message = 'Edited, not run';
    text.textContent = isOnline ? message : isNew ? 'Connecting…' : 'Disconnected';
    light.className = `light ${isOnline ? (errors ? 'failed' : phase === 'idle' ? status.outcome || '' : phase) : 'failed'}`;
    const progress = values.progress;
    const images = values.images;
    detail.textContent = phase !== 'running' ? ''
      : progress ? progress.texts.join(' · ') : images ? `${images[0]} of ${images[1]} images` : '';
    if (errors && phase === 'running') detail.textContent += ` · the saved version has ${errors} error${errors > 1 ? 's' : ''}`;
    meter.hidden = !(phase === 'running' && (progress || images));
    meter.value = progress ? progress.share : images ? images[0] / Math.max(1, images[1]) : 0;
    stop.hidden = phase !== 'running';
    run.hidden = phase === 'running' || phase === 'stopping';
    run.textContent = status.outcome === 'interrupted' && !status.isEdited ? 'Resume' : 'Run';
    run.disabled = errors > 0;
    saving.checked = status.runsOnSave;
    note.hidden = !status.note;
    note.textContent = status.note || '';
    warnings.details.hidden = !status.warnings.length;
    warnings.summary.textContent = `${status.warnings.length} warning${status.warnings.length === 1 ? '' : 's'}`;
    warnings.body.replaceChildren(...status.warnings.map(warning => add(null, 'pre', { tabindex: 0 }, warning)));
  }
  if (names.includes('title')) doc.title = values.title;
  if (names.includes('console')) showConsole(values.console);
  if (names.includes('training')) showCurves(values.training);
  if (names.includes('parameters')) showParameters(values.parameters || []);
  if (names.includes('question')) showQuestion(values.question);
}

function showConsole(lines) {
  terminal.details.hidden = !lines;
  const isAtEnd = output.scrollTop + output.clientHeight >= output.scrollHeight - 8;
  output.textContent = lines;
  if (isAtEnd) output.scrollTop = output.scrollHeight;
}

// ---- The question

let asked = null;
function showQuestion(question) {
  if (asked) asked.remove();
  asked = null;
  if (!question) return;
  const answer = runs => () => send({ command: 'answer', question: question.number, runs });
  asked = add(null, 'div', { class: 'message warning question', role: 'group', 'aria-label': 'Question', 'data-added': true });
  add(asked, 'p', { role: 'alert' }, question.text);
  add(asked, 'button', { type: 'button', onclick: answer(true) }, 'Run the edited notebook');
  add(asked, 'button', { type: 'button', onclick: answer(false) }, 'Keep the results');
  const cell = doc.getElementById(question.anchor);
  const place = cell && cell.closest('.part');
  if (place) place.before(asked); else doc.getElementById('content').prepend(asked);
}

// ---- Parameters

let fields = new Map();
let form = null;
function showParameters(list) {
  parameters.details.hidden = !list.length;
  const names = JSON.stringify(list.map(field => [field.name, field.kind, field.choices]));
  if (!form || form.dataset.names !== names) buildForm(list, names);
  for (const field of list) {
    const input = fields.get(field.name);
    const isBeingEdited = doc.activeElement === input || input.dataset.edited;
    if (!isBeingEdited) {
      if (field.kind === 'boolean') input.checked = field.value === 'true'; else input.value = field.value;
    }
    input.closest('p').classList.toggle('replaced', field.isReplaced);
  }
  form.querySelector('.write').hidden = form.querySelector('.reset').hidden = !list.some(field => field.isReplaced);
}
function buildForm(list, names) {
  fields = new Map();
  form = add(null, 'form', { 'data-names': names, onsubmit: event => { event.preventDefault(); apply(list); } });
  for (const field of list) {
    const input = add(null, field.choices ? 'select' : 'input', {
      id: `parameter-${field.name}`, autocomplete: 'off', oninput: () => { input.dataset.edited = true; },
      type: field.choices ? undefined : field.kind === 'boolean' ? 'checkbox' : 'text',
      inputmode: field.kind === 'integer' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined,
    });
    for (const choice of field.choices || []) add(input, 'option', { value: choice }, choice);
    fields.set(field.name, input);
    const row = add(form, 'p', {});
    add(row, 'label', { for: input.id }, field.name);
    row.append(input);
    if (field.validValues) add(row, 'small', {}, field.validValues);
  }
  const buttons = add(form, 'p', { class: 'buttons' });
  add(buttons, 'button', { type: 'submit' }, 'Use these values');
  add(buttons, 'button', { type: 'button', class: 'write', onclick: () => send({ command: 'writeParameters' }) },
    'Write them into the notebook');
  add(buttons, 'button', { type: 'button', class: 'reset', onclick: () => { forget(); send({ command: 'set', values: {} }); } },
    'Use the notebook’s values');
  parameters.body.replaceChildren(form);
}
function forget() { for (const input of fields.values()) delete input.dataset.edited; }
function apply(list) {
  const replaced = {};
  const current = values.parameters || list;
  for (const field of current) {
    const input = fields.get(field.name);
    const value = field.kind === 'boolean' ? String(input.checked) : input.value.trim();
    if (field.isReplaced || value !== field.value) replaced[field.name] = value;
  }
  forget();
  send({ command: 'set', values: replaced });
}

// ---- Curves

const size = { width: 460, height: 150, left: 46, right: 70, top: 10, bottom: 24 };
function svg(tag, attributes, ...children) {
  const element = doc.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function chart(title, series) {
  const points = series.flatMap(line => line.points);
  const xs = points.map(point => point[0]), ys = points.map(point => point[1]);
  const x0 = Math.min(0, ...xs), x1 = Math.max(1, ...xs);
  let y0 = Math.min(...ys), y1 = Math.max(...ys);
  if (y0 === y1) { y0 -= 0.5; y1 += 0.5; }
  const { width, height, left, right, top, bottom } = size;
  const x = value => left + (value - x0) / (x1 - x0) * (width - left - right);
  const y = value => height - bottom - (value - y0) / (y1 - y0) * (height - top - bottom);
  const digits = value => Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
  const image = svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'chart live', role: 'img', 'aria-label': title });
  for (const value of [y0, (y0 + y1) / 2, y1]) {
    image.append(svg('line', { x1: left, x2: width - right, y1: y(value), y2: y(value), class: 'grid' }));
    image.append(svg('text', { x: left - 6, y: y(value) + 4, class: 'end' }, digits(value)));
  }
  image.append(svg('text', { x: (left + width - right) / 2, y: height - 6, class: 'middle' }, 'epoch'));
  image.append(svg('text', { x: width - right, y: height - 6, class: 'end' }, x1 < 10 ? x1.toFixed(1) : x1.toFixed(0)));
  const labels = [];
  series.forEach(line => {
    const path = line.points.map((point, i) => `${i ? 'L' : 'M'}${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`);
    const last = line.points[line.points.length - 1];
    image.append(svg('path', { d: path.join(''), class: `series ${line.style}` }));
    image.append(svg('circle', { cx: x(last[0]), cy: y(last[1]), r: 2.5, class: `dot ${line.style}` }));
    labels.push({ text: line.name, y: y(last[1]) + 4 });
  });
  labels.sort((a, b) => a.y - b.y);
  labels.forEach((label, i) => { if (i) label.y = Math.max(label.y, labels[i - 1].y + 12); });
  for (const label of labels) image.append(svg('text', { x: width - right + 8, y: label.y }, label.text));
  const figure = doc.createElement('figure');
  const caption = doc.createElement('figcaption');
  caption.textContent = title;
  figure.append(caption, image);
  return figure;
}
let drawn = '';
function showCurves(training) {
  const isEmpty = !training || (training.losses.length < 2 && !training.epochs.length);
  curves.details.hidden = isEmpty;
  if (isEmpty) { drawn = ''; return; }
  if (!drawn) curves.details.open = true;
  const key = JSON.stringify([training.losses, training.epochs]);
  if (key === drawn || (doc.hidden && drawn)) return;
  drawn = key;
  const finite = list => list.filter(point => Number.isFinite(point[0]) && Number.isFinite(point[1]));
  const column = index => finite(training.epochs.map(row => [row[0], row[index]]));
  const held = training.split || 'test';
  const lines = (train, other) => [
    { name: 'train', style: 's0', points: train }, { name: held, style: 's1', points: other },
  ].filter(line => line.points.length);
  const charts = [chart('Loss', lines(finite(training.losses), column(3)))];
  if (training.epochs.length) charts.push(chart(training.metric || 'metric', lines(column(2), column(4))));
  curves.body.replaceChildren(...charts);
}
doc.addEventListener('visibilitychange', () => { if (!doc.hidden && values.training) showCurves(values.training); });

// ---- Run from here

function cellButtons(root) {
  for (const cell of root.querySelectorAll('section.cell')) {
    if (cell.querySelector(':scope > .from')) continue;
    add(cell, 'button', {
      type: 'button', class: 'from', 'data-added': true, title: 'Run this step and those after it again',
      onclick: () => send({ command: 'runFrom', anchor: cell.id }),
    }, 'Run from here');
  }
}
cellButtons(doc);
render(Object.keys(values));
connect();
})();

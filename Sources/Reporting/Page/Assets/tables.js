// Sorts tables by a click on a column's title. Without the script, the rows keep their order.
(() => {
  'use strict';
  const units = { h: 3600, min: 60, s: 1, ms: 0.001 };
  // The seconds of a duration, or the number at the beginning of a text.
  const number = text => {
    const parts = [...text.matchAll(/([\d.]+) (h|min|s|ms)\b/g)];
    if (!parts.length) return parseFloat(text.replaceAll(',', ''));
    return parts.reduce((sum, [, count, unit]) => sum + count * units[unit], 0);
  };
  function sort(title) {
    const body = title.closest('table').tBodies[0], sign = title.ariaSort === 'ascending' ? -1 : 1;
    for (const other of title.parentNode.cells) other.ariaSort = null;
    title.ariaSort = sign > 0 ? 'ascending' : 'descending';
    // What has no number is at the end in either direction.
    const order = (a, b) => {
      const x = number(a), y = number(b);
      return isNaN(x) - isNaN(y) || sign * (x - y || a.localeCompare(b));
    };
    const text = row => row.cells[title.cellIndex].textContent;
    body.append(...[...body.rows].sort((a, b) => order(text(a), text(b))));
  }
  document.addEventListener('DOMContentLoaded', () => {
    for (const title of document.querySelectorAll('[data-sortable] thead th')) {
      const button = document.createElement('button');
      button.onclick = () => sort(title);
      button.append(...title.childNodes);
      title.append(button);
    }
  });
})();

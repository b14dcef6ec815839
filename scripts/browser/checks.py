"""Checks of an open page. Each returns a list of problems in words."""

import re
from functools import cache
from pathlib import Path

# What is too wide: the page itself, and the elements that stick out of it. An element in a region that scrolls may.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth, problems = [];
  if (document.documentElement.scrollWidth > width)
    problems.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.right <= width + 1 || !box.width || !box.height) continue;
    let parent = element.parentElement;
    while (parent && getComputedStyle(parent).overflowX === 'visible') parent = parent.parentElement;
    if (parent && parent !== document.body && parent !== document.documentElement) continue;
    const name = element.className && element.className.baseVal === undefined ? '.' + element.className : '';
    problems.push(`${element.tagName.toLowerCase()}${name} ends at ${Math.round(box.right)} px`);
  }
  return problems.slice(0, 4);
}"""

# What paper would cut off: it cannot scroll.
CUT_OFF = """() => {
  const problems = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (getComputedStyle(element).overflowX === 'visible' || element.scrollWidth <= element.clientWidth + 1) continue;
    if (!element.clientWidth || element.closest('svg, math')) continue;
    problems.push(`${element.tagName.toLowerCase()}.${element.className} shows ${element.clientWidth} of `
      + `${element.scrollWidth} px: ${element.textContent.trim().slice(0, 40)}`);
  }
  return problems.slice(0, 4);
}"""

AXE_RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`)"""


@cache
def axe_script():
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def overflow(page):
    return page.evaluate(OVERFLOW)


def accessibility(page):
    """Violations that axe-core finds."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(axe_script())
    return page.evaluate(AXE_RUN)


def printed(page, *, pages):
    """What an A4 printout would lose, and whether it has more pages than it should."""
    size = page.viewport_size
    page.emulate_media(media="print")
    # A4 without the margins of the style sheet, in CSS pixels.
    page.set_viewport_size({"width": 673, "height": 1000})
    problems = page.evaluate(OVERFLOW) + page.evaluate(CUT_OFF)
    page.set_viewport_size(size)
    page.emulate_media(media="screen")
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True)))
    if not 0 < count <= pages:
        problems.append(f"{count} printed pages instead of at most {pages}")
    return problems


def scriptless(page):
    """Controls that need a script and would do nothing."""
    return page.evaluate("""() => [...document.querySelectorAll('button, .readout')]
      .filter(e => e.checkVisibility()).map(e => `'${e.textContent}' is visible, but needs a script`)""")


def behaviour(page):
    """What buttons, keys and the mouse should do."""
    problems = page.evaluate(COPY_COVERS) + page.evaluate(IDLE_STOPS)
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(100)
    if not page.evaluate(LAST_IS_CURRENT):
        problems.append("the contents do not mark the last section at the end of the page")
    chart = page.locator("figure.plot svg[tabindex]:visible").first
    if chart.count():
        chart.focus()
        chart.press("ArrowRight")
        if not page.evaluate("() => [...document.querySelectorAll('.readout')].some(p => /\\d/.test(p.textContent))"):
            problems.append("an arrow key on a chart shows no values")
        if not page.evaluate(CROSSHAIR_IS_INSIDE):
            problems.append("the crosshair or its values are outside the chart")
    problems += page.evaluate(SORTING)
    button = page.locator("#theme")
    before = page.evaluate(BACKGROUND)
    button.click()
    if page.evaluate(BACKGROUND) == before:
        problems.append("the button for the theme changes nothing")
    button.click()
    return problems


# The crosshair's dots are in the plot, each with its value beside it.
CROSSHAIR_IS_INSIDE = """() => {
  const isShown = part => part.style.display !== 'none';
  const panels = [...document.querySelectorAll('.panel')].filter(panel =>
    isShown(panel) && panel.closest('svg').checkVisibility());
  return panels.length && panels.every(panel => {
    const [left, top, width, height] = panel.dataset.frame.split(' ').map(Number);
    const dots = [...panel.querySelectorAll('circle')].filter(isShown);
    const texts = [...panel.querySelectorAll('.value')].filter(isShown);
    return dots.length === texts.length && texts.every(text => /\\d/.test(text.textContent)) && dots.every(dot => {
      const x = +dot.getAttribute('cx'), y = +dot.getAttribute('cy');
      return x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
    });
  });
}"""

# A click on a title sorts, another reverses the order, and no row is lost.
SORTING = """() => [...document.querySelectorAll('table[data-sortable]')].flatMap(table => {
  const rows = () => [...table.tBodies[0].rows].map(row => row.textContent);
  const before = rows(), problems = [];
  for (const button of table.querySelectorAll('thead button')) {
    const title = button.closest('th'), numbers = () =>
      [...table.tBodies[0].rows].map(row => parseFloat(row.cells[title.cellIndex].textContent)).filter(n => !isNaN(n));
    const isSorted = list => list.every((n, i) => !i || list[i - 1] <= n);
    button.click();
    if (!isSorted(numbers())) problems.push(`'${title.textContent}' does not sort`);
    button.click();
    if (!isSorted(numbers().reverse())) problems.push(`'${title.textContent}' does not reverse`);
    if (rows().sort().join() !== before.slice().sort().join()) problems.push('sorting loses rows');
  }
  return table.querySelector('thead button') ? problems : ['a table has no buttons for sorting'];
})"""

BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"

# Keyboard users pass each of these for nothing.
IDLE_STOPS = """() => [...document.querySelectorAll('pre[tabindex="0"], .scroll[tabindex="0"]')].filter(box =>
  box.checkVisibility() && box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight
).map(box => `focus stops at '${box.textContent.trim().slice(0, 40)}', which does not scroll`).slice(0, 2)"""

LAST_IS_CURRENT = """() => {
  const links = [...document.querySelectorAll('.toc a')];
  return !links.length || scrollY === 0 || links.at(-1).hasAttribute('aria-current');
}"""

# A button over the text that it copies hides it.
COPY_COVERS = """() => [...document.querySelectorAll('.copy')].filter(button => {
  const code = button.closest('.cell, .listing')?.querySelector('pre');
  if (!code) return false;
  const a = button.getBoundingClientRect(), b = code.getBoundingClientRect();
  return a.width && b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}).map(() => 'a copy button covers code').slice(0, 1)"""

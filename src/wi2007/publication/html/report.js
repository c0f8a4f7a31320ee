"use strict";
/* Comfort on top of a page that works without it: sorting, a table of contents that follows, fewer tab stops.
   A part that another script adds to the page is told by the event "wi2007:added". */
(() => {
  const collator = new Intl.Collator("nl", { numeric: true });
  const status = document.getElementById("r-melding");
  const words = { ascending: "oplopend", descending: "aflopend" };

  /* What a cell is sorted by: the value it carries, or else the whole number or the words that it shows. */
  const key = (row, column) => {
    const cell = row.cells[column];
    const text = cell.textContent.trim();
    if (column === 0) return text;
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    if (!cell.matches(".number, .numbers td")) return text || null;
    return /^\d[\d.]*$/.test(text) ? Number(text.replaceAll(".", "")) : null;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));

  /* Rows change places among themselves; totals, rests and headings keep theirs. What has no value comes last. */
  const sortBody = (body, column, direction) => {
    const slots = [...body.rows].filter((row) => row.classList.contains("row"));
    const rows = slots.map((row) => ({ row, place: Number(row.dataset.place), key: direction ? key(row, column) : null }));
    rows.sort((a, b) => {
      if (!direction) return a.place - b.place;
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
      return (direction === "ascending" ? 1 : -1) * compare(a.key, b.key) || a.place - b.place;
    });
    const marks = slots.map((slot) => {
      const mark = document.createComment("");
      slot.replaceWith(mark);
      return mark;
    });
    marks.forEach((mark, index) => mark.replaceWith(rows[index].row));
  };

  const sort = (table, header, column, name) => {
    const first = header.classList.contains("number") ? "descending" : "ascending";
    const second = first === "ascending" ? "descending" : "ascending";
    const now = header.getAttribute("aria-sort");
    const next = now === null ? first : now === first ? second : null;
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    if (next) header.setAttribute("aria-sort", next);
    [...table.tBodies].forEach((body) => sortBody(body, column, next));
    status.textContent = next ? `Gesorteerd op ${name}, ${words[next]}.` : "Oorspronkelijke volgorde.";
  };

  /* The header cell of each column, through row and column spans. */
  const headers = (table) => {
    const grid = [...table.tHead.rows].map(() => []);
    [...table.tHead.rows].forEach((row, y) => {
      let x = 0;
      [...row.cells].forEach((cell) => {
        while (grid[y][x]) x += 1;
        for (let down = 0; down < cell.rowSpan; down += 1)
          for (let right = 0; right < cell.colSpan; right += 1) grid[y + down][x + right] = cell;
        x += cell.colSpan;
      });
    });
    return grid;
  };

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    const grid = headers(table);
    if ([...table.tBodies].every((body) => body.querySelectorAll("tr.row").length < 2)) return;
    [...table.tBodies].forEach((body) => [...body.rows].forEach((row, place) => (row.dataset.place = place)));
    grid[grid.length - 1].forEach((header, column) => {
      const name = [...new Set(grid.map((row) => row[column]))].map((cell) => cell.textContent.trim()).join(", ");
      const button = document.createElement("button");
      button.type = "button";
      const unit = header.querySelector(".unit");
      button.append(...[...header.childNodes].filter((node) => node !== unit));
      header.prepend(button);
      button.title = "Sorteer";
      button.addEventListener("click", () => sort(table, header, column, name));
    });
  });

  /* A table that fits needs no stop for the keyboard. */
  const fits = (area) => area.scrollWidth <= area.clientWidth + 1 && area.scrollHeight <= area.clientHeight + 1;
  const mark = (area) => (fits(area) ? area.removeAttribute("tabindex") : (area.tabIndex = 0));
  const watch = new ResizeObserver((entries) =>
    new Set(entries.map(({ target }) => target.closest(".scroll"))).forEach(mark)
  );
  const watchAll = (place) => place.querySelectorAll(".scroll, .scroll > table").forEach((part) => watch.observe(part));
  watchAll(document);
  document.addEventListener("wi2007:added", ({ target }) => watchAll(target));
  document.fonts.ready.then(() => document.querySelectorAll(".scroll").forEach(mark));

  const contents = document.querySelector(".contents details");
  const wide = window.matchMedia("(min-width: 64rem)");
  const fold = () => (contents.open = wide.matches);
  fold();
  wide.addEventListener("change", fold);

  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(id));
  /* A long list of contents scrolls along, by itself and not with the page. */
  const keepInView = (link) => {
    const [own, list] = [link, contents.parentElement].map((part) => part.getBoundingClientRect());
    contents.parentElement.scrollTop += Math.max(0, own.bottom - list.bottom) - Math.max(0, list.top - own.top);
  };
  const follow = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < window.innerHeight * 0.3);
    links.forEach((link) => link.removeAttribute("aria-current"));
    if (!passed.length) return;
    const link = links.get(passed[passed.length - 1].id);
    link.setAttribute("aria-current", "true");
    if (wide.matches) keepInView(link);
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  window.addEventListener("scroll", soon, { passive: true });
  follow();

  window.addEventListener("beforeprint", () =>
    document.querySelectorAll(".data").forEach((details) => {
      details.dataset.closed = details.open ? "" : "yes";
      details.open = true;
    })
  );
  window.addEventListener("afterprint", () =>
    document.querySelectorAll('.data[data-closed="yes"]').forEach((details) => (details.open = false))
  );
})();

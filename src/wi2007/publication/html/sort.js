"use strict";
/* Tables that can be sorted: each head of a column is a button. */
(() => {
  const collator = new Intl.Collator("nl", { numeric: true });
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
    wi2007.tell(next ? `Gesorteerd op ${name}, ${words[next]}.` : "Oorspronkelijke volgorde.");
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
  wi2007.headers = headers;

  wi2007.each("table[data-sortable]", (table) => {
    const grid = headers(table);
    if ([...table.tBodies].every((body) => body.querySelectorAll("tr.row").length < 2)) return;
    [...table.tBodies].forEach((body) => [...body.rows].forEach((row, place) => (row.dataset.place = place)));
    grid[grid.length - 1].forEach((header, column) => {
      const name = [...new Set(grid.map((row) => row[column]))].map((cell) => cell.textContent.trim()).join(", ");
      const button = wi2007.make("button", { type: "button", title: "Sorteer" });
      const unit = header.querySelector(".unit");
      button.append(...[...header.childNodes].filter((node) => node !== unit));
      header.prepend(button);
      button.addEventListener("click", () => sort(table, header, column, name));
    });
  });
})();

"use strict";
/* A filter above each long table: rows whose name does not hold what is typed are hidden; the total stays. */
(() => {
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  document.querySelectorAll(".table.long").forEach((area) => {
    const box = area.querySelector(".scroll");
    const rows = [...area.querySelectorAll("tbody tr.row, tbody tr.rest")];
    const names = new Map(rows.map((row) => [row, plain(row.cells[0].textContent)]));
    const input = make("input", { type: "search", id: `r-zoek-${area.id}`, autocomplete: "off", spellcheck: false });
    const told = make("p", { className: "told" });
    told.setAttribute("role", "status");
    input.setAttribute("aria-describedby", (box.getAttribute("aria-labelledby")));

    const filter = () => {
      const wanted = plain(input.value);
      rows.forEach((row) => (row.hidden = !names.get(row).includes(wanted)));
      const shown = rows.filter((row) => !row.hidden).length;
      area.classList.toggle("filtered", wanted !== "");
      told.textContent = `${shown} van de ${rows.length} rijen`;
      box.scrollTop = 0;
    };

    const label = make("label", { htmlFor: input.id }, "Zoek een rij in deze tabel");
    box.before(make("div", { className: "filter" }, label, input, told));
    input.addEventListener("input", filter);
    filter();
  });
})();

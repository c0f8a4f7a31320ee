"use strict";
/* A filter above each long table: rows whose name does not hold what is typed are hidden; the total stays. Other names and
   codes of municipalities count too, from a few letters on. Whatever is typed opens the table. */
(() => {
  const { make, plain } = wi2007;
  const FEW = 3;

  const start = (area) => {
    if (area.querySelector(":scope > .filter")) return;
    const whole = area.querySelector(":scope > .whole");
    const input = make("input", { type: "search", id: `r-zoek-${area.closest("[id]").id}`, autocomplete: "off", spellcheck: false });
    const told = make("p", { className: "told" });
    told.setAttribute("role", "status");
    input.setAttribute("aria-describedby", area.querySelector(".title").closest("[id]").id);

    let names = null;
    const read = () => {
      const rows = [...area.querySelectorAll("tbody tr.row, tbody tr.rest")];
      const all = (label) => [label, ...(wi2007.names?.get(label) ?? [])].map(plain);
      names = new Map(rows.map((row) => [row, all(row.cells[0].textContent)]));
    };
    const filter = () => {
      const wanted = plain(input.value);
      if (wanted && whole) wi2007.folded.open(whole);
      if (!area.querySelector("table")) return;
      if (!names) read();
      const fits = ([own, ...others]) => own.includes(wanted) || (wanted.length >= FEW && others.some((name) => name.includes(wanted)));
      names.forEach((known, row) => (row.hidden = !fits(known)));
      const shown = [...names.keys()].filter((row) => !row.hidden).length;
      area.classList.toggle("filtered", wanted !== "");
      told.textContent = `${shown} van de ${names.size} rijen`;
      area.querySelector(".scroll").scrollTop = 0;
    };

    const label = make("label", { htmlFor: input.id }, "Zoek een rij in deze tabel");
    (whole ?? area.firstElementChild).before(make("div", { className: "filter" }, label, input, told));
    input.addEventListener("input", filter);
    if (whole) whole.addEventListener("toggle", () => whole.open && filter());
    else filter();
    area.addEventListener("wi2007:find", ({ detail }) => {
      input.value = detail;
      filter();
    });
  };

  wi2007.each(".table.long", start);
})();

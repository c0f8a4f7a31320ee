"use strict";
/* Copy a table for a spreadsheet (tabs between cells, numbers as they are shown), the address of a part, or how to cite. */
(() => {
  /* Where a browser offers no clipboard, an old way is tried. */
  const older = (text) => {
    const area = wi2007.make("textarea", { value: text, className: "hidden" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (text, from, words) => {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = older(text);
      from.focus();
    }
    wi2007.tell(done ? words : "Kopiëren is hier niet gelukt.");
    if (!done) return;
    from.dataset.done = "Gekopieerd";
    setTimeout(() => delete from.dataset.done, 2000);
  };

  const line = (cells) => cells.map((text) => text.replace(/\s+/g, " ").trim()).join("\t");
  const words = (cell) => [...cell.childNodes].map((node) => node.textContent).join(" ");
  /* Heads of groups stand above each of their columns. */
  const lines = (table) => [
    ...wi2007.headers(table).map((row, y, all) => line(row.map((cell) => (y && all[y - 1].includes(cell) ? "" : words(cell))))),
    ...[...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.hidden).map((row) => line([...row.cells].map((cell) => cell.textContent)))),
  ];

  wi2007.each(".table", (box) => {
    const tools = box.querySelector(":scope > .tools") ?? box.appendChild(wi2007.make("p", { className: "tools" }));
    if (tools.querySelector(".copy")) return;
    const name = box.querySelector(".title").textContent;
    const button = wi2007.make("button", { type: "button", className: "copy" }, "Kopieer de tabel");
    button.append(wi2007.make("span", { className: "hidden" }, `: ${name}`));
    button.addEventListener("click", () => {
      const folded = box.querySelector(":scope > .whole");
      if (folded) wi2007.folded.fill(folded);
      copy(lines(box.querySelector("table")).join("\n"), button, "De tabel is gekopieerd. U kunt hem in een werkblad plakken.");
    });
    tools.prepend(button);
  });

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a.anchor");
    if (link) copy(link.href, link, "De verwijzing is gekopieerd.");
  });

  document.querySelectorAll(".cite").forEach((cite) => {
    const button = wi2007.make("button", { type: "button", className: "copy" }, "Kopieer");
    button.append(wi2007.make("span", { className: "hidden" }, " hoe u dit rapport citeert"));
    button.addEventListener("click", () => copy(cite.querySelector("cite").textContent, button, "Gekopieerd."));
    cite.append(" ", button);
  });
})();

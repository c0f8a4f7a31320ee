"use strict";
/* A choice of one among many: its figures beside those of everybody. All texts are in the page; nothing is computed but
   the length of bars, from the percentages shown. The choice stands in the address: #mijn-gemeente=0363. */
(() => {
  const status = document.getElementById("r-melding");

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const bar = (kind, text) => {
    const element = make("span", { className: `bar ${kind}` });
    element.style.inlineSize = `${Math.min(100, Number(text.replace(",", ".")) || 0)}%`;
    return element;
  };
  const bars = (own, others) => {
    const both = make("span", { className: "bars" }, bar("own", own.at(-1)), bar("others", others.at(-1)));
    both.setAttribute("aria-hidden", "true");
    return both;
  };

  const number = (text) => make("td", {}, text);
  const row = (columns, [label, role, others], own) => {
    if (role === "group") {
      const title = make("th", { scope: "rowgroup", colSpan: 2 * columns.length + 1 }, make("span", {}, label));
      return make("tr", { className: role }, title);
    }
    const name = make("th", { scope: "row" }, label);
    if (role === "row") name.append(bars(own, others));
    return make("tr", { className: role }, name, ...[...own, ...others].map(number));
  };

  /* Each group of rows is a body of its own, so that its heading is heard with its rows. */
  const bodies = (table, own) => {
    const made = [make("tbody", {})];
    table.rows.forEach((line) => {
      if (line[1] === "group") made.push(make("tbody", {}));
      made.at(-1).append(row(table.columns, line, own.splice(0, line[2].length)));
    });
    return made.filter((body) => body.rows.length);
  };

  const head = (table, label) => {
    const groups = [label, table.columns[0][0]].map((group) =>
      make("th", { scope: "colgroup", colSpan: table.columns.length, className: "group" }, group)
    );
    const first = make("th", { scope: "col", rowSpan: 2 }, table.header);
    const units = [...table.columns, ...table.columns].map(([, unit]) => make("th", { scope: "col", className: "number" }, unit));
    return make("thead", {}, make("tr", {}, first, ...groups), make("tr", {}, ...units));
  };

  const shownTable = (table, label, own, id) => {
    const title = make("span", { className: "title" }, `${label}: ${table.title}`);
    const population = make("span", { className: "population" }, table.population);
    const caption = make("caption", { id }, title, population);
    const spans = [1, table.columns.length, table.columns.length].map((span) => make("colgroup", { span }));
    const whole = make("table", { className: "numbers" }, caption, ...spans, head(table, label), ...bodies(table, own));
    const area = make("div", { className: "scroll", tabIndex: 0 }, whole);
    area.setAttribute("role", "group");
    area.setAttribute("aria-labelledby", id);
    const notes = make("ul", { className: "table-notes" }, ...table.notes.map((note) => make("li", {}, note)));
    return make("div", { className: "table" }, area, notes);
  };

  const start = (root) => {
    const data = JSON.parse(root.querySelector("script").textContent);
    const known = new Map(data.choices.map(([key, label, texts]) => [key, { label, texts }]));
    const option = (value, label) => make("option", { value }, label);
    const select = make(
      "select",
      { id: `r-keuze-${root.id}`, autocomplete: "off" },
      option("", data.empty),
      ...data.choices.map(([key, label]) => option(key, label))
    );
    const hint = make("p", { className: "hint", id: `r-uitleg-${root.id}` }, data.hint);
    const lost = make("p", { className: "lost" });
    const result = make("div", { className: "result" });
    select.setAttribute("aria-describedby", hint.id);
    lost.setAttribute("role", "status");

    const show = (key) => {
      const choice = known.get(key);
      root.classList.toggle("chosen", Boolean(choice));
      lost.textContent = "";
      if (!choice) return result.replaceChildren();
      const own = [...choice.texts];
      const tables = data.tables.map((table, at) => shownTable(table, choice.label, own, `r-${root.id}-${at}`));
      result.replaceChildren(...tables);
      result.dispatchEvent(new CustomEvent("wi2007:added", { bubbles: true }));
      status.textContent = `De cijfers van ${choice.label} staan onder de keuzelijst.`;
    };

    /* The part of the address that is meant for this chooser; null where there is none. */
    const wanted = () => {
      const mark = `#${root.id}=`;
      if (!location.hash.startsWith(mark)) return null;
      try {
        return decodeURIComponent(location.hash.slice(mark.length));
      } catch {
        return "";
      }
    };
    const follow = () => {
      const key = wanted();
      if (key === null) return;
      select.value = known.has(key) ? key : "";
      show(key);
      if (!known.has(key)) lost.textContent = "Deze verwijzing noemt een keuze die niet in dit rapport staat.";
      (root.closest("section") ?? root).scrollIntoView({ behavior: "instant" });
    };

    select.addEventListener("change", () => {
      show(select.value);
      history.replaceState(null, "", select.value ? `#${root.id}=${encodeURIComponent(select.value)}` : `#${root.id}`);
    });
    window.addEventListener("hashchange", follow);
    const label = make("label", { htmlFor: select.id }, data.prompt);
    root.querySelector(".fallback").remove();
    root.append(make("div", { className: "control" }, label, select, hint, lost), result);
    follow();
    document.fonts.ready.then(() => wanted() !== null && follow());
  };

  document.querySelectorAll(".chooser").forEach(start);
})();

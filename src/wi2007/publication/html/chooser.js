"use strict";
/* A choice of one among many, by typing: its figures beside those of everybody. All texts are in the page; nothing is
   computed but the length of bars, from the percentages shown. The choice stands in the address: #mijn-gemeente=0363. */
(() => {
  const { make } = wi2007;
  wi2007.names = new Map();

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

  const shownTable = (table, label, own) => {
    const id = `r-${table.id}`;
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

  /* The first count of each table, large: of whom how many there are. How it went begins with who was there before. */
  const first = (tables, texts, course) => {
    let at = 0;
    const items = tables.map(({ id, rows, population }) => {
      const count = texts[at];
      at += rows.reduce((sum, [, , cells]) => sum + cells.length, 0);
      return id === course ? "" : make("li", {}, make("b", {}, count), population);
    });
    return make("ul", { className: "first" }, ...items.filter(Boolean));
  };

  /* The full tables, opened at the row of the choice. */
  const whole = (tables, label) => {
    const items = tables.map(([id, title]) => {
      const link = make("a", { href: `#${id}` }, title);
      link.addEventListener("click", () =>
        document.getElementById(id).dispatchEvent(new CustomEvent("wi2007:find", { detail: label }))
      );
      return make("li", {}, link);
    });
    return [make("p", {}, "Alle gemeenten naast elkaar:"), make("ul", { className: "items" }, ...items)];
  };

  const start = (root) => {
    const data = JSON.parse(root.querySelector("script").textContent);
    const known = new Map(data.choices.map(([key, label, texts]) => [key, { label, texts }]));
    const codes = new Map(data.choices.flatMap(([key, , , others]) => others.filter(([, code]) => code).map(([, code, told]) => [code, { key, told }])));
    data.choices.forEach(([key, label, , others]) => wi2007.names.set(label, [key, ...others.flatMap(([name, code]) => [name, code])].filter(Boolean)));
    const find = wi2007.search(data.choices);

    const name = `r-keuze-${root.id}`;
    const input = make("input", { id: name, type: "text", autocomplete: "off", spellcheck: false });
    const list = make("ul", { id: `${name}-lijst`, hidden: true });
    const clear = make("button", { type: "button", className: "clear", hidden: true }, "×");
    const hint = make("p", { className: "hint", id: `r-uitleg-${root.id}` }, data.hint);
    const lost = make("p", { className: "lost" });
    const result = make("div", { className: "result" });
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-describedby": hint.id }).forEach(([key, value]) => input.setAttribute(key, value));
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", data.prompt);
    clear.setAttribute("aria-label", "Wis de keuze");
    lost.setAttribute("role", "status");
    let options = [];
    let at = -1;

    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      options = [];
      at = -1;
    };
    const mark = (next) => {
      list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
      at = next;
      const option = list.children[at];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      return input.setAttribute("aria-activedescendant", option.id);
    };
    const offer = () => {
      options = find(input.value);
      list.replaceChildren(
        ...options.map(({ label, name: found, told }, number) => {
          const option = make("li", { id: `${list.id}-${number}` }, label);
          const about = told || (found === label ? "" : found);
          if (about) option.append(make("small", {}, about));
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.addEventListener("pointerdown", (event) => event.preventDefault());
          option.addEventListener("click", () => choose(number));
          return option;
        })
      );
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(options.length > 0));
      mark(-1);
      lost.textContent = options.length ? "" : "Niets gevonden onder deze naam of code.";
    };

    const show = (key, told = "") => {
      const choice = known.get(key);
      root.classList.toggle("chosen", Boolean(choice));
      clear.hidden = !choice;
      lost.textContent = "";
      if (!choice) return result.replaceChildren();
      const own = [...choice.texts];
      const tables = data.tables.map((table) => shownTable(table, choice.label, own));
      const was = told ? [make("p", { className: "was" }, `${told}.`)] : [];
      const more = data.more ? [make("p", { className: "hint" }, data.more)] : [];
      const link = make("a", { className: "anchor", href: `#${root.id}=${encodeURIComponent(key)}` }, make("span", { className: "hidden" }, `Verwijzing naar ${choice.label}`));
      result.replaceChildren(make("h3", {}, choice.label, link), ...was, first(data.tables, choice.texts, data.course), ...more, ...tables, ...whole(data.full, choice.label));
      wi2007.added(result);
      return wi2007.tell(`De cijfers van ${choice.label} staan onder het zoekveld.${told ? ` ${told}.` : ""}`);
    };
    const address = (key) => history.replaceState(null, "", key ? `#${root.id}=${encodeURIComponent(key)}` : `#${root.id}`);
    const choose = (number) => {
      const { key, label, told } = options[number];
      close();
      input.value = label;
      show(key, told);
      address(key);
    };
    const wipe = () => {
      close();
      input.value = "";
      show("");
      address("");
      input.focus();
    };

    /* The part of the address that is meant for this chooser; null where there is none. */
    const wanted = () => {
      const mine = `#${root.id}=`;
      if (!location.hash.startsWith(mine)) return null;
      try {
        return decodeURIComponent(location.hash.slice(mine.length));
      } catch {
        return "";
      }
    };
    const follow = () => {
      const asked = wanted();
      if (asked === null) return;
      const { key, told } = known.has(asked) ? { key: asked, told: "" } : (codes.get(asked) ?? { key: "", told: "" });
      input.value = known.get(key)?.label ?? "";
      show(key, told);
      if (!known.has(key)) lost.textContent = "Deze verwijzing noemt een keuze die niet in dit rapport staat.";
      (root.closest("section") ?? root).scrollIntoView({ behavior: "instant" });
    };

    input.addEventListener("input", offer);
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const count = options.length;
      const keys = {
        ArrowDown: () => (list.hidden ? (offer(), mark(0)) : mark((at + 1) % count)),
        ArrowUp: () => (list.hidden ? (offer(), mark(options.length - 1)) : mark(at > 0 ? at - 1 : count - 1)),
        Enter: () => count && choose(Math.max(at, 0)),
        Escape: () => (list.hidden ? wipe() : close()),
      };
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    clear.addEventListener("click", wipe);
    window.addEventListener("hashchange", follow);
    const label = make("label", { htmlFor: input.id }, data.prompt);
    root.querySelector(".fallback").remove();
    root.prepend(make("div", { className: "control" }, label, make("div", { className: "field" }, input, clear), list, hint, lost), result);
    follow();
    document.fonts.ready.then(() => wanted() !== null && follow());
  };

  document.querySelectorAll(".chooser").forEach(start);
})();

"use strict";
/* The values of a chart where a reader points, or goes with the arrow keys: cells of the table that belongs to it. A bar says
   which cell it draws (data-cell: row and column); where years stand along an axis, the row of the nearest day is shown. */
(() => {
  const { make, tell } = wi2007;
  const NEAR = 40;
  const MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

  /* The heads and rows of the table that belongs to a chart, as texts. */
  const figures = (chart) => {
    const table = wi2007.folded.content(chart.querySelector(".data")).querySelector("table");
    const text = (cell) => cell.textContent.trim();
    const rows = [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("group")));
    return { heads: wi2007.headers(table).at(-1).map(text), rows: rows.map((row) => [...row.cells].map(text)) };
  };

  /* 1 juli 2022 as a year with a part of it; null for what is no day. */
  const year = (label) => {
    const found = /^(?:(\d+) (\p{L}+) )?(\d{4})$/u.exec(label);
    if (!found) return null;
    const month = found[2] ? MONTHS.indexOf(found[2]) : 0;
    return month < 0 ? null : Number(found[3]) + month / 12 + (Number(found[1] ?? 1) - 1) / 366;
  };

  /* Where the rows lie along an axis of years: a line between two of its years. */
  const along = (svg, rows) => {
    const years = [...svg.querySelectorAll("text")].filter((text) => /^\d{4}$/.test(text.textContent.trim()));
    const when = rows.map(([label]) => year(label));
    if (years.length < 2 || when.some((one) => one === null)) return [];
    const [first, last] = [years[0], years.at(-1)].map((text) => [Number(text.textContent), Number(text.getAttribute("x"))]);
    const scale = (last[1] - first[1]) / (last[0] - first[0]);
    return when.map((one, row) => ({ row, x: first[1] + (one - first[0]) * scale }));
  };

  const of = (svg, rows) => {
    const bars = [...svg.querySelectorAll("[data-cell]")].map((shape) => {
      const [row, column] = shape.dataset.cell.split(" ").map(Number);
      return { shape, row, column };
    });
    const points = bars.length ? bars : along(svg, rows);
    return points.sort((a, b) => a.row - b.row || a.column - b.column);
  };

  /* What is said of a point: its row, and its own cell or, of a day, every cell that has a value. */
  const words = ({ heads, rows }, { row, column }) => {
    const cells = column === undefined ? heads.map((_, at) => at).slice(1) : [column + 1];
    const told = cells.filter((at) => !/^[.–-]?$/.test(rows[row][at])).map((at) => `${heads[at]}: ${rows[row][at]}`);
    return [rows[row][0], ...(told.length ? told : cells.map((at) => `${heads[at]}: ${rows[row][at]}`))];
  };

  const start = (chart) => {
    const plot = chart.querySelector(".plot");
    const tip = make("p", { className: "tip", hidden: true });
    const line = make("span", { className: "at-line", hidden: true });
    const hint = make("p", { className: "keys-hint" }, "Pijltjestoetsen: de waarden");
    [tip, line, hint].forEach((part) => part.setAttribute("aria-hidden", "true"));
    let known = null;
    let at = -1;

    const drawn = () => [...plot.querySelectorAll("svg")].find((svg) => svg.getClientRects().length);
    const look = () => {
      const svg = drawn();
      if (known?.svg === svg) return known;
      const table = figures(chart);
      known = { svg, table, points: of(svg, table.rows) };
      return known;
    };
    /* Where a point is, in the plot. */
    const place = ({ shape, x }, svg) => {
      const [outer, whole] = [plot, svg].map((part) => part.getBoundingClientRect());
      if (shape) {
        const box = shape.getBoundingClientRect();
        return { left: box.left - outer.left, right: box.right - outer.left, top: box.top - outer.top, bottom: box.bottom - outer.top };
      }
      const left = whole.left - outer.left + (x * whole.width) / svg.viewBox.baseVal.width;
      return { left, right: left, top: whole.top - outer.top, bottom: whole.bottom - outer.top };
    };

    const hide = () => {
      plot.querySelectorAll(".pointed").forEach((shape) => shape.classList.remove("pointed"));
      tip.hidden = line.hidden = true;
      at = -1;
    };
    const show = (next) => {
      const { svg, table, points } = look();
      hide();
      at = next;
      const point = points[at];
      const box = place(point, svg);
      const [head, ...lines] = words(table, point);
      tip.replaceChildren(make("strong", {}, head), ...lines.map((one) => make("span", {}, one)));
      tip.hidden = false;
      point.shape?.classList.add("pointed");
      if (!point.shape) {
        line.hidden = false;
        Object.assign(line.style, { left: `${box.left}px`, top: `${box.top}px`, height: `${box.bottom - box.top}px` });
      }
      const left = Math.max(0, Math.min(box.right + 8, plot.clientWidth - tip.offsetWidth));
      const below = point.shape ? box.bottom + 6 : box.top + 20;
      const top = below + tip.offsetHeight > plot.clientHeight && point.shape ? box.top - tip.offsetHeight - 6 : below;
      Object.assign(tip.style, { left: `${left}px`, top: `${Math.max(0, top)}px` });
      return [head, ...lines].join(", ");
    };

    const far = (point, svg, x, y) => {
      const box = place(point, svg);
      const aside = Math.max(box.left - x, 0, x - box.right);
      return point.shape ? Math.hypot(Math.max(box.top - y, 0, y - box.bottom) * 3, aside / 4) : aside;
    };
    const follow = ({ clientX, clientY }) => {
      const { svg, points } = look();
      const outer = plot.getBoundingClientRect();
      const all = points.map((point, number) => [far(point, svg, clientX - outer.left, clientY - outer.top), number]);
      const [distance, nearest] = all.reduce((best, one) => (one[0] < best[0] ? one : best), [Infinity, -1]);
      if (distance > NEAR) hide();
      else if (nearest !== at) show(nearest);
    };
    plot.addEventListener("pointermove", follow);
    plot.addEventListener("pointerdown", follow);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const count = look().points.length;
      const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: count - 1 };
      if (event.key === "Escape") return hide();
      if (!(event.key in steps) || !count) return undefined;
      event.preventDefault();
      return tell(show(Math.min(count - 1, Math.max(0, steps[event.key]))));
    });

    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", `Waarden met de pijltjestoetsen${chart.querySelector(".data .hidden").textContent}`);
    plot.append(line, tip, hint);
  };

  /* A drawing without bars or an axis of years (a map) has nothing to point at. */
  const pointable = (chart) => {
    const svg = chart.querySelector(".wide svg");
    return svg.querySelector("[data-cell]") || [...svg.querySelectorAll("text")].filter((text) => /^\d{4}$/.test(text.textContent.trim())).length > 1;
  };
  [...document.querySelectorAll(".chart")].filter(pointable).forEach(start);
})();

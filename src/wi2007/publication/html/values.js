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

  /* The axes of years of a drawing: years that follow each other, in one row. Each holds the drawing above it, as far as the
     axis above that one and halfway to those beside it. */
  const axes = (svg) => {
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent.trim(), x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")) }));
    const found = [];
    texts.filter(({ words }) => /^(19|20)\d\d$/.test(words)).forEach((text) => {
      const last = found.at(-1)?.at(-1);
      if (last && last.y === text.y && Number(last.words) < Number(text.words)) found.at(-1).push(text);
      else found.push([text]);
    });
    const rows = found.filter((years) => years.length > 1);
    return rows.map((years) => {
      const [first, last] = [years[0], years.at(-1)];
      const beside = rows.filter((other) => other !== years && other[0].y === first.y);
      const before = beside.map((other) => other.at(-1).x).filter((x) => x < first.x);
      const after = beside.map((other) => other[0].x).filter((x) => x > last.x);
      const above = Math.max(0, ...rows.map((other) => other[0].y).filter((y) => y < first.y));
      const counts = texts.filter(({ words, y }) => /^[\d.]+$/.test(words) && y > above && y < first.y).map(({ y }) => y);
      return {
        at: (year) => first.x + ((year - Number(first.words)) * (last.x - first.x)) / (Number(last.words) - Number(first.words)),
        left: before.length ? (Math.max(...before) + first.x) / 2 : 0,
        right: after.length ? (last.x + Math.min(...after)) / 2 : svg.viewBox.baseVal.width,
        top: Math.min(...counts, first.y),
        bottom: first.y,
      };
    });
  };

  /* Where the rows lie along each axis of years. */
  const along = (svg, rows) => {
    const when = rows.map(([label]) => year(label));
    if (when.some((one) => one === null)) return [];
    return axes(svg).flatMap((axis) =>
      when.map((one, row) => ({ row, x: axis.at(one), axis })).filter(({ x }) => x >= axis.left && x <= axis.right)
    );
  };

  const of = (svg, rows) => {
    const bars = [...svg.querySelectorAll("[data-cell]")].map((shape) => {
      const [row, column] = shape.dataset.cell.split(" ").map(Number);
      return { shape, row, column };
    });
    return bars.length ? bars.sort((a, b) => a.row - b.row || a.column - b.column) : along(svg, rows);
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
    const place = ({ shape, x, axis }, svg) => {
      const [outer, whole] = [plot, svg].map((part) => part.getBoundingClientRect());
      if (shape) {
        const box = shape.getBoundingClientRect();
        return { left: box.left - outer.left, right: box.right - outer.left, top: box.top - outer.top, bottom: box.bottom - outer.top };
      }
      const scale = whole.width / svg.viewBox.baseVal.width;
      const left = whole.left - outer.left + x * scale;
      const [top, bottom] = [axis.top, axis.bottom].map((y) => whole.top - outer.top + y * scale);
      return { left, right: left, top, bottom };
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
      const away = Math.max(box.top - y, 0, y - box.bottom);
      return point.shape ? Math.hypot(away * 3, aside / 4) : aside + away;
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
    return svg.querySelector("[data-cell]") || axes(svg).length;
  };
  [...document.querySelectorAll(".chart")].filter(pointable).forEach(start);
})();

"use strict";
/* A table that fits has heads that stick to the window, and no stop for the keyboard. One that does not is set tighter, and
   if it still goes on sideways it gets a box of its own, in which its heads and its first column stick, and says so. */
(() => {
  const hint = () => wi2007.make("p", { className: "sideways-hint" }, "Deze tabel gaat naar rechts door: schuif hem opzij.");

  /* All of them together, reading after writing, so that the browser makes its layout a few times and not for each. */
  const mark = (areas) => {
    const seen = areas.filter((area) => area.getClientRects().length).map((area) => ({ area, box: area.closest(".table"), table: area.querySelector("table") }));
    const tooWide = () => new Set(seen.filter(({ area, table }) => table.offsetWidth > area.clientWidth + 1));
    const put = (names, some) => seen.forEach((one) => names.forEach((name) => one.box.classList.toggle(name, some.has(one))));
    put(["sideways", "tight", "fits"], new Set());
    const wide = tooWide();
    put(["tight"], wide);
    const across = wide.size ? tooWide() : wide;
    put(["sideways"], across);
    put(["fits"], new Set(seen.filter((one) => !across.has(one))));
    across.forEach(({ area, box }) => box.querySelector(".sideways-hint") ?? area.before(hint()));
    const scrolls = seen.map((one) => [one.area, across.has(one) || one.area.scrollHeight > one.area.clientHeight + 1]);
    scrolls.forEach(([area, yes]) => (yes ? (area.tabIndex = 0) : area.removeAttribute("tabindex")));
  };
  const watch = new ResizeObserver((entries) =>
    mark([...new Set(entries.map(({ target }) => target.closest(".scroll")))])
  );
  wi2007.each(".scroll, .scroll > table", (part) => watch.observe(part));
})();

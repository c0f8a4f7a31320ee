"use strict";
/* What is folded stands in the page as text, and becomes a table when somebody opens it, looks for it or prints it.
   Without scripts a browser shows it as it is. */
wi2007.folded = (() => {
  const parsed = (noscript) => {
    const template = document.createElement("template");
    template.innerHTML = noscript.textContent;
    return template.content;
  };

  const fill = (place) => {
    const noscript = place.querySelector(":scope > noscript");
    if (!noscript) return;
    noscript.replaceWith(parsed(noscript));
    wi2007.added(place);
  };

  /* What is folded in a place, in the page or not yet. */
  const content = (place) => {
    const noscript = place.querySelector(":scope > noscript");
    return noscript ? parsed(noscript) : place;
  };

  const open = (details) => {
    fill(details);
    details.open = true;
  };

  document.addEventListener("toggle", ({ target }) => target.matches("details") && target.open && fill(target), true);

  /* A link to a folded table opens it. */
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target?.matches("details") ? target : target?.querySelector(":scope > details.whole");
    if (details) open(details);
  };
  const safely = () => {
    try {
      follow();
    } catch {
      /* an address with an escape that is none */
    }
  };
  window.addEventListener("hashchange", safely);
  document.addEventListener("DOMContentLoaded", safely);

  /* Of a chart the page holds both widths; the narrow one is drawn where it is shown. */
  const narrow = window.matchMedia("(max-width: 40rem)");
  const draw = () => narrow.matches && document.querySelectorAll(".chart .narrow").forEach(fill);
  draw();
  narrow.addEventListener("change", draw);

  /* On paper everything is shown, but for long tables that lie in a file of their own. */
  window.addEventListener("beforeprint", () =>
    document.querySelectorAll(".data, .table:not(.beside) > .whole").forEach((details) => {
      if (!details.open) details.dataset.closed = "yes";
      open(details);
    })
  );
  window.addEventListener("afterprint", () =>
    document.querySelectorAll("[data-closed]").forEach((details) => {
      details.open = false;
      delete details.dataset.closed;
    })
  );

  return { fill, open, content };
})();

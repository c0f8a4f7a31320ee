"use strict";
/* A table of contents that follows the reader, and is folded on a narrow screen. */
(() => {
  const contents = document.querySelector(".contents details");
  const wide = window.matchMedia("(min-width: 64rem)");
  const fold = () => (contents.open = wide.matches);
  fold();
  wide.addEventListener("change", fold);

  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(id));
  /* A long list of contents scrolls along, by itself and not with the page. */
  const keepInView = (link) => {
    const [own, list] = [link, contents.parentElement].map((part) => part.getBoundingClientRect());
    contents.parentElement.scrollTop += Math.max(0, own.bottom - list.bottom) - Math.max(0, list.top - own.top);
  };
  const follow = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < window.innerHeight * 0.3);
    links.forEach((link) => link.removeAttribute("aria-current"));
    if (!passed.length) return;
    const link = links.get(passed[passed.length - 1].id);
    link.setAttribute("aria-current", "true");
    if (wide.matches) keepInView(link);
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  window.addEventListener("scroll", soon, { passive: true });
  soon();
})();

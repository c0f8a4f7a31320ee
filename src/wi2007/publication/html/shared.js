"use strict";
/* What the other scripts share. A part that one of them adds to the page is told by the event "wi2007:added". */
const wi2007 = (() => {
  const status = document.getElementById("r-melding");

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* Said to who cannot see what changed; the same words twice are said twice. */
  const tell = (words) => {
    status.textContent = "";
    status.textContent = words;
  };

  /* A name as it is looked for: letters and digits, no accents, no capitals. */
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const added = (place) => place.dispatchEvent(new CustomEvent("wi2007:added", { bubbles: true }));

  /* Does something to each part of a kind, those that are added later too. */
  const each = (selector, act) => {
    const within = (place) => place.querySelectorAll(selector).forEach(act);
    within(document);
    document.addEventListener("wi2007:added", ({ target }) => within(target));
  };

  return { make, tell, plain, added, each };
})();

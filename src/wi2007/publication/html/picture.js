"use strict";
/* A chart as a picture to take along: what the page draws, with its title, source and notice around it, and its letters in
   it. The same chart gives the same SVG; of a PNG the browser makes the bytes. */
(() => {
  const { make, tell } = wi2007;
  const SVG = "http://www.w3.org/2000/svg";
  const [EDGE, LINE, TIMES] = [16, 20, 2];

  const fonts = () =>
    [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule && !/italic/.test(rule.style.fontStyle));
  const style = () => {
    const family = getComputedStyle(document.body).fontFamily;
    return `${fonts().map((rule) => rule.cssText).join("\n")}\ntext { font-family: ${family} !important; }`;
  };

  /* Lines of at most a width. */
  const wrap = (text, width, font) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
    const lines = [];
    text.split(/\s+/).forEach((word) => {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    });
    return lines;
  };

  const element = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /* What stands above and below the drawing. */
  const around = (chart) => {
    const caption = chart.querySelector("figcaption");
    const topic = caption.querySelector(".topic")?.textContent ?? "";
    const title = caption.textContent.slice(0, topic ? -topic.length : undefined).trim();
    const notice = document.querySelector(".page-head .notice")?.textContent ?? "";
    const source = chart.querySelector(".source")?.textContent ?? "";
    const cite = document.querySelector(".cite cite")?.textContent ?? document.querySelector("h1").textContent;
    return { above: [[title, 600, "#1c2733"], [topic, 400, "#505d69"]], below: [[source, 400, "#505d69"], [cite, 400, "#505d69"], [notice, 600, "#7a4800"]] };
  };

  /* The picture and its size. */
  const drawing = (chart) => {
    const own = chart.querySelector(".wide svg");
    const [, , width, height] = own.getAttribute("viewBox").split(" ").map(Number);
    const whole = element("svg", { xmlns: SVG, role: "img" });
    whole.append(element("title", {}, chart.querySelector("figcaption").textContent.trim()), element("desc", {}, own.getAttribute("aria-label")), element("style", {}, style()));
    const { above, below } = around(chart);
    let y = EDGE;
    const write = ([text, weight, fill], size) =>
      (text ? wrap(text, width, `${weight} ${size}px`) : []).forEach((words) => {
        y += LINE;
        whole.append(element("text", { x: EDGE, y: y - 5, "font-size": size, "font-weight": weight, fill }, words));
      });
    const ground = element("rect", { width: "100%", height: "100%", fill: "#ffffff" });
    whole.append(ground);
    above.forEach((one) => write(one, 15));
    const inner = own.cloneNode(true);
    ["role", "aria-label", "focusable"].forEach((name) => inner.removeAttribute(name));
    Object.entries({ x: EDGE, y: y + 8, width, height }).forEach(([key, value]) => inner.setAttribute(key, value));
    inner.querySelectorAll("[class], [data-cell]").forEach((part) => ["class", "data-cell"].forEach((name) => part.removeAttribute(name)));
    whole.append(inner);
    y += 8 + height + 8;
    below.forEach((one) => write(one, 12));
    const size = { width: width + 2 * EDGE, height: y + EDGE };
    Object.entries({ ...size, viewBox: `0 0 ${size.width} ${size.height}` }).forEach(([key, value]) => whole.setAttribute(key, value));
    return { text: `${new XMLSerializer().serializeToString(whole)}\n`, ...size };
  };

  const KIND = "image/svg+xml;charset=utf-8";
  const address = (text) => `data:${KIND},${encodeURIComponent(text)}`;
  const save = (href, download) => make("a", { href, download }).click();

  const png = async ({ text, width, height }) => {
    const image = new Image();
    image.src = address(text);
    await image.decode();
    const canvas = make("canvas", { width: TIMES * width, height: TIMES * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  };

  const kinds = {
    SVG: async (chart) => address(drawing(chart).text),
    PNG: async (chart) => png(drawing(chart)),
  };

  document.querySelectorAll(".chart").forEach((chart) => {
    const tools = chart.querySelector(".tools");
    const buttons = Object.entries(kinds).map(([kind, made]) => {
      const button = make("button", { type: "button" }, `Figuur (${kind})`, make("span", { className: "hidden" }, `: ${chart.querySelector(".data .hidden").textContent.slice(2)}`));
      button.addEventListener("click", async () => {
        try {
          await document.fonts.ready;
          save(await made(chart), `${chart.id}.${kind.toLowerCase()}`);
          tell(`De figuur is bewaard als ${kind}.`);
        } catch {
          tell("De figuur bewaren is hier niet gelukt.");
        }
      });
      return button;
    });
    tools.querySelector("a[download]").after(" ", ...buttons);
  });
})();

// What the scripts that measure a page share: a browser, a page with its requests and errors, accessibility, folded parts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const launch = (executablePath) =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });

export const opener = (browser, file) => {
  const url = pathToFileURL(file).href;
  return async (options = {}) => {
    const context = await browser.newContext({ acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    const requests = [];
    const errors = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(url + (options.at ?? ""));
    if (options.javaScriptEnabled !== false) await page.evaluate(() => document.fonts.ready.then(() => true));
    const outside = () => requests.filter((address) => address.split("#")[0] !== url && !address.startsWith("data:"));
    return { page, errors, context, outside };
  };
};

// What is folded becomes part of the page when it is opened.
export const unfold = async (page, scripts = true) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  if (scripts) await page.waitForFunction(() => !document.querySelector("details[open] > noscript"));
};

// The checker looks at each cell: of a long table the first rows stand for all, which are alike, and the rest comes back.
const check = async (values) => {
  const tails = [...document.querySelectorAll(".long tbody")].map((body) => [body, [...body.rows].slice(25)]);
  tails.forEach(([, rows]) => rows.forEach((row) => row.remove()));
  const runOnly = { type: "tag", values };
  const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] });
  tails.forEach(([body, rows]) => body.append(...rows));
  return violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 3).map((node) => node.html.slice(0, 200)) }));
};

// Without scripts in the page nothing that waits can run in it, the checker neither.
export const violations = async (page, scripts = true) => {
  if (!scripts) return [];
  await page.evaluate(axe);
  return page.evaluate(check, tags);
};

export const widths = (page) =>
  page.evaluate(() => ({
    window: document.documentElement.clientWidth,
    page: document.documentElement.scrollWidth,
    outside: [...document.querySelectorAll("body *")]
      .filter((part) => !part.closest(".scroll, .hidden, svg") && part.getClientRects().length)
      .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((part) => part.outerHTML.slice(0, 120)),
    shown: {
      wide: [...document.querySelectorAll(".chart .wide")].filter((part) => part.getClientRects().length).length,
      narrow: [...document.querySelectorAll(".chart .narrow")].filter((part) => part.getClientRects().length).length,
    },
  }));

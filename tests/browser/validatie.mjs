// Opens validatie.html in a browser at several widths and writes what it finds as JSON: accessibility, requests, widths.
// It measures only; test_browser_validatie.py says what is right.
// node validatie.mjs <chromium> <validatie.html> <print.pdf>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, print] = process.argv.slice(2);
const url = pathToFileURL(file).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const looks = [];
for (const width of [320, 1100]) {
  const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  await page.evaluate(axe);
  const result = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  const widths = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    outside: [...document.querySelectorAll("body *")]
      .filter((part) => !part.closest(".scroll, .skip") && part.getClientRects().length)
      .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((part) => part.outerHTML.slice(0, 120)),
  }));
  looks.push({
    width,
    ...widths,
    requests: requests.filter((address) => address !== url),
    violations: result.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 3).map((node) => node.html) })),
  });
  if (width > 1000) await page.pdf({ path: print, preferCSSPageSize: true });
}
await browser.close();
console.log(JSON.stringify(looks));

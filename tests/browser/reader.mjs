// Reads a report as readers do and writes what they meet as JSON: a walk on a phone, values in charts, pictures, copies,
// heads that stick, widths, a dark screen, speed. It measures only; test_browser_reader.py says what is right.
// node reader.mjs <chromium> <report.html> <folder for pictures> <JSON: what to type, and which table to copy>
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, opener, unfold, violations, widths } from "./page.mjs";

const [executablePath, file, folder, asked] = process.argv.slice(2);
const { word, copied } = JSON.parse(asked);
const browser = await launch(executablePath);
const open = opener(browser, file);
const desk = { viewport: { width: 1280, height: 900 } };

const saved = async (page, act) => {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()).toString("base64") };
};

// On a phone: type a name, read the figure, follow a link to the table, take it along, go back.
const walk = async () => {
  const { page, errors, outside, context } = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const field = page.getByRole("combobox");
  await field.tap();
  await page.keyboard.type(word);
  const offered = await page.getByRole("option").allTextContents();
  await page.getByRole("option").first().tap();
  const seen = { offered, was: await page.locator(".result .was").textContent(), figures: await page.locator(".first b").allTextContents() };
  seen.course = await page.locator(".result table").first().evaluate((table) => [...table.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent))));
  await page.screenshot({ path: join(folder, "telefoon.png") });
  const link = page.locator(".result a[href^='#tabel']").first();
  seen.link = await link.textContent();
  const target = (await link.getAttribute("href")).slice(1);
  await link.tap();
  const table = page.locator(`[id="${target}"]`);
  await table.locator("tbody tr:visible").first().waitFor();
  seen.rows = await table.locator("tbody tr:visible").allTextContents();
  await page.waitForFunction((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 60, target);
  seen.file = await saved(page, () => table.locator("a[download]").tap());
  await page.goBack();
  await page.waitForFunction(() => location.hash.startsWith("#mijn-"));
  seen.back = { value: await field.inputValue(), figures: await page.locator(".first b").allTextContents(), hash: await page.evaluate(() => location.hash) };
  await context.close();
  return { ...seen, errors, requests: outside() };
};

// With the keyboard alone: to the field, a choice, and on to the link.
const byKeyboard = async () => {
  const { page, context } = await open(desk);
  const now = () => page.evaluate(() => [document.activeElement.getAttribute("role") ?? document.activeElement.tagName, document.activeElement.getAttribute("href") ?? ""]);
  await page.evaluate(() => document.getElementById("r-inhoud").focus());
  let steps = 0;
  while ((await now())[0] !== "combobox" && steps < 40) {
    await page.keyboard.press("Tab");
    steps += 1;
  }
  await page.keyboard.type(word);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const figures = await page.locator(".first b").allTextContents();
  for (let on = 0; on < 12 && !(await now())[1].startsWith("#tabel"); on += 1) await page.keyboard.press("Tab");
  const href = (await now())[1];
  await page.keyboard.press("Enter");
  await page.waitForFunction((id) => document.getElementById(id).querySelector("tbody tr"), href.slice(1));
  const rows = await page.locator(`[id="${href.slice(1)}"] tbody tr:visible`).count();
  await context.close();
  return { steps, figures, href, rows };
};

const figures = async () => {
  const { page, errors, outside, context } = await open({ ...desk, offline: true });
  const charts = [];
  for (const chart of await page.locator(".chart").all()) {
    const found = { id: await chart.getAttribute("id"), hovered: {}, keys: [] };
    const plot = chart.locator(".plot");
    const tip = chart.locator(".tip");
    await plot.evaluate((part) => part.scrollIntoView({ behavior: "instant" }));
    const shapes = await chart.locator(".wide [data-cell]").evaluateAll((all) =>
      all.map((shape) => {
        const box = shape.getBoundingClientRect();
        return { cell: shape.dataset.cell, x: box.x + box.width / 2, y: box.y + box.height / 2 };
      })
    );
    for (const { cell, x, y } of shapes) {
      await page.mouse.move(x, y);
      found.hovered[cell] = await tip.evaluate((part) => [...part.children].map((line) => line.textContent));
    }
    await page.mouse.move(0, 0);
    if ((await plot.getAttribute("tabindex")) === "0") {
      await plot.focus();
      for (const key of ["ArrowRight", "ArrowRight", "End", "Home"]) {
        await page.keyboard.press(key);
        found.keys.push([await tip.locator("strong, span").allTextContents(), await page.locator("#r-melding").textContent()]);
      }
      await page.keyboard.press("Escape");
      found.escaped = await tip.isHidden();
    }
    charts.push(found);
  }
  await context.close();
  return { charts, errors, requests: outside() };
};

// Each chart in a page of its own: a browser lets one page offer only some files on its own.
const pictures = async (kind, times) => {
  const files = [];
  for (let time = 0; time < times; time += 1) {
    const made = {};
    const first = await open({ ...desk, offline: true });
    const ids = await first.page.locator(".chart").evaluateAll((all) => all.map((chart) => chart.id));
    await first.context.close();
    for (let from = 0; from < ids.length; from += 8) {
      const { page, context } = await open({ ...desk, offline: true, colorScheme: time ? "dark" : "light" });
      for (const id of ids.slice(from, from + 8)) {
        const button = page.locator(`[id="${id}"]`).getByRole("button", { name: `Figuur (${kind})` });
        const { name, content } = await saved(page, () => button.click());
        made[name] = content;
      }
      await context.close();
    }
    files.push(made);
  }
  return files;
};

const copies = async () => {
  const { page, context, errors } = await open({ ...desk, permissions: ["clipboard-read", "clipboard-write"] });
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  const seen = { tables: {} };
  for (const id of copied) {
    await page.locator(`[id="${id}"] .copy`).click();
    await page.waitForFunction(() => document.getElementById("r-melding").textContent.includes("gekopieerd"));
    seen.tables[id] = await read();
  }
  await page.locator(`[id="${copied[0]}"] a.anchor`).click();
  await page.waitForFunction(() => document.getElementById("r-melding").textContent.startsWith("De verwijzing"));
  seen.link = await read();
  seen.hash = await page.evaluate(() => location.hash);
  const heading = page.locator("main h2").nth(2);
  await heading.hover();
  await heading.locator("a.anchor").click();
  await page.waitForFunction(() => location.hash !== "");
  seen.heading = [await heading.evaluate((part) => part.parentElement.id), await page.evaluate(() => location.hash)];
  await context.close();
  return { ...seen, errors };
};

// Where the heads of every table are when its middle is at the top of the window, or of its box. A box that does not scroll
// down is lower than the window, and is seen whole.
const heads = async (width) => {
  const { page, context } = await open({ viewport: { width, height: 700 } });
  await unfold(page);
  await page.waitForTimeout(300);
  const seen = await page.evaluate(() => {
    const high = (part) => part.getBoundingClientRect();
    return [...document.querySelectorAll(".table")].map((box) => {
      const [area, table] = [box.querySelector(".scroll"), box.querySelector("table")];
      const boxed = area.scrollHeight > area.clientHeight + 1;
      const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
      rows[Math.floor(rows.length / 2)].scrollIntoView({ block: "start", behavior: "instant" });
      const top = boxed ? high(area).top : 0;
      const cut = table.offsetWidth > area.clientWidth + 1;
      const passed = (boxed || !cut) && high(table).top + high(table.caption).height < top - 5 && high(table).bottom > top + 2 * high(table.tHead).height;
      return {
        id: box.closest("[id]").id,
        passed,
        boxed,
        off: Math.round(high(table.tHead).top - top),
        cut,
        hinted: Boolean(box.querySelector(".sideways-hint")?.getClientRects().length),
      };
    });
  });
  await context.close();
  return seen;
};

const dark = async (width) => {
  const { page, context, errors } = await open({ viewport: { width, height: 900 }, colorScheme: "dark" });
  const seen = { width, ground: await page.evaluate(() => getComputedStyle(document.body).backgroundColor) };
  await page.getByRole("combobox").fill(word);
  await page.keyboard.press("Enter");
  if (width > 320) await unfold(page);
  seen.violations = await violations(page);
  await page.screenshot({ path: join(folder, `donker-${width}.png`), fullPage: false });
  await page.pdf({ path: join(folder, `donker-${width}.pdf`), printBackground: true });
  await context.close();
  return { ...seen, errors };
};

const wide = async (width, more = {}) => {
  const { page, context } = await open({ viewport: { width, height: 900 }, ...more });
  const shut = await widths(page);
  const found = width === 768 || more.deviceScaleFactor ? await violations(page) : [];
  await unfold(page);
  const opened = await widths(page);
  await context.close();
  return { width, shut, opened, violations: found };
};

// With a processor four times as slow: the first paint, the largest, and how much there is in the page by then.
const speed = async (width) => {
  const { page, context } = await open({ viewport: { width, height: 800 } });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => (window.largest = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.reload({ waitUntil: "load" });
  await page.waitForFunction(() => window.largest);
  const seen = await page.evaluate(() => ({
    first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    largest: window.largest,
    elements: document.querySelectorAll("*").length,
  }));
  await context.close();
  return { width, ...seen };
};

// Other work on the machine only makes it later, so that a few tries tell more than one.
const soon = async (width) => {
  const tries = [await speed(width)];
  while (tries.length < 6 && tries.every(({ largest }) => largest > 600)) tries.push(await speed(width));
  return tries;
};

const result = {
  walk: await walk(),
  keyboard: await byKeyboard(),
  figures: await figures(),
  svg: await pictures("SVG", 2),
  png: await pictures("PNG", 1),
  copies: await copies(),
  heads: { 1280: await heads(1280), 320: await heads(320) },
  dark: [await dark(1280), await dark(320)],
  widths: [await wide(320), await wide(480), await wide(768), await wide(1024), await wide(1280), await wide(640, { deviceScaleFactor: 2 })],
  speed: [...(await soon(1280)), ...(await soon(360))],
};
await browser.close();
process.stdout.write(JSON.stringify(result));

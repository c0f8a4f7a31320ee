// Opens a report in a browser and writes what it finds as JSON: accessibility, requests, widths, sorting, filters, the
// choice of a municipality, downloads, printing. It measures only; test_browser_html.py says what is right.
// node measure.mjs <chromium> <report.html> <folder for pictures and prints> <JSON: what to look for and to choose>
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, opener, unfold, violations, widths } from "./page.mjs";

const [executablePath, file, folder, asked] = process.argv.slice(2);
const { words, choices, names } = JSON.parse(asked);
const browser = await launch(executablePath);
const open = opener(browser, file);

const look = async (width, javaScriptEnabled = true, more = {}) => {
  const { page, outside, errors, context } = await open({ viewport: { width, height: 900 }, javaScriptEnabled, ...more });
  const seen = { width, errors, widths: await widths(page) };
  seen.violations = await violations(page, javaScriptEnabled);
  await unfold(page, javaScriptEnabled);
  seen.opened = { violations: await violations(page, javaScriptEnabled), widths: await widths(page) };
  await page.screenshot({ path: join(folder, `breed-${width}${javaScriptEnabled ? "" : "-zonder-script"}.png`), fullPage: true });
  seen.requests = outside();
  await context.close();
  return seen;
};

// A cell carries its value, or is a whole number with points that says it.
const rows = (table) =>
  table.evaluate((element) => {
    const whole = (text) => (/^\d[\d.]*$/.test(text) ? text.replaceAll(".", "") : null);
    return [...element.tBodies].map((body) =>
      [...body.rows].map((row) => ({
        role: row.className,
        label: row.cells[0].textContent.trim(),
        values: [...row.cells].slice(1).map((cell) => cell.dataset.value ?? whole(cell.textContent.trim())),
        texts: [...row.cells].slice(1).map((cell) => cell.textContent.trim()),
      }))
    );
  });

const sorting = async () => {
  const { page, context } = await open({ viewport: { width: 1280, height: 900 } });
  const tables = [];
  await unfold(page);
  for (const table of await page.locator("table[data-sortable]").all()) {
    const all = await table.locator("thead button").all();
    const long = await table.evaluate((element) => element.rows.length > 100);
    const buttons = [...all.entries()].filter(([at]) => !long || at < 2 || at + 1 === all.length);
    const columns = [];
    const before = await rows(table);
    for (const [index, button] of buttons) {
      const header = button.locator("xpath=ancestor::th");
      const states = [];
      for (let press = 0; press < 3; press += 1) {
        await button.focus();
        await page.keyboard.press(press % 2 ? "Space" : "Enter");
        states.push({
          sort: await header.getAttribute("aria-sort"),
          told: await page.locator("#r-melding").textContent(),
          rows: await rows(table),
          marked: await table.locator("[aria-sort]").count(),
        });
      }
      columns.push({ index, name: await button.textContent(), numeric: await header.evaluate((cell) => cell.classList.contains("number")), states });
    }
    tables.push({ id: await table.evaluate((element) => element.closest(".table").id), before, columns });
  }
  await context.close();
  return tables;
};

const filters = async () => {
  const { page, errors, context } = await open({ viewport: { width: 320, height: 700 } });
  const tables = [];
  await page.evaluate(() => document.querySelectorAll(".whole").forEach((part) => (part.open = true)));
  for (const table of await page.locator(".table.long").all()) {
    await table.locator("tbody tr").first().waitFor();
    const box = table.getByRole("searchbox");
    const found = { id: await table.getAttribute("id"), name: await box.evaluate((input) => input.labels[0].textContent), typed: [] };
    for (const word of words) {
      await box.focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      if (word) await page.keyboard.type(word);
      found.typed.push({
        word,
        told: await table.locator("[role=status]").textContent(),
        shown: await table.locator("tbody tr:visible th").allTextContents(),
        rows: await table.locator("tbody tr").count(),
      });
    }
    tables.push(found);
  }
  await context.close();
  return { tables, errors };
};

const chosen = async (page) => ({
  address: await page.evaluate(() => location.hash),
  selected: await page.getByRole("combobox").inputValue(),
  lost: await page.locator(".control .lost").textContent(),
  told: await page.locator("#r-melding").textContent(),
  fallback: await page.locator(".chooser .fallback").count(),
  tables: await page.locator(".result table").evaluateAll((tables) =>
    tables.map((table) => ({
      title: table.caption.textContent,
      groups: [...table.tHead.querySelectorAll("[scope=colgroup]")].map((cell) => cell.textContent),
      rows: [...table.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent))),
      bars: [...table.querySelectorAll(".bar")].map((bar) => bar.style.inlineSize),
      notes: [...table.closest(".table").querySelectorAll("li")].map((note) => note.textContent),
    }))
  ),
});

// What is offered: names, and under each what the reader typed has to do with it.
const offered = (page) =>
  page.getByRole("option").evaluateAll((options) => options.map((option) => [option.firstChild.textContent, option.querySelector("small")?.textContent ?? ""]));

const choosing = async (width) => {
  const { page, errors, outside, context } = await open({ viewport: { width, height: 800 } });
  const id = await page.locator(".chooser").getAttribute("id");
  const field = page.getByRole("combobox");
  const states = { id, before: await chosen(page), picked: [], typed: {} };
  states.name = await field.evaluate((element) => element.labels[0].textContent);
  await field.focus();
  await page.keyboard.press("ArrowDown");
  states.options = (await offered(page)).map(([label]) => label);
  states.marked = await field.evaluate((element) => document.getElementById(element.getAttribute("aria-activedescendant")).textContent);
  await page.keyboard.press("Enter");
  states.byKeyboard = await chosen(page);
  for (const { key, label } of choices) {
    await field.fill(label);
    await page.keyboard.press("Enter");
    states.picked.push({ key, ...(await chosen(page)) });
  }
  for (const word of names) {
    await field.fill("");
    await page.keyboard.type(word);
    states.typed[word] = await offered(page);
    states.expanded = await field.getAttribute("aria-expanded");
  }
  await page.keyboard.press("Escape");
  states.closed = [await field.getAttribute("aria-expanded"), await page.getByRole("option").count(), await field.inputValue()];
  states.widths = await widths(page);
  states.violations = await violations(page, true);
  await field.press("ArrowDown");
  states.openViolations = await violations(page, true);
  await page.keyboard.press("Escape");
  await page.locator(".chooser").screenshot({ path: join(folder, `keuze-${width}.png`) });
  await page.keyboard.press("Escape");
  states.after = await chosen(page);
  await page.evaluate(([name, key]) => (location.hash = `#${name}=${encodeURIComponent(key)}`), [id, choices[0].key]);
  await page.waitForFunction(() => document.querySelector(".chooser.chosen"));
  states.byAddress = await chosen(page);
  await context.close();
  return { ...states, errors, requests: outside() };
};

const linked = async (id, end) => {
  const { page, errors, context } = await open({ viewport: { width: 1280, height: 800 }, at: `#${id}=${end}` });
  const seen = await chosen(page);
  seen.inView = await page.locator(".control").evaluate((part) => {
    const place = part.getBoundingClientRect();
    return place.top >= 0 && place.bottom <= window.innerHeight;
  });
  await context.close();
  return { ...seen, errors };
};

const printChosen = async (id) => {
  const { page, context } = await open({ viewport: { width: 1280, height: 900 }, at: `#${id}=${encodeURIComponent(choices[0].key)}` });
  await page.locator(".table.long").first().getByRole("searchbox").fill(words.at(-1));
  await page.pdf({ path: join(folder, "afdruk-keuze.pdf"), preferCSSPageSize: true });
  await context.close();
};

// A browser lets one page offer only some files on its own, so each few links get a new page.
const someDownloads = async (javaScriptEnabled, from, count) => {
  const { page, context } = await open({ viewport: { width: 1280, height: 900 }, javaScriptEnabled, offline: true });
  const links = await page.locator("a[download]").all();
  const files = {};
  for (const link of links.slice(from, from + count)) {
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    files[download.suggestedFilename()] = readFileSync(await download.path()).toString("base64");
  }
  await context.close();
  return { files, more: from + count < links.length };
};

const downloads = async (javaScriptEnabled) => {
  const all = {};
  for (let from = 0, more = true; more; from += 8) {
    const some = await someDownloads(javaScriptEnabled, from, 8);
    Object.assign(all, some.files);
    more = some.more;
  }
  return all;
};

const keyboard = async (width) => {
  const { page, context } = await open({ viewport: { width, height: 900 } });
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  const target = await page.evaluate(() => document.activeElement.tagName);
  const stops = await page.evaluate(() =>
    [...document.querySelectorAll(".scroll")].map((area) => ({
      scrolls: area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1,
      focusable: area.tabIndex === 0,
      named: Boolean(document.getElementById(area.getAttribute("aria-labelledby"))?.textContent.trim()),
      shown: area.getClientRects().length > 0,
    }))
  );
  await context.close();
  return { first, target, stops };
};

const print = async () => {
  const { page, context } = await open({ viewport: { width: 1280, height: 900 } });
  await page.pdf({ path: join(folder, "afdruk.pdf"), preferCSSPageSize: true, printBackground: false });
  await context.close();
};

const picks = [await choosing(1280), await choosing(320)];
const [{ id }] = picks;

const result = {
  version: browser.version(),
  looks: [await look(1280), await look(320), await look(1280, false), await look(320, false)],
  contrast: await look(1280, true, { forcedColors: "active", reducedMotion: "reduce" }),
  sorting: await sorting(),
  filters: await filters(),
  choosing: picks,
  links: {
    known: await linked(id, encodeURIComponent(choices.at(-1).key)),
    unknown: await linked(id, "er-is-geen"),
    broken: await linked(id, "%E0%A4%A"),
    none: await linked(id, ""),
  },
  downloads: await downloads(true),
  downloadsWithoutScript: await downloads(false),
  keyboard: [await keyboard(1280), await keyboard(320)],
};
await print();
await printChosen(id);
await browser.close();
process.stdout.write(JSON.stringify(result));

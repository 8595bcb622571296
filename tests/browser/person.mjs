// A person with a small phone: taps what they can see, types, and reads. Also what an onlooker could record.

import { createRequire } from "node:module";
import { LONGEST_MS } from "./tab.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

/** What keeps the browser quiet, and lets it run as root. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const START = "Tell us what is going on";

/** The system's Chromium, with its back/forward cache on or off; `flags` are more of its own. */
export function startBrowser({ keepsPages = false, flags = [] } = {}) {
  return chromium.launch({
    executablePath: process.env.KNOTHOLE_CHROMIUM ?? "/usr/bin/chromium",
    args: [...FLAGS, ...flags],
    ignoreDefaultArgs: keepsPages ? ["--disable-back-forward-cache"] : [],
  });
}

/** A person who has opened `address` on a phone; `prepare` may change the browser's page before that. */
export async function visit(browser, address, { prepare = async () => {}, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, ...options });
  context.setDefaultTimeout(LONGEST_MS);
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await prepare(page);
  await page.goto(address);
  return personAt(page, requests, complaints);
}

function personAt(page, requests, complaints) {
  const person = {
    page,
    /** Every request of the page. */
    requests,
    /** Everything the browser complained about. */
    complaints,
    tap: (name) => page.getByRole("button", { name, exact: true }).tap(),
    /** Two taps at once near the lower edge of a button, as a shaking finger does. */
    async tapTwice(name) {
      const button = page.getByRole("button", { name, exact: true });
      await button.tap({ trial: true });
      const { x, y, width, height } = await button.boundingBox();
      for (let taps = 0; taps < 2; taps++) await page.touchscreen.tap(x + width / 2, y + height - 6);
    },
    type: (words) => page.getByRole("textbox").pressSequentially(words),
    paste: (words) => page.getByRole("textbox").fill(words),
    /** The choice or tick whose words start with these. */
    async pick(words) {
      const name = new RegExp(`^${words.replace(/[?.]/g, "\\$&")}`);
      await page.getByRole("checkbox", { name }).or(page.getByRole("radio", { name })).first().tap();
    },
    sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    heading: () => page.locator("h1").filter({ visible: true }).textContent(),
    /** The box of this name on the screen that is shown. */
    box: (name) => page.getByRole("textbox", { name }),
    /** Characters in all boxes, shown or not. */
    typed: () => page.evaluate(() => [...document.querySelectorAll("textarea")].map((box) => box.value).join("")),
    /** What the screen before sending shows: each question with its answers. */
    answers: () => page.locator("#answers > div").evaluateAll((rows) =>
      Object.fromEntries(rows.map((row) => [
        row.querySelector("dt").textContent,
        [...row.querySelectorAll("dd:not(.change)")].map((said) => said.textContent).join("\n"),
      ]))),
    /** Passes over every screen until the one with this heading. */
    async skipTo(heading) {
      if ((await person.heading()) === START) await person.tap("Start");
      for (let screens = 0; (await person.heading()) !== heading; screens++) {
        if (screens > 20) throw new Error(`no way to ${heading}`);
        await page.locator("[data-to=next]").filter({ visible: true }).dispatchEvent("click");
      }
    },
    /** Back to the first screen, step by step. */
    async backToStart() {
      while ((await person.heading()) !== START) {
        await page.locator("[data-to=back]").filter({ visible: true }).dispatchEvent("click");
      }
    },
    /** From the first screen to the last before sending, with nothing but words and readers. */
    async fillIn(words, ...readers) {
      await person.skipTo("What is going on?");
      await person.type(words);
      await person.skipTo("Who may read this?");
      for (const reader of readers) await person.pick(reader);
      await person.skipTo("Check what you wrote");
    },
  };
  return person;
}

/** Every spelling in which words could hide in a request. */
export function spellings(words) {
  const utf8 = Buffer.from(words, "utf8");
  const inBase64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), utf8]).toString("base64").slice(4, -4));
  return [
    utf8,
    Buffer.from(words, "utf16le"),
    Buffer.from(words, "utf16le").swap16(),
    Buffer.from(encodeURIComponent(words)),
    Buffer.from(new URLSearchParams({ w: words }).toString().slice(2)),
    Buffer.from(utf8.toString("hex")),
    ...inBase64.flatMap((text) => [Buffer.from(text), Buffer.from(text.replaceAll("+", "-").replaceAll("/", "_"))]),
  ];
}

/** All bytes of a request: method, address, headers and body. */
export async function bytesOf(request) {
  const headers = JSON.stringify(await request.allHeaders());
  return Buffer.concat([Buffer.from(`${request.method()} ${request.url()} ${headers} `), request.postDataBuffer() ?? Buffer.alloc(0)]);
}

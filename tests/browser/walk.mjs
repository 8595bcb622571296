// A walk through every screen of the form in any language: by what the buttons do, not by what they say. Each field that a person can
// fill is filled on the way, so that whoever stops to look sees the screen as it is used, with its notes and its problems.

/** What is typed in every box. */
export const WORDS = "They call him Ray. 555 0199, green van";

/** A whole PNG. */
export const ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==";

/** Choices that make the form show the most: notes for who saw something, about a child, about police; a way to write back. */
const PICKED = {
  urgency: "soon",
  about: "seen",
  minor: "yes",
  signs: ["keeps_id", "sex_for_needs"],
  basis: "person_told",
  reader: ["0", "1"],
  exclude: ["2"],
  share: "facts",
  contact: "other",
  contact_message_ok: "no",
};

/** Stops on every screen: yields its name while it is shown. `page` has the form open, and its script has started. */
export async function* screens(page) {
  const click = (selector) => page.evaluate(clickShown, selector);
  yield "start";
  await page.evaluate(() => (document.querySelector(".languages").open = true));
  yield "start, languages open";
  await page.evaluate(() => (document.querySelector(".languages").open = false));
  await page.evaluate(() => (document.querySelector(".other").open = true));
  yield "start, other ways open";
  await page.evaluate(() => (document.querySelector(".other").open = false));
  yield* coming(page, click);
  await click("[data-to=fast]");
  yield "fast";
  await click("[data-send]");
  yield "fast, with a problem";
  await click("[data-to=start]");
  await click("[data-to=scared]");
  yield "scared";
  await click("[data-to=before]");
  for (;;) {
    const screen = await shownScreen(page);
    if (screen === "readers") {
      await click("[data-to=next]");
      yield "readers, with a problem";
    }
    await page.evaluate(fillShown, [PICKED, WORDS]);
    yield screen;
    if (screen === "check") break;
    await click("[data-to=next]");
  }
  await page.route("**/tips/*", (route) => route.fulfill({ status: 412 }));
  await click("[data-send]");
  await page.locator("#problem").waitFor();
  await page.unroute("**/tips/*");
  yield "check, with a problem";
  await page.evaluate(() => document.querySelector("[name=contact][value=code]").click());
  await page.route("**/tips/*", (route) => route.fulfill({ status: 201, contentType: "text/plain" }));
  await click("[data-send]");
  await page.locator("[data-screen=sent]").waitFor();
  await page.unroute("**/tips/*");
  yield "sent";
  await click(".actions button:not(.go)");
  await page.evaluate(fillShown, [PICKED, WORDS]);
  await click(".go");
  yield "practice, with wrong words";
  await click(".back");
  yield* following(page, click);
}

/** A voice and files that follow a tip. */
async function* following(page, click) {
  await click(".actions button:nth-last-child(2)");
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("no"))));
  await click(".go");
  await page.locator("[data-screen=voice] .go:enabled").waitFor();
  yield "voice, no microphone";
  await click(".back");
  await click(".actions button:last-child");
  await click(".go");
  yield "files, none picked";
  await page.setInputFiles("#files", [
    { name: "a.png", mimeType: "image/png", buffer: Buffer.from(ONE_PIXEL, "base64") },
    { name: "b.heic", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic") },
  ]);
  await page.locator("#picked > div").nth(1).waitFor();
  await click(".go");
  yield "files, one undecided";
}

/** Whoever has a code, from the first screen and back to it. */
async function* coming(page, click) {
  await click("[data-to=code]");
  await page.locator("#code").waitFor();
  await page.evaluate(fillShown, [PICKED, WORDS]);
  await click(".go");
  yield "code, with wrong words";
  // The first word of any list, eight times, is a code.
  const address = await page.evaluate(() => document.getElementById("later").content.querySelector("script").src);
  const [, first] = /"words":"(\S+)/.exec(await (await fetch(new URL(address, page.url()))).text());
  await page.evaluate(fillShown, [PICKED, Array(8).fill(first).join(" ")]);
  const answer = Buffer.alloc(65_536);
  await page.route("**/mailbox", (route) => route.fulfill({ status: 200, body: answer }));
  // Full, with nothing in it that opens.
  answer.writeUInt32BE(11);
  await click(".go");
  await page.locator("[data-screen=box]").waitFor();
  yield "box, with older answers";
  await click(".actions button:nth-child(3)");
  yield "wipe";
  answer.writeUInt32BE(0);
  await click(".go");
  await page.locator("[data-screen=box]").waitFor();
  await page.unroute("**/mailbox");
  yield "box";
  await click(".go");
  yield "story, again";
  await click("[data-to=next]");
  yield "readers, again";
  await click("[data-to=back]");
  await click("[data-to=back]");
  await click(".back");
}

/** The name of the screen that is shown. */
export function shownScreen(page) {
  return page.evaluate(() => document.querySelector("[data-screen]:not([hidden])").dataset.screen);
}

function clickShown(selector) {
  document.querySelector(`[data-screen]:not([hidden]) ${selector}`).click();
}

/** Runs in the page: fills what is shown as a person would, so that the form hears of it. */
function fillShown([picked, words]) {
  const fields = () => [...document.querySelectorAll("[data-screen]:not([hidden]) :is(input, textarea)")].filter((field) => field.checkVisibility());
  for (const field of fields()) {
    const values = [picked[field.name] ?? []].flat();
    if (field.matches("input") && values.includes(field.value) && !field.checked) field.click();
  }
  for (const field of fields().filter((field) => field.matches("textarea"))) {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Photos and files that follow a letter, as a person adds them. Most of it goes to a tus server of the test's own, which breaks when it is
// told to and gives what it got; the last of it to the real one.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { page as web } from "../../web/test/page.mjs";
import { samples } from "../../web/test/pictures.mjs";
import { tusServer } from "../../web/test/tus-server.mjs";
import { violations } from "./axe.mjs";
import { bytesOf, startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { screens } from "./walk.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { Decrypter } = await import(require.resolve("age-encryption"));

const MOST_MB = 5;
const { "a JPEG": photo, "a PNG": png } = await samples();
const HEIC = Buffer.from("\0\0\0\x18ftypheic and what an old phone knows");
let site;
let browser;
const servers = [];

after(async () => {
  for (const server of servers) (await server).close();
});

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

const hashOf = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

/** Lets the site offer files up to `MOST_MB`, and brings them where the test keeps them. */
async function offering(page, uploads, breaks) {
  await offer(page, `,"files":${MOST_MB}`, async (route, pathname) => pass(route, await uploads(pathname), breaks));
  await page.addInitScript(() => {
    const real = crypto.getRandomValues.bind(crypto);
    globalThis.drawn = [];
    crypto.getRandomValues = (array) => {
      real(array);
      if (array.length === 32) globalThis.drawn.push([...array]);
      return array;
    };
  });
}

/** Puts another word of files in the place of what the site says, in the script and in what the page expects it to be. */
async function offer(page, word, put) {
  const script = await (await fetch(new URL("/en/later.js", site.form))).text();
  const changed = script.replace(/,"files":\d+/, word);
  assert.notEqual(changed, script);
  await page.route((url) => !url.pathname.startsWith("/tips"), async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (pathname.endsWith("/later.js")) return route.fulfill({ body: changed, headers: { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" } });
    if (pathname.startsWith("/uploads")) return put(route, pathname);
    if (request.resourceType() !== "document") return route.continue();
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(hashOf(script), hashOf(changed));
    return route.fulfill({ response: answer, body });
  });
}

async function pass(route, uploads, breaks) {
  const request = route.request();
  if (breaks.left > 0 && request.method() === "PATCH") {
    breaks.left--;
    return route.abort("connectionreset");
  }
  const { host, ...headers } = await request.allHeaders();
  const answer = await uploads.fetch(new URL(request.url()).pathname, { method: request.method(), headers, body: request.postDataBuffer() });
  return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: "" });
}

/** Somebody whose letter was sent, on the screen where files are added; with all that came of it. */
async function whoSent(breaks = { left: 0 }) {
  let kept = null;
  const begin = async (path) => {
    const starting = tusServer({ id: path.split("/")[2], token: null });
    servers.push(starting);
    return (kept = await starting);
  };
  let begun = null;
  const uploads = (path) => (begun ??= begin(path));
  const person = await visit(browser, site.form, { prepare: (page) => offering(page, async (path) => trusting(await uploads(path)), breaks) });
  await person.fillIn("The motel by the highway.", "The help line.");
  await person.tap("Send");
  await person.sees("It was sent");
  await person.tap("Add photos or files");
  const add = async (...files) => {
    await person.page.setInputFiles("#files", files);
    await person.page.locator("#picked > div").nth(files.length - 1).waitFor();
  };
  return { ...person, add, uploads: () => kept };
}

/** The token that is shown first is taken for the right one: the site alone could tell. */
function trusting(server) {
  return {
    fetch: (path, options) => {
      server.token ??= options.headers.authorization?.slice("Bearer ".length);
      return server.fetch(path, options);
    },
  };
}

const named = (name, mimeType, buffer) => ({ name, mimeType, buffer });

/** What the manifest of these uploads lists, each with its bytes, by the thread key that the page drew. */
async function listed(person) {
  const server = person.uploads();
  const drawn = await person.page.evaluate(() => globalThis.drawn);
  const thread = drawn.map((seed) => web.threadFrom(Uint8Array.from(seed))).find(({ id }) => id === server.id);
  assert.equal(server.token, thread.token);
  const [manifest] = [...server.uploads.values()].filter(({ isManifest }) => isManifest);
  const { files } = JSON.parse(Buffer.from(await decrypted(thread.identity, manifest.bytes)));
  return Promise.all(files.map(async (file) => ({ ...file, bytes: Buffer.from(await decrypted(file.key, server.uploads.get(file.upload).bytes)).subarray(0, file.size) })));
}

async function decrypted(identity, bytes) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(bytes, "uint8array");
}

test("a photo goes without its hidden note, a film as it is once somebody has said so, and no name at all", async () => {
  const person = await whoSent();
  await person.add(named("maria at home.jpg", "image/jpeg", photo.file), named("maria.heic", "image/heic", HEIC));
  await person.sees("The hidden note is out.");
  await person.sees("We cannot take a hidden note out of this.");
  await person.sees("Try a screen shot of it.");
  await person.tap("Send");
  await person.sees("Say if we should send this one as it is.");
  assert.equal(person.uploads(), null);
  await person.page.locator("#picked .pick").last().tap();
  await person.tap("Send");
  await person.sees("We have it all.");

  const [first, second] = await listed(person);
  assert.deepEqual([first.type, first.note, second.type, second.note], ["image/jpeg", "removed", "image/heic", "kept"]);
  assert.ok(first.bytes.equals(Buffer.concat(web.clean(photo.file))) && second.bytes.equals(HEIC));
  const sent = await Promise.all(person.requests.map(bytesOf));
  for (const word of ["maria", "secret", "heic"]) assert.ok(sent.every((bytes) => !bytes.includes(word)), word);
  assert.deepEqual(person.complaints, []);
});

test("the hidden note stays in where the person wants it to", async () => {
  const person = await whoSent();
  await person.add(named("a.png", "image/png", png.file));
  await person.pick("Leave the hidden note in.");
  await person.tap("Send");
  await person.sees("We have it all.");
  const [kept] = await listed(person);
  assert.ok(kept.note === "kept" && kept.bytes.equals(png.file));
});

test("a broken line is told, and a large file goes on where it was", async () => {
  const breaks = { left: 0 };
  const person = await whoSent(breaks);
  await person.add(named("film.mp4", "video/mp4", Buffer.alloc(3_000_000, "film ")));
  await person.page.locator("#picked .pick").tap();
  assert.equal(await person.page.getByText("Try a screen shot").filter({ visible: true }).count(), 0);
  breaks.left = 3;
  await person.tap("Send");
  await person.sees("The signal is bad. We are trying again.");
  await person.sees("We have it all.");
  const [film] = await listed(person);
  assert.deepEqual([film.type, film.size, film.note], ["video/mp4", 3_000_000, undefined]);
});

test("what is on its way can be stopped, taken off the list, and is gone when the person leaves", async () => {
  const breaks = { left: Infinity };
  const person = await whoSent(breaks);
  await person.tap("Send");
  await person.sees("Pick a photo or a file first.");
  await person.add(named("a.jpg", "image/jpeg", photo.file), named("b.png", "image/png", png.file));
  await person.tap("Send");
  await person.sees(/^0 of 0\.1 MB are sent\./);
  await person.tap("Stop for now");
  await person.sees("It is on hold.");
  await person.page.getByRole("button", { name: "Take it off the list" }).first().tap();
  breaks.left = 0;
  await person.tap("Go on");
  await person.sees("We have it all.");
  assert.deepEqual((await listed(person)).map(({ type }) => type), ["image/png"]);

  await person.add(named("c.jpg", "image/jpeg", photo.file));
  await person.page.evaluate(() => dispatchEvent(new Event("pagehide")));
  assert.equal(await person.page.locator("#picked > div").count(), 0);
  assert.equal(await person.page.locator("#files").evaluate(({ files }) => files.length), 0);
});

test("a file that is too large is refused before it is read", async () => {
  const person = await whoSent();
  await person.page.setInputFiles("#files", [named("a.mp4", "video/mp4", Buffer.alloc(MOST_MB * 1e6 + 1))]);
  await person.sees(`Try one that is less than ${MOST_MB} MB.`);
  assert.equal(await person.page.locator("#picked > div").count(), 0);
});

test("the screen says what no photo hides and what nobody may send, and breaks no rule for access", async () => {
  const person = await whoSent();
  await person.sees("We cannot hide what the photo shows.");
  await person.sees("Do not send nude or sex photos of anyone under 18.");
  await person.add(named("a.jpg", "image/jpeg", photo.file), named("b.heic", "image/heic", HEIC));
  assert.deepEqual(await violations(person.page), []);
});

test("the button to pick files and the size of each are in the page's language, and no word of the browser's is seen", async () => {
  const { page } = await visit(browser, new URL("ar", site.form).href);
  for await (const screen of screens(page)) if (screen.startsWith("files")) await page.locator("#files").waitFor();
  const titles = await page.locator("#picked h2").allTextContents();
  assert.deepEqual(titles.map((title) => title.replace(/[\u2066-\u2069]|[0-9٠-٩][.,٫]?/g, "")), ["صورة  ( ميغابايت)", "صورة  ( ميغابايت)"]);
  const look = await page.evaluate(() => {
    const input = document.getElementById("files");
    const shown = input.parentElement.querySelector("span");
    const [own, over] = [shown, input].map((part) => part.getBoundingClientRect());
    input.focus();
    return {
      name: shown.textContent,
      isSeen: getComputedStyle(input).opacity !== "0",
      isOver: ["left", "top", "width", "height"].every((side) => Math.abs(own[side] - over[side]) < 1),
      isMarked: getComputedStyle(shown).outlineStyle === "solid",
    };
  });
  assert.deepEqual(look, { name: "اختيار صور أو ملفات", isSeen: false, isOver: true, isMarked: true });
  await Promise.all([page.waitForEvent("filechooser"), page.locator("#files").tap()]);
  await page.context().close();
});

test("the real server takes a photo and a film, and goes on where it was after the line broke", async () => {
  const breaks = { left: 2 };
  const person = await visit(browser, site.form, {
    prepare: (page) =>
      page.route((url) => url.pathname.startsWith("/uploads"), (route) => {
        const isBroken = route.request().method() === "PATCH" && breaks.left-- > 0;
        return isBroken ? route.abort("connectionreset") : route.continue();
      }),
  });
  await person.fillIn("The motel by the highway.", "The help line.");
  await person.tap("Send");
  await person.sees("It was sent");
  await person.tap("Add photos or files");
  await person.page.setInputFiles("#files", [named("a.jpg", "image/jpeg", photo.file), named("b.mp4", "video/mp4", Buffer.alloc(3_000_000, "film "))]);
  await person.page.locator("#picked > div").nth(1).waitFor();
  await person.page.locator("#picked .pick").last().tap();
  await person.tap("Send");
  await person.sees("The signal is bad. We are trying again.");
  await person.sees("We have it all.");
  assert.deepEqual(person.complaints.filter((complaint) => !complaint.includes("ERR_CONNECTION_RESET")), []);
});

test("a site that takes no files offers none", async () => {
  const person = await visit(browser, site.form, { prepare: (page) => offer(page, "", (route) => route.abort()) });
  await person.fillIn("The motel by the highway.", "The help line.");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.equal(await person.page.getByRole("button", { name: "Add photos or files" }).isVisible(), false);
});

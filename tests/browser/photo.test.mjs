// A photo and a film all the way: picked on the page in Chromium and in Firefox, sealed there, put to the real server, and saved by a
// member's desk as the very bytes that were to go.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { page as web } from "../../web/test/page.mjs";
import { samples } from "../../web/test/pictures.mjs";
import { startFirefox } from "./firefox.mjs";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const { "a JPEG": photo } = await samples();
const [FILM_LENGTH, FILM_WORDS] = [9_000_000, "and what the camera saw in the night; "];
const FILM = Buffer.alloc(FILM_LENGTH, FILM_WORDS);
let site;
let dir;
let paths;

stage(async (keep) => {
  dir = await mkdtemp(join(tmpdir(), "knothole-photo-"));
  await keep(Promise.resolve({ stop: () => rm(dir, { recursive: true }) }));
  paths = [join(dir, "maria at home.jpg"), join(dir, "night.mp4")];
  await writeFile(paths[0], photo.file);
  await writeFile(paths[1], FILM);
  site = await keep(startSite());
});

/** What a member finds of the tip that tells this story: both files, saved. */
async function savedFrom(story) {
  const { id } = (await site.inbox(HELP_LINE)).find((tip) => tip.story === story);
  const { files } = JSON.parse(await site.desk(HELP_LINE, "attachments", id, "--json"));
  const listed = files.map(({ type, state, note, name }) => ({ type, state, note, name }));
  const saved = await Promise.all(files.map(async ({ number }) => {
    const path = join(dir, `${id}-${number}`);
    await site.desk(HELP_LINE, "save", id, String(number), "-o", path);
    return readFile(path);
  }));
  return { listed, saved };
}

async function assertArrived(story) {
  const { listed, saved } = await savedFrom(story);
  assert.deepEqual(listed, [
    { type: "image/jpeg", state: "whole", note: "removed", name: undefined },
    { type: "video/mp4", state: "whole", note: undefined, name: undefined },
  ]);
  assert.ok(saved[0].equals(Buffer.concat(web.clean(photo.file))), "the photo is not what was to go");
  assert.ok(saved[1].equals(FILM), "the film is not what was to go");
}

/** Runs in the page: picks both as a person does. */
function pick(photo, length, words) {
  const picked = new DataTransfer();
  picked.items.add(new File([Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0))], "maria at home.jpg", { type: "image/jpeg" }));
  picked.items.add(new File([words.repeat(Math.ceil(length / words.length)).slice(0, length)], "night.mp4", { type: "video/mp4" }));
  const input = document.getElementById("files");
  input.files = picked.files;
  input.dispatchEvent(new Event("change"));
}

test("a photo and a film sent in Chromium are saved by a desk to the last byte", async (t) => {
  const browser = await startBrowser();
  t.after(() => browser.close());
  const person = await visit(browser, site.form);
  await person.fillIn("By Chromium.", "The help line.");
  await person.tap("Send");
  await person.sees("It was sent");
  await person.tap("Add photos or files");
  await person.page.setInputFiles("#files", paths);
  await person.page.locator("#picked > div").nth(1).waitFor();
  await person.page.locator("#picked .pick").last().tap();
  await person.tap("Send");
  await person.sees("We have it all.");
  assert.deepEqual(person.complaints, []);
  await assertArrived("By Chromium.");
});

test("a photo and a film sent in Firefox are saved by a desk to the last byte", async (t) => {
  const firefox = await startFirefox();
  t.after(() => firefox.close());
  const tab = await firefox.newTab();
  await tab.open(site.form);
  await tab.tap("#start-actions [data-to=fast]");
  await tab.tap("#fast");
  await tab.type("By Firefox.");
  await tab.tap("[data-send=fast]");
  await tab.sees("[data-screen=sent]");
  await tab.tap("[data-screen=sent] .actions button:last-of-type");
  await tab.sees("#files");
  await tab.run(pick, photo.file.toString("base64"), FILM_LENGTH, FILM_WORDS);
  await tab.tap("#picked > div:nth-of-type(2) .pick");
  await tab.tap("[data-screen=files] .go");
  await until(() => tab.run(() => document.querySelector("[data-screen=files] .status").textContent.includes("We have it all.")));
  await assertArrived("By Firefox.");
});

// Writes tests/vectors/tip-from-page.json and attachment.json: a tip and a file sealed by the page's own modules, for Rust to open.

import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { writeFileSync } from "node:fs";
import { answersOf, keyringOf, page, SITE } from "./page.mjs";
import { openTip } from "./stock.mjs";

const STORY = "Room 12, the motel by the highway.\nA man they call “Ray” comes each Friday. Ayúdenme. 助けて \u{1F64F}";
const CREATED = new Date("2026-11-24T09:59:59Z");

const identities = [await generateHybridIdentity(), await generateHybridIdentity(), await generateHybridIdentity(), null];
const recipients = await Promise.all(identities.map((identity) => identity && identityToRecipient(identity)));
const picked = [0, 2];
const keyring = keyringOf(recipients);
const tip = await page.sealTip(answersOf(STORY, picked), keyring, new page.Decoys(recipients.length), CREATED, page.throwaway());

// Random, so that nothing but the letter itself can say it.
const { letter: opened } = await openTip(tip.body, { number: 0, identity: identities[0] });

const vector = {
  made_by: "page",
  site: SITE,
  agencies: identities.map((identity, number) => ({ number, identity, recipient: recipients[number] })),
  picked,
  id: tip.id,
  tar: Buffer.from(tip.body).toString("base64"),
  letter: { format: 1, id: tip.id, created: "2026-11-24T09:45Z", lang: "en", route: "full", readers: picked, story: STORY, link: opened.link },
};
write("tip-from-page", vector);

// Two pieces, the last of them with zeros behind the file.
const file = Buffer.from(Array.from({ length: 65_600 }, (_, at) => (at * 7) % 251));
const attachment = new page.Attachment(new Blob([file]));
const sealed = Buffer.concat([await attachment.read(0, 1), await attachment.read(1_643 + 65_552, 1)]);
const thread = page.threadFrom(new Uint8Array(32).fill(8));
const listed = { upload: "0123456789abcdef0123456789abcdef", type: "image/jpeg", ...(await attachment.describe()), name: "la puerta", note: "removed" };
const manifest = await page.sealManifest(thread, [listed]);
write("attachment", {
  thread: thread.identity,
  id: thread.id,
  manifest: Buffer.from(manifest).toString("base64"),
  opened: { format: 1, id: thread.id, files: [listed] },
  sealed: sealed.toString("base64"),
  padded: page.padme(file.length),
});

function write(name, value) {
  writeFileSync(new URL(`../../tests/vectors/${name}.json`, import.meta.url), `${JSON.stringify(value, null, 1)}\n`);
}

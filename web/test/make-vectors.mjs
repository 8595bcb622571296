// Writes tests/vectors/tip-from-page.json: a tip sealed by the page's own modules, for Rust to open.

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
writeFileSync(new URL("../../tests/vectors/tip-from-page.json", import.meta.url), `${JSON.stringify(vector, null, 1)}\n`);

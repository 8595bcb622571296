import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyringOf, page, SITE } from "./page.mjs";

const recipient = await identityToRecipient(await generateHybridIdentity());
const parse = (keyring) => page.parseKeyring(JSON.stringify({ public: keyring, words: {}, hash: "", genesis: SITE }));

test("a keyring may be used for seven days past its expiry and no longer", () => {
  const keyring = parse(keyringOf([recipient], { expires: "2026-11-24" }));
  assert.equal(page.isExpired(keyring, new Date("2026-12-01T23:59:59Z")), false);
  assert.equal(page.isExpired(keyring, new Date("2026-12-02T00:00:00Z")), true);
});

test("the help line is the first open one that has a key", () => {
  assert.equal(page.helpLine(parse(keyringOf([recipient, recipient])))?.number, 0);
  assert.equal(page.helpLine(parse(keyringOf([null, recipient]))), null);
});

test("an agency that is closed or has no key yet cannot be picked", () => {
  const [closed, keyless] = [{ status: "closed", recipient }, { status: "open", recipient: null }];
  assert.equal(page.isPickable(closed), false);
  assert.equal(page.isPickable(keyless), false);
});

test("a keyring that is not whole is refused", () => {
  const broken = [
    keyringOf([recipient], { format: 2 }),
    keyringOf([recipient], { version: "3" }),
    keyringOf([recipient], { expires: "soon" }),
    keyringOf([recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q"))]),
    keyringOf(["age1notahybrid"]),
    { ...keyringOf([recipient]), agencies: [{ number: 1, kind: "police", status: "closed", recipient: null }] },
  ];
  for (const keyring of broken) assert.throws(() => parse(keyring));
  assert.throws(() => page.parseKeyring("{}"));
  const of = (genesis) => JSON.stringify({ public: keyringOf([recipient]), words: {}, hash: "", genesis });
  assert.equal(page.parseKeyring(of(SITE)).site, SITE);
  for (const genesis of [undefined, "", "one word"]) assert.throws(() => page.parseKeyring(of(genesis)));
});

import assert from "node:assert/strict";
import { createHash, createPublicKey, pbkdf2Sync, hkdfSync, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { page } from "./page.mjs";
import { open } from "./stock.mjs";

const LISTS = ["english", "spanish", "french", "portuguese", "korean", "simplified-chinese"];
const lists = Object.fromEntries(
  await Promise.all(
    LISTS.map(async (name) => [name, new page.WordList((await import(`@scure/bip39/wordlists/${name}.js`)).wordlist.join(" "))]),
  ),
);
const { english } = lists;
const GENESIS = createHash("sha256").update("a site").digest("hex");
/** abandon ability … with its check word. */
const CODE = [0, 1, 2, 2_047, 1_024, 512, 77, page.checkOf([0, 1, 2, 2_047, 1_024, 512, 77])];
const spell = (code, list = english) => code.map((bits) => list.word(bits));
const read = (text, list = english) => page.readCode(text, list);

test("the check word is the sum of x to the i times word i, multiplied out bit by bit", () => {
  const times = (a, b) => {
    let product = 0n;
    for (let bit = 0n; bit < 11n; bit++) if ((BigInt(b) >> bit) & 1n) product ^= BigInt(a) << bit;
    for (let bit = 21n; bit >= 11n; bit--) if ((product >> bit) & 1n) product ^= 0b100000000101n << (bit - 11n);
    return Number(product);
  };
  const words = page.newCode().slice(0, 7);
  const sum = words.reduce((sum, word, at) => sum ^ times(word, 2 ** (at + 1)), 0);
  assert.equal(page.checkOf(words), sum);
});

test("any one wrong word is caught", () => {
  for (let at = 0; at < 8; at++) {
    for (let wrong = 1; wrong < 2_048; wrong++) {
      const words = spell(CODE.map((bits, place) => (place === at ? bits ^ wrong : bits)));
      assert.equal(read(words.join(" ")).is, "mismatch");
    }
  }
});

test("any two words in each other's place are caught, unless they are the same", () => {
  for (let times = 0; times < 50; times++) {
    const code = page.newCode();
    for (let one = 0; one < 8; one++) {
      for (let other = one + 1; other < 8; other++) {
        if (code[one] === code[other]) continue;
        const swapped = [...code];
        [swapped[one], swapped[other]] = [code[other], code[one]];
        assert.equal(read(spell(swapped).join(" ")).is, "mismatch");
      }
    }
  }
});

test("a new code has 77 bits that are not the same twice, and reads back in every list", () => {
  for (const list of Object.values(lists)) {
    const code = page.newCode();
    assert.deepEqual(read(spell(code, list).join(" "), list), { is: "code", code });
    assert.notDeepEqual(code, page.newCode());
  }
});

test("every bit of the random words is now set and now not", () => {
  const codes = Array.from({ length: 200 }, () => page.newCode());
  for (let at = 0; at < 7; at++) {
    assert.equal(codes.reduce((bits, code) => bits | code[at], 0), 2_047);
    assert.equal(codes.reduce((bits, code) => bits & code[at], 2_047), 0);
  }
});

test("capitals, line ends, numbers and signs between words do not matter, and paste works", () => {
  const words = spell(CODE);
  const spellings = [
    words.join("\n"),
    words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join("\r\n"),
    `  ${words.join(",  ")} !`,
    `“${words.join("-")}”`,
    words.join(""),
    `${words.slice(0, 4).join("")} ${words.slice(4).join(" ")}`,
    words.join("\u00a0"),
    words.map((word) => word.slice(0, 4)).join(" "),
  ];
  for (const text of spellings) assert.deepEqual(read(text), { is: "code", code: CODE }, text);
});

test("the first four letters are enough in each Latin list, and tell every word from all others", () => {
  for (const name of LISTS.slice(0, 4)) {
    const list = lists[name];
    for (let bits = 0; bits < 2_048; bits++) {
      const [part] = list.parts(list.word(bits));
      assert.equal(list.bits(part), bits);
      if (part.length > 4) assert.equal(list.bits(part.slice(0, 4)), bits, `${name} ${part}`);
    }
  }
});

test("accents may be left out or spelled apart", () => {
  const { spanish } = lists;
  const code = [0, 0, 0, 0, 0, 0, 0, 0];
  assert.equal(spanish.word(0).normalize("NFC"), "ábaco");
  for (const word of ["ábaco", "ábaco".normalize("NFD"), "ABACO", "Ábac"]) {
    assert.deepEqual(read(Array(8).fill(word).join(" "), spanish), { is: "code", code }, word);
  }
});

test("Chinese words need no spaces, and may have them", () => {
  const list = lists["simplified-chinese"];
  const code = page.newCode();
  for (const between of ["", " ", "、", "\u3000"]) {
    assert.deepEqual(read(spell(code, list).join(between), list), { is: "code", code });
  }
});

test("Korean words may be typed as whole syllables or apart, with or without spaces", () => {
  const { korean } = lists;
  const code = page.newCode();
  const words = spell(code, korean);
  assert.deepEqual(read(words.join(" ").normalize("NFC"), korean), { is: "code", code });
  assert.deepEqual(read(words.join(" ").normalize("NFD"), korean), { is: "code", code });
});

test("a wrong word is named with its place and the nearest words", () => {
  const words = spell(CODE);
  words[1] = "abilty";
  const typed = read(words.join(" "));
  assert.deepEqual([typed.is, typed.at, typed.word, typed.nearest[0]], ["unknown", 2, "abilty", "ability"]);
  words[1] = "ablie";
  assert.deepEqual(read(words.join(" ")).nearest.slice(0, 1), ["able"]);
  words[1] = "xqzzvkw";
  assert.deepEqual(read(words.join(" ")), { is: "unknown", at: 2, word: "xqzzvkw", nearest: [] });
  words[1] = "ñandú";
  assert.equal(read(words.join(" ")).word, "nandu");
});

test("of Korean words those are near that differ in a letter, which is a part of a syllable", () => {
  const { korean } = lists;
  const words = spell(CODE, korean);
  // One letter away each; taken as whole syllables, every other word that ends in 구 would be as near as these.
  for (const [wrong, meant] of [["칭구", ["창구", "친구"]], ["가겨", ["가격"]]]) {
    for (const spelled of [wrong, wrong.normalize("NFD")]) {
      const typed = read(words.with(5, spelled).join(" "), korean);
      assert.deepEqual([typed.is, typed.at, typed.word], ["unknown", 6, wrong]);
      assert.deepEqual(typed.nearest.slice(0, meant.length).map((word) => word.normalize("NFC")), meant);
      assert.equal(typed.nearest.length, 3);
    }
  }
  assert.deepEqual(read(words.with(5, "쫆").join(" "), korean).nearest, []);
});

test("a Chinese sign that is not on the list is named with its place, and no other is nearer to it than the rest", () => {
  const chinese = lists["simplified-chinese"];
  const words = spell(CODE, chinese);
  for (const between of ["", " "]) {
    const typed = read(words.with(3, "鬱").join(between), chinese);
    assert.deepEqual(typed, { is: "unknown", at: 4, word: "鬱", nearest: [] });
  }
});

test("three letters of a longer word are not enough, since they may be another's", () => {
  const words = spell(CODE);
  words[0] = "aba";
  assert.equal(read(words.join(" ")).is, "unknown");
});

test("too few or too many words are counted, and nothing at all is none", () => {
  const words = spell(CODE);
  assert.deepEqual(read(words.slice(1).join(" ")), { is: "count", count: 7 });
  assert.deepEqual(read([...words, "able"].join(" ")), { is: "count", count: 9 });
  for (const text of ["", "  ", "1234", "\ud83d"]) assert.deepEqual(read(text), { is: "count", count: 0 });
});

test("a text of any length is read at once", () => {
  const started = performance.now();
  read("zoo".repeat(5_000));
  read("zoo ".repeat(5_000));
  read([...Array(7).fill("zoo"), "x".repeat(200_000)].join(" "));
  assert.ok(performance.now() - started < 2_000);
});

test("a list that is short, long or has a word twice is refused", () => {
  const words = Array.from({ length: 2_048 }, (_, bits) => english.word(bits));
  for (const wrong of [words.slice(1), [...words, "more"], [...words.slice(1), words[1]], []]) {
    assert.throws(() => new page.WordList(wrong.join(" ")));
  }
});

test("the bits are ten bytes, big endian, first word first", () => {
  const hex = (code) => Buffer.from(page.codeBytes(code)).toString("hex");
  assert.equal(hex([0, 0, 0, 0, 0, 0, 1, 0]), "00000000000000000001");
  assert.equal(hex([2_047, 0, 0, 0, 0, 0, 0, 0]), "1ffc0000000000000000");
  assert.equal(hex(Array(8).fill(2_047)), "1fffffffffffffffffff");
});

test("keys are those of PBKDF2 and HKDF by another hand, and depend on the site", async () => {
  const receipt = await page.receiptOf(CODE, GENESIS);
  const salt = Buffer.concat([Buffer.from("knothole/receipt/v1"), Buffer.from(GENESIS, "hex")]);
  const secret = pbkdf2Sync(page.codeBytes(CODE), salt, 600_000, 32, "sha256");
  const of = (what) => Buffer.from(hkdfSync("sha256", secret, "", `knothole/receipt/v1/${what}`, 32)).toString("hex");
  assert.deepEqual([receipt.mailbox, receipt.token], [of("mailbox"), of("token")]);
  assert.equal(Buffer.from(receipt.signer).toString("hex"), of("sign"));
  const elsewhere = await page.receiptOf(CODE, GENESIS.replace(/^../, "00"));
  assert.notEqual(elsewhere.mailbox, receipt.mailbox);
});

test("what is sealed to a code's recipient opens with its identity, by stock age", async () => {
  const receipt = await page.receiptOf(CODE, GENESIS);
  const sealed = await page.sealTo(receipt.replyTo, page.utf8("hello"));
  assert.equal(await open(receipt.identity, sealed), "hello");
});

test("the letter's fields name no secret, and the token's hash is SHA-256 of its bytes", async () => {
  const receipt = await page.receiptOf(CODE, GENESIS);
  const fields = page.receiptFields(receipt);
  assert.deepEqual(Object.keys(fields), ["reply_to", "follow_up_key", "mailbox"]);
  assert.equal(fields.mailbox.token_hash, createHash("sha256").update(Buffer.from(receipt.token, "hex")).digest("hex"));
  const text = JSON.stringify(fields);
  for (const secret of [receipt.token, receipt.identity, Buffer.from(receipt.signer).toString("hex")]) assert.ok(!text.includes(secret));
});

test("signatures are Ed25519 as Node has it", () => {
  const seed = new Uint8Array(32).fill(7);
  const message = page.utf8("a follow-up");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), page.publicKey(seed)]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  assert.ok(verify(null, message, key, page.sign(seed, message)));
  assert.ok(!verify(null, page.utf8("another"), key, page.sign(seed, message)));
});

test("codes, keys and what was typed come out as in the vectors", async () => {
  const { genesis, codes, typed } = JSON.parse(readFileSync(new URL("../../tests/vectors/receipt.json", import.meta.url), "utf8"));
  const byTag = { es: "spanish", fr: "french", "pt-BR": "portuguese", ko: "korean", "zh-Hans": "simplified-chinese" };
  for (const vector of codes) {
    const own = read(vector.words, lists[byTag[vector.lang] ?? "english"]);
    assert.equal(own.is, "code", vector.words);
    assert.deepEqual(read(vector.english), own);
    assert.equal(Buffer.from(page.codeBytes(own.code)).toString("hex"), vector.bits);
    if (vector.keys === null) continue;
    const receipt = await page.receiptOf(own.code, genesis);
    const { reply_to, follow_up_key, mailbox } = page.receiptFields(receipt);
    assert.deepEqual(
      {
        mailbox: receipt.mailbox,
        token: receipt.token,
        token_hash: mailbox.token_hash,
        reply_identity: receipt.identity,
        reply_to,
        sign_seed: Buffer.from(receipt.signer).toString("hex"),
        follow_up_key,
      },
      vector.keys,
    );
    assert.deepEqual([receipt.replyTo, receipt.mailbox], [reply_to, mailbox.id]);
  }
  for (const { typed: text, answer } of typed) {
    const found = read(text);
    if (answer.bits !== undefined) assert.equal(Buffer.from(page.codeBytes(found.code)).toString("hex"), answer.bits);
    else if (answer.word !== undefined) assert.deepEqual([found.is, found.at], ["unknown", answer.word + 1], text);
    else if (answer.count !== undefined) assert.deepEqual(found, { is: "count", count: answer.count });
    else assert.deepEqual([found.is, answer.check], ["mismatch", false]);
  }
});

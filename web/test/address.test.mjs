// Each language speaks to people in the one way that its file names at its top: not to a stranger on one screen and to a child on the next.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** Words of the other way, in the languages that have two. */
const OTHER = {
  ar: ["يمكنك", "هاتفك", "رمزك", "كلماتك", "رسالتك", "فضلك", "لك", "تريد", "اكتب", "حاول", "تحقق"],
  es: ["usted", "ustedes", "su teléfono", "sus palabras", "escriba", "llame"],
  fr: ["tu", "toi", "te", "t’\\p{L}+", "ton", "ta", "tes", "écris", "tape"],
  ru: ["ты", "тебя", "тебе", "твой", "твои", "твоё", "твоём", "введи", "нажми", "выбери"],
};

for (const [language, words] of Object.entries(OTHER)) {
  test(`the form in ${language} says nothing in the other way`, () => {
    const fluent = readFileSync(new URL(`../../locales/${language}.ftl`, import.meta.url), "utf8");
    const texts = fluent.split("\n").filter((line) => !line.startsWith("#"));
    const one = new RegExp(`(?<![\\p{L}\\p{M}])(${words.join("|")})(?![\\p{L}\\p{M}])`, "iu");
    assert.deepEqual(texts.filter((line) => one.test(line)), []);
  });
}

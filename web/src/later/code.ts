// What the later script brings: codes for letters (`give.ts` shows them), and the way back with one (`enter.ts`, `again.ts`).

import type { Later, Page, Taken } from "../form/later.js";
import { newCode, receiptFields, receiptOf } from "../receipt.js";
import { WordList } from "../wordlist.js";
import { armAgain } from "./again.js";
import { Enter } from "./enter.js";
import { Give, spell } from "./give.js";
import { SAID } from "./said.js";

/** Builds the screens for codes into the form. */
export function armCode(page: Page): Later {
  const list = new WordList(SAID.words);
  const again = armAgain(page);
  const enter = new Enter(page, list, again);
  const give = new Give(list);
  const rest = () => {
    again.end();
    enter.forget();
  };
  return {
    take: () => take(list, page.keyring.genesis),
    give: (words, isWanted) => give.give(words, isWanted),
    rest,
    wipe: () => {
      rest();
      give.give([], false);
    },
  };
}

async function take(list: WordList, genesis: string): Promise<Taken> {
  const code = newCode();
  const receipt = await receiptOf(code, genesis);
  return { signer: { seed: receipt.signer, fields: receiptFields(receipt) }, words: spell(code, list) };
}

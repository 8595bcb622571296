// What the later script brings: codes for letters (`give.ts` shows them), the way back with one (`enter.ts`, `again.ts`), and files that
// follow a letter (`adding.ts`).

import type { Later, Page, Taken } from "../form/later.js";
import { newCode, receiptFields, receiptOf } from "../receipt.js";
import { WordList } from "../wordlist.js";
import { armAgain } from "./again.js";
import { Adding } from "./adding.js";
import { Enter } from "./enter.js";
import { Give, spell } from "./give.js";
import { SAID } from "./said.js";

/** Builds the screens for codes into the form. */
export function armCode(page: Page): Later {
  const list = new WordList(SAID.words);
  const again = armAgain(page);
  const enter = new Enter(page, list, again);
  const give = new Give(list);
  const adding = new Adding();
  const rest = () => {
    again.end();
    enter.forget();
  };
  return {
    take: () => take(list, page.keyring.genesis),
    give: (words, isWanted, tip) => {
      give.give(words ?? [], isWanted);
      adding.follow(tip);
    },
    rest,
    wipe: () => {
      rest();
      adding.wipe();
      give.give([], false);
    },
  };
}

async function take(list: WordList, genesis: string): Promise<Taken> {
  const code = newCode();
  const receipt = await receiptOf(code, genesis);
  return { signer: { seed: receipt.signer, fields: receiptFields(receipt) }, words: spell(code, list) };
}

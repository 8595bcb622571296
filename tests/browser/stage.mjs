// What a test file needs around it: started before its tests, ended after them.

import { after, before } from "node:test";

/**
 * Sets the stage before the tests of a file or of a group. What `keep` is given, once it has started, is ended after them, last first,
 * also when something that should have come after it never started.
 */
export function stage(set) {
  const kept = [];
  const keep = async (starting) => {
    const one = await starting;
    kept.push(one);
    return one;
  };
  before(() => set(keep));
  after(async () => {
    for (const one of kept.reverse()) await (one.stop ?? one.close).call(one);
  });
}

// A POSIX ustar archive with the headers of PROTOCOL.md section 5: no owner, no time, nothing that differs from tip to tip.

import { join, utf8 } from "./bytes.js";

/** A file of the archive. */
export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/** The archive: every entry in order, then two zero blocks. */
export function writeTar(entries: readonly Entry[]): Uint8Array {
  const parts = entries.flatMap(({ name, bytes }) => [
    header(name, bytes.length),
    bytes,
    new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ]);
  return join([...parts, new Uint8Array(2 * BLOCK)]);
}

function header(name: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => block.set(utf8(text), at);
  put(0, name);
  put(100, "0000644\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\0" + "00");
  put(329, "0000000\0");
  put(337, "0000000\0");
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

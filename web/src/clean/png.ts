// PNG (W3C PNG, third edition, with moving pictures): chunks that show in the picture stay, up to the end chunk.

import { bytes, number, part, text, turn, Uncleaned } from "./read.js";

/** The parts of a clean PNG. */
export function cleanPng(file: Uint8Array): Uint8Array[] {
  const kept = [part(file, 0, 8)];
  let hasPicture = false;
  for (let at = 8; ; ) {
    const length = number(file, at, 4);
    const chunk = part(file, at, length + 12);
    const type = text(chunk, 4, 4);
    at += chunk.length;
    if (/^(IHDR|PLTE|tRNS|IDAT|IEND|gAMA|cHRM|sRGB|cICP|iCCP|acTL|fcTL|fdAT)$/.test(type)) kept.push(chunk);
    else if (type === "eXIf") kept.push(bytes("\0\0\0\x1a"), ...summed(bytes(type + turn(chunk.subarray(8)))));
    else if (/^[A-Z]/.test(type)) throw new Uncleaned("unknown");
    hasPicture ||= type === "IDAT";
    if (hasPicture && type === "IEND") return kept;
  }
}

/** With the CRC-32 that PNG has at the end of a chunk. */
function summed(chunk: Uint8Array): Uint8Array[] {
  let sum = -1;
  for (const byte of chunk) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return [chunk, Uint8Array.of(~sum >>> 24, ~sum >>> 16, ~sum >>> 8, ~sum)];
}

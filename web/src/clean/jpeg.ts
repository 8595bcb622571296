// JPEG (ITU-T T.81): what decoders need stays, and the picture ends at its first end marker. A second picture behind that, as phones put
// there, goes with all the rest.

import { bytes, number, part, text, turn, Uncleaned } from "./read.js";

/** The parts of a clean JPEG. */
export function cleanJpeg(file: Uint8Array): Uint8Array[] {
  const kept = [part(file, 0, 2)];
  let hasScan = false;
  for (let at = 2; ; ) {
    const marker = number(file, at, 2);
    if (hasScan && marker === 0xffd9) return [...kept, part(file, at, 2)];
    if (marker === 0xffff) {
      at++;
      continue;
    }
    const segment = part(file, at, 2 + number(file, at + 2, 2));
    kept.push(essence(segment));
    at += segment.length;
    if (marker === 0xffda) {
      const from = at;
      at = endOfScan(file, at);
      kept.push(file.subarray(from, at));
      hasScan = true;
    }
  }
}

/** What a decoder needs of a segment. */
function essence(segment: Uint8Array): Uint8Array {
  const head = text(segment, 0, 16);
  if (/^\xff([\xc0-\xcf\xda-\xdd]|\xe2..ICC_PROFILE\0)/s.test(head)) return segment;
  if (/^\xff\xe0..JFIF\0/s.test(head) && segment.length > 17) return bytes("\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
  // Says how the three colours are coded.
  if (/^\xff\xee..Adobe.{7}/s.test(head)) return bytes(`\xff\xee\0\x0eAdobe\0\x64\0\0\0\0${head[15]}`);
  if (/^\xff\xe1..Exif\0\0/s.test(head)) return bytes(`\xff\xe1\0\x22Exif\0\0${turn(segment.subarray(10))}`);
  if (!/^\xff[\xe0-\xfe]/.test(head)) throw new Uncleaned("broken");
  return segment.subarray(0, 0);
}

/** Where the next marker stands that does not belong to the coded data itself; -1 where there is none. */
function endOfScan(file: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = file.indexOf(0xff, at);
    const next = file[at + 1] ?? NaN;
    if (at < 0 || (next !== 0 && next !== 0xff && next >> 3 !== 26)) return at;
  }
}

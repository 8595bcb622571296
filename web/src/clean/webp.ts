// WebP (RFC 9649): the chunks of the picture or of its frames stay, up to the end that the file names.

import { bytes, number, part, text, turn, Uncleaned } from "./read.js";

const HAS_NOTE = 8;
/** Colour profile, transparency, motion. */
const SHOWN = 0x32;

/** The parts of a clean WebP. */
export function cleanWebp(file: Uint8Array): Uint8Array[] {
  const body = part(file, 12, number(file, 4, 4, true) - 4);
  return chunkOf("RIFF", [bytes("WEBP"), ...chunks(body)]);
}

/** The chunks that show; of each kind the first, but for frames. */
function chunks(body: Uint8Array, isFrame = false): Uint8Array[] {
  const kept: Uint8Array[] = [];
  const seen = new Set<string>();
  const head = new Uint8Array(10);
  let flags = 0;
  for (let at = 0; at < body.length; ) {
    const type = text(body, at, 4);
    const data = part(body, at + 8, number(body, at + 4, 4, true));
    let shown = [data];
    at += 8 + data.length + (data.length % 2);
    if (type !== "ANMF" && seen.has(type)) continue;
    seen.add(type);
    if (type === "VP8X") {
      head.set(part(data, 4, 6), 4);
      flags = number(data, 0, 1) & SHOWN;
      shown = [head];
    } else if (type === "EXIF") {
      shown = [bytes(turn(data))];
      flags |= HAS_NOTE;
    } else if (type === "ANMF" && !isFrame) {
      shown = [part(data, 0, 16), ...chunks(data.subarray(16), true)];
    } else if (!/^(VP8[ L]|ALPH|ICCP|ANIM)$/.test(type)) continue;
    kept.push(...chunkOf(type, shown));
  }
  head[0] = flags;
  if (!/VP8[ L]|ANMF/.test([...seen].join())) throw new Uncleaned("broken");
  return kept;
}

function chunkOf(type: string, data: readonly Uint8Array[]): Uint8Array[] {
  const length = data.reduce((sum, piece) => sum + piece.length, 0);
  return [bytes(type), Uint8Array.of(length, length >>> 8, length >>> 16, length >>> 24), ...data, new Uint8Array(length % 2)];
}

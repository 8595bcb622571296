// Takes out of a photo what a camera or a program wrote beside the picture: place, time, device, names, small copies, whatever comes
// after the end. The picture's own bytes are never decoded or changed. What it does not know for certain it refuses. The colour
// profile stays, and so does what somebody hid in the data of the picture itself.

import { cleanJpeg } from "./clean/jpeg.js";
import { cleanPng } from "./clean/png.js";
import { text, Uncleaned } from "./clean/read.js";
import { cleanWebp } from "./clean/webp.js";

export { Uncleaned } from "./clean/read.js";

/** What a file is by its first bytes; its name counts for nothing. */
export type Kind = "jpeg" | "png" | "webp" | "heic" | "unknown";

/** See `Kind`. */
export function kindOf(file: Uint8Array): Kind {
  const head = text(file, 0, 12);
  if (/^\xff\xd8\xff/.test(head)) return "jpeg";
  if (/^\x89PNG\r\n\x1a\n/.test(head)) return "png";
  if (/^RIFF....WEBP/s.test(head)) return "webp";
  return /^....ftyp(he|mif|msf|avi)/s.test(head) ? "heic" : "unknown";
}

/** The parts that a clean photo is made of, most of them views of `file`; throws `Uncleaned` and nothing else. */
export function clean(file: Uint8Array): Uint8Array[] {
  const kind = kindOf(file);
  if (kind === "jpeg") return cleanJpeg(file);
  if (kind === "png") return cleanPng(file);
  if (kind === "webp") return cleanWebp(file);
  throw new Uncleaned(kind);
}

// What becomes of a file that a person picked: its kind by its first bytes, and of a photo the same without the hidden note. Its name is
// left behind here.

import { clean, kindOf, Uncleaned } from "./clean.js";

/** A file as it may be sent. */
export interface Chosen {
  readonly blob: Blob;
  /** Media type. */
  readonly type: string;
  readonly isPhoto: boolean;
  /** The photo without what was written beside the picture; null where that cannot be had. */
  readonly cleaned: Blob | null;
}

const HEAD = 12;
/** A photo is taken apart in memory; one that is larger than any camera makes is not. */
const LARGEST_PHOTO = 96 * 1_048_576;

/** Rejects where the file cannot be read. */
export async function prepare(file: Blob): Promise<Chosen> {
  const kind = kindOf(await bytesOf(file.slice(0, HEAD)));
  const type = kind === "unknown" ? plainType(file.type) : `image/${kind}`;
  // Without the name, and without the type that a name suggests.
  const blob = file.slice();
  return { blob, type, isPhoto: type.startsWith("image/"), cleaned: file.size <= LARGEST_PHOTO ? await cleanedOf(blob) : null };
}

async function cleanedOf(blob: Blob): Promise<Blob | null> {
  try {
    return new Blob(clean(await bytesOf(blob)) as BlobPart[]);
  } catch (error) {
    if (error instanceof Uncleaned) return null;
    throw error;
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** A type that says nothing but the type. */
function plainType(type: string): string {
  return /^[a-z]+\/[a-z0-9.+-]{1,60}$/.test(type) ? type : "application/octet-stream";
}

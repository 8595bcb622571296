// Padding JSON with spaces to one of four lengths, so that its size says no more than which (PROTOCOL.md section 4.1).

/** The words do not fit the largest bucket, so they cannot be sent as one tip. */
export class TooLong extends Error {}

/** What fits at all, in bytes. */
export const LARGEST = 262_144;
const BUCKETS = [4_096, 16_384, 65_536, LARGEST];
const SPACE = 0x20;

/** Smallest bucket that holds `json` and so many bytes more, filled up with spaces, so that it is still JSON. */
export function toBucket(json: Uint8Array, more = 0): Uint8Array {
  const bucket = BUCKETS.find((size) => json.length + more <= size);
  if (bucket === undefined) {
    json.fill(0);
    throw new TooLong();
  }
  const padded = new Uint8Array(bucket).fill(SPACE);
  padded.set(json);
  json.fill(0);
  return padded;
}

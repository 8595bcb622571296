// Reading a file that may be anything: a number that is not there reads as NaN, and a part that is not all there is refused.

/** The file is left as it is, and must not pass as clean. */
export class Uncleaned extends Error {
  /** Why: a format that is not known here, or a file that is none, or not whole. */
  declare readonly message: "heic" | "unknown" | "broken";
}

/** `length` bytes from `at`. */
export function part(file: Uint8Array, at: number, length: number): Uint8Array {
  if (!(at + length <= file.length)) throw new Uncleaned("broken");
  return file.subarray(at, at + length);
}

/** The number in `size` bytes from `at`, the high byte first unless it `isLittle`. */
export function number(file: Uint8Array, at: number, size: number, isLittle = false): number {
  let value = 0;
  for (let from = at, to = at + size; from < to; ) value = value * 256 + (file[isLittle ? --to : from++] ?? NaN);
  return value;
}

/** Up to `length` bytes from `at` as characters. */
export function text(file: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...file.subarray(at, at + length));
}

/** Bytes of `text`, whose characters are bytes. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A note (TIFF) that says how the picture is to be turned, as `tiff` says it, and nothing else. */
export function turn(tiff: Uint8Array): string {
  const isLittle = tiff[0] === 0x49;
  const read = (at: number, size: number) => number(tiff, at, size, isLittle);
  let way = 1;
  for (let at = read(4, 4), count = read(at, 2); count-- > 0; at += 12) if (read(at + 2, 2) === 0x112) way = read(at + 10, 2);
  return `MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(way > 0 && way < 9 ? way : 1)}\0\0\0\0\0\0`;
}

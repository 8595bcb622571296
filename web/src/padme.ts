// How long a file is made before it is sealed, so that its length says little (Padmé, PETS 2019): at most 7 % more, and no less than
// the smallest letter.

const LEAST = 4_096;

/** The padded length for a file of so many bytes. */
export function padme(size: number): number {
  const length = Math.max(size, LEAST);
  let exponent = 0;
  while (2 ** (exponent + 1) <= length) exponent++;
  const step = 2 ** (exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(length / step) * step;
}

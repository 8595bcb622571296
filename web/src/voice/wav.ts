// Sound as the plainest file there is: a head of fixed length and the samples. It has no place for the name of a device or a time.

/** Samples in a second of what is sent: enough for speech. */
export const RATE = 16_000;
const HEAD = 44;
/** The largest swing after it was made as loud as it can be. */
const LOUDEST = 30_000;

/** A WAV (mono, 16 bits) of these samples, as loud as it can be: how near the mouth was is nobody's business. */
export function wavOf(samples: Float32Array): Uint8Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-4);
  const file = new Uint8Array(HEAD + 2 * samples.length);
  const view = new DataView(file.buffer);
  const word = (at: number, letters: string) => [...letters].forEach((letter, more) => view.setUint8(at + more, letter.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, at) => view.setInt16(HEAD + 2 * at, (sample / loudest) * LOUDEST, true));
  return file;
}

/** The samples of a WAV that `wavOf` made. */
export function samplesOf(wav: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(wav.buffer, wav.byteOffset + HEAD);
  return Float32Array.from({ length: (wav.length - HEAD) / 2 }, (_, at) => view.getInt16(2 * at, true) / 32_768);
}

// Makes a voice lower and larger without making it slower: it is first spoken faster, by laying overlapping pieces of it closer together
// where they fit best (WSOLA), and then played slower by as much. No disguise: who knows the factor, or tries some, can turn it back.

/** Samples of one piece, of which the next one begins half way. */
const PIECE = 512;
const STEP = PIECE / 2;
/** How far a piece may be from where it ought to begin: more than one swing of a low voice. */
const SEARCH = 160;
/** Every so many samples are enough to tell where two pieces fit. */
const COARSE = 4;
/** Pieces between which the page may do something else, such as leave. */
const AT_ONCE = 200;

/** The same words in a voice whose every pitch is `factor` (below 1) of what it was; null once `signal` says to stop. `voice` stays. */
export async function lowered(voice: Float32Array, factor: number, signal: AbortSignal): Promise<Float32Array | null> {
  const fast = new Float32Array(Math.ceil(voice.length * factor) + PIECE);
  let from = 0;
  for (let piece = 0; piece * STEP + PIECE <= fast.length; piece++) {
    if (piece % AT_ONCE === AT_ONCE - 1) await new Promise((next) => setTimeout(next));
    if (signal.aborted) {
      fast.fill(0);
      return null;
    }
    const ought = Math.round((piece * STEP) / factor);
    // What would follow the last piece by itself is what the next one should look like.
    from = piece === 0 ? 0 : fitting(voice, ought, from + STEP);
    for (let at = 0; at < PIECE; at++) {
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / PIECE);
      fast[piece * STEP + at] = (fast[piece * STEP + at] ?? 0) + weight * (voice[from + at] ?? 0);
    }
  }
  const low = voice.map((_, at) => between(fast, at * factor));
  fast.fill(0);
  return low;
}

/** The place near `ought` from which the voice is most like it is from `like` on. */
function fitting(voice: Float32Array, ought: number, like: number): number {
  let [best, most] = [Math.max(0, ought), -Infinity];
  for (let from = Math.max(0, ought - SEARCH); from <= ought + SEARCH; from += 2) {
    let sum = 0;
    for (let at = 0; at < PIECE; at += COARSE) sum += (voice[from + at] ?? 0) * (voice[like + at] ?? 0);
    if (sum > most) [best, most] = [from, sum];
  }
  return best;
}

/** What a curve through the samples has at a place between two of them (Catmull-Rom). */
function between(samples: Float32Array, place: number): number {
  const at = Math.floor(place);
  const t = place - at;
  const [a, b, c, d] = [samples[at - 1] ?? 0, samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

// A hybrid secret as the age program writes it. Apart from what else hangs off a secret, so that both scripts have it.

import { bech32 } from "@scure/base";

/** The hybrid identity (`AGE-SECRET-KEY-PQ-1…`) whose secret is `seed`. */
export function identityOf(seed: Uint8Array): string {
  return bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", seed).toUpperCase();
}

// What the first script lends to the later one, so that neither a library nor a screen is there twice: for each file the names
// that the later script takes from it. `build.mjs` makes the two ends of it.

export const SHARED = {
  "node_modules/@noble/ciphers/chacha.js": ["chacha20poly1305"],
  "node_modules/@noble/hashes/hkdf.js": ["hkdf", "extract", "expand"],
  "node_modules/@noble/hashes/hmac.js": ["hmac"],
  "node_modules/@noble/hashes/sha2.js": ["sha256"],
  "node_modules/@noble/hashes/utils.js": ["bytesToHex", "randomBytes"],
  "node_modules/@noble/post-quantum/hybrid.js": ["MLKEM768X25519"],
  "node_modules/@scure/base/index.js": ["base64nopad", "bech32"],
  "src/bytes.ts": ["fromHex", "join", "utf8"],
  "src/form/dom.ts": ["all", "byId"],
  "src/form/later.ts": ["arrive"],
  "src/form/screens.ts": ["show", "shownScreen", "settle"],
  "src/sign.ts": ["publicKey"],
  "src/thread.ts": ["derive", "recipientOf"],
  "src/work.ts": ["WORK", "workFor"],
};

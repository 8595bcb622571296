// The manifest: which files belong to a tip and how they are opened, for those alone who can open its letter (PROTOCOL.md section 4.4).

import { sealTo } from "./agefile.js";
import type { Described } from "./attachment.js";
import { toBucket } from "./bucket.js";
import { utf8 } from "./bytes.js";

/** What was done to a photo before it was sealed: the note beside the picture is out, or was left in because the source said so. */
export type Note = "removed" | "kept";

/** One file. */
export interface Listed extends Described {
  /** Where the server has it. */
  readonly upload: string;
  /** Media type. */
  readonly type: string;
  /** What the source calls it; never the name that it had. */
  readonly name?: string | undefined;
  /** Left out where nothing could be taken out or left in. */
  readonly note?: Note | undefined;
}

/** The manifest of these files, sealed to the thread key of the tip; throws `TooLong`. */
export function sealManifest(tip: { readonly id: string; readonly recipient: string }, files: readonly Listed[]): Promise<Uint8Array> {
  const listed = files.map(({ upload, type, size, sha256, key, name, note }) => ({ upload, type, size, sha256, key, name, note }));
  return sealTo(tip.recipient, toBucket(utf8(JSON.stringify({ format: 1, id: tip.id, files: listed }))));
}

// The files of one tip on their way: one after the other, and at last the manifest that lists them. It may be stopped at any place and
// goes on from there. Without the manifest nobody could open a file, so nothing counts as sent before it is there.

import { Attachment, Changed, type Content } from "./attachment.js";
import { sealManifest, type Listed, type Note } from "./manifest.js";
import { Upload, type Ending, type LongLine, type Place, type Source } from "./tus.js";

/** One file, as it is to be sent. */
export interface Outgoing {
  readonly blob: Content;
  readonly type: string;
  readonly note?: Note | undefined;
}

/** A tip that takes files: who can open it, and the right to add to it. */
export interface FilePlace extends Place {
  readonly recipient: string;
}

/** What is under way for one file. */
interface Going {
  readonly attachment: Attachment;
  readonly upload: Upload;
  listed: Listed | null;
}

/** See the module. */
export class Files {
  readonly #going = new Map<Outgoing, Going>();

  constructor(
    private readonly place: FilePlace,
    private readonly line: LongLine,
  ) {}

  /** Sends what of these is not there yet, and then the manifest of all of them. Ends with the file that cannot be read, where there is one. */
  async run(files: readonly Outgoing[], signal: AbortSignal): Promise<Ending | Outgoing> {
    const listed = [];
    for (const file of files) {
      const sent = await this.#send(file, signal);
      if (sent === "unreadable") return file;
      if (typeof sent === "string") return sent;
      listed.push(sent);
    }
    const bytes = await sealManifest(this.place, listed);
    const ending = await new Upload(this.place, sourceOf(bytes), { ...this.line, onMove: () => undefined }, "manifest").run(signal);
    if (ending === "done") this.wipe();
    return ending;
  }

  /** How many sealed bytes of these files the server has, and how many there are. */
  progress(files: readonly Outgoing[]): { readonly done: number; readonly all: number } {
    const going = files.map((file) => this.#start(file));
    const sum = (of: (one: Going) => number) => going.reduce((total, one) => total + of(one), 0);
    return { done: sum(({ upload }) => upload.offset), all: sum(({ attachment }) => attachment.length) };
  }

  /** Drops every key; what is not listed by then stays closed for good. */
  wipe(): void {
    for (const { attachment } of this.#going.values()) attachment.wipe();
    this.#going.clear();
  }

  #start(file: Outgoing): Going {
    const started = this.#going.get(file);
    if (started !== undefined) return started;
    const attachment = new Attachment(file.blob);
    const going = { attachment, upload: new Upload(this.place, attachment, this.line), listed: null };
    this.#going.set(file, going);
    return going;
  }

  async #send(file: Outgoing, signal: AbortSignal): Promise<Listed | Ending | "unreadable"> {
    const going = this.#start(file);
    const { attachment, upload } = going;
    try {
      const ending = going.listed === null ? await upload.run(signal) : "done";
      if (ending !== "done") return ending;
      going.listed ??= { ...(await attachment.describe()), upload: upload.name ?? "", type: file.type, note: file.note };
      return going.listed;
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      return signal.aborted ? "stopped" : "unreadable";
    }
  }
}

function sourceOf(bytes: Uint8Array): Source {
  return { length: bytes.length, read: async (from) => bytes.subarray(from) };
}

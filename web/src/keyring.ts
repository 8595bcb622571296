// Who may read, as the page was given it: the public keyring in the document's data block.
// Knows which agencies can be picked and until when the keyring may be used. Fetches nothing.

import { HybridRecipient } from "age/recipients.js";

/** An agency of the keyring; `recipient` is what its capsules are sealed to. */
export interface Agency {
  readonly number: number;
  readonly kind: string;
  readonly status: string;
  readonly recipient: string | null;
}

/** The part of the public keyring that sealing a tip needs. */
export interface Keyring {
  readonly version: number;
  readonly expires: string;
  /** The twelve words that name the site. */
  readonly site: string;
  /** Hash of version 0, 64 hex digits. */
  readonly genesis: string;
  /** Every agency there ever was, closed ones too; the place in the list is the agency's number. */
  readonly agencies: readonly Agency[];
}

/** The document's data block. */
interface Block {
  readonly public: Keyring & { format: number };
  readonly genesis: string;
  readonly genesis_hash: string;
}

const DAY_MS = 86_400_000;
const SITE_WORDS = 12;
/** The server takes tips for so long past the expiry, so a phone with a wrong clock need not be turned away. */
const SLACK_DAYS = 7;

/** Reads the data block; throws on anything but format 1 with sound recipients. */
export function parseKeyring(text: string): Keyring {
  const { public: signed, genesis: site, genesis_hash } = JSON.parse(text) as Block;
  const keyring = { ...signed, site, genesis: genesis_hash };
  if (keyring.format !== 1 || !Number.isSafeInteger(keyring.version) || Number.isNaN(expiry(keyring))) {
    throw new Error("not a keyring of format 1");
  }
  if (site.split(" ").length !== SITE_WORDS) throw new Error("not the name of a site");
  keyring.agencies.forEach((agency, place) => {
    if (agency.number !== place) throw new Error("agency numbers have a gap");
    if (isPickable(agency)) new HybridRecipient(agency.recipient);
  });
  return keyring;
}

/** Whether the source may pick this agency: it is open and has a key. */
export function isPickable(agency: Agency): agency is Agency & { recipient: string } {
  return agency.status === "open" && typeof agency.recipient === "string";
}

/** The agency that "I do not know" and the fast lane send to; null when none can read now. */
export function helpLine(keyring: Keyring): Agency | null {
  return keyring.agencies.find((agency) => agency.kind === "help_line" && isPickable(agency)) ?? null;
}

/** Whether the server would refuse a tip sealed under this keyring at `now`. */
export function isExpired(keyring: Keyring, now: Date): boolean {
  return now.getTime() >= expiry(keyring) + (SLACK_DAYS + 1) * DAY_MS;
}

function expiry(keyring: Keyring): number {
  return Date.parse(`${keyring.expires}T00:00:00Z`);
}

// The plain form for a file that the saved page made. Without this it works as it is; with this no other file, and no name that
// somebody gave it, gets as far as the server.

import { byId } from "./dom.js";

const FILE_NAME = "form.tar";
/** Name and magic of the first header of every sealed tip (PROTOCOL.md section 5). */
const MARKS: readonly [number, string][] = [
  [0, "about\0"],
  [257, "ustar\0"],
];

/** Looks into the file before it is sent. */
export function armUpload(): void {
  const form = document.getElementById("upload");
  if (!(form instanceof HTMLFormElement)) return;
  const input = byId<HTMLInputElement>("tip");
  form.addEventListener("submit", (event) => {
    const file = input.files?.[0];
    if (file === undefined) return;
    event.preventDefault();
    void check(form, input, file);
  });
}

/** Nothing is picked any more. */
export function emptyUpload(): void {
  const form = document.getElementById("upload");
  if (form instanceof HTMLFormElement) form.reset();
}

async function check(form: HTMLFormElement, input: HTMLInputElement, file: File): Promise<void> {
  const isTip = await looksSealed(file);
  byId("file-wrong").hidden = isTip;
  if (!isTip) return input.focus();
  try {
    const renamed = new DataTransfer();
    renamed.items.add(new File([file], FILE_NAME));
    input.files = renamed.files;
  } finally {
    // Where no file can be put in by a script, it goes under the name that it has.
    form.submit();
  }
}

async function looksSealed(file: File): Promise<boolean> {
  const head = await new Response(file.slice(0, 512)).text();
  return MARKS.every(([at, mark]) => head.startsWith(mark, at));
}

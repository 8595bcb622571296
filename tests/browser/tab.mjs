// A tab of any browser, by what a person does in it. Each browser brings the few steps that differ.

/** Only ends a test that has failed already, on however busy a machine. */
export const LONGEST_MS = 180_000;

/** Looks again until `look` gives something. */
export async function until(look) {
  for (const end = Date.now() + LONGEST_MS; ; ) {
    const found = await look().catch(() => null);
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came: ${look}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

/**
 * A tab over `evaluate`, `open`, `go`, `reload`, `press`, `type` and `clickAt` of one browser; `prepare` takes a function that runs in
 * every document of it before anything of the page's own does. Where another tab was opened since, this one moves on once it is in `front`.
 */
export function tabOf(steps) {
  const run = async (code, ...args) =>
    JSON.parse(await steps.evaluate(`(async () => JSON.stringify((await (${code})(...${JSON.stringify(args)})) ?? null))()`));
  return {
    ...steps,
    /** What a function gives that runs inside the page. */
    run,
    where: () => run(() => location.href),
    /** Waits until this address is shown and has loaded. */
    arrive: (url) => until(() => run((there) => location.href === there && document.readyState === "complete", url)),
    /** Taps what this selector finds, as soon as a finger would meet it. */
    async tap(selector) {
      const { x, y } = await until(() => run(placeOf, selector));
      await steps.clickAt(x, y);
    },
    /** Waits until this selector finds something that is shown. */
    sees: (selector) => until(() => run((what) => document.querySelector(what)?.checkVisibility() === true, selector)),
    /** Characters in all fields, shown or not. */
    typed: () => run(charactersInFields),
    /** All of the document's text and markup, and what its fields hold. */
    content: () => run(() => document.documentElement.outerHTML),
  };
}

function placeOf(selector) {
  const found = document.querySelector(selector);
  found?.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = found?.getBoundingClientRect() ?? {};
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  return found?.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
}

function charactersInFields() {
  const fields = document.querySelectorAll("textarea, input:not([type=checkbox], [type=radio])");
  return [...fields].map((field) => field.value).join("");
}

import { mkdirSync, writeFileSync } from "node:fs";
import { type BrowserContext, chromium, type Page } from "playwright";
import { startConsole } from "@/scripts/demo/start-console";
import { findBrowser } from "@/scripts/test/find-browser";
import { makeShowcase, OWNER, tellStory } from "./make-showcase";
import { type Picture, picturesOf } from "./pictures";

const QUALITY = 0.92;

const FOLDER = "public/screenshots";
const WINDOWS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ["light", "dark"] as const;

const say = (message: string) => console.error(message);
const executablePath = await findBrowser(say);
say("Making up a history …");
const made = await makeShowcase();
const daai = await startConsole(say);
try {
  const showcase = await tellStory(daai.url, made);
  mkdirSync(FOLDER, { recursive: true });
  for (const picture of picturesOf(showcase)) await take(picture);
} finally {
  await daai.close();
}

/** With JavaScript: times are in the reader's zone, and pages show that they are live. */
async function untilAlive(page: Page, { window, isPublic }: Picture): Promise<void> {
  if (window === "desktop" && isPublic !== true) await page.getByText("Live", { exact: true }).waitFor();
  else await page.waitForFunction(() => [...document.querySelectorAll("time")].every((time) => !time.textContent.includes("UTC")));
}

/** One page in one kind of window, light and dark. A page that fails is no picture. */
async function take(picture: Picture): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--hide-scrollbars"] });
  try {
    for (const theme of THEMES) {
      const context = await browser.newContext({
        viewport: WINDOWS[picture.window],
        colorScheme: theme,
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
      });
      if (picture.isPublic !== true) await signIn(context, daai.url, OWNER);
      const page = await context.newPage();
      const answer = await page.goto(`${daai.url}${picture.path}`);
      if (answer?.ok() !== true) throw new Error(`${picture.path} was answered with ${answer?.status()}.`);
      await page.getByText(picture.shows).filter({ visible: true }).first().waitFor();
      await untilAlive(page, picture);
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate((pixels) => scrollTo(0, pixels), picture.scrollBy ?? 0);
      const path = `${FOLDER}/${picture.name}-${picture.window}-${theme}.webp`;
      writeFileSync(path, await webpOf(context, await page.screenshot({ animations: "disabled", caret: "hide" })));
      say(path);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

/** Over HTTP, as the form does it. */
async function signIn(
  { request }: BrowserContext,
  origin: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { csrfToken } = (await (await request.get(`${origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await request.post(`${origin}/api/auth/callback/password`, {
    headers: { Origin: origin },
    form: { csrfToken, email, password, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
}

/** The picture at a third of its size, made by the browser that is here anyway. */
async function webpOf(context: BrowserContext, png: Buffer): Promise<Buffer> {
  // An empty page has no content security policy.
  const page = await context.newPage();
  const encoded = await page.evaluate(
    async ([data, quality]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext("2d")?.drawImage(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [png.toString("base64"), QUALITY] as const,
  );
  await page.close();
  return Buffer.from(encoded, "base64");
}

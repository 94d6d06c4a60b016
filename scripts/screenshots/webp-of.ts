import type { BrowserContext } from "playwright";

const QUALITY = 0.92;

/** The picture at a third of its size, made by the browser that is here anyway. */
export async function webpOf(context: BrowserContext, png: Buffer): Promise<Buffer> {
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

import { styleText } from "node:util";

// styleText leaves colors out where they would be noise: in a file, in a pipe, with NO_COLOR.
export const bold = (text: string) => styleText("bold", text);
export const dim = (text: string) => styleText("dim", text);
export const green = (text: string) => styleText("green", text);
export const red = (text: string) => styleText("red", text);
export const yellow = (text: string) => styleText("yellow", text);

export function section(title: string): void {
  console.log(`\n${bold(title)}`);
}

export function say(text: string): void {
  console.log(`  ${text}`);
}

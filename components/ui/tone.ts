/** The meaning of a color. Never used alone: an icon and a word always accompany it. */
export type Tone = "ok" | "wait" | "stop" | "no" | "live";

/** Text on its soft fill inside its line. */
export const TONE_BOX: Record<Tone, string> = {
  ok: "border-ok-line bg-ok-soft text-ok",
  wait: "border-wait-line bg-wait-soft text-wait",
  stop: "border-stop-line bg-stop-soft text-stop",
  no: "border-no-line bg-no-soft text-no",
  live: "border-live-line bg-live-soft text-live",
};

/** On a surface. */
export const TONE_TEXT: Record<Tone, string> = {
  ok: "text-ok",
  wait: "text-wait",
  stop: "text-stop",
  no: "text-no",
  live: "text-live",
};

/**
 * What a stand-in for a mail provider does with the next mail. `fail`, `busy`, `refuse` and `hang` do not take it; `drop`
 * takes it and breaks the connection before the answer; `twice` takes it twice, where nothing keeps it from that.
 */
export type MailBehavior = "take" | "slow" | "fail" | "busy" | "refuse" | "hang" | "drop" | "twice";

export const SLOW_MS = 300;

/** The same mix for the same seed: every behavior that a mail survives, most of them not `take`. */
export function mixedBehaviors(seed: number, hangEvery: number): () => MailBehavior {
  const mix: readonly MailBehavior[] = ["take", "fail", "drop", "slow", "busy", "take", "twice", "drop", "take", "fail"];
  let asked = 0;
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ++asked % hangEvery === 0 ? "hang" : (mix[(state >>> 8) % mix.length] ?? "take");
  };
}

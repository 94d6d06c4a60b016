import type { CallEffects } from "@/lib/domain/hooks/call-effects";

/** A command line, and what it does. */
export type CommandRow = readonly [string, readonly (keyof CallEffects)[]];

/** Versions before it get no security fixes any more. */
export const SUPPORTED: number;
/** Ends the process, with a sentence, where Node is too old to run the console. */
export function requireNode(): void;

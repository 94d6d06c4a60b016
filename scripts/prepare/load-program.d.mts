export const STAMP: string;
export const SOURCES: readonly string[];
export function loadProgram(name: string): Promise<Record<string, unknown>>;
export function buildProgramsOnce(say?: (message: string) => void): Promise<string>;
export const UNBUNDLED: readonly string[];

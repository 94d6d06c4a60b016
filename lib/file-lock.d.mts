export function withFileLock<T>(path: string, fn: () => Promise<T>, onWait?: () => void): Promise<T>;

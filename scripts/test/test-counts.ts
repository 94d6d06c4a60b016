export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface TestFile {
  readonly name: string;
  readonly seconds: number;
}

export interface TestFailure {
  readonly test: string;
  readonly message: string;
}

/** What a part, or a share of one, has found out. */
export interface TestResult extends TestCounts {
  /** What failed and why, where it is known. */
  readonly failures?: readonly TestFailure[];
  /** How long each file took, where it is known. */
  readonly files?: readonly TestFile[];
}

export const NONE: TestCounts = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly TestCounts[]): TestCounts {
  return all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), NONE);
}

/** The closing line of every part and of the whole. */
export function countsLine(name: string, { passed, failed, skipped }: TestCounts): string {
  return `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const EVERY_MS = 1000;

/** Reports progress on standard error once a second. Standard output is for the result. */
export function showProgress(total: number): (done: number) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return (done) => {
    const now = performance.now();
    if (now - toldAt < EVERY_MS) return;
    toldAt = now;
    const perSecond = Math.round(done / ((now - startedAt) / 1000));
    const number = (value: number) => value.toLocaleString("en-US");
    process.stderr.write(`${number(done)} of ${number(total)} runs, ${number(perSecond)} a second\n`);
  };
}

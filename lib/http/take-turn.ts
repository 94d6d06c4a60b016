/** How many connections streams may use at a time. The rest stay available to the API, however many tabs are open. */
const TURNS = 2;

let free = TURNS;
const waiting: (() => void)[] = [];

/** Runs `work` in first-in, first-out order, with limited concurrency. */
export async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

/** Connections of the process that may look after streams at a time. The others are the API's, however many tabs are open. */
const TURNS = 2;

let free = TURNS;
const waiting: (() => void)[] = [];

/** Does `work` when it is its turn, in the order in which it was asked for. */
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

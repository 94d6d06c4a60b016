const PROGRESS_MILLISECONDS = 5_000;

/** Notifies the client while `wait` takes its time, if it gave a token to be notified with. */
export async function showProgress<T>(
  token: unknown,
  message: string,
  linkOf: () => string | null,
  write: (text: string) => void,
  wait: () => Promise<T>,
): Promise<T> {
  if (token === undefined) return wait();
  let progress = 0;
  const notify = () => {
    progress += 1;
    const link = linkOf();
    const params = { progressToken: token, progress, message: link ? `${message}: ${link}` : message };
    write(JSON.stringify({ jsonrpc: "2.0", method: "notifications/progress", params }));
  };
  const timer = setInterval(notify, PROGRESS_MILLISECONDS);
  try {
    return await wait();
  } finally {
    clearInterval(timer);
  }
}

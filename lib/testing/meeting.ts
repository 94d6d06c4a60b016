/** Complete once that many have arrived. */
export function meeting(size: number) {
  let arrived = 0;
  let end = () => {};
  const complete = new Promise<void>((resolve) => (end = resolve));
  const arrive = () => {
    if (++arrived === size) end();
  };
  return { arrive, complete };
}

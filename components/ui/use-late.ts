import { type ComponentType, createElement, type ReactElement, useEffect, useState } from "react";

/** What is loaded after the page, because its first picture doesn't need it. null: not loaded. If it can't be, the page works without it. */
export function useLoaded<Loaded>(load: () => Promise<Loaded>): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isShown = true;
    load().then(
      (found) => (isShown ? setLoaded(() => found) : undefined),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [load]);
  return loaded;
}

/** What a component shows that is loaded after the page, because most who open it don't use it. null: not loaded. */
export function useLate<Props extends object>(load: () => Promise<ComponentType<Props>>, props: Props): ReactElement | null {
  const component = useLoaded(load);
  return component && createElement(component, props);
}

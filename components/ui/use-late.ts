import { type ComponentType, createElement, type ReactElement, useEffect, useState } from "react";

/** What a component shows that is loaded after the page, because most who open it don't use it. null: not loaded. If it can't be, the page works without it. */
export function useLate<Props extends object>(load: () => Promise<ComponentType<Props>>, props: Props): ReactElement | null {
  const [component, setComponent] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    let isShown = true;
    load().then(
      (loaded) => (isShown ? setComponent(() => loaded) : undefined),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [load]);
  return component && createElement(component, props);
}

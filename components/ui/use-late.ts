import { type ComponentType, useEffect, useState } from "react";

/** A component that is loaded after the page, because most who open it don't use it. null: not loaded. If it can't be, the page works without it. */
export function useLate<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> | null {
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
  return component;
}

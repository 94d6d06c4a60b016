"use client";

import { type ComponentType, createElement, lazy, type ReactElement } from "react";
import { type LateModule, useLateModule } from "./late-module";

/** A component whose code is loaded after the page, because its first picture doesn't need it. If it can't be, the page works without it. */
export function Late<Props extends object>({ of, props }: { of: LateModule<ComponentType<Props>>; props: Props }) {
  const component = useLateModule(of, true);
  return component && createElement(component, props);
}

/**
 * For what a page may start with. Then its first picture, which came from the server, waits for the code, because it must not go and
 * come back.
 */
export function lateUnlessFirst<Props extends object>(late: LateModule<ComponentType<Props>>) {
  const First: ComponentType<Props> = lazy(() => late.load().then((loaded) => ({ default: loaded })));
  return function LateUnlessFirst({ isFirst, props }: { isFirst: boolean; props: Props }): ReactElement {
    return isFirst ? createElement(First, props) : <Late of={late} props={props} />;
  };
}

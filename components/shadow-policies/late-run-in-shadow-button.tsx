"use client";

import type { ComponentProps } from "react";
import { useLate } from "@/components/ui/use-late";
import type { RunInShadowButton } from "./run-in-shadow-button";

const load = () => import("./run-in-shadow-button").then((loaded) => loaded.RunInShadowButton);

/** The button, loaded after the form. */
export function LateRunInShadowButton(props: ComponentProps<typeof RunInShadowButton>) {
  return useLate(load, props);
}

"use client";

import type { ComponentProps } from "react";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import type { RunInShadowButton } from "./run-in-shadow-button";

const lateButton = lateModule(() => import("./run-in-shadow-button").then((loaded) => loaded.RunInShadowButton));

/** The button, loaded after the form. */
export function LateRunInShadowButton(props: ComponentProps<typeof RunInShadowButton>) {
  return <Late of={lateButton} props={props} />;
}

"use client";

import { Slot } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { lateModule, useLateModule } from "./late-module";
import type { TooltipBubbleProps, TriggerEvents } from "./tooltip-bubble";

const lateBubble = lateModule(() => import("./tooltip-bubble"));

/** A word about what the pointer or the focus is on. Nothing that a phone's reader would miss. `children` must be able to take the focus. */
export function Tooltip({ children, ...bubble }: TooltipBubbleProps & { children: ReactNode }) {
  const element = useRef<HTMLElement>(null);
  const events = useRef<TriggerEvents>({});
  const [isNear, setIsNear] = useState(false);
  const late = useLateModule(lateBubble, isNear);
  return (
    <>
      <Slot.Root
        ref={element}
        onPointerEnter={(event) => setIsNear((was) => was || event.pointerType !== "touch")}
        onPointerMove={(event) => events.current.onPointerMove?.(event)}
        onPointerLeave={(event) => events.current.onPointerLeave?.(event)}
        onPointerDown={(event) => events.current.onPointerDown?.(event)}
        onFocus={(event) => {
          setIsNear(true);
          events.current.onFocus?.(event);
        }}
        onBlur={(event) => events.current.onBlur?.(event)}
        onClick={(event) => events.current.onClick?.(event)}
      >
        {children}
      </Slot.Root>
      {isNear && late !== null ? (
        <late.TooltipBubble
          {...bubble}
          element={element}
          onEvents={(given) => {
            events.current = given;
          }}
        />
      ) : null}
    </>
  );
}

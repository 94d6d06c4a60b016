"use client";

import { Tooltip } from "radix-ui";
import { type ComponentProps, type DOMAttributes, type ReactNode, type RefObject, useEffect, useLayoutEffect } from "react";
import { TriggerElsewhere } from "./late-trigger";

const OPENS_AFTER_MS = 400;

export type TriggerEvents = Pick<
  DOMAttributes<HTMLElement>,
  "onPointerMove" | "onPointerLeave" | "onPointerDown" | "onFocus" | "onBlur" | "onClick"
>;

export interface TooltipBubbleProps {
  label: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
}

export function TooltipBubble({
  element,
  onEvents,
  label,
  side = "top",
  className = "",
}: TooltipBubbleProps & {
  element: RefObject<HTMLElement | null>;
  /** Called with what has to happen on the element's events. */
  onEvents: (events: TriggerEvents) => void;
}) {
  return (
    <Tooltip.Provider delayDuration={OPENS_AFTER_MS}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>
          <EventsElsewhere element={element} onEvents={onEvents} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            className={`z-50 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-pop data-[state=delayed-open]:animate-appear ${className}`}
            side={side}
            sideOffset={4}
            collisionPadding={8}
          >
            {label}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

function EventsElsewhere({
  onEvents,
  ...rest
}: ComponentProps<typeof TriggerElsewhere> & TriggerEvents & { onEvents: (events: TriggerEvents) => void }) {
  useLayoutEffect(() => onEvents(rest));
  const { element } = rest;
  useEffect(() => {
    // What made this load came before anything here could notice it.
    if (element.current?.matches(":focus-visible") === true) element.current.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    else if (element.current?.matches(":hover") === true)
      element.current.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse" }));
  }, [element]);
  return <TriggerElsewhere {...rest} />;
}

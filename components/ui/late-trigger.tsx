"use client";

import { Slot } from "radix-ui";
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { failureMessage } from "./failure-messages";
import { type LateModule, lateModule, useLateModule } from "./late-module";
import { useToast } from "./toast";

export interface OpenState {
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** What it shows, where that is late too: it opens with both. */
  content?: LateModule<unknown>;
}

const NO_CONTENT = lateModule(() => Promise.resolve(true));

/**
 * For a button that opens something whose code comes late. Loading starts when the pointer or the focus reaches the button. A press
 * before it has arrived counts: what it opens then opens as soon as it can, unless Escape was pressed since.
 */
export function useLateTrigger<Parts>(late: LateModule<Parts>, { open, onOpenChange, content = NO_CONTENT }: OpenState) {
  const toast = useToast();
  const element = useRef<HTMLElement>(null);
  const [isOwnOpen, setIsOwnOpen] = useState(false);
  const isOpen = open ?? isOwnOpen;
  const setOpen = (wanted: boolean) => {
    setIsOwnOpen(wanted);
    onOpenChange?.(wanted);
  };
  const [isNear, setIsNear] = useState(isOpen);
  if (isOpen && !isNear) setIsNear(true);
  const loaded = useLateModule(late, isNear);
  const isComplete = useLateModule(content, isNear) !== null;
  const parts = isComplete && isNear ? loaded : null;

  const fail = useEffectEvent((error: unknown) => {
    setOpen(false);
    toast.show({ tone: "stop", title: "Couldn’t open this", children: failureMessage(error, "Reload the page, then try again.") });
  });
  const cancel = useEffectEvent(() => setOpen(false));
  const isAwaited = isOpen && parts === null;
  useEffect(() => {
    if (!isAwaited) return;
    const ended = new AbortController();
    Promise.all([late.load(), content.load()]).catch((error: unknown) => {
      if (!ended.signal.aborted) fail(error);
    });
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // It means this, and not the dialog below it.
      event.stopPropagation();
      cancel();
    };
    // In the capture phase, which is over for an Escape that asked for this: closing a half-filled dialog opens a question.
    window.addEventListener("keydown", listen, { capture: true, signal: ended.signal });
    return () => ended.abort();
  }, [late, content, isAwaited]);

  const approach = () => setIsNear(true);
  return {
    /** Null until they are loaded, which begins when they are needed. */
    parts,
    isOpen,
    setOpen,
    element,
    /** For the button. */
    trigger: {
      ref: element,
      onPointerEnter: approach,
      onFocus: approach,
      "aria-expanded": isOpen,
      "data-state": isOpen ? "open" : "closed",
    },
  };
}

/** The button of what opens over the whole page, around `children`. */
export function ModalTrigger({
  late,
  children,
}: {
  late: Pick<ReturnType<typeof useLateTrigger>, "trigger" | "setOpen">;
  children: ReactNode;
}) {
  return (
    <Slot.Root
      {...late.trigger}
      aria-haspopup="dialog"
      onClick={(event) => {
        if (!event.defaultPrevented) late.setOpen(true);
      }}
    >
      {children}
    </Slot.Root>
  );
}

/** What Radix says of a trigger that only it knows. */
const RELATIONS = ["id", "aria-controls", "aria-describedby"] as const;

/**
 * The only child of a Radix trigger whose button is elsewhere on the page. Radix then opens beside that button and returns the focus to
 * it, and the button says what it opens.
 */
export function TriggerElsewhere({
  element,
  ref,
  ...given
}: { element: RefObject<HTMLElement | null>; ref?: Ref<HTMLElement | null> } & Partial<Record<(typeof RELATIONS)[number], string>>) {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => element.current, [element]);
  useLayoutEffect(() => {
    for (const name of RELATIONS) {
      const value = given[name];
      if (value === undefined) element.current?.removeAttribute(name);
      else element.current?.setAttribute(name, value);
    }
  });
  return null;
}

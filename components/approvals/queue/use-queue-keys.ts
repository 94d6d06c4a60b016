"use client";

import { useEffect, useEffectEvent } from "react";
import { type KeyPlace, type QueueCommand, queueCommand, TYPING_PAUSE_MS, type Typed, typedBy } from "./queue-keys";

const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";

/** What handles the keys while it is open, except while it is fading out. */
const OPEN_OVER = ":is([role=dialog], [role=alertdialog], [role=menu])[data-state=open]";

interface QueueKeys extends Pick<KeyPlace, "armed" | "isCommentEmpty"> {
  readonly isAnswer: (element: Element) => boolean;
  readonly isComment: (element: Element) => boolean;
  readonly onCommand: (command: QueueCommand) => void;
}

export function useQueueKeys({ armed, isCommentEmpty, isAnswer, isComment, onCommand }: QueueKeys): void {
  const focusOf = (target: Element | null): KeyPlace["focus"] => {
    if (target === null) return "page";
    if (isComment(target)) return "comment";
    if (target.closest(FIELDS) !== null) return "field";
    return isAnswer(target) ? "answer" : "page";
  };
  const commandOf = useEffectEvent((event: KeyboardEvent, typed: Typed): QueueCommand | null => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, repeat: isRepeat, isComposing } = event;
    return queueCommand(
      { key, ctrlKey, metaKey, altKey, shiftKey, isRepeat, isComposing },
      {
        focus: focusOf(event.target instanceof Element ? event.target : null),
        armed,
        isCommentEmpty,
        typed,
        isElsewhere: document.querySelector(OPEN_OVER) !== null,
      },
    );
  });
  const run = useEffectEvent(onCommand);

  useEffect(() => {
    let typed: { what: Typed; at: number } = { what: "nothing", at: 0 };
    let isSpaceDead = false;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = commandOf(event, event.timeStamp - typed.at < TYPING_PAUSE_MS ? typed.what : "nothing");
      const what = typedBy(event.key, command);
      if (what !== null) typed = { what, at: event.timeStamp };
      if (event.key === " ") isSpaceDead = command === "dead";
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    // Some browsers press a button when the space bar is released, even if its keydown was prevented.
    const release = (event: KeyboardEvent) => {
      if (event.key === " " && isSpaceDead) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    window.addEventListener("keyup", release);
    return () => {
      window.removeEventListener("keydown", listen);
      window.removeEventListener("keyup", release);
    };
  }, []);
}

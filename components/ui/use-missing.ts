"use client";

import { type InputEvent, type InvalidEvent, useId, useState } from "react";

type Control = HTMLInputElement | HTMLTextAreaElement;

/**
 * What a required control of a plain form needs to say itself that it is missing: the browser's bubble covers what it is about.
 * Without a script the bubble is what there is.
 */
export function useMissing() {
  const noteId = useId();
  const [isMissing, setIsMissing] = useState(false);
  return {
    isMissing,
    noteId,
    "aria-invalid": isMissing || undefined,
    "aria-describedby": isMissing ? noteId : undefined,
    onInvalid: (event: InvalidEvent<Control>) => {
      event.preventDefault();
      setIsMissing(true);
      // Without the browser's bubble, moving the focus is up to us.
      if (event.currentTarget.form?.querySelector(":is(input, textarea):invalid") === event.currentTarget) event.currentTarget.focus();
    },
    onInput: (event: InputEvent<Control>) => {
      if (event.currentTarget.validity.valid) setIsMissing(false);
    },
  };
}

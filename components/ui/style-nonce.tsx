"use client";

import { setNonce } from "get-nonce";
import { useEffect } from "react";

/**
 * Dialogs lock the page's scrolling with a style element, which needs the nonce of the page's content security policy. It is the
 * one of the open document, regardless of later responses: the page's own scripts have it.
 */
export function StyleNonce() {
  useEffect(() => {
    const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
    if (nonce !== undefined && nonce !== "") setNonce(nonce);
  }, []);
  return null;
}

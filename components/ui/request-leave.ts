const LEAVE_EVENT = "daai:leave";

type LeaveEvent = CustomEvent<() => void>;

/** Runs `leave`, which takes the reader away from what is on the page: now, or after they confirm it where a LeaveGuard is on. */
export function requestLeave(leave: () => void): void {
  const event: LeaveEvent = new CustomEvent(LEAVE_EVENT, { detail: leave, cancelable: true });
  if (window.dispatchEvent(event)) leave();
}

/** Subscribes a guard to these requests. `hold` gets each `leave`, which then runs only when the guard runs it. */
export function onLeaveRequest(hold: (leave: () => void) => void): () => void {
  const listen = (event: Event) => {
    // The guard of a dialog is asked before the guard of the page below it, which asks nothing more.
    if (event.defaultPrevented) return;
    event.preventDefault();
    hold((event as LeaveEvent).detail);
  };
  window.addEventListener(LEAVE_EVENT, listen);
  return () => window.removeEventListener(LEAVE_EVENT, listen);
}

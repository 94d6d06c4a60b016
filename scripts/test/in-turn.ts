import type { Write } from "./run-logged";

interface Speaker {
  held: string;
  isDone: boolean;
}

/** Prints the output of parallel jobs in turn: the first one's immediately, the others' once those before them are done. */
export function inTurn(write: Write): () => { write: Write; done: () => void } {
  const speakers: Speaker[] = [];
  const hear = () => {
    for (let [first] = speakers; first; [first] = speakers) {
      if (first.held) write(first.held);
      first.held = "";
      if (!first.isDone) return;
      speakers.shift();
    }
  };
  return () => {
    const speaker: Speaker = { held: "", isDone: false };
    speakers.push(speaker);
    return {
      write: (text) => {
        speaker.held += text;
        hear();
      },
      done: () => {
        speaker.isDone = true;
        hear();
      },
    };
  };
}

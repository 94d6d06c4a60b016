/** What a call seems to do, for rules to decide by. */
export type CallEffects = {
  /** Wipes a disk, a home folder or what the machine can't do without. */
  wipes: boolean;
  /** Deletes, overwrites or ends something that may be needed. */
  destructive: boolean;
  /** Sends something to another machine. */
  network: boolean;
  /** Reads or writes files or variables that hold credentials. */
  secrets: boolean;
  /** Writes outside the folder that the agent works in. */
  outside_project: boolean;
  /** Touches the agent's own settings and hooks. */
  agent_settings: boolean;
  /** Can't be read whole, so the other answers may be wrong. */
  unclear: boolean;
};

export const NO_EFFECTS: CallEffects = {
  wipes: false,
  destructive: false,
  network: false,
  secrets: false,
  outside_project: false,
  agent_settings: false,
  unclear: false,
};

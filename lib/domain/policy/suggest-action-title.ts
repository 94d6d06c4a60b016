/** A title made of a name, for people to read: "send_fax" is "Send fax". */
export function suggestActionTitle(name: string): string {
  const words = name.replaceAll("_", " ").trim().replace(/ +/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

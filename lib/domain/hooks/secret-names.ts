/** What the names of fields, variables and options have in them whose values are secrets. */
const SECRET =
  /passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|private|auth|signing|encryption|management|workspace|account)[_-]?key|credential|dsn|_auth|(?:^|[._-])(?:authorization|cookie)$/i;
/**
 * Names like that of what isn't a secret. Vault's `secret_id` is one, the `--secret-id` of AWS is a name. A `password-command` is a program, which a
 * mask would hide.
 */
const HARMLESS =
  /(?:^|[._-])(?:command|cmd|program|helper|askpass)$|token(?:izer|_?(?:type|count|limit|url|file|path|endpoint))$|max_?token$|pwd_?dir$|(?<!secret)_id$|--secret-id$|_(?:file|path|url|name|type|dir)$/i;
/** A count in `max_tokens`, secrets in a list of tokens. */
const MANY_TOKENS = /tokens$/i;
/** A folder in the shell's `PWD`, a password in a connection string. */
const FOLDER_OR_PASSWORD = /(?:^|[^a-z])(?:old)?pwd$/i;
const FOLDER = /^(?:[/~.]|[a-z]:[\\/])/i;
/** How much of a long name is looked at. */
const NAME_END = 100;
/** Names of parameters of URLs whose values are secrets there. */
const SECRET_PARAMETER = /(?:token|key|secret|password|passwd|signature|sig|auth|code|credential)$/i;

/** Whether a value with this name is a secret. */
export function isSecret(name: string, value: string): boolean {
  const end = name.slice(-NAME_END);
  if (!SECRET.test(end) || HARMLESS.test(end)) return false;
  if (MANY_TOKENS.test(end)) return !/^\d+$/.test(value);
  return !(FOLDER_OR_PASSWORD.test(end) && FOLDER.test(value));
}

export function isSecretParameter(name: string): boolean {
  return SECRET_PARAMETER.test(name.slice(-NAME_END));
}

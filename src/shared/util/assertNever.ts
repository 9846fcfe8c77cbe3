// Closes a switch over a union: a new member then fails to compile instead of falling through in silence.

export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}

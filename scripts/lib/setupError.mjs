// An error meant for a person: one line that says what is wrong, one that says what to do. Printed without a stack.

export class SetupError extends Error {
  /**
   * @param {string} message one line, no trailing dot
   * @param {string} [hint] what the reader can do about it
   */
  constructor(message, hint) {
    super(message);
    this.name = 'SetupError';
    this.hint = hint;
  }
}

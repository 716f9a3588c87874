/** An error that the user can mend. The message says what is wrong and what to do; it is shown without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(problem: string, remedy: string) {
    super(`${problem} ${remedy}`.trimEnd());
  }
}

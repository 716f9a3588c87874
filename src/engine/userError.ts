/** Something the user can mend: what is wrong, then what to do. Shown without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(problem: string, remedy: string) {
    super(`${problem} ${remedy}`.trimEnd());
  }
}

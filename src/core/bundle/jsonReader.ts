/** A JSON object, taken out field by field. Errors name the place, such as `fitted.default.recipe.sharpness`. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function readObject(value: unknown, place: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw refuse(place, 'an object', value);
  return value as JsonObject;
}

export function readText(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw refuse(place, 'a text', value);
  return value;
}

export function readTexts(value: unknown, place: string): readonly string[] {
  if (!Array.isArray(value)) throw refuse(place, 'a list of texts', value);
  return value.map((one, i) => readText(one, `${place}[${i}]`));
}

export function readNumber(value: unknown, place: string, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw refuse(place, `a number from ${least} to ${most}`, value);
  return value;
}

export function readChoice<T extends string>(value: unknown, place: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw refuse(place, choices.map((one) => `"${one}"`).join(' or '), value);
  return found;
}

/** In hex. */
export function readSha256(value: unknown, place: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value))
    throw refuse(place, 'a SHA-256 of 64 hex digits', value);
  return value;
}

function refuse(place: string, wanted: string, value: unknown): Error {
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
  return new Error(`${place} must be ${wanted}, and is ${found}`);
}

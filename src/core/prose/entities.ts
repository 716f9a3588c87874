import { decodeHTMLStrict } from 'entities';

/** White space but for the no-break space, which prose uses as a character of its own. */
const OTHER_SPACE = /[^\S\u00a0]/gu;

/** What an HTML entity such as `&eacute;` or `&#233;` stands for; `undefined` if there is none of this name. */
export function decodeEntity(entity: string): string | undefined {
  const decoded = decodeHTMLStrict(entity);
  // A line end or tab would cut the paragraph that the entity stands in.
  return decoded === entity ? undefined : decoded.replace(OTHER_SPACE, ' ');
}

import { decodeHTMLStrict } from 'entities';

/** White space other than the no-break space, which is kept in prose. */
const OTHER_SPACE = /[^\S\u00a0]/gu;

/** The text that an HTML entity such as `&eacute;` or `&#233;` stands for; `undefined` if there is no such entity. */
export function decodeEntity(entity: string): string | undefined {
  const decoded = decodeHTMLStrict(entity);
  // A line end or tab would cut the paragraph that the entity stands in.
  return decoded === entity ? undefined : decoded.replace(OTHER_SPACE, ' ');
}

/**
 * Text as Markdown that shows exactly that text: glosses and document text are untrusted. Unlike `appendText` of VS Code's
 * MarkdownString it keeps spaces as they are, so that lines wrap and screen readers read words.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+\-.!~|>:$@]/g, '\\$&')
    .replace(/\s+/g, ' ');
}

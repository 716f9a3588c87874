export interface InstancesPageOptions {
  /** As the webview names its own resources. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
  /** dist/instances.js */
  readonly scriptUri: string;
  /** media/instances.css */
  readonly styleUri: string;
  /** dist/codicon.css, beside its font. */
  readonly iconsUri: string;
  /** Of the texts, as in `vscode.env.language`. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page of similar instances: an empty one that its script fills. Nothing in it runs or is styled but our own files; pictures
 * come from the page itself, for the map as PNG.
 */
export function instancesPage(options: InstancesPageOptions): string {
  const { cspSource, nonce, scriptUri, styleUri, iconsUri, language, title } = options;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src blob:`,
  ].join('; ');
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${escapeHtml(iconsUri)}">
    <link rel="stylesheet" href="${escapeHtml(styleUri)}">
  </head>
  <body>
    <script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

import assert from 'node:assert/strict';
import { instancesPage } from '../../src/extension/features/instances/page';

const html = instancesPage({
  cspSource: 'https://webview.test',
  nonce: 'n0nce',
  scriptUri: 'https://webview.test/instances.js?a=1&b="2"',
  styleUri: 'https://webview.test/instances.css',
  iconsUri: 'https://webview.test/codicon.css',
  language: 'de',
  title: '</title><script>alert(1)</script>',
});

describe('the page of similar instances before its script', () => {
  it('allows nothing but our own files', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    assert.match(policy, /^default-src 'none'; script-src 'nonce-n0nce'; style-src https:\/\/webview\.test;/);
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it('has one script, with the nonce, and nothing inline', () => {
    assert.deepEqual(html.match(/<script[^>]*>/g), [
      '<script nonce="n0nce" src="https://webview.test/instances.js?a=1&amp;b=&quot;2&quot;">',
    ]);
    assert.doesNotMatch(html, /<style|style=|\son\w+=/);
  });

  it('names its language, and shows a title as text', () => {
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<title>&lt;\/title>&lt;script>alert\(1\)&lt;\/script><\/title>/);
  });
});

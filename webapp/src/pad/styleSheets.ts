/** Style sheets by document and text: all shadow roots of a document share them. */
const made = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/**
 * Style a shadow root. A strict Content-Security-Policy allows it, unlike a `<style>`.
 *
 * A root that moves to another document loses its style sheets: adopt them again there.
 */
export function adoptStyle(root: ShadowRoot, css: string): void {
  const { ownerDocument } = root;
  const sheets = made.get(ownerDocument) ?? new Map<string, CSSStyleSheet>();
  made.set(ownerDocument, sheets);
  if (!ownerDocument.defaultView) return; // not shown
  const sheet = sheets.get(css) ?? new ownerDocument.defaultView.CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

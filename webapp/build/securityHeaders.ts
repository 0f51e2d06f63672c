/**
 * What server.py sends with every file (its SECURITY_HEADERS), for hosts that take their headers from a file: a test
 * compares the two. server.py keeps a copy of its own, because it serves a built site without the build.
 */
const OTHER_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

/** @param script the hash of the script that index.html holds itself; server.py finds it there. */
export function contentSecurityPolicy(script: string): readonly string[] {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${script}`,
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
}

/** The policy as the page itself can state it. Who may frame the page only a header can say: a browser warns of more. */
export function metaPolicy(policy: readonly string[]): string {
  return policy.filter((rule) => !rule.startsWith('frame-ancestors')).join('; ');
}

/** The file `_headers`, which Netlify and Cloudflare Pages read. */
export function headersFile(policy: readonly string[]): string {
  const everywhere = { 'Content-Security-Policy': policy.join('; '), ...OTHER_HEADERS };
  // Every file in these folders is named by its content. All else gets what these hosts send anyway, "ask each time";
  // saying it here too would join the two values in one header.
  const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
  return Object.entries({ '/*': everywhere, '/assets/*': forEver, '/model/*': forEver })
    .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('');
}

import { integrityOf } from './integrity.ts';

/** Sent with every file, beside the Content-Security-Policy. */
const OTHER_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Every file is public, and a page of any origin may import api/digitpad.js and fetch the model.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

/**
 * Nothing may be fetched that is not named here, but the site's own manifest: WebKitGTK reports a manifest-src as an error.
 *
 * @param inlineScripts the scripts that the pages hold themselves; the policy names their sums.
 */
export function contentSecurityPolicy(inlineScripts: readonly string[]): readonly string[] {
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${inlineScripts.map((script) => `'${integrityOf(script)}'`).join(' ')}`,
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "frame-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
}

/** The policy for a meta element. Only a header can say who may frame the page; a browser warns of the attempt. */
export function metaPolicy(policy: readonly string[]): string {
  return policy.filter((rule) => !rule.startsWith('frame-ancestors')).join('; ');
}

/** The file `_headers`, which server.py, Netlify and Cloudflare Pages read. */
export function headersFile(policy: readonly string[]): string {
  const everywhere = { 'Content-Security-Policy': policy.join('; '), ...OTHER_HEADERS };
  // Every file in these folders is named by its content. For all others these hosts send "ask each time" by themselves;
  // a second rule would join both values in one header.
  const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
  return Object.entries({ '/*': everywhere, '/assets/*': forEver, '/model/*': forEver })
    .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('');
}

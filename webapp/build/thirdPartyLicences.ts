import type { Dependency } from './packageFiles.ts';

/** Packages that come without a file of their licence: who holds the copyright. */
const HOLDERS: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-backend-cpu': 'Google LLC',
  '@tensorflow/tfjs-backend-wasm': 'Google LLC',
  '@tensorflow/tfjs-core': 'Google LLC',
  seedrandom: '2019 David Bau',
};

/**
 * The licences of packages whose code is in a bundle, as Markdown: each text once, after the packages that it is for.
 *
 * @throws Error where a package names no licence, or comes without its text and without a known holder.
 */
export function thirdPartyLicences(dependencies: readonly Dependency[]): string {
  const textOf = ({ name, identifier, text }: Dependency): string => {
    if (text) return text.trim();
    const same = dependencies.find((other) => other.identifier === identifier && other.text);
    const holder = HOLDERS[name];
    if (!same?.text || !holder) throw new Error(`The package ${name} comes without its licence (${identifier}).`);
    // Apache's text names nobody; MIT's has one line that does.
    return same.text.trim().replace(/^Copyright \(c\).*$/im, `Copyright (c) ${holder}`);
  };
  const named = new Map<string, Set<string>>();
  for (const dependency of dependencies) {
    const { name, version, identifier } = dependency;
    const holder = HOLDERS[name] ? `, © ${HOLDERS[name]}` : '';
    const packages = named.get(textOf(dependency)) ?? new Set();
    named.set(textOf(dependency), packages.add(`${name} ${version} (${identifier}${holder})`));
  }
  const parts = [...named].map(([text, packages]) => `## ${[...packages].sort().join(', ')}\n\n${text}`);
  return `# What others wrote\n\nThe code of these packages is inside this one.\n\n${parts.sort().join('\n\n')}\n`;
}

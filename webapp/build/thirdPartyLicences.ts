import type { Dependency } from './packageFiles.ts';

/**
 * The licences of packages whose code is in a bundle, as Markdown: each text once, after the packages that it is for.
 *
 * @throws Error where a package names no licence, or comes without its text.
 */
export function thirdPartyLicences(dependencies: readonly Dependency[]): string {
  const textOf = ({ name, identifier, text }: Dependency): string => {
    if (text) return text.trim();
    throw new Error(`The package ${name} comes without its licence (${identifier}).`);
  };
  const named = new Map<string, Set<string>>();
  for (const dependency of dependencies) {
    const { name, version, identifier } = dependency;
    const packages = named.get(textOf(dependency)) ?? new Set();
    named.set(textOf(dependency), packages.add(`${name} ${version} (${identifier})`));
  }
  const parts = [...named].map(([text, packages]) => `## ${[...packages].sort().join(', ')}\n\n${text}`);
  return `# What others wrote\n\nThe code of these packages is inside this one.\n\n${parts.sort().join('\n\n')}\n`;
}

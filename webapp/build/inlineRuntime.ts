import type { Plugin } from 'vite';

const RUNTIME = /^assets\/(rolldown-runtime-.*)/;

/**
 * Writes the bundler's runtime, 150 bytes, into the chunks that import it. As a file it is one more request, and on a slow
 * network one more connection, before the first reading.
 */
export function inlineRuntime(): Plugin {
  return {
    name: 'inline-runtime',
    apply: 'build',
    generateBundle: {
      order: 'pre', // later, Vite lists what each import() needs
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const runtime = chunks.find(({ fileName }) => RUNTIME.test(fileName));
        const [, code, inside] = /^(.*)export\{(\w+)\};?\s*$/s.exec(runtime?.code ?? '') ?? [];
        if (!runtime || !code) throw new Error("The bundler's runtime has another form; see inlineRuntime.ts.");
        const own = runtime.fileName.replace(RUNTIME, 'from"./$1";');
        for (const chunk of chunks) {
          if (!chunk.imports.includes(runtime.fileName)) continue;
          const [before, after = ''] = chunk.code.split(own);
          const [, rest, local] = /^(.*)import\{\w+ as (\w+)\}$/s.exec(before ?? '') ?? [];
          if (!local)
            throw new Error(`${chunk.fileName} imports the bundler's runtime in another way; see inlineRuntime.ts.`);
          chunk.code = `${rest}var ${local}=(()=>{${code}return ${inside}})();${after}`;
          chunk.imports = chunk.imports.filter((name) => name !== runtime.fileName);
        }
        delete bundle[runtime.fileName];
      },
    },
  };
}

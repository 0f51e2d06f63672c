import vue from '@vitejs/plugin-vue';

const isCustomElement = (tag) => tag === 'digit-pad';

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };

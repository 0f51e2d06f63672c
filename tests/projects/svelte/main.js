import '@digitpad/element/define';
import { mount } from 'svelte';
import Code from './Code.svelte';

mount(Code, { target: document.querySelector('#app') });

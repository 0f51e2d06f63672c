import '@digitpad/element/define';
import { createApp } from 'vue';
import Code from './Code.vue';

createApp(Code).mount('#app');

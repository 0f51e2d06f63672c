export default {
  mode: 'production',
  entry: './main.js',
  output: { path: `${import.meta.dirname}/out`, filename: 'main.js' },
  optimization: { minimize: false }, // it would take twenty seconds
  performance: { hints: false },
};

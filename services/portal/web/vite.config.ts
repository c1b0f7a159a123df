import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Where `npm run dev` finds the services: a standalone Qihe on this machine.
const backend = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    // Nothing is inlined as data: the Content-Security-Policy allows 'self' only.
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    reportCompressedSize: true,
  },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  server: { proxy: { '/api': backend, '/c/': backend } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})

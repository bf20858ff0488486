import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';

import base from './vite.config.ts';

/** The system's browser, unless Playwright's own is wanted. */
const launch = { executablePath: process.env['MODULON_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] };

/** Prepared before the first test: a library found on the way makes the browser load its page anew, in the middle of one. */
const libraries = [
  'axe-core',
  'dompurify',
  'eventsource-parser',
  'eventsource-parser/stream',
  'highlight.js/lib/common',
  'katex',
  'lit',
  'lit/decorators.js',
  'lit/directives/if-defined.js',
  'lit/directives/keyed.js',
  'lit/directives/live.js',
  'lit/directives/repeat.js',
  'marked',
];

const elsewhere = ['tests/**/*.node.test.ts', 'build/**/*.test.ts'];
const ours = ['{core,kit,sdk,shell,tests}/**/*.test.ts', '../src/modulon/modules/*/frontend/**/*.test.ts'];

export default mergeConfig(
  base,
  defineConfig({
    test: {
      projects: [
        { extends: true, test: { name: 'node', environment: 'node', include: elsewhere } },
        {
          extends: true,
          optimizeDeps: { include: libraries },
          test: {
            name: 'browser',
            include: ours,
            exclude: elsewhere,
            setupFiles: ['./tests/setup.ts'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({ launchOptions: launch }),
              instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
            },
          },
        },
      ],
    },
  }),
);

import { defineConfig } from "vitest/config";

// The files share their modules, for most of the time would go into loading those anew for each. What a test changes of
// the world is put back before the next one.
export default defineConfig({ test: { isolate: false, unstubGlobals: true, restoreMocks: true } });

import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const backend = process.env.BACKEND ?? "http://127.0.0.1:7071";
const CONFIG = "staticwebapp.config.json";

/** Azure looks for its configuration at the root of what is deployed. */
const withConfig: Plugin = {
  name: "with-config",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: CONFIG, source: readFileSync(new URL(CONFIG, import.meta.url)) });
  },
};

export default defineConfig({
  plugins: [react(), withConfig],
  build: {
    rolldownOptions: {
      output: {
        // Each file is a request. Labelers load two: their page, and the dialogs that it loads once its images are there.
        // What the other pages share beyond that comes in a few.
        codeSplitting: {
          groups: [
            { name: "labeling", tags: ["$initial"], priority: 2 },
            { name: "dialogs", test: /src\/(labeling\/\w*Dialog|parts\/LargeView)\.tsx$/, priority: 1 },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 60_000 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 825,
  },
  // The demo's sample images lie beside this folder, in the repository.
  server: { proxy: { "/api": backend, "/.auth": backend }, fs: { allow: [".."] } },
});

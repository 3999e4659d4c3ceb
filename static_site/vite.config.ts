import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const backend = process.env.BACKEND ?? "http://127.0.0.1:7071";

export default defineConfig({
  plugins: [react()],
  // The demo's sample images lie beside this folder, in the repository.
  server: { proxy: { "/api": backend, "/.auth": backend }, fs: { allow: [".."] } },
});

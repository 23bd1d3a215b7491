// Builds static/build/ from assets/: one script for the charts, loaded only by pages that have one.
import { build } from "esbuild";

await build({
  entryPoints: { charts: "assets/charts/index.js" },
  outdir: "static/build",
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "linked",
  target: "es2022",
  logLevel: "warning",
});

// Loaded before Azurite. Every ten minutes it looks for what no blob needs any more. In memory each upload is an extent of
// its own, and after some thousand of them that takes half a minute in which nobody is answered.
const { dirname, join } = require("node:path");

const constants = require(join(dirname(process.argv[1]), "blob", "utils", "constants.js"));
constants.DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;

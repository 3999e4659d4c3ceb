// Loaded into Azurite: the parent holds the other end of stdin, so the parent's end, however sudden, is Azurite's
// end too. SIGTERM lets it write its data first.
process.stdin.resume();
process.stdin.once("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.unref();
// Azurite listens for the first one only, and a second one must not cut off its writing.
process.on("SIGTERM", () => {});

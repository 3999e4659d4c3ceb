// Loaded into Azurite, before it.

const Module = require("node:module");

// What Azurite would report usage by, and keep its data in an SQL database, is off here: loading both takes some 40% of
// its start.
const unused = { applicationinsights: {}, sequelize: { Model: class {} } };
const load = Module._load;
Module._load = (request, ...rest) => unused[request] ?? load.call(Module, request, ...rest);

// Azurite's database looks through all that has the first of the values that are asked for: all rows of a partition, all
// blobs of an account. It finds one of them at once by the value that is rarest.
const RAREST = ["RowKey", "messageId", "name", "id"];
const { Collection } = require("lokijs");
const { findOne } = Collection.prototype;
Collection.prototype.findOne = function (query) {
  const first = RAREST.find((property) => property in query && property in this.binaryIndices);
  return findOne.call(this, first ? { [first]: query[first], ...query } : query);
};

// The parent holds the other end of stdin, so the parent's end, however sudden, is Azurite's end too. SIGTERM lets it
// write its data first.
process.stdin.resume();
process.stdin.once("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.unref();
// Azurite listens for the first one only, and a second one must not cut off its writing.
process.on("SIGTERM", () => {});

// Each queue that has a message to be received is named to the parent, on a line of its own, so that it need not look
// again and again.
const told = Number(process.env.LOCALHOST_MESSAGES);
const QUEUE = /^\/[^/]+\/([^/]+)\/messages/;

function tell(queue) {
  // The parent may be gone, or have too much to read: it looks by itself, too.
  require("node:fs").write(told, `${queue}\n`, () => {});
}

if (told)
  require("node:diagnostics_channel").subscribe("http.server.response.finish", ({ request, response }) => {
    if (!request.url.includes("/messages")) return;
    const { pathname, searchParams } = new URL(request.url, "http://azurite");
    const queue = QUEUE.exec(pathname)?.[1];
    // A message is put by POST; by PUT it is hidden for longer, or shown again.
    if (!queue || !["POST", "PUT"].includes(request.method) || response.statusCode >= 300) return;
    setTimeout(tell, 1000 * Number(searchParams.get("visibilitytimeout")), queue).unref();
  });

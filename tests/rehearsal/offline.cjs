// For the Static Web Apps CLI: Entra ID's answer to where people sign in, and nothing else from outside.
globalThis.fetch = async (target) => {
  const asked = new URL(typeof target === "object" && "url" in target ? target.url : target);
  if (asked.hostname !== "login.microsoftonline.com") throw new Error(`${asked.hostname} is not asked here`);
  const issuer = asked.href.split("/.well-known/")[0];
  const authorization_endpoint = issuer.replace("/v2.0", "/oauth2/v2.0/authorize");
  return Response.json({ issuer, authorization_endpoint });
};

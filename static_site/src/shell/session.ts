import { forgetPerson } from "./forgetting";

/** On one machine the service listens on loopback only; everywhere else it is Entra ID that signs people in. */
const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

export const loginUrl = (): string =>
  `/.auth/login/${isLoopback ? "local" : "aad"}?post_login_redirect_uri=${encodeURIComponent(
    location.pathname + location.search,
  )}`;

const logoutUrl = "/.auth/logout?post_logout_redirect_uri=/";
const farewells = new Set<() => Promise<void>>();

/** What a page has yet to tell the service when the person signs out: once it is left, it would speak for nobody. */
export function beforeSignOut(farewell: () => Promise<void>): () => void {
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

export async function signOut(): Promise<void> {
  await Promise.all([...farewells].map((farewell) => farewell()));
  forgetPerson();
  location.assign(logoutUrl);
}

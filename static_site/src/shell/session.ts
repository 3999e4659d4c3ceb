/** On one machine the service listens on loopback only; everywhere else it is Entra ID that signs people in. */
const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

export const loginUrl = (): string =>
  `/.auth/login/${isLoopback ? "local" : "aad"}?post_login_redirect_uri=${encodeURIComponent(
    location.pathname + location.search,
  )}`;

export const logoutUrl = "/.auth/logout?post_logout_redirect_uri=/";

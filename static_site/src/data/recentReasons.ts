/** The reasons that were given last in this browser, the newest first. */

const STORED = "reasons";
const MOST = 5;

export function recentReasons(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberReason(reason: string): void {
  if (!reason) return;
  const all = [reason, ...recentReasons().filter((one) => one !== reason)].slice(0, MOST);
  localStorage.setItem(STORED, JSON.stringify(all));
}

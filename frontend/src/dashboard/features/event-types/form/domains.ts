/** "example.com" of what was typed: an address, a link or a domain; the server checks it. */
export function domainOf(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^.*@/, "")
    .replace(/[/?#].*$/, "")
    .replace(/^\*\./, "")
    .replace(/\.+$/, "");
}

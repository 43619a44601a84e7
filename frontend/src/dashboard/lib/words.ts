/** "AD" for "Ana Duarte". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => (word?.[0] ?? "").toUpperCase()).join("");
}

/** "1 booking", "3 bookings". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** "halfpast.example/ana": an address as people read it. */
export function plainAddress(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

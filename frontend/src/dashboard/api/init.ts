import type { Me } from "./me";

interface Init {
  user: Me | null;
  base_url: string;
}

/** What the server wrote into the page: saves the first round trip. */
export function readInit(): Init {
  const text = document.getElementById("init")?.textContent ?? "";
  const parsed = text ? (JSON.parse(text) as Partial<Init>) : {};
  return { user: parsed.user ?? null, base_url: parsed.base_url || window.location.origin };
}

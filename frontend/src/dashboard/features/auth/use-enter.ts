import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { meQuery } from "../../api/me";
import { SECTIONS, SETTINGS } from "../../app/sections";

const HOME = "/event-types";

/** After a session began: goes where the visitor wanted to go, be it a page beyond the dashboard. */
export function useEnter(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return async () => {
    const path = safePath(search.get("next"));
    if (!isScreen(path)) {
      window.location.replace(path);
      return;
    }
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    await navigate(path, { replace: true });
  };
}

/** Only paths of this site, judged as the browser reads them: it drops tabs, "\" is a "/" to it. */
export function safePath(next: string | null): string {
  if (!next?.startsWith("/")) return HOME;
  const { origin } = window.location;
  try {
    const url = new URL(next, origin);
    const path = url.pathname + url.search + url.hash;
    return url.origin === origin && !path.startsWith("//") ? path : HOME;
  } catch {
    return HOME;
  }
}

/** Whether the dashboard shows the path; anything else, such as the admin, is loaded whole. */
export function isScreen(path: string): boolean {
  const first = /^\/[^/?#]*/.exec(path)?.[0];
  return [...SECTIONS, SETTINGS].some(({ to }) => to === first);
}

import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { MeContext, meQuery } from "../api/me";

/** Everything below has a user; whoever has none signs in first and comes back. */
export function SignedIn() {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const location = useLocation();
  if (!me) {
    const next = location.pathname + location.search;
    const query = next === "/event-types" ? "" : `?next=${encodeURIComponent(next)}`;
    return <Navigate to={`/login${query}`} replace />;
  }
  return (
    <MeContext value={me}>
      <Outlet />
    </MeContext>
  );
}

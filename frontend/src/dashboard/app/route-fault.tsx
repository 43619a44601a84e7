import { useRouteError } from "react-router";
import { ApiProblem } from "../api/problem";
import { LoadError } from "../components/states";
import { NotFound } from "./not-found";

/** A screen that could not be shown: its data or its code did not arrive, or it broke. */
export function RouteFault() {
  const error = useRouteError();
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return <LoadError error={error} onRetry={() => window.location.reload()} />;
}

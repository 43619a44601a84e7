import { ButtonLink } from "../components/button";
import { useDocumentTitle } from "../components/page-head";
import { EmptyState } from "../components/states";

export function NotFound() {
  useDocumentTitle("Not found");
  return (
    <EmptyState
      title="There is no such page"
      action={<ButtonLink to="/event-types">Go to your event types</ButtonLink>}
    >
      The address may be mistyped, or the page has moved.
    </EmptyState>
  );
}

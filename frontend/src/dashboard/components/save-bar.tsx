import { Button } from "./button";

/** Appears when there is something to save; keeps the fault in sight until it is mended. */
export function SaveBar({
  dirty,
  busy,
  error,
  label = "Save changes",
  onDiscard,
}: {
  dirty: boolean;
  busy: boolean;
  error?: string | undefined;
  label?: string;
  onDiscard?: () => void;
}) {
  if (!dirty && !error) return null;
  return (
    <div className="savebar">
      {error ? (
        <p className="error" role="alert">
          {error}
        </p>
      ) : (
        <p>Not saved yet.</p>
      )}
      {onDiscard && <Button onClick={onDiscard}>Discard</Button>}
      <Button look="primary" type="submit" busy={busy}>
        {label}
      </Button>
    </div>
  );
}

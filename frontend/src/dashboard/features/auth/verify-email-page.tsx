import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { messageOf } from "../../api/problem";
import { verifyEmail } from "../../api/session";
import { Button } from "../../components/button";
import { AuthFrame, FormFault } from "./auth-frame";

/** Confirms on a click, never on opening: mail scanners open links too. */
export function Component() {
  const { key = "" } = useParams();
  const confirm = useMutation({ mutationFn: () => verifyEmail(key) });
  if (confirm.isSuccess) {
    return (
      <AuthFrame
        title="Your address is confirmed"
        foot={
          <Link className="link" to="/event-types">
            Go to your event types
          </Link>
        }
      />
    );
  }
  return (
    <AuthFrame title="Confirm your address" lead="One click, and your e-mail address is yours.">
      <FormFault message={confirm.isError ? messageOf(confirm.error) : undefined} />
      <Button look="primary" large busy={confirm.isPending} onClick={() => confirm.mutate()}>
        Confirm address
      </Button>
    </AuthFrame>
  );
}

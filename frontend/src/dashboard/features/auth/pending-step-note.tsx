import { Link } from "react-router";
import type { PendingStep } from "../../api/session";
import { AuthFrame } from "./auth-frame";

/** The password was right, but something else has to happen before there is a session. */
export function PendingStepNote({ step, email }: { step: PendingStep; email: string }) {
  const foot = (
    <Link className="link" to="/login" reloadDocument>
      Back to sign in
    </Link>
  );
  if (step === "verify_email") {
    return (
      <AuthFrame
        title="Check your inbox"
        lead={`We sent a link to ${email}. Open it to confirm the address; then sign in.`}
        foot={foot}
      />
    );
  }
  return (
    <AuthFrame
      title="One more step"
      lead="This account asks for a second step that this page cannot take yet. Use the client you set it up with."
      foot={foot}
    />
  );
}

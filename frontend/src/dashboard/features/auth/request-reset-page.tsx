import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { requestPasswordReset } from "../../api/session";
import { Button } from "../../components/button";
import { TextField } from "../../components/inputs";
import { showServerErrors } from "../../components/server-errors";
import { AuthFrame, FormFault } from "./auth-frame";
import { resetRequestSchema } from "./schemas";

export function Component() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(resetRequestSchema), defaultValues: { email: "" } });
  const { errors, isSubmitting } = form.formState;
  const foot = (
    <Link className="link" to="/login">
      Back to sign in
    </Link>
  );

  const submit = form.handleSubmit(async ({ email }) => {
    try {
      await requestPasswordReset(email);
      setSentTo(email);
    } catch (error) {
      showServerErrors(form, error);
    }
  });

  if (sentTo) {
    return (
      <AuthFrame
        title="Check your inbox"
        lead={`If ${sentTo} has an account, a link to choose a new password is on its way.`}
        foot={foot}
      />
    );
  }
  return (
    <AuthFrame
      title="Choose a new password"
      lead="We send you a link to the address you signed up with."
      foot={foot}
    >
      <form onSubmit={submit} noValidate>
        {!errors.email && <FormFault message={errors.root?.message} />}
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          error={errors.email?.message}
          {...form.register("email")}
        />
        <Button look="primary" large type="submit" busy={isSubmitting}>
          Send link
        </Button>
      </form>
    </AuthFrame>
  );
}

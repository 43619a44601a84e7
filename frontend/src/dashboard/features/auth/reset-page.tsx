import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link, useParams } from "react-router";
import { checkResetKey, resetPassword } from "../../api/session";
import { Button } from "../../components/button";
import { TextField } from "../../components/inputs";
import { showServerErrors } from "../../components/server-errors";
import { AuthFrame, FormFault } from "./auth-frame";
import { resetSchema } from "./schemas";

export function Component() {
  const { key = "" } = useParams();
  const [done, setDone] = useState(false);
  const check = useQuery({
    queryKey: ["reset-key", key],
    queryFn: () => checkResetKey(key).then(() => true),
    retry: false,
  });
  const form = useForm({ resolver: zodResolver(resetSchema), defaultValues: { password: "" } });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ password }) => {
    try {
      await resetPassword(key, password);
      setDone(true);
    } catch (error) {
      showServerErrors(form, error);
    }
  });

  if (done) {
    return (
      <AuthFrame
        title="Your password is changed"
        lead="Sign in with the new one."
        foot={
          <Link className="link" to="/login">
            Sign in
          </Link>
        }
      />
    );
  }
  if (check.isError) {
    return (
      <AuthFrame
        title="This link has expired"
        lead="A link works once, and for a limited time."
        foot={
          <Link className="link" to="/password-reset">
            Send a new link
          </Link>
        }
      />
    );
  }
  return (
    <AuthFrame title="Choose a new password">
      <form onSubmit={submit} noValidate>
        {!errors.password && <FormFault message={errors.root?.message} />}
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          autoFocus
          help="At least 10 characters."
          error={errors.password?.message}
          {...form.register("password")}
        />
        <Button look="primary" large type="submit" busy={isSubmitting || check.isPending}>
          Change password
        </Button>
      </form>
    </AuthFrame>
  );
}

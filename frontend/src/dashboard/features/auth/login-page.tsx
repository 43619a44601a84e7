import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link, useSearchParams } from "react-router";
import { ApiProblem } from "../../api/problem";
import { type PendingStep, signIn } from "../../api/session";
import { Button } from "../../components/button";
import { TextField } from "../../components/inputs";
import { showServerErrors } from "../../components/server-errors";
import { AuthFrame, FormFault } from "./auth-frame";
import { PendingStepNote } from "./pending-step-note";
import { signInSchema } from "./schemas";
import { useEnter } from "./use-enter";

export function Component() {
  const enter = useEnter();
  const [search] = useSearchParams();
  const [pending, setPending] = useState<PendingStep>(null);
  const form = useForm({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    try {
      const step = await signIn(values);
      if (step) setPending(step);
      else await enter();
    } catch (error) {
      // 409: a session exists already, so there is nothing left to do.
      if (error instanceof ApiProblem && error.status === 409) await enter();
      else showServerErrors(form, error);
    }
  });

  if (pending) return <PendingStepNote step={pending} email={form.getValues("email")} />;
  const query = search.toString();
  return (
    <AuthFrame
      title="Sign in"
      foot={
        <>
          New here?{" "}
          <Link className="link" to={query ? `/signup?${query}` : "/signup"}>
            Create an account
          </Link>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        {!errors.email && !errors.password && <FormFault message={errors.root?.message} />}
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          error={errors.email?.message}
          {...form.register("email")}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          error={errors.password?.message}
          {...form.register("password")}
        />
        <Button look="primary" large type="submit" busy={isSubmitting}>
          Sign in
        </Button>
        <p>
          <Link className="link" to="/password-reset">
            Forgot your password?
          </Link>
        </p>
      </form>
    </AuthFrame>
  );
}

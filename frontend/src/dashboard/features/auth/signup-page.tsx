import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link, useSearchParams } from "react-router";
import { readInit } from "../../api/init";
import { type PendingStep, signUp } from "../../api/session";
import { Button } from "../../components/button";
import { TextField } from "../../components/inputs";
import { showServerErrors } from "../../components/server-errors";
import { slugify } from "../../lib/slug";
import { plainAddress } from "../../lib/words";
import { browserZone, zoneCity } from "../../lib/zones";
import { AuthFrame, FormFault } from "./auth-frame";
import { PendingStepNote } from "./pending-step-note";
import { signUpSchema } from "./schemas";
import { useEnter } from "./use-enter";

export function Component() {
  const enter = useEnter();
  const [search] = useSearchParams();
  const [pending, setPending] = useState<PendingStep>(null);
  const [zone] = useState(browserZone);
  const form = useForm({
    resolver: zodResolver(signUpSchema),
    defaultValues: { name: "", email: "", password: "", slug: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    try {
      const step = await signUp({ ...values, timezone: zone });
      if (step) setPending(step);
      else await enter();
    } catch (error) {
      showServerErrors(form, error);
    }
  });

  /** The address follows the name until it is edited by hand. */
  const suggestSlug = (name: string) => {
    if (form.getFieldState("slug").isDirty) return;
    form.setValue("slug", slugify(name), { shouldValidate: form.formState.isSubmitted });
  };

  if (pending) return <PendingStepNote step={pending} email={form.getValues("email")} />;
  const query = search.toString();
  const hasFieldError = Object.keys(errors).some((name) => name !== "root");
  return (
    <AuthFrame
      title="Create your account"
      lead="Your booking page is ready a minute from now."
      foot={
        <>
          Have an account?{" "}
          <Link className="link" to={query ? `/login?${query}` : "/login"}>
            Sign in
          </Link>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        {!hasFieldError && <FormFault message={errors.root?.message} />}
        <TextField
          label="Your name"
          autoComplete="name"
          autoFocus
          error={errors.name?.message}
          {...form.register("name", { onChange: (event) => suggestSlug(event.target.value) })}
        />
        <TextField
          label="E-mail"
          type="email"
          autoComplete="email"
          error={errors.email?.message}
          {...form.register("email")}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          help="At least 10 characters."
          error={errors.password?.message}
          {...form.register("password")}
        />
        <TextField
          label="Your address"
          prefix={`${plainAddress(readInit().base_url)}/`}
          autoCapitalize="none"
          spellCheck={false}
          help={`Times start out in ${zoneCity(zone)} time.`}
          error={errors.slug?.message}
          {...form.register("slug")}
        />
        <Button look="primary" large type="submit" busy={isSubmitting}>
          Create account
        </Button>
      </form>
    </AuthFrame>
  );
}

import * as z from "zod/mini";

export const emailField = z.email({
  error: "Enter an e-mail address, such as ana@example.com.",
});

/** The server knows more rules (common passwords); the length is worth saying at once. */
export const newPasswordField = z
  .string()
  .check(z.minLength(10, { error: "Use at least 10 characters." }));

export const signInSchema = z.object({
  email: emailField,
  password: z.string().check(z.minLength(1, { error: "Enter your password." })),
});

export const signUpSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, { error: "Enter your name." }), z.maxLength(120)),
  email: emailField,
  password: newPasswordField,
  slug: z.string().check(
    z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
      error: "Use small letters, digits and single hyphens.",
    }),
  ),
});

export const resetRequestSchema = z.object({ email: emailField });
export const resetSchema = z.object({ password: newPasswordField });

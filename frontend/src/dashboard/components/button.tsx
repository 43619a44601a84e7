import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router";

type Look = "plain" | "primary" | "quiet" | "danger" | "danger-solid";

const LOOK: Record<Look, string> = {
  plain: "",
  primary: "pri",
  quiet: "quiet",
  danger: "danger",
  "danger-solid": "danger-solid",
};

interface Shape {
  look?: Look | undefined;
  /** Icon only: square; give it an aria-label. */
  square?: boolean | undefined;
  large?: boolean | undefined;
}

function classNames({ look = "plain", square, large }: Shape, more?: string | undefined): string {
  return ["btn", LOOK[look], square && "sq", large && "lg", more].filter(Boolean).join(" ");
}

export function Button({
  look,
  square,
  large,
  busy,
  className,
  ...props
}: ComponentProps<"button"> & Shape & { busy?: boolean }) {
  return (
    <button
      type="button"
      className={classNames({ look, square, large }, className)}
      aria-busy={busy || undefined}
      {...props}
      onClick={busy ? (event) => event.preventDefault() : props.onClick}
    />
  );
}

export function ButtonLink({
  look,
  square,
  large,
  className,
  ...props
}: LinkProps & Shape & { className?: string }) {
  return <Link className={classNames({ look, square, large }, className)} {...props} />;
}

import { Button } from "../../components/button";
import { Field } from "../../components/field";
import { isHexColor } from "./accent";

const PRODUCT_ACCENT = "#006d77";

/** The brand colour; text and edges on the page are derived from it so that they stay readable. */
export function AccentField({
  value,
  error,
  onChange,
}: {
  value: string;
  error?: string | undefined;
  onChange: (color: string) => void;
}) {
  return (
    <Field
      label="Accent colour"
      optional
      error={error}
      help="For buttons and links on your page. It is adjusted where it would be hard to read."
    >
      {(control) => (
        <div className="accent">
          <input
            type="color"
            aria-label="Pick the accent colour"
            value={isHexColor(value) ? value : PRODUCT_ACCENT}
            onChange={(event) => onChange(event.target.value)}
          />
          <input
            className="input t short"
            placeholder={PRODUCT_ACCENT}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value.trim())}
            {...control}
          />
          {value && (
            <Button look="quiet" onClick={() => onChange("")}>
              Use the standard one
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}

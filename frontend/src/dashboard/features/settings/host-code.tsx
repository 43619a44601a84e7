import { Copy } from "lucide-react";
import { Button } from "../../components/button";
import { Field } from "../../components/field";
import { Icon } from "../../components/icon";
import { showToast } from "../../components/toast";
import { copyText } from "../../lib/copy-text";

/** What a colleague needs to make this account a host of their event types: the account's id. */
export function HostCode({ code }: { code: string }) {
  const copy = async () => {
    const copied = await copyText(code);
    showToast({
      text: copied
        ? "Host code copied."
        : "Your browser does not allow copying. Select the code and copy it yourself.",
    });
  };
  return (
    <section className="form" id="host-code" aria-labelledby="host-code-title">
      <h2 id="host-code-title">Working with others</h2>
      <Field
        label="Your host code"
        help="Whoever has it can make you a host: their event types then offer your free times, and bookings take your time. You can leave any of them."
      >
        {(control) => (
          <div className="host-code">
            <input
              className="input"
              readOnly
              value={code}
              onFocus={(event) => event.target.select()}
              {...control}
            />
            <Button onClick={copy}>
              <Icon of={Copy} />
              Copy code
            </Button>
          </div>
        )}
      </Field>
    </section>
  );
}

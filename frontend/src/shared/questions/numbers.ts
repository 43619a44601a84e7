/** Numbers exactly: decimals as text, so that no machine rounds what somebody typed. */

const TYPED = /^-?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})$/;
const WHOLE = 15;
const FRACTION = 10;
const OTHER_SIGNS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−";
const LATIN_SIGNS = "01234567890123456789.-";

/** Digits, decimal sign and minus as ASCII has them. */
export const latinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹٫−]/g, (sign) => LATIN_SIGNS[OTHER_SIGNS.indexOf(sign)] ?? sign);

/** `raw` (text or a JSON number) as "-12.5": no zeros around it, no exponent; null if it is none. */
export function canonicalNumber(raw: unknown): string | null {
  let text: string;
  if (typeof raw === "number") {
    if (!(Math.abs(raw) < 10 ** WHOLE)) return null;
    text = withoutExponent(String(raw));
  } else if (typeof raw === "string") {
    text = latinDigits(raw);
    if (!TYPED.test(text)) return null;
  } else return null;
  const isNegative = text.startsWith("-");
  const [before = "", behind = ""] = text.replace("-", "").split(".");
  const whole = before.replace(/^0+/, "");
  const fraction = behind.replace(/0+$/, "");
  if (whole.length > WHOLE || fraction.length > FRACTION) return null;
  const plain = (whole || "0") + (fraction && `.${fraction}`);
  return isNegative && plain !== "0" ? `-${plain}` : plain;
}

/** Only small numbers come here with an exponent: 1.5e-7. */
function withoutExponent(text: string): string {
  const [digits = "", exponent] = text.split("e-");
  if (exponent === undefined) return digits;
  const sign = digits.startsWith("-") ? "-" : "";
  return `${sign}0.${"0".repeat(Number(exponent) - 1)}${digits.replace(/[-.]/g, "")}`;
}

/** What a canonical number is worth, in units of the last decimal that fits. */
export function amount(canonical: string): bigint {
  const [whole = "", fraction = ""] = canonical.split(".");
  return BigInt(whole + fraction.padEnd(FRACTION, "0"));
}

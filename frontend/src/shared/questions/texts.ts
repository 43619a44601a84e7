/** Blanks and characters that no answer holds: the lists of the server's texts.py. */

const BLANK =
  "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const AROUND = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "gu");
const CONTROLS = "\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff";
const UNREADABLE = new RegExp(`[${CONTROLS}]`, "u");

/** Without blanks around it, and with every line break as one character. */
export const trim = (text: string): string => text.replace(/\r\n?/g, "\n").replace(AROUND, "");

/** Whether it is free of control characters and halves of characters. */
export const isReadable = (text: string): boolean => !UNREADABLE.test(text);

/** Whether it has no line break inside. */
export const isOneLine = (text: string): boolean => !/[\n\r\u2028\u2029]/.test(text);

/** For comparing: A-Z in lower case, and no other letter. */
export const fold = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Length in Unicode code points. */
export function countPoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

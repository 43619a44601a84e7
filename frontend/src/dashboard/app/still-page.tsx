/** Before the first screen's module is there: nothing, rather than something that jumps. */
export function StillPage() {
  return null;
}

/** No panel beside the page. */
export default function NoPanel() {
  return null;
}

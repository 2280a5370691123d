/** The mark of Dendro: a trunk and its branches. `app/icon.svg` is the same drawing. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M7 22V6M7 18.5c0-3 1.7-4.5 4.5-4.5M7 12.500c0-3.7 2.6-5.5 6.3-5.5" />
      <circle cx="7" cy="3.6" r="1.7" fill="currentColor" stroke="none" />
      <circle cx="13.6" cy="14" r="2" fill="var(--accent)" stroke="none" />
      <circle cx="15.6" cy="7" r="2" />
    </svg>
  );
}

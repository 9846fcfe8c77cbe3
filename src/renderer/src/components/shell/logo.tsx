// The mark: a drop above its own reflection, in the accent colour.
import type { ReactNode } from 'react';

export function Logo(): ReactNode {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.5c3.2 3.9 5.2 6.6 5.2 9a5.2 5.2 0 0 1-10.4 0c0-2.4 2-5.1 5.2-9z" fill="var(--pw-accent)" />
      <path
        d="M3.5 18.2c1.7-1.3 3.4-1.3 5.1 0s3.4 1.3 5.1 0 3.4-1.3 5.1 0"
        transform="translate(.9 1.4)"
        fill="none"
        stroke="var(--pw-accent-ink)"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </svg>
  );
}

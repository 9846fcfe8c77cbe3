// The providers round everything: theme, colour scheme, style nonce, notices.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useCallback } from 'react';
import { Shell } from './components/shell/shell';
import { Tips } from './components/tip/tips';
import { cssVariablesResolver, stillTheme, theme } from './theme/theme';
import { useReducedMotion } from './theme/useReducedMotion';
import { useScheme } from './theme/useScheme';

/** Enough to read while still small; older notices wait. */
const NOTICES_SHOWN = 5;
const NOTICE_CLOSES_MS = 6_000;

export function App({ nonce }: { readonly nonce: string }): ReactNode {
  const scheme = useScheme();
  const still = useReducedMotion();
  const getStyleNonce = useCallback(() => nonce, [nonce]);
  return (
    <MantineProvider
      theme={still ? stillTheme : theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={scheme}
      getStyleNonce={getStyleNonce}
    >
      <Notifications
        position="bottom-right"
        limit={NOTICES_SHOWN}
        autoClose={NOTICE_CLOSES_MS}
        {...(still && { transitionDuration: 0 })}
      />
      <Shell />
      <Tips />
    </MantineProvider>
  );
}

// A place on the disk, with a button that copies it.
import { Button } from '@mantine/core';
import { ClipboardCopy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Copyable } from '../../../../shared/contract/settings';
import { giveOrder } from '../../components/orders';
import { t } from '../../texts/texts';

interface CopyPathProps {
  readonly path: string;
  readonly what: 'data_folder' | 'settings_file';
}

export function CopyPath({ path, what }: CopyPathProps): ReactNode {
  return (
    <>
      <bdi className="pw-mono">{path}</bdi>
      <CopyButton what={what} label={t(`settings.copyPathOf.${what}`)} copied={t(`settings.pathCopied.${what}`)}>
        {t('settings.copy')}
      </CopyButton>
    </>
  );
}

interface CopyButtonProps {
  readonly what: Copyable;
  readonly label: string;
  /** Said once it is done. */
  readonly copied: string;
  readonly children: ReactNode;
}

export function CopyButton({ what, label, copied, children }: CopyButtonProps): ReactNode {
  return (
    <Button
      size="compact-xs"
      aria-label={label}
      data-testid={`copy-${what}`}
      leftSection={<ClipboardCopy size={12} aria-hidden />}
      onClick={() =>
        void giveOrder({
          name: 'app.copy',
          args: { what },
          accepted: () => copied,
          refused: t('settings.nothingCopied'),
        })
      }
    >
      {children}
    </Button>
  );
}

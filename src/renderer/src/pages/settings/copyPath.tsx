// A place on the disk, with a button that copies it.
import { Button } from '@mantine/core';
import { ClipboardCopy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Copyable } from '../../../../shared/contract/settings';
import { giveOrder } from '../../components/orders';

interface CopyPathProps {
  readonly path: string;
  readonly what: Copyable;
  /** "the data folder". */
  readonly name: string;
}

export function CopyPath({ path, what, name }: CopyPathProps): ReactNode {
  return (
    <>
      <bdi className="pw-mono">{path}</bdi>
      <CopyButton what={what} label={`Copy the path of ${name}`} copied={`The path of ${name} was copied.`}>
        Copy
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
        void giveOrder({ name: 'app.copy', args: { what }, accepted: () => copied, refused: 'Nothing was copied' })
      }
    >
      {children}
    </Button>
  );
}

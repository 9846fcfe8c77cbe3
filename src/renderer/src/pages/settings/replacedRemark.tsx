// Says that the demo market goes by values of its own: what is set here would otherwise seem to do nothing.
import type { ReactNode } from 'react';
import type { SavedSettings } from '../../../../shared/contract/settings';
import type { Settings } from '../../../../shared/domain/settings';
import classes from './settings.module.css';

interface ReplacedRemarkProps {
  readonly settings: SavedSettings;
  readonly sections: readonly (keyof Settings)[];
}

export function ReplacedRemark({ settings, sections }: ReplacedRemarkProps): ReactNode {
  if (!sections.some((section) => settings.replaced.includes(section))) return null;
  return (
    <p className={classes.remark} data-testid="replaced-remark">
      The demo market keeps a pace and a choice of its own. What you set here is saved, and holds as soon as
      GeckoTerminal is the source.
    </p>
  );
}

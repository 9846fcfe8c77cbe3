// Says that the demo market goes by values of its own: what is set here would otherwise seem to do nothing.
import type { ReactNode } from 'react';
import type { SavedSettings } from '../../../../shared/contract/settings';
import type { Settings } from '../../../../shared/domain/settings';
import { t } from '../../texts/texts';
import classes from './settings.module.css';

interface ReplacedRemarkProps {
  readonly settings: SavedSettings;
  readonly sections: readonly (keyof Settings)[];
}

export function ReplacedRemark({ settings, sections }: ReplacedRemarkProps): ReactNode {
  if (!sections.some((section) => settings.replaced.includes(section))) return null;
  return (
    <p className={classes.remark} data-testid="replaced-remark">
      {t('settings.demoReplaces')}
    </p>
  );
}

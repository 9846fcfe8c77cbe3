// The names of the columns of the list of collectors.
import type { ReactNode } from 'react';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function CollectorsHead(): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">{t('now.columnStatus')}</th>
        <th scope="col">{t('now.columnCollector')}</th>
        <th scope="col">{t('now.columnSlots')}</th>
        <th scope="col" data-align="right">
          {t('now.columnLastRun')}
        </th>
        <th scope="col" className={classes.colDuration} data-align="right">
          {t('now.columnTook')}
        </th>
        <th scope="col" data-align="right">
          {t('now.columnNext')}
        </th>
        <th scope="col" data-align="right">
          {t('now.columnRows')}
        </th>
        <th scope="col" className={classes.colStreak} data-align="right">
          {t('now.columnStreak')}
        </th>
        <th scope="col">
          <span className="pw-visually-hidden">{t('now.columnActions')}</span>
        </th>
      </tr>
    </thead>
  );
}

// Now: is everything all right, if not why and since when, and how is each collector.
import type { ReactNode } from 'react';
import { ApiHosts } from './apiHosts';
import { Collectors } from './collectors';
import { OtherIncidents } from './openIncidents';
import { Totals } from './totals';
import { Verdict } from './verdict';
import classes from './now.module.css';

export function NowPage(): ReactNode {
  return (
    <div className={classes.page} data-testid="page-now">
      <Verdict />
      <OtherIncidents />
      <Totals />
      <Collectors />
      <ApiHosts />
    </div>
  );
}

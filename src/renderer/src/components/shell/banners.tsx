// What the person should know about the whole program: the demo market, then whatever the snapshot carries.
import { ActionIcon, Button } from '@mantine/core';
import { FlaskConical, Info, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Banner } from '../../../../shared/contract/snapshot';
import { useSnapshot } from '../../store/selectors';
import { giveOrder } from '../orders';
import { isOutageUnderWay, startOutage } from '../outage/outageOrders';
import { useSource } from './sourceOrders';
import { t } from '../../texts/texts';
import classes from './banners.module.css';

const ICON_PROPS = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
const ICONS: Readonly<Record<Banner['level'], ReactNode>> = {
  info: <Info {...ICON_PROPS} />,
  warning: <TriangleAlert {...ICON_PROPS} />,
  error: <OctagonAlert {...ICON_PROPS} />,
};

export function Banners({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const demo = useSnapshot((snapshot) => snapshot.app.mode === 'demo');
  const banners = useSnapshot((snapshot) => snapshot.banners);
  if (!demo && banners.length === 0) return null;
  return (
    <div className={classes.stack} role="region" aria-label={t('shell.notices')}>
      {banners.map((banner) => (
        <BannerRow key={banner.id} banner={banner} />
      ))}
      {demo && <DemoBanner onHaveKey={onHaveKey} />}
    </div>
  );
}

function DemoBanner({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const source = useSource();
  const outage = useSnapshot(({ operations }) => operations.some(isOutageUnderWay));
  return (
    <div className={classes.banner} data-level="info" data-testid="demo-banner">
      <FlaskConical {...ICON_PROPS} />
      <p className={classes.message}>{t('shell.demoBanner')}</p>
      <div className={classes.choices}>
        <Button data-testid="show-outage" disabled={source.busy || outage} onClick={() => void startOutage()}>
          {t('shell.showOutage')}
        </Button>
        <Button data-testid="use-live" loading={source.busy} onClick={() => void source.chooseLive()}>
          {t('shell.useLive')}
        </Button>
        <Button data-testid="have-key" variant="subtle" disabled={source.busy} onClick={onHaveKey}>
          {t('shell.haveKeyShort')}
        </Button>
      </div>
    </div>
  );
}

function BannerRow({ banner }: { readonly banner: Banner }): ReactNode {
  const dismiss = (): void => {
    void giveOrder({
      name: 'banner.dismiss',
      args: { id: banner.id },
      accepted: () => null,
      refused: t('shell.bannerNotDismissed'),
    });
  };
  return (
    <div
      className={classes.banner}
      data-level={banner.level}
      data-testid={`banner-${banner.id}`}
      role={banner.level === 'error' ? 'alert' : 'status'}
    >
      {ICONS[banner.level]}
      <p className={classes.message}>{banner.message}</p>
      {banner.dismissible && (
        <ActionIcon aria-label={t('shell.dismissBanner')} onClick={dismiss}>
          <X size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

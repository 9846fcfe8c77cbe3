// As what this copy was installed, and so whether it can replace itself. A deb or an rpm would have to be installed by root on the
// word of a web server alone (on Linux nothing but a checksum is verified), and a folder belongs to whoever unpacked it. Pure.

export type OwnPackage =
  /** One file of its user: replaced in place. */
  | { readonly kind: 'appimage'; readonly file: string }
  /** Installers that verify a signature themselves. */
  | { readonly kind: 'installer' }
  /** deb, rpm, an unpacked archive, a checkout: told of, and no more. */
  | { readonly kind: 'by_hand' };

export interface Surroundings {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  /** What the AppImage runtime says: where its file is. */
  readonly appImage: string | undefined;
}

export function ownPackage({ isPackaged, platform, appImage }: Surroundings): OwnPackage {
  if (!isPackaged) return { kind: 'by_hand' };
  if (platform === 'win32' || platform === 'darwin') return { kind: 'installer' };
  return appImage?.startsWith('/') ? { kind: 'appimage', file: appImage } : { kind: 'by_hand' };
}

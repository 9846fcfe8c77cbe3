// What is known of newer versions of the program: asked of a feed that a person has named, and of nobody otherwise.

/** What the newest look came to. */
export type UpdateState =
  /** Nobody named a feed, so nobody is asked. */
  | { readonly kind: 'no_feed' }
  /** The address cannot be used; the sentence says why. */
  | { readonly kind: 'unusable_feed'; readonly why: string }
  /** This Poolwatch has no desktop, and does not look after itself. */
  | { readonly kind: 'no_desktop' }
  | { readonly kind: 'not_asked' }
  /** It was not asked, so as not to drain the battery or to hold up the work after a sleep. */
  | { readonly kind: 'held_back'; readonly by: 'battery' | 'wake' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'newest'; readonly askedAtMs: number }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Downloaded, and what came is what the feed promised. */
  | { readonly kind: 'ready'; readonly version: string }
  /** There is one, and this kind of package does not replace itself. */
  | { readonly kind: 'by_hand'; readonly version: string }
  | { readonly kind: 'failed'; readonly why: string; readonly askedAtMs: number };

export interface UpdateStatus {
  /** Of the program that runs. */
  readonly version: string;
  readonly state: UpdateState;
  /** Whether a person has named a page with the releases. */
  readonly hasReleasePage: boolean;
}

/** What saving does where an engine has to go by it. */
export const BEGINS_ANEW =
  'Collecting begins anew with it: runs in progress are called off and follow at once. Nothing that was stored is lost.';

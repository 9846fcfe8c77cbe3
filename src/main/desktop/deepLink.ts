// Addresses that lead into the window from outside: `poolwatch://collector/<name>`, `poolwatch://incident/<id>`, `poolwatch://<page>`.
// Anybody can make one, so nothing but a place in the window comes of it; what is not understood is the first page. Pure.
import { COLLECTOR_IDS } from '../../shared/domain/collector';

export const LINK_SCHEME = 'poolwatch';

const PREFIX = `${LINK_SCHEME}:`;
const MAX_LENGTH = 300;
const PAGE = /^[a-z]{1,30}$/;
const FIRST_PAGE = '#/now';

export function isLink(text: string): boolean {
  return text.slice(0, PREFIX.length).toLowerCase() === PREFIX;
}

/** Where in the window an address leads, as its hash. */
export function linkTarget(link: string): string {
  if (link.length > MAX_LENGTH || !isLink(link)) return FIRST_PAGE;
  // Systems and browsers put a slash behind a bare host.
  const [place = '', id, ...rest] = link.slice(PREFIX.length).replace(/^\/\//, '').replace(/\/$/, '').split('/');
  if (rest.length > 0) return FIRST_PAGE;
  if (id === undefined) return PAGE.test(place) ? `#/${place}` : FIRST_PAGE;
  if (place === 'collector') {
    const collector = COLLECTOR_IDS.find((known) => known === id);
    return collector ? `${FIRST_PAGE}/${collector}` : FIRST_PAGE;
  }
  const incidentId = place === 'incident' ? decoded(id) : '';
  return incidentId === '' ? FIRST_PAGE : incidentTarget(incidentId);
}

export function incidentTarget(incidentId: string): string {
  return `#/alerts/inbox/${encodeURIComponent(incidentId)}`;
}

/** Empty where a percent sign stands for nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

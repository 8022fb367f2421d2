/** All of the room that the page fetches as one piece. */
import '../../styles/room.css';

export { AroundPanel } from './AroundPanel';
export { SiteCard } from './SiteCard';
export { SitesCompare } from './SitesCompare';
export { SitesDrawer } from './SitesDrawer';
